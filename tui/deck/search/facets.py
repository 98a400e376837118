"""How many stories of a result have each topic, outlet, kind and month."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING, Protocol

import msgspec

from tui.deck.columns import Bits, Times, bits_of, flags_of, span_bits
from tui.deck.deck import Deck
from tui.deck.topics import topic_key

if TYPE_CHECKING:
    from tui.deck.search.index import SearchIndex
    from tui.deck.search.name_columns import NameColumns


class MonthCount(msgspec.Struct, frozen=True):
    """A month of the zone's calendar, by its first day, and how many stories of a result fall in it."""

    first_day: date
    count: int


class FacetCounts(msgspec.Struct, frozen=True):
    """Counts under one result. Every value of the deck is there, those without a match with 0.

    `topics` are by `topics.topic_key`, as the topic tree wants them, and take in the topics below. `months` are the
    months in which the deck has stories, newest first. `sources` are the folders of a deck that joins several.
    """

    topics: Mapping[str, int]
    outlets: Mapping[str, int]
    kinds: Mapping[str, int]
    months: Sequence[MonthCount]
    sources: Mapping[str, int] = {}


NOTHING = FacetCounts({}, {}, {}, ())
"""The counts of no story."""


class UnreadCounts(msgspec.Struct, frozen=True, eq=False):
    """What is unread in a deck (`total`), and of it what a listing shows (`listed`), that by its `facets`.

    `facets` is None while nothing is there to count them with. `flags` has a 1 for each unread story of the deck.
    """

    total: int
    listed: int
    facets: FacetCounts | None
    flags: bytes = b""


class Counter(Protocol):
    """Counts sets of stories of one deck."""

    def counts(self, bits: Bits) -> FacetCounts:
        """The counts of the stories in `bits`."""
        ...


class MonthCounter:
    """Counts months of `zone` (None: the system's) over the stories of a deck whose `times` stand newest first."""

    def __init__(self, times: Times, zone: tzinfo | None = None) -> None:
        size = len(times.seconds)
        self._exact = times.exact
        dated = span_bits(0, size) & ~times.undated
        self._exact_months = list(_months(times.seconds, flags_of(dated & times.exact, size), zone))
        self._plain_months = list(_months(times.seconds, flags_of(dated & ~times.exact, size), UTC))

    def counts(self, bits: Bits, flags: bytes) -> list[MonthCount]:
        """The months of the stories in `bits`, of which `flags` says the same, and all others with 0."""
        counts: dict[date, int] = {}
        for months, chosen in ((self._exact_months, bits & self._exact), (self._plain_months, bits & ~self._exact)):
            marked = flags if chosen == bits else flags_of(chosen, len(flags))
            for first_day, low, high in months:
                counts[first_day] = counts.get(first_day, 0) + marked.count(1, low, high)
        return [MonthCount(first_day, counts[first_day]) for first_day in sorted(counts, reverse=True)]


class FacetCounter:
    """Counts for results over one index; months are those of `zone` (None: the system's)."""

    def __init__(self, index: "SearchIndex", zone: tzinfo | None = None) -> None:
        self._index = index
        self._topic_keys = list(map(topic_key, index.topics.names))
        self._months = MonthCounter(index.stories.times, zone)

    def counts(self, bits: Bits) -> FacetCounts:
        """The counts of the stories in `bits`."""
        index = self._index
        flags = flags_of(bits, index.size)
        return FacetCounts(
            dict(zip(self._topic_keys, index.topics.counts(bits, flags), strict=True)),
            _by_name(index.stories.outlets, bits, flags),
            _by_name(index.stories.kinds, bits, flags),
            self._months.counts(bits, flags),
            _by_name(index.sources, bits, flags) if index.joins else {},
        )


def facets_of(deck: Deck, times: Times, zone: tzinfo | None = None) -> FacetCounts:
    """The counts of all stories of a deck that are not removed, without an index; `times` are those of the stories."""
    size = len(deck)
    bits = span_bits(0, size) & ~bits_of(deck.removed, size)
    months = MonthCounter(times, zone).counts(bits, flags_of(bits, size))
    return FacetCounts(deck.topic_counts, deck.counts.outlets, deck.counts.kinds, months, deck.source_counts)


def _by_name(names: "NameColumns", bits: Bits, flags: bytes) -> dict[str, int]:
    return dict(zip(names.names, names.counts(bits, flags), strict=True))


def _months(seconds: Sequence[float], flags: bytes, zone: tzinfo | None) -> Iterator[tuple[date, int, int]]:
    """The months in which flagged rows lie, newest first, each with the range of rows from its first to its last.

    The rows are newest first, so that the flagged rows of a range are those of its month.
    """
    row = flags.find(1)
    while row >= 0:
        at = datetime.fromtimestamp(seconds[row], UTC).astimezone(zone)
        first_day = date(at.year, at.month, 1)
        start = datetime(at.year, at.month, 1)
        begin = (start.astimezone(UTC) if zone is None else start.replace(tzinfo=zone)).timestamp()
        low, after = row, len(seconds)
        high = _first_before(seconds, begin, low, after)
        yield first_day, low, high
        row = flags.find(1, max(high, row + 1))  # also where stored times turn out to be in no order


def _first_before(seconds: Sequence[float], begin: float, low: int, high: int) -> int:
    """The first row from `low` up to `high` that lies before `begin` or has no time."""
    while low < high:
        middle = (low + high) // 2
        if seconds[middle] >= begin:
            low = middle + 1
        else:
            high = middle
    return low
