"""What is worked out about a whole deck in a worker: its search index, its events, and their columns."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field

from tui.deck.coverage import pace
from tui.deck.deck import Deck
from tui.deck.events import Event, Events, build_events
from tui.deck.search.bits import bits_of
from tui.deck.search.evaluate import EventColumns
from tui.deck.search.index import SearchIndex, build_index

ShouldStop = Callable[[], bool]
_UNKNOWN = float("nan")


@dataclass(frozen=True, eq=False)
class Analysis:
    """The index of `deck` and, once they are found, its events.

    `event_numbers` gives for each doc the number of its event in `events.all`; it is empty while `events` is None.
    """

    deck: Deck
    index: SearchIndex
    events: Events | None = None
    columns: EventColumns | None = None
    event_numbers: "array[int]" = field(default_factory=lambda: array("I"))

    def event(self, story_id: str) -> Event | None:
        """The event a story of the deck tells; None while events are not found yet."""
        return None if self.events is None else self.events.of_story(story_id)


def index_deck(deck: Deck, should_stop: ShouldStop = lambda: False) -> Analysis | None:
    """The analysis of `deck` without events; None once `should_stop` says so."""
    index = build_index(deck.stories, deck.topics, should_stop)
    return None if index is None else Analysis(deck, index)


def find_events(
    analysis: Analysis, previous: Events | None = None, should_stop: ShouldStop = lambda: False
) -> Analysis | None:
    """`analysis` with its events; `previous` are those of an earlier state of the folder, which spare work.

    None once `should_stop` says so.
    """
    deck = analysis.deck
    events = build_events(deck.stories, previous, should_stop)
    if events is None:
        return None
    numbers = array("I", bytes(4 * len(deck)))
    for number, event in enumerate(events.all):
        for story_id in event.story_ids:
            if (doc := deck.doc(story_id)) is not None:
                numbers[doc] = number
    return Analysis(deck, analysis.index, events, _columns(deck, events), numbers)


def _columns(deck: Deck, events: Events) -> EventColumns:
    size = len(deck)
    outlets, first_seen, burst = ([_UNKNOWN] * size for _ in range(3))
    states: dict[str, list[int]] = {"first": [], "exclusive": [], "reprint": []}
    for event in events.all:
        speed = pace(event)
        first_outlet = event.members[0].outlet
        for member in event.members:
            for story_id in member.stories:
                if (doc := deck.doc(story_id)) is None:
                    continue
                outlets[doc] = event.outlets
                burst[doc] = speed
                if event.first is not None:
                    first_seen[doc] = event.first.timestamp()
                if event.outlets == 1:
                    states["exclusive"].append(doc)
                elif event.first is not None and member.outlet == first_outlet:
                    states["first"].append(doc)
                if member.reprint_of:
                    states["reprint"].append(doc)
    return EventColumns(outlets, first_seen, burst, **{name: bits_of(docs, size) for name, docs in states.items()})
