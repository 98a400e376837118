"""How often, when and in what spelling the pieces of a deck tell each term."""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from math import fsum, sqrt
from typing import Any, Protocol

from tui.deck.events.pieces import Piece

TELLING_HOURS = 72.0
"""How long one and the same story is told."""
SEASON_HOURS = 30 * 24.0
"""How near in time a term counts for whether it is the talk of some days: what a folder holds from other years, and how
far it goes back, does not matter.
"""
NEVER = float("-inf")
"""Stands for the hours of a piece without a date."""
_FEW = 8
"""Pieces that may well be of as many days, so that it is worth while to look; what more of them say is remembered."""


class TermCounts(Protocol):
    """What was counted of the terms of some pieces; a term that none of them has counts nowhere."""

    def total(self, term: str) -> int:
        """How many pieces have a term."""
        ...

    def repeated(self, terms: Collection[str], most: int) -> Collection[str]:
        """Those of `terms` that several pieces have, but `most` at most."""
        ...

    def told(self, term: str) -> float:
        """The `tellings` of a term."""
        ...

    def around(self, term: str, moment: float) -> tuple[int, int]:
        """How many pieces that have a term are of the same days as an hour (since 1970), and of the same season."""
        ...

    def named(self, term: str) -> int:
        """In how many excerpts a term is written with a capital inside a sentence."""
        ...

    def plain(self, term: str) -> int:
        """In how many excerpts a term is written without one."""
        ...


class CountedTerms:
    """Terms that were counted and lie in memory, or are read in place from a file.

    `hours` are those of all pieces, ascending, NEVER for those without a date; a place there is a *rank*. `ranks` has
    for each term the ranks of the pieces that have it, ascending. `told` are the `tellings` where they are known.
    """

    def __init__(
        self,
        hours: Sequence[float],
        ranks: Mapping[str, Sequence[int]],
        named: Mapping[str, int],
        plain: Mapping[str, int],
        told: Mapping[str, float] | None = None,
    ) -> None:
        self.hours = hours
        self.ranks = ranks
        self._named = named
        self._plain = plain
        self._told = told
        self._told_often: dict[str, float] = {}
        self._windows: dict[float, tuple[int, int, int, int]] = {}

    @cached_property
    def _days(self) -> "array[float]":
        """In which `TELLING_HOURS` the piece of each rank is, by their number; NEVER for those without a date."""
        return array("d", [_days_of(hours) for hours in self.hours])

    def total(self, term: str) -> int:
        """How many pieces have a term."""
        return len(self.ranks.get(term, ()))

    def repeated(self, terms: Collection[str], most: int) -> Collection[str]:
        """Those of `terms` that several pieces have, but `most` at most."""
        ranks = self.ranks
        return ranks.repeated(terms, most) if isinstance(ranks, _Ranks) else _repeated(self, terms, most)

    def told(self, term: str) -> float:
        """The `tellings` of a term."""
        if self._told is not None:
            return self._told.get(term, 0.0)
        ranks = self.ranks.get(term, ())
        if len(ranks) == 1:
            return 1.0
        if len(ranks) > _FEW:
            found = self._told_often.get(term)
            if found is None:
                found = self._told_often[term] = tellings(Counter(map(self._days.__getitem__, ranks)))
            return found
        days = list(map(self._days.__getitem__, ranks))
        return float(len(days)) if len(set(days)) == len(days) else tellings(Counter(days))

    def around(self, term: str, moment: float) -> tuple[int, int]:
        """How many pieces that have a term are of the same days as an hour, and of the same season."""
        window = self._windows.get(moment)
        if window is None:
            days, season = (self.span(moment - hours, moment + hours) for hours in (TELLING_HOURS, SEASON_HOURS))
            window = self._windows[moment] = (*days, *season)
        ranks = self.ranks.get(term, ())
        first, after, earliest, end = window
        low = bisect_left(ranks, first)
        high = bisect_left(ranks, after, low)
        return high - low, bisect_left(ranks, end, high) - bisect_left(ranks, earliest, 0, low)

    def between(self, term: str, first: float, end: float) -> int:
        """How many pieces have a term that were published from the hour `first` up to but without the hour `end`."""
        ranks = self.ranks.get(term, ())
        low, high = bisect_left(self.hours, first), bisect_left(self.hours, end)
        return bisect_left(ranks, high) - bisect_left(ranks, low)

    def span(self, first: float, last: float) -> tuple[int, int]:
        """The ranks from the hour `first` to the hour `last`, the end not included."""
        return bisect_left(self.hours, first), bisect_right(self.hours, last)

    def named(self, term: str) -> int:
        """In how many excerpts a term is written with a capital inside a sentence."""
        return self._named.get(term, 0)

    def plain(self, term: str) -> int:
        """In how many excerpts a term is written without one."""
        return self._plain.get(term, 0)

    def columns(self, terms: Sequence[str]) -> "tuple[array[float], array[int], array[int]]":
        """What `told`, `named` and `plain` say of each of `terms`."""
        named, plain = ([column.get(term, 0) for term in terms] for column in (self._named, self._plain))
        return array("d", map(self.told, terms)), array("I", named), array("I", plain)


class MergedTerms:
    """Terms of a deck with those of some pieces that came later: each counts as if all had been counted at once."""

    def __init__(self, base: CountedTerms, later: CountedTerms) -> None:
        self._base = base
        self._later = later

    def total(self, term: str) -> int:
        """How many pieces have a term."""
        return self._base.total(term) + self._later.total(term)

    def repeated(self, terms: Collection[str], most: int) -> Collection[str]:
        """Those of `terms` that several pieces have, but `most` at most."""
        return _repeated(self, terms, most)

    def told(self, term: str) -> float:
        """The `tellings` of a term."""
        later = Counter(_days_of(self._later.hours[rank]) for rank in self._later.ranks.get(term, ()))
        told = self._base.told(term) + later.pop(NEVER, 0)
        for days, count in later.items():
            known = self._base.between(term, days * TELLING_HOURS, (days + 1) * TELLING_HOURS)
            told += sqrt(known + count) - sqrt(known)
        return told

    def around(self, term: str, moment: float) -> tuple[int, int]:
        """How many pieces that have a term are of the same days as an hour, and of the same season."""
        days, season = self._base.around(term, moment)
        more, longer = self._later.around(term, moment)
        return days + more, season + longer

    def named(self, term: str) -> int:
        """In how many excerpts a term is written with a capital inside a sentence."""
        return self._base.named(term) + self._later.named(term)

    def plain(self, term: str) -> int:
        """In how many excerpts a term is written without one."""
        return self._base.plain(term) + self._later.plain(term)


def by_rank(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces in the order of their ranks: those without a date first, then by time."""
    return sorted(pieces, key=lambda piece: (_moment(piece), piece.key))


def count_terms(pieces: Iterable[Piece]) -> CountedTerms:
    """Counts the terms of pieces: single ones of headlines and excerpts, and pairs of neighbours in headlines."""
    ranks = _Ranks()
    named: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    ordered = by_rank(pieces)
    for rank, piece in enumerate(ordered):
        words = piece.words
        ranks.add(rank, words.text)
        ranks.add(rank, words.title_pairs)
        named.update(words.named)
        plain.update(words.plain)
    return CountedTerms(array("d", map(_moment, ordered)), ranks, named, plain)


class _Ranks(Mapping[str, Sequence[int]]):
    """The ranks of the pieces that have each term; most terms have one, and no list for it."""

    def __init__(self) -> None:
        self._once: dict[str, int] = {}
        self._repeated: dict[str, array[int]] = {}

    def add(self, rank: int, terms: Iterable[str]) -> None:
        """Adds the terms of the piece with a rank; pieces come in the order of their ranks."""
        once, repeated = self._once, self._repeated
        for term in terms:
            ranks = repeated.get(term)
            if ranks is not None:
                ranks.append(rank)
            elif (first := once.setdefault(term, rank)) != rank:
                del once[term]
                repeated[term] = array("I", (first, rank))

    def repeated(self, terms: Collection[str], most: int) -> list[str]:
        """Those of `terms` that several pieces have, but `most` at most."""
        repeated = self._repeated
        return [term for term in repeated.keys() & terms if len(repeated[term]) <= most]

    def __getitem__(self, term: str) -> Sequence[int]:
        ranks = self._repeated.get(term)
        return (self._once[term],) if ranks is None else ranks

    def get(self, term: str, default: Any = None) -> Any:
        """The ranks of a term, which is asked for very often."""
        ranks = self._repeated.get(term)
        if ranks is not None:
            return ranks
        first = self._once.get(term)
        return default if first is None else (first,)

    def __iter__(self) -> Iterator[str]:
        return chain(self._once, self._repeated)

    def __len__(self) -> int:
        return len(self._once) + len(self._repeated)


def _repeated(counted: TermCounts, terms: Collection[str], most: int) -> Collection[str]:
    return [term for term in terms if 1 < counted.total(term) <= most]


def tellings(days: Counter[float]) -> float:
    """How often a term is told in so many pieces of each three days: these count as the root of their number.

    So one big story does not make its own words common, while a word that every story has stays so. Pieces without a
    date, under NEVER, count one by one.
    """
    undated = days.pop(NEVER, 0)
    return undated + fsum(map(sqrt, days.values()))


def _days_of(hours: float) -> float:
    return hours // TELLING_HOURS if hours != NEVER else NEVER


def _moment(piece: Piece) -> float:
    return NEVER if piece.hours is None else piece.hours
