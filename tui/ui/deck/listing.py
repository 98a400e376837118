"""Listing a view of the deck, off the event loop because it may take long, and what there is to say of a row."""

from contextlib import suppress
from functools import partial

from tui.deck.analysis import Analysis, find_events, index_deck
from tui.deck.deck import Deck
from tui.deck.events.events import Event, Events
from tui.deck.search.facets import UnreadCounts
from tui.deck.view import Listing, View
from tui.errors import DamagedCacheError
from tui.session import ANALYSE_HERE_BELOW
from tui.ui.deck.completing import Completing
from tui.ui.deck.port import DeckPort
from tui.ui.deck.reading import ReadingController
from tui.ui.deck.returning import WayBack
from tui.ui.deck.state import DeckState, ShowView, TakeAnalysis, TakeListing, TakeUnread
from tui.ui.messages import Analysed, Listed, ThenDo
from tui.ui.widgets.row_facts import RowState, ordered_by
from tui.ui.widgets.story_rows import story_day
from tui.ui.workers import Ticket
from tui.work import pause, search_new_garbage, search_no_garbage

SEARCHED_WHILE_LOADING = 10_000
"""Stories of a deck that is indexed for a query though more of it is still being read."""
_REST_SECONDS = 0.4


class ListingController:
    """Has views listed and decks analysed, and shows what came of it."""

    def __init__(self, port: DeckPort, reading: ReadingController) -> None:
        self._port = port
        self._reading = reading
        self.way = WayBack(port, reading)
        self.completing = Completing(port)
        self._changes = 0
        self._counted_by: UnreadCounts | None = None
        self._unread_events: dict[str, int] = {}

    def change_view(self, view: View, *, at_top: bool = False) -> None:
        """Show something else of the same deck, from its top if wanted; nothing is listed where it is the same view."""
        before = self._port.state
        self.way.query_changes(before.view.query, view.query)
        if at_top:
            self._port.panes.stories.anchoring.top_of = view
        self._port.apply(ShowView(view))
        if self._port.state is not before:
            self.relist()

    def relist(self) -> None:
        """List the stories of the view anew, off the event loop."""
        state, held = self._port.state, self._held

        def job(ticket: Ticket) -> None:
            with suppress(DamagedCacheError):  # then the folder is read anew
                listing = self._listed(state, held, ticket)
                if listing is not None and not ticket.is_cancelled():
                    changes = self._changes
                    unread = None if state.loading else self._unread(listing)
                    self._port.post_message(Listed(listing, unread, changes))

        self._port.jobs.start("list", job)

    def count_unread(self) -> None:
        """Count again how much of what is listed is unread, off the event loop: marks or events changed."""
        self._changes += 1
        self._count()

    def _count(self) -> None:
        """Count it off the event loop.

        What needs an index that is not loaded yet, the counts of topics, comes once no key has asked anew for a while.
        """
        listing = self._port.state.listing
        if self._port.state.loading:
            return

        def job(ticket: Ticket) -> None:
            with suppress(DamagedCacheError):  # then the folder is read anew
                unread = self._unread(listing)
                if unread.facets is None:
                    self._port.post_message(ThenDo(partial(self._take_unread, listing, unread)))
                    pause(_REST_SECONDS, ticket.is_cancelled)
                    if ticket.is_cancelled():
                        return
                    unread = self._unread(listing, load=True)
                if not ticket.is_cancelled():
                    self._port.post_message(ThenDo(partial(self._take_unread, listing, unread)))

        self._port.jobs.start("count", job)

    def _unread(self, listing: Listing, *, load: bool = False) -> UnreadCounts:
        session = self._port.session
        return session.lister.unread(listing, session.marking.docs(listing.deck, listing.analysis), load=load)

    def _take_unread(self, listing: Listing, unread: UnreadCounts) -> None:
        self._port.apply(TakeUnread(listing, unread))
        panes = self._port.panes
        panes.topics.show_unread(self._port.state.unread)
        panes.stories.redraw()

    def _listed(self, state: DeckState, held: str, ticket: Ticket) -> Listing | None:
        lister, marking = self._port.session.lister, self._port.session.marking
        deck, view, known = state.deck, state.view, state.own_analysis
        if view.is_plain:
            return lister.plain(deck, view, known, marking.muted(deck), held)
        if known is None or not known.can_search:
            if self._port.state.loading and len(deck) > SEARCHED_WHILE_LOADING:
                return None
            indexed = index_deck(deck, ticket.is_cancelled)
            if indexed is None:
                return None
            known = indexed if known is None else known.joined(indexed)
            self._port.post_message(Analysed(known))
        return lister.list(known, view, marking.docs(deck, known), held, with_related=True)

    def take(self, listed: Listed) -> None:
        """Show what was listed, and how much of it is unread, unless the deck or the view have changed since.

        What is unread is counted again where marks changed after that was counted: what was counted at once then was of
        the rows before these.
        """
        listing, unread = listed.listing, listed.unread
        if not self._port.state.is_wanted(listing):
            return
        if listing.folds(self._held):
            self.relist()  # the reader has gone on to a story since that another one would stand for
            return
        self._port.apply(TakeListing(listing, unread))
        state, panes = self._port.state, self._port.panes
        panes.stories.show(listing)
        self.way.arrive(listing)
        panes.topics.show(listing, unread)
        is_counted = unread is not None and unread.facets is not None and listed.counted_after == self._changes
        if not is_counted and self._port.session.marking.has_entered:
            self._count()
        panes.show_errors(listing.errors)
        if not state.loading and (_has_events(listing) or len(state.deck) > ANALYSE_HERE_BELOW):
            panes.stories.anchoring.is_settled = bool(listing.docs)
        if not state.loading:
            panes.stories.anchoring.top_of = None
        if not listing.docs:
            panes.show_advice(state)
        elif panes.story.content is None:
            self._reading.follow_now()
        else:
            self._reading.renew()

    @property
    def _held(self) -> str:
        """The id of the story that the cursor of the list stays on; empty where it stays on none."""
        stories = self._port.panes.stories
        return self.way.held or stories.anchoring.held(stories.story)

    def renew_story(self) -> None:
        """Show in the story that is read what the reader did to it."""
        self._reading.renew()

    def unfold_copies(self) -> None:
        """Show the copies of a text in the story that is read, or fold them."""
        self._reading.toggle_copies()

    def analyse(self) -> None:
        """Index the whole deck and find its events, off the event loop."""
        deck, known = self._port.state.deck, self._port.state.analysis
        previous = known.events if known is not None else None

        def job(ticket: Ticket) -> None:
            # What is made here stays: looking through all of it for garbage would stop the keys for seconds.
            search_no_garbage()
            try:
                with suppress(DamagedCacheError):  # then the folder is read anew
                    self._analyse(deck, previous, ticket)
            finally:
                search_new_garbage()

        self._port.jobs.start("analyse", job)

    def _analyse(self, deck: Deck, previous: Events | None, ticket: Ticket) -> None:
        indexed = index_deck(deck, ticket.is_cancelled)
        if indexed is None:
            return
        if len(deck) > ANALYSE_HERE_BELOW:
            self._port.post_message(Analysed(indexed))
        whole = find_events(indexed, previous, ticket.is_cancelled)
        if whole is not None:
            self._port.post_message(Analysed(whole))

    def take_analysis(self, analysis: Analysis) -> None:
        """List anew with what was worked out, if the deck is still the same."""
        before = self._port.state
        self._port.apply(TakeAnalysis(analysis))
        if self._port.state is not before:
            self.relist()
            if self._port.state.focus == "query":
                self.completing.prepare_once()

    def row_state(self, place: int) -> RowState:
        """What there is to show of a row of the list besides its story."""
        state, marking = self._port.state, self._port.session.marking
        listing = state.listing
        story = self._port.panes.stories.story_at(place)
        event = state.event_of(story)
        depth = listing.depths[place] if place < len(listing.depths) else 0
        grouped = state.view.grouped and not depth
        in_days = listing.by_time and not depth
        fresh = marking.fresh(story, event)
        return RowState(
            day=None if in_days else story_day(story, self._port.session.zone),
            unread=bool(fresh) or not marking.is_read(story),
            starred=marking.is_starred(story),
            picked=story.id in state.picked,
            fresh=len(fresh),
            event=event if not depth else None,
            cards=len(event.story_ids) if event is not None and grouped else 1,
            unread_cards=self._unread_of(event) if event is not None and grouped else 0,
            expanded=event is not None and not state.view.expanded.isdisjoint(event.story_ids),
            depth=depth,
            related=listing.is_related(place),
            bylines=listing.deck.bylines,
            ordered=ordered_by(listing.sort.name, story, event, self._port.session.zone),
        )

    def _unread_of(self, event: Event) -> int:
        """How many of the stories of an event are unread, as it was counted; remembered, for rows are painted often."""
        state = self._port.state
        if state.unread is None or len(event.story_ids) < 2:
            return 0
        if self._counted_by is not state.unread:
            self._counted_by, self._unread_events = state.unread, {}
        count = self._unread_events.get(event.id)
        if count is None:
            docs, flags = map(state.listing.deck.doc, event.story_ids), state.unread.flags
            count = self._unread_events[event.id] = sum(flags[doc] for doc in docs if doc is not None)
        return count


def _has_events(listing: Listing) -> bool:
    return listing.analysis is not None and listing.analysis.events is not None
