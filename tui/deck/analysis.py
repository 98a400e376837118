"""What is known of a whole deck beyond its stories: its search index, its events, and their columns."""

import threading
from collections.abc import Callable, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from tui.clock import Clock
from tui.deck.columns import UNKNOWN, MarkedDocs, bits_of
from tui.deck.deck import Deck
from tui.deck.events.coverage import pace
from tui.deck.events.events import Event, Events
from tui.deck.grouping import Grouping, grouping_of
from tui.work import ShouldStop, never

if TYPE_CHECKING:  # the first screen needs neither events to be found nor anything to be searched
    from tui.deck.search.evaluate import EventColumns
    from tui.deck.search.facets import Counter
    from tui.deck.search.find import Searcher
    from tui.deck.search.index import SearchIndex


class Analysis:
    """What is known of `deck`: perhaps its `events`, with the `grouping` by them, and perhaps how to search it.

    `load` gives the search index with the columns of the events (None without events) and is called once, when
    they are first asked for, by whichever thread. It `is_whole` if the events are those of this very deck, not of an
    earlier state of the folder, and it can be searched.
    """

    def __init__(
        self,
        deck: Deck,
        load: "Callable[[], tuple[SearchIndex, EventColumns | None]] | None" = None,
        events: Events | None = None,
        grouping: Grouping | None = None,
        *,
        is_whole: bool = False,
    ) -> None:
        self.deck = deck
        self.events = events
        self.grouping = grouping
        self.is_whole = is_whole
        self._load = load
        self._lock = threading.Lock()
        self._found: tuple[SearchIndex, EventColumns | None] | None = None

    @property
    def can_search(self) -> bool:
        """Whether there is an index."""
        return self._load is not None

    @property
    def index(self) -> "SearchIndex":
        """The search index; AssertionError unless `can_search`."""
        return self._loaded()[0]

    @property
    def columns(self) -> "EventColumns | None":
        """The columns of the events; None without events."""
        return self._loaded()[1]

    @property
    def is_loaded(self) -> bool:
        """Whether the index is there already."""
        return self._found is not None

    def _loaded(self) -> "tuple[SearchIndex, EventColumns | None]":
        assert self._load is not None, "nothing to search in"
        with self._lock:
            if self._found is None:
                self._found = self._load()
            return self._found

    def load(self) -> None:
        """Have the index there."""
        self._loaded()

    def searcher(self, marks: MarkedDocs, clock: Clock, zone: tzinfo | None) -> "Searcher":
        """What answers queries, with these marks on the stories of the deck; AssertionError unless `can_search`."""
        from tui.deck.search.find import Search

        return self.guarded(Search(self.index, marks, self.columns, clock, zone))

    def counter(self, zone: tzinfo | None) -> "Counter":
        """What counts sets of stories of the deck, months by `zone`; AssertionError unless `can_search`."""
        from tui.deck.search.facets import FacetCounter

        return FacetCounter(self.index, zone)

    def guarded(self, searcher: "Searcher") -> "Searcher":
        """The searcher, or one in place of it that knows what to do where the index turns out to be damaged."""
        return searcher

    def joined(self, other: "Analysis") -> "Analysis":
        """What is known by this and a newer analysis of the same deck."""
        if other.is_whole or self.is_whole:
            return other if other.is_whole else self
        searched = other if other.can_search else self
        told = other if other.events is not None else self
        if searched is told:
            return told
        return Analysis(self.deck, lambda: (searched.index, None), told.events, told.grouping)

    def event(self, story_id: str) -> Event | None:
        """The event a story of the deck tells; None while events are not found yet."""
        return None if self.events is None else self.events.of_story(story_id)


def index_deck(deck: Deck, should_stop: ShouldStop = never) -> Analysis | None:
    """The analysis of `deck` without events; None once `should_stop` says so."""
    from tui.deck.search.index import build_index

    index = build_index(deck.stories, deck.topics, should_stop, joins=bool(deck.sources))
    return None if index is None else Analysis(deck, lambda: (index, None))


def find_events(analysis: Analysis, previous: Events | None = None, should_stop: ShouldStop = never) -> Analysis | None:
    """An analysis that can be searched, with its events; `previous`, those of an earlier state, may spare work.

    None once `should_stop` says so.
    """
    from tui.deck.events.arrivals import EventsWithArrivals
    from tui.deck.events.build import BuiltEvents, build_events

    deck, index = analysis.deck, analysis.index
    previous = previous.base if isinstance(previous, EventsWithArrivals) else previous
    built = previous if isinstance(previous, BuiltEvents) else None
    events = build_events(deck.stories, built, should_stop)
    if events is None:
        return None
    columns = event_columns(deck, events.all)
    return Analysis(deck, lambda: (index, columns), events, group_deck(deck, events.all), is_whole=True)


def group_deck(deck: Deck, events: Sequence[Event]) -> Grouping:
    """The stories of a deck by its events; their numbers are those of `events`."""
    docs = _docs(deck)
    return grouping_of(([docs[story_id] for story_id in event.story_ids] for event in events), len(deck))


def event_columns(deck: Deck, events: Sequence[Event]) -> "EventColumns":
    """What can be searched and sorted by, of the event of each story of a deck."""
    from tui.deck.search.evaluate import EventColumns

    size = len(deck)
    docs = _docs(deck)
    outlets, first_seen, burst = ([UNKNOWN] * size for _ in range(3))
    states: dict[str, list[int]] = {"first": [], "exclusive": [], "reprint": []}
    for event in events:
        speed = pace(event)
        first_outlet = event.members[0].outlet
        for member in event.members:
            for doc in map(docs.__getitem__, member.stories):
                outlets[doc] = event.outlets
                burst[doc] = UNKNOWN if speed is None else speed
                if event.first is not None:
                    first_seen[doc] = event.first.timestamp()
                if event.outlets == 1:
                    states["exclusive"].append(doc)
                elif event.first is not None and member.outlet == first_outlet:
                    states["first"].append(doc)
                if member.reprint_of:
                    states["reprint"].append(doc)
    return EventColumns(outlets, first_seen, burst, **{name: bits_of(docs, size) for name, docs in states.items()})


def _docs(deck: Deck) -> dict[str, int]:
    """The position of each story by its id. Looked up one by one, what cannot be read would seem not to be there."""
    return {story_id: doc for doc, story_id in enumerate(deck.ids())}
