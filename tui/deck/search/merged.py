"""Search in a deck that changed: the index of the deck before answers for what stayed, a small one for what is new."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, tzinfo
from math import isnan
from typing import Protocol, TypeVar

from tui.deck.columns import UNKNOWN, Bits, MarkedDocs, Times, bits_of, bits_of_flags, flags_of, rows_of, span_bits
from tui.deck.days import day_orders
from tui.deck.merged_stories import GONE
from tui.deck.query.ast import And, Expr, Not, Or, Term
from tui.deck.search.evaluate import IN_COVERAGE, of_item
from tui.deck.search.facets import Counter, FacetCounts, MonthCount
from tui.deck.search.find import Found, Search
from tui.deck.search.sorting import BY_TIME, Sort

Key = TypeVar("Key")

_NAMED = ("topic", "outlet", "kind", "source")


class Places(Protocol):
    """Where the stories of the deck before and the new ones stand now: at -1 what is gone."""

    @property
    def gone(self) -> Sequence[int]:
        """The positions before of what is gone."""
        ...

    @property
    def order(self) -> Sequence[int]:
        """For each position now the one before, or the complement of that among the new."""
        ...

    @property
    def of_old(self) -> Sequence[int]:
        """For each position before the one now."""
        ...

    @property
    def of_arrived(self) -> Sequence[int]:
        """For each of the new stories its position now."""
        ...


class MergedSearch:
    """Answers like a `Search` over the deck as it is now, whose stories have these `times`, by the clock of `zone`.

    Orders and counts are exact, but by relevance what is new comes first, and by events it comes last: what happened
    together is only found again later.
    """

    def __init__(self, old: Search, arrived: Search, places: Places, times: Times, zone: tzinfo | None) -> None:
        self._old = old
        self._arrived = arrived
        self._places = places
        self._times = times
        self._zone = zone
        size = len(places.of_old)
        self._kept = span_bits(0, size) & ~bits_of(places.gone, size)

    def find(self, expr: Expr, sort: Sort | None = None) -> Found:
        """The stories of both parts that match, in one order; see `Searcher`."""
        decided = self._decided(expr)
        old = self._old.find(decided, sort)
        new = self._arrived.find(decided, old.sort)
        of_old, of_arrived = self._places.of_old, self._places.of_arrived
        docs, related = (
            self._arranged(
                [of_arrived[doc] for doc in arrived],
                [place for doc in kept if (place := of_old[doc]) != GONE],
                old.sort,
            )
            for arrived, kept in ((new.docs, old.docs), (new.related, old.related))
        )
        facets = _added(self._old.counts(old.bits & self._kept), new.facets)
        bits = bits_of(docs, len(self._places.order))
        return Found(expr, old.sort, bits, docs, facets, related, old.events_missing)

    def values(self, key: str) -> Sequence[tuple[str, int]]:
        """The values of both parts, their numbers of stories added up; see `Searcher`."""
        return list(_sum(dict(self._old.values(key)), dict(self._arrived.values(key))).items())

    def count(self, expr: Expr) -> int:
        """How many stories of both parts match; see `Searcher`."""
        decided = self._decided(expr)
        return (self._old.matching(decided) & self._kept).bit_count() + self._arrived.count(decided)

    def _decided(self, expr: Expr, of_items: bool = False) -> Expr:
        """`expr` with it said of each name whether it is a whole one, for either part knows only its own names."""
        match expr:
            case And(parts):
                asked = [of_items or (IN_COVERAGE in parts and of_item(part)) for part in parts]
                return And(tuple(map(self._decided, parts, asked)))
            case Or(parts):
                return Or(tuple(self._decided(part, of_items) for part in parts))
            case Not(part):
                return Not(self._decided(part, of_items))
            case Term(key, value) if key in _NAMED:
                whole = Term(key, value, True)
                old = self._old.index.rows_of(whole, of_items) & self._kept
                return whole if old | self._arrived.index.rows_of(whole, of_items) else Term(key, value, False)
        return expr

    def _arranged(self, new: list[int], old: list[int], sort: Sort) -> list[int]:
        if sort.name not in BY_TIME:
            numbers = self._numbers(sort)
            return new + old if numbers is None else _merged_by(numbers, new, old, upward=sort.reverse)
        docs = sorted((*old, *new))
        by_day = day_orders(self._times, self._zone)
        if by_day is not None:
            order = by_day.newest if sort.reverse == (sort.name == "oldest") else by_day.oldest
            return order.arranged(bits_of(docs, len(self._places.order)))
        if sort.reverse == (sort.name == "oldest"):
            return docs
        dated = bisect_left(docs, self._times.dated)
        return sorted(docs[:dated], key=self._times.seconds.__getitem__) + docs[dated:]

    def _numbers(self, sort: Sort) -> Callable[[int], float] | None:
        """What a story, by its position now, has of that which an order goes by; None for an order without numbers."""
        before, arrived, order = self._old.numbers(sort), self._arrived.numbers(sort), self._places.order
        if before is None:
            return None

        def number(doc: int) -> float:
            at = order[doc]
            return before[at] if at >= 0 else UNKNOWN if arrived is None else arrived[~at]

        return number


def _merged_by(number: Callable[[int], float], few: list[int], many: list[int], *, upward: bool) -> list[int]:
    """Two lists in one order by a number, equals by position and those without one last, as one; `many` is not gone
    through.
    """

    def key(doc: int) -> tuple[bool, float, int]:
        value = number(doc)
        return (True, 0.0, doc) if isnan(value) else (False, value if upward else -value, doc)

    merged, done = [], 0
    for doc in few:
        at = bisect_left(many, key(doc), done, key=key)
        merged += [*many[done:at], doc]
        done = at
    return merged + many[done:]


class MergedCounter:
    """Counts the stories of a deck as it is now by the counters of the deck before and of the new stories."""

    def __init__(self, old: Counter, arrived: Counter, places: Places) -> None:
        self._old = old
        self._arrived = arrived
        self._places = places

    def counts(self, bits: Bits) -> FacetCounts:
        """The counts of the stories in `bits`, by their positions now."""
        # What is gone, at -1, finds the last flag, which is none of a story.
        flags = flags_of(bits, len(self._places.order)) + b"\0"
        parts = ((self._old, self._places.of_old), (self._arrived, self._places.of_arrived))
        old, new = (part.counts(bits_of_flags(bytes(map(flags.__getitem__, places)))) for part, places in parts)
        return _added(old, new)


def old_marks(marks: MarkedDocs, places: Places) -> MarkedDocs:
    """Marks on the stories as they stand now, as those of the deck before."""
    return _mapped(marks, len(places.of_old), lambda at: at if at >= 0 else None, places)


def arrived_marks(marks: MarkedDocs, places: Places) -> MarkedDocs:
    """Marks on the stories as they stand now, as those of the new ones alone."""
    return _mapped(marks, len(places.of_arrived), lambda at: ~at if at < 0 else None, places)


def _mapped(marks: MarkedDocs, size: int, place: Callable[[int], int | None], places: Places) -> MarkedDocs:
    def mapped(bits: Bits) -> Bits:
        found = (place(places.order[doc]) for doc in rows_of(bits))
        return bits_of((doc for doc in found if doc is not None), size)

    notes = ((place(places.order[doc]), text) for doc, text in marks.notes)
    kept = tuple((doc, text) for doc, text in notes if doc is not None)
    return MarkedDocs(mapped(marks.read), mapped(marks.starred), mapped(marks.muted), kept)


def _added(one: FacetCounts, other: FacetCounts) -> FacetCounts:
    months = _sum(_by_day(one.months), _by_day(other.months))
    return FacetCounts(
        _sum(one.topics, other.topics),
        _sum(one.outlets, other.outlets),
        _sum(one.kinds, other.kinds),
        [MonthCount(first_day, months[first_day]) for first_day in sorted(months, reverse=True)],
        _sum(one.sources, other.sources),
    )


def _by_day(months: Iterable[MonthCount]) -> dict[date, int]:
    return {month.first_day: month.count for month in months}


def _sum(one: Mapping[Key, int], other: Mapping[Key, int]) -> dict[Key, int]:
    total = dict(one)
    for name, count in other.items():
        total[name] = total.get(name, 0) + count
    return total
