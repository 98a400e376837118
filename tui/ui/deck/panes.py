"""The deck screen's panes and state: the one home of the deck, the view and what it lists."""

import time
from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from tui.config.actions import ACTIONS
from tui.deck.analysis import Analysis
from tui.deck.deck import Deck
from tui.deck.events.coverage import StoryCoverage, coverage_of
from tui.deck.events.events import Event
from tui.deck.view import Listing, View
from tui.model import Problem, Story
from tui.session import Session
from tui.ui.deck.advice import advice
from tui.ui.messages import JobFailed
from tui.ui.widgets.bars import Headline, HintBar, TitleBar
from tui.ui.widgets.facet_pane import FacetPane
from tui.ui.widgets.filter_bar import FilterBar
from tui.ui.widgets.story_list import StoryList
from tui.ui.widgets.story_pane import StoryPane
from tui.ui.widgets.story_rows import RowState, story_day
from tui.ui.workers import Jobs


class DeckPanes(Screen[None]):
    """The panes and all state: the deck, the view, what it lists; what is told of them."""

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
        self.desk = Jobs(self._report)
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
        in_days = self.listing.by_time and not depth
        return RowState(
            day=None if in_days else story_day(story, self.session.zone),
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
