"""The deck screen's panes and state: the one home of the deck, the view and what it lists."""

import gc
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from tui.config.actions import ACTIONS
from tui.deck.analysis import Analysis, find_events, index_deck
from tui.deck.coverage import StoryCoverage, coverage_of
from tui.deck.deck import Deck
from tui.deck.events import Event, Events
from tui.deck.view import Listing, View
from tui.errors import DamagedCacheError
from tui.model import Problem, Story
from tui.session import SMALL_DECK, FolderState, Session
from tui.ui.messages import Analysed, CardRead, JobFailed, Listed
from tui.ui.screens.advice import advice
from tui.ui.widgets.bars import Headline, HintBar, TitleBar
from tui.ui.widgets.facet_pane import FacetPane
from tui.ui.widgets.filter_bar import FilterBar
from tui.ui.widgets.lines import cut
from tui.ui.widgets.story_content import StoryContent
from tui.ui.widgets.story_list import StoryList
from tui.ui.widgets.story_pane import StoryPane
from tui.ui.widgets.story_rows import RowState
from tui.ui.workers import Desk, Ticket

FOLLOW_SECONDS = 0.05
"""How long the cursor rests before the story pane follows."""
_CRUMB_CELLS = 40
SEARCHED_WHILE_LOADING = 10_000
"""Stories of a deck that is indexed for a query though more of it is still being read."""


class DeckView(Screen[None]):
    """Shows a view of a deck; values go down to the panes from here, and only from here."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.deck = Deck()
        self.analysis: Analysis | None = None
        self.view = View()
        self.listing = Listing()
        self.problems: tuple[Problem, ...] = ()
        self.picked: frozenset[str] = frozenset()
        self.place_id = ""
        self.queries: tuple[str, ...] = ()
        self.trail: list[str] = []
        self.trail_at = 0
        self.desk = Desk(self._report)
        self.is_loading = True
        self.files_done = 0
        self.files_total = 0
        self.failure = ""
        self._started = time.monotonic()
        self._follow: Timer | None = None

    def compose(self) -> ComposeResult:
        """The title, the panes side by side, the query and the hints."""
        yield TitleBar(id="title")
        with Horizontal(id="panes"):
            yield FacetPane(id="topics")
            with Vertical(id="middle"):
                yield StoryList(self.row_state, self.session.clock, self.session.zone, id="stories")
            yield StoryPane(id="story")
        yield FilterBar(self._known_values, id="filter")
        yield HintBar(ACTIONS, id="hints")
        yield Static("newsdeck needs 20 x 5 or more", id="too-small", markup=False)

    @property
    def topics_pane(self) -> FacetPane:
        """The pane of topics, outlets, kinds and times."""
        return self.query_one("#topics", FacetPane)

    @property
    def list_pane(self) -> StoryList:
        """The list of stories."""
        return self.query_one("#stories", StoryList)

    @property
    def story_pane(self) -> StoryPane:
        """The story that is read."""
        return self.query_one("#story", StoryPane)

    @property
    def filter_bar(self) -> FilterBar:
        """The field for queries."""
        return self.query_one("#filter", FilterBar)

    def event_of(self, story: Story) -> Event | None:
        """The event a story tells, once events have been found."""
        return self.analysis.event(story.id) if self.analysis is not None else None

    def coverage(self, story: Story) -> StoryCoverage | None:
        """The coverage of a story, once events have been found."""
        events = self.analysis.events if self.analysis is not None else None
        return coverage_of(events, story) if events is not None and events.of_story(story.id) is not None else None

    def row_state(self, place: int) -> RowState:
        """What there is to show of a row of the list besides its story."""
        story = self.list_pane.story_at(place)
        event = self.event_of(story)
        marking = self.session.marking
        depth = self.listing.depths[place] if place < len(self.listing.depths) else 0
        grouped = self.view.grouped and not depth
        return RowState(
            unread=marking.is_unread(story, event),
            starred=marking.is_starred(story),
            picked=story.id in self.picked,
            fresh=len(marking.fresh(story, event)),
            event=event if not depth else None,
            cards=len(event.story_ids) if event is not None and grouped else 1,
            expanded=event is not None and not self.view.expanded.isdisjoint(event.story_ids),
            depth=depth,
        )

    def _report(self, error: Exception) -> None:
        self.post_message(JobFailed(error))

    def on_job_failed(self, message: JobFailed) -> None:
        """A mistake in a background job ends the program as one on the event loop would, not in silence."""
        raise message.error

    def change_view(self, view: View) -> None:
        """Show something else of the same deck."""
        if view != self.view:
            self.view = view
            self.relist()

    def take_state(self, state: FolderState) -> None:
        """Take over what is known of the folder."""
        self.deck, self.problems = state.deck, state.problems
        self.files_done, self.files_total = state.done, state.files
        self.is_loading = state.loading
        if state.analysis is not None:
            self.analysis = state.analysis

    def relist(self) -> None:
        """List the stories of the view anew, off the event loop."""
        deck, view, analysis = self.deck, self.view, self.analysis
        known = analysis if analysis is not None and analysis.deck is deck else None

        def job(ticket: Ticket) -> None:
            listing = self._list(deck, view, known, ticket)
            if listing is not None and not ticket.is_cancelled():
                self.post_message(Listed(listing))

        self.desk.start("list", job)

    def _list(self, deck: Deck, view: View, known: Analysis | None, ticket: Ticket) -> Listing | None:
        """What a view lists; None if it is not wanted any more, or cannot be told before the folder is read."""
        try:
            return self._listed(deck, view, known, ticket)
        except DamagedCacheError:
            return None

    def _listed(self, deck: Deck, view: View, known: Analysis | None, ticket: Ticket) -> Listing | None:
        lister, marking = self.session.lister, self.session.marking
        if view.is_plain:
            return lister.plain(deck, view, known, marking.muted(deck))
        if known is None or not known.can_search:
            if self.is_loading and len(deck) > SEARCHED_WHILE_LOADING:
                return None
            indexed = index_deck(deck, ticket.is_cancelled)
            if indexed is None:
                return None
            known = indexed if known is None else known.joined(indexed)
            self.post_message(Analysed(known))
        return lister.list(known, view, marking.docs(deck, known))

    def prepare_search(self) -> None:
        """Read the search index ahead, off the event loop, for a query is about to be typed."""
        analysis = self.analysis
        if analysis is not None and analysis.can_search and not analysis.is_loaded:
            self.desk.start("index", lambda ticket: _load_index(analysis))

    def analyse(self) -> None:
        """Index the whole deck and find its events, off the event loop."""
        deck = self.deck
        previous = self.analysis.events if self.analysis is not None else None

        def job(ticket: Ticket) -> None:
            # What is made here stays: looking through all of it for garbage would stop the keys for seconds.
            gc.disable()
            try:
                with suppress(DamagedCacheError):  # then the folder is read anew
                    self._analyse(deck, previous, ticket)
            finally:
                gc.freeze()
                gc.enable()

        self.desk.start("analyse", job)

    def _analyse(self, deck: Deck, previous: Events | None, ticket: Ticket) -> None:
        indexed = index_deck(deck, ticket.is_cancelled)
        if indexed is None:
            return
        if len(deck) > SMALL_DECK:
            self.post_message(Analysed(indexed))
        whole = find_events(indexed, previous, ticket.is_cancelled)
        if whole is not None:
            self.post_message(Analysed(whole))

    def on_analysed(self, message: Analysed) -> None:
        """Take over what was worked out, if the deck is still the same."""
        analysis = message.analysis
        if analysis.deck is not self.deck:
            return
        known = self.analysis
        self.analysis = analysis if known is None or known.deck is not self.deck else known.joined(analysis)
        self.relist()

    def on_listed(self, message: Listed) -> None:
        """Show what was listed, unless the deck or the view have changed since."""
        listing = message.listing
        if listing.deck is not self.deck or listing.view != self.view:
            return
        self.listing = listing
        self.list_pane.show(listing)
        self.topics_pane.show(listing)
        self.filter_bar.show_errors(listing.errors)
        self.describe()
        if not self.is_loading and listing.analysis is not None and listing.analysis.events is not None:
            self.list_pane.settle()
        if not listing.docs:
            self.show_advice()
        elif self.story_pane.content is None:
            self.follow_now()
        else:
            self._renew_story(self.story_pane.content)

    def _renew_story(self, content: StoryContent) -> None:
        """What is known of the story shown may have grown: its coverage, its cards, what a query finds in it."""
        story = self.deck.find(content.story.id)
        if story is not None:
            self.story_pane.show(self.content_of(story, content), keep_place=True)

    def content_of(self, story: Story, like: StoryContent | None = None) -> StoryContent:
        """All that is known of a story now, arranged `like` it was before, if it was."""
        coverage, expr = self.coverage(story), self.listing.expr
        if like is None or like.story.id != story.id:
            fresh = self._fresh_urls(story)
            return StoryContent(story, coverage, self.session.clock(), self.session.zone, expr=expr, fresh=fresh)
        body = like.body if like.story == story else None
        items = self.deck.listed(story) if body is not None else ()
        return replace(like, story=story, coverage=coverage, body=body, items=items, expr=expr)

    def _fresh_urls(self, story: Story) -> frozenset[str]:
        """The links of the pieces that joined the story's event after it was read."""
        event = self.event_of(story)
        keys = self.session.marking.fresh(story, event)
        members = event.members if event is not None and keys else ()
        return frozenset(member.url for member in members if member.key in keys)

    def on_story_list_highlighted(self, message: StoryList.Highlighted) -> None:
        """Follow the cursor, once it rests."""
        self.place_id = message.story.id if message.story is not None else ""
        self._describe_place()
        if self._follow is not None:
            self._follow.stop()
        self._follow = self.set_timer(FOLLOW_SECONDS, self.follow_now)

    def follow_now(self) -> None:
        """Let the story pane show what the cursor of the list is on."""
        if self._follow is not None:
            self._follow.stop()
            self._follow = None
        story, shown = self.list_pane.story, self.story_pane.content
        if story is not None and (shown is None or shown.story != story):
            self.trail, self.trail_at = [story.id], 0
            self.show_story(story)

    def show_story(self, story: Story) -> None:
        """Show a story from its top, and read the rest of its card."""
        self.story_pane.show(self.content_of(story))
        self.story_pane.border_title = self._breadcrumb()
        if not (story.body_bytes or story.details.items):
            return

        def job(ticket: Ticket) -> None:
            read = self.session.read_body(story)
            if read is not None and not ticket.is_cancelled():
                self.post_message(CardRead(story, *read))

        self.desk.start("card", job)

    def _breadcrumb(self) -> Content:
        """Where the reader came from to the story shown, the last step in words."""
        before = self.deck.find(self.trail[self.trail_at - 1]) if self.trail_at > 0 else None
        if before is None:
            return Content("Story")
        return Content(f"Story {'‹' * min(self.trail_at, 5)} {cut(before.title, _CRUMB_CELLS)}")

    def on_card_read(self, message: CardRead) -> None:
        """Add the body to the story, if it is still the one shown."""
        shown = self.story_pane.content
        if shown is None or shown.story != message.story:
            return
        content = replace(shown, body=message.body, items=self.deck.listed(shown.story))
        self.story_pane.show(content, keep_place=True)

    def describe(self) -> None:
        """Say in the title what is shown, and how far loading is."""
        took = time.monotonic() - self._started
        done, files = self.files_done, self.files_total
        self.query_one(TitleBar).headline = Headline(
            folder=self.session.folder_name,
            total=self.deck.shown_count,
            narrowed=self._narrowed_text(),
            order=self._order_text(),
            problems=len(self.problems),
            done=done,
            files=files,
            loading=self.is_loading,
            seconds_left=took / done * (files - done) if self.is_loading and done else None,
        )
        self._describe_place()

    def _narrowed_text(self) -> str:
        if not self.listing.narrowed:
            return ""
        waiting = ", events are still being found" if self.listing.events_missing else ""
        return f"{self.listing.stories:,} shown{waiting}"

    def _order_text(self) -> str:
        sort = self.listing.sort
        order = f"{sort.name}, reversed" if sort.reverse else sort.name
        known = self.listing.analysis
        if self.view.grouped and len(self.deck) and (known is None or known.grouping is None):
            return f"{order} · finding events…"
        return f"{order} · {'grouped' if self.view.grouped else 'flat'}"

    def _describe_place(self) -> None:
        docs = self.listing.docs
        self.query_one(HintBar).place = f"{self.list_pane.cursor + 1:,} of {len(docs):,}" if docs else "0 of 0"

    def show_advice(self) -> None:
        """Say why there is nothing to read, and what to do next."""
        self.story_pane.border_title = "Story"
        self.story_pane.show_nothing(
            *advice(
                self.failure, self.is_loading, len(self.deck), self.listing.narrowed, self.view.query, self.problems
            )
        )

    def _known_values(self, key: str) -> Sequence[tuple[str, int]]:
        analysis = self.analysis
        return self.session.lister.values(analysis, key) if analysis is not None and analysis.is_loaded else ()


def _load_index(analysis: Analysis) -> None:
    with suppress(DamagedCacheError):  # then the folder is read anew
        analysis.load()
