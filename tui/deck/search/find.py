"""Search as the reader meets it: a query and an order in, the stories in order and the counts of all facets out."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from functools import cached_property
from typing import Protocol

import msgspec

from tui.clock import Clock, utc_now
from tui.deck.columns import Bits, LatestValues, MarkedDocs, flags_of, rows_of, span_bits
from tui.deck.query.ast import Expr, Phrase, Term, Word, leaves, positive_leaves
from tui.deck.query.dates import local_now
from tui.deck.search.evaluate import Depth, Evaluator, EventColumns, about_events
from tui.deck.search.facets import FacetCounter, FacetCounts
from tui.deck.search.index import SearchIndex
from tui.deck.search.sorting import Orders, Sort

FIELD_POINTS = {
    Depth.WHOLE_TITLE_WORDS: 9,
    Depth.TITLE: 8,
    Depth.NAMES: 5,
    Depth.EXCERPT: 4,
    Depth.COVERAGE: 0,
}
RANKED = 2_000
RECENCY_POINTS = ((timedelta(days=7), 3), (timedelta(days=30), 2), (timedelta(days=365), 1))
"""Age beside the newest story up to which so many points are given."""


def has_words(expr: Expr) -> bool:
    """Whether there is anything to rank by."""
    return any(isinstance(leaf, Word | Phrase) for leaf in positive_leaves(expr))


def ranked(evaluator: Evaluator, expr: Expr, bits: Bits) -> list[int]:
    """The stories in `bits`, which match `expr` at one depth or another, best first."""
    by_points: dict[int, Bits] = {}
    rest = bits
    ages = _ages(evaluator.index)
    for depth in Depth:
        here = rest if depth is Depth.COVERAGE or not rest else rest & evaluator.matching(expr, depth)
        rest &= ~here
        for age, more_points in ages:
            points = FIELD_POINTS[depth] + more_points
            by_points[points] = by_points.get(points, 0) | (here & age)
    return _placed(by_points, bits, evaluator.index.numbers)


def _placed(by_points: dict[int, Bits], bits: Bits, numbers: list[int]) -> list[int]:
    placed: list[int] = []
    for points in sorted(by_points, reverse=True):
        if len(placed) >= RANKED:
            break
        placed += rows_of(by_points[points], numbers)
        bits &= ~by_points[points]
    return placed + rows_of(bits, numbers)


def _ages(index: SearchIndex) -> list[tuple[Bits, int]]:
    """Sets of stories by age, with their points; the last holds the undated too."""
    times, size = index.stories.times, index.size
    ages, low = [], 0
    for age, points in RECENCY_POINTS if times.dated else ():
        high = times.bounds(times.seconds[0] - age.total_seconds(), math.inf)[1]
        ages.append((span_bits(low, high), points))
        low = high
    return [*ages, (span_bits(low, size), 0)]


_REMEMBERED = 32


class Found(msgspec.Struct, frozen=True):
    """The answer to a query: `docs` are positions in the deck, in the order of `sort`.

    `related` are stories whose words match only with the headlines of their related pieces, in the same order; they
    are not counted. `events_missing` says that the query asks about events and none were given, so that those terms
    matched nothing.
    """

    expr: Expr
    sort: Sort
    bits: Bits
    docs: list[int]
    facets: FacetCounts
    related: Sequence[int] = ()
    events_missing: bool = False

    def __len__(self) -> int:
        return len(self.docs)


class Searcher(Protocol):
    """Answers queries over one state of a deck."""

    def find(self, expr: Expr, sort: Sort | None = None) -> Found:
        """The stories that match `expr`. Without `sort` by relevance if it has words, else newest first."""
        ...

    def values(self, key: str) -> Sequence[tuple[str, int]]:
        """The values the deck has for a key with `from_deck`, each with its number of stories: for completion."""
        ...

    def count(self, expr: Expr) -> int:
        """How many stories match `expr`, without arranging or keeping them."""
        ...


class Search:
    """Answers queries over one index, with given marks and events; the last answers are kept.

    Make another when marks or events change: what is costly stays with the index. To be used from one thread
    at a time.
    """

    def __init__(
        self,
        index: SearchIndex,
        marks: MarkedDocs | None = None,
        events: EventColumns | None = None,
        clock: Clock = utc_now,
        zone: tzinfo | None = None,
    ) -> None:
        self.index = index
        self._marks = marks or MarkedDocs()
        self._events = events
        self._clock = clock
        self._zone = zone
        self._orders = Orders(index, events, zone)
        self._answers: LatestValues[Found] = LatestValues(_REMEMBERED)
        self._values: LatestValues[list[tuple[str, int]]] = LatestValues(_REMEMBERED)

    def find(self, expr: Expr, sort: Sort | None = None) -> Found:
        """The stories that match, by relevance if the query has words and no order is given; kept for a while."""
        chosen = sort or Sort("relevance" if has_words(expr) else "newest")
        now = local_now(self._clock(), self._zone)
        dated = any(isinstance(leaf, Term) and leaf.key in ("since", "until", "on") for leaf in leaves(expr))
        return self._answers.get(
            (expr, chosen, now.replace(second=0, microsecond=0) if dated else None),
            lambda: self._answer(expr, chosen, now),
        )

    def count(self, expr: Expr) -> int:
        """How many stories match; see `Searcher`."""
        return self.matching(expr).bit_count()

    def matching(self, expr: Expr) -> Bits:
        """The stories that match, without arranging or keeping them."""
        now = local_now(self._clock(), self._zone)
        return Evaluator(self.index, now, self._zone, self._marks, self._events).matching(expr)

    def counts(self, bits: Bits) -> FacetCounts:
        """The counts of the stories in `bits`."""
        return self._counter.counts(bits)

    def numbers(self, sort: Sort) -> Sequence[float] | None:
        """What each story has of that which `sort` goes by; see `Orders.numbers`."""
        return self._orders.numbers(sort)

    def values(self, key: str) -> Sequence[tuple[str, int]]:
        """The values the deck has for a key, each with its number of stories; the last answers are kept."""
        return self._values.get(key, lambda: self._counted(key))

    def _counted(self, key: str) -> list[tuple[str, int]]:
        stories = self.index.stories
        tables = {
            "topic": self.index.topics,
            "outlet": stories.outlets,
            "domain": stories.domains,
            "kind": stories.kinds,
        }
        names = self.index.sources if key == "source" else tables[key]
        shown = self.index.all & ~self.index.traits["removed"]
        return list(zip(names.names, names.counts(shown, flags_of(shown, self.index.size)), strict=True))

    def _answer(self, expr: Expr, sort: Sort, now: datetime) -> Found:
        evaluator = Evaluator(self.index, now, self._zone, self._marks, self._events)
        bits = evaluator.matching(expr)
        docs = self._arranged(evaluator, expr, bits, sort)
        deeper = evaluator.matching(expr, Depth.COVERAGE) & ~bits if has_words(expr) else 0
        related = self._arranged(evaluator, expr, deeper, sort) if deeper else ()
        missing = self._events is None and about_events(expr)
        return Found(expr, sort, bits, docs, self._counter.counts(bits), related, missing)

    def _arranged(self, evaluator: Evaluator, expr: Expr, bits: Bits, sort: Sort) -> list[int]:
        if sort.name != "relevance" or not has_words(expr):
            return self._orders.arranged(bits, sort)
        docs = ranked(evaluator, expr, bits)
        return docs[::-1] if sort.reverse else docs

    @cached_property
    def _counter(self) -> FacetCounter:
        return FacetCounter(self.index, self._zone)
