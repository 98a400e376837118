"""A deck in which some stories changed, made from the one before without going through all of its stories."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import tzinfo

from tui.clock import Clock
from tui.deck.analysis import Analysis
from tui.deck.columns import MarkedDocs, Times, bits_of_flags, flags_of
from tui.deck.counts import Declared, Tally
from tui.deck.deck import Deck, story_order
from tui.deck.events.events import Events
from tui.deck.grouping import Grouping
from tui.deck.lookup import Lookup, MemoryLookup
from tui.deck.merged_stories import GONE, DocMap, MergedStories
from tui.deck.search.facets import Counter, FacetCounter
from tui.deck.search.find import Search, Searcher
from tui.deck.search.index import SearchIndex, build_index
from tui.deck.search.merged import MergedCounter, MergedSearch, arrived_marks, old_marks
from tui.model import Story


def changed_deck(
    base: Deck, stories: Iterable[Story], removed: Iterable[str] = (), declared: Declared | None = None
) -> Deck:
    """`base` with `stories`, which are new or take the place of those with their ids, and without the `removed` ids.

    With `declared` its topics are ordered by that; outlets of stories that are in `base` keep their names.
    """
    declared = declared or base.declared
    times = base.all_times
    arrived = sorted({story.id: declared.named(story) for story in stories}.values(), key=story_order)
    ids = {*removed, *(story.id for story in arrived)}
    gone = sorted(doc for doc in map(base.doc, ids) if doc is not None)
    tally = Tally(base.counts)
    for doc in gone:
        tally.count(base.story(doc), -1)
    for story in arrived:
        tally.count(story, 1)
    places = DocMap(len(base), gone, [_place(base, times, story) for story in arrived])
    merged = MergedStories(base.stories, arrived, places)
    lookup = MergedLookup(base, MemoryLookup(arrived), places)
    times = _merged_times(times, arrived, places.order)
    return Deck(merged, tally.counts(), declared, lookup, times, base.sources)


class ChangedAnalysis(Analysis):
    """What is still known of a deck made by `changed_deck` from the deck of `base`, and how to search it.

    Its events are those of the deck before, with what came where that can be told (`Events.with_arrivals`); else a
    story that is new is an event of its own until they are found again.
    """

    def __init__(self, base: Analysis, deck: Deck, merged: MergedStories) -> None:
        events = base.events and base.events.with_arrivals(merged.arrived, _gone(base.deck, merged.places))
        super().__init__(deck, events=events, grouping=_grouping(base, deck, merged, events))
        self._base = base
        self._merged = merged
        self._arrived: SearchIndex | None = None

    @property
    def can_search(self) -> bool:
        """Whether the deck before had an index, which is then searched beside that of the stories that came."""
        return self._base.can_search

    @property
    def is_loaded(self) -> bool:
        """Whether the index of either part is there."""
        return self._base.is_loaded and self._arrived is not None

    def load(self) -> None:
        """Have the index of either part there; that of the stories that came is made now."""
        self._base.load()
        if self._arrived is None:
            self._arrived = build_index(self._merged.arrived, self.deck.topics, joins=bool(self.deck.sources))

    def searcher(self, marks: MarkedDocs, clock: Clock, zone: tzinfo | None) -> Searcher:
        """What answers queries from both parts, with these marks on the stories of the changed deck."""
        self.load()
        assert self._arrived is not None, "nothing stops it"
        places = self._merged.places
        old = Search(self._base.index, old_marks(marks, places), self._base.columns, clock, zone)
        new = Search(self._arrived, arrived_marks(marks, places), None, clock, zone)
        assert self.deck.times is not None, "a changed deck has them"
        return self.guarded(MergedSearch(old, new, places, self.deck.times, zone))

    def counter(self, zone: tzinfo | None) -> Counter:
        """What counts sets of stories of the changed deck, by the index of either part."""
        self.load()
        assert self._arrived is not None, "nothing stops it"
        return MergedCounter(self._base.counter(zone), FacetCounter(self._arrived, zone), self._merged.places)

    def guarded(self, searcher: Searcher) -> Searcher:
        """As the analysis before would have it, whose index is asked, too."""
        return self._base.guarded(searcher)


def changed_analysis(base: Analysis, deck: Deck) -> Analysis:
    """What is still known of `deck`, which `changed_deck` made of the deck of `base`."""
    merged = deck.stories
    assert isinstance(merged, MergedStories), "the deck was changed"
    return ChangedAnalysis(base, deck, merged)


def _gone(deck: Deck, places: "DocMap") -> list[Story]:
    """The stories of the deck before that were removed, or read again."""
    return [deck.story(doc) for doc in places.gone]


def _grouping(base: Analysis, deck: Deck, stories: MergedStories, events: Events | None) -> Grouping | None:
    before = base.grouping
    if before is None:
        return None
    regrouped = events.regrouped if events is not None else ()
    fresh = len(before.leads) + len(regrouped)
    known = [base.deck.doc(story.id) for story in stories.arrived]
    origins = [at if at >= 0 else known[~at] for at in stories.places.order]
    numbers = array("I", (before.numbers[origin] if origin is not None else fresh for origin in origins))
    for doc, origin in enumerate(origins):
        if origin is None:
            numbers[doc] = fresh
            fresh += 1
    docs = [[doc for doc in map(deck.doc, event.story_ids) if doc is not None] for event in regrouped]
    for number, inside in enumerate(docs, len(before.leads)):
        for doc in inside:
            numbers[doc] = number
    leads = array("I", bytes(4 * fresh))
    for doc in range(len(numbers) - 1, -1, -1):  # where the lead is gone the newest story takes its place
        leads[numbers[doc]] = doc
    for doc, origin in enumerate(origins):
        if origin is not None and numbers[doc] < len(before.leads) and before.leads[numbers[doc]] == origin:
            leads[numbers[doc]] = doc
    for number, inside in enumerate(docs, len(before.leads)):
        leads[number] = inside[0] if inside else 0
    return Grouping(numbers, leads)


class MergedLookup:
    """Finds stories in an earlier deck and among those that arrived; see `Lookup`."""

    def __init__(self, base: Deck, arrived: Lookup, places: DocMap) -> None:
        self._base = base
        self._arrived = arrived
        self._places = places

    def doc(self, story_id: str) -> int | None:
        """The story with this id, the one that came before the one it takes the place of."""
        return self._one(self._arrived.doc(story_id), self._base.doc(story_id))

    def docs_of_url(self, canonical: str) -> tuple[int, ...]:
        """The stories of both parts whose URL has this canonical form."""
        return tuple(self._many(self._arrived.docs_of_url(canonical), self._base.docs_of_url(canonical)))

    def docs_of_stem(self, stem: str) -> Sequence[int]:
        """The stories of both parts with this stem, ascending."""
        return self._many(self._arrived.docs_of_stem(stem), self._base.found_by.docs_of_stem(stem))

    def docs_of_outlet(self, name: str) -> Sequence[int]:
        """The stories of both parts of this outlet, ascending."""
        return self._many(self._arrived.docs_of_outlet(name), self._base.found_by.docs_of_outlet(name))

    def removed_docs(self) -> Sequence[int]:
        """The removed stories of both parts, ascending."""
        return self._many(self._arrived.removed_docs(), self._base.removed)

    def _one(self, arrived: int | None, old: int | None) -> int | None:
        if arrived is not None:
            return self._places.of_arrived[arrived]
        index = GONE if old is None else self._places.of_old[old]
        return None if index == GONE else index

    def _many(self, arrived: Sequence[int], old: Sequence[int]) -> list[int]:
        places = [self._places.of_arrived[number] for number in arrived]
        return sorted(index for index in (*places, *(self._places.of_old[doc] for doc in old)) if index != GONE)


def _place(base: Deck, times: Times, story: Story) -> int:
    """Before which story of `base` a new one stands."""
    if story.published_at is None:
        low, high = times.dated, len(base)
    else:
        seconds = story.published_at.timestamp()
        low, high = (
            bisect(times.seconds, -seconds, 0, times.dated, key=lambda second: -second)
            for bisect in (bisect_left, bisect_right)
        )
    return bisect_left(range(high), story.id, low, high, key=lambda doc: base.story(doc).id)


def _merged_times(times: Times, arrived: Sequence[Story], order: "array[int]") -> Times:
    new = Times.of((story.published_at, story.time_known) for story in arrived)
    old_exact, new_exact = flags_of(times.exact, len(times.seconds)), flags_of(new.exact, len(arrived))
    seconds = array("d", (times.seconds[at] if at >= 0 else new.seconds[~at] for at in order))
    exact = bytes(old_exact[at] if at >= 0 else new_exact[~at] for at in order)
    return Times(seconds, bits_of_flags(exact), in_order=True)
