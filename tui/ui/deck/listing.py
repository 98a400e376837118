"""How the deck screen lists a view of the deck and follows the cursor, off the event loop where it may take long."""

import gc
from contextlib import suppress
from dataclasses import replace

from textual.content import Content

from tui.deck.analysis import Analysis, find_events, index_deck
from tui.deck.deck import Deck
from tui.deck.events.events import Events
from tui.deck.view import Listing, View
from tui.errors import DamagedCacheError
from tui.model import Story
from tui.session import ANALYSE_HERE_BELOW, FolderState
from tui.ui.deck.panes import DeckPanes
from tui.ui.messages import Analysed, CardRead, Listed
from tui.ui.widgets.lines import cut
from tui.ui.widgets.story_content import StoryContent
from tui.ui.widgets.story_list import StoryList
from tui.ui.workers import Ticket

FOLLOW_SECONDS = 0.05
"""How long the cursor rests before the story pane follows."""
_CRUMB_CELLS = 40
SEARCHED_WHILE_LOADING = 10_000
"""Stories of a deck that is indexed for a query though more of it is still being read."""


class DeckView(DeckPanes):
    """Shows a view of a deck; values go down to the panes from here, and only from here."""

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
        if len(deck) > ANALYSE_HERE_BELOW:
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
            if story != content.story:
                self._read_card(story)

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
        self._read_card(story)

    def _read_card(self, story: Story) -> None:
        """Read the rest of a story's card, if there is more."""
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


def _load_index(analysis: Analysis) -> None:
    with suppress(DamagedCacheError):  # then the folder is read anew
        analysis.load()
