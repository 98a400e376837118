"""What the deck's words are worth: how rare a term is, whether it is a name, and whether it was the talk of
some days.

Rarity follows Spärck Jones, "A statistical interpretation of term specificity and its application in
retrieval" (1972); the talk of some days is a plain form of Kleinberg's "Bursty and hierarchical structure in
streams" (2002).
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import fsum, log, sqrt
from typing import NamedTuple

from tui.deck.events.pieces import Piece
from tui.deck.events.terms import EVERYDAY

RAREST = 7000.0
"""How often a term is told whose weight is zero. The same for any folder, so that what else lies in it changes nothing.
"""
EVERYDAY_TELLINGS = 60.0
"""How often each everyday word counts as told besides, so that a small folder does not take it for a rare one."""
BURST_HOURS = 72.0
"""How near in time counts as the same days."""
_NEVER = float("-inf")
_SCALE = log(RAREST)


class TermTimes(NamedTuple):
    """What was counted in a deck: when each term was written, and how.

    `times` gives for each term the hours (since 1970) of the pieces that have it, ascending, `named` and `plain` in
    how many excerpts it is written with and without a capital.
    """

    times: Mapping[str, Sequence[float]]
    named: Mapping[str, int]
    plain: Mapping[str, int]


def count_terms(pieces: Sequence[Piece]) -> TermTimes:
    """Counts the terms of pieces: single ones of headlines and excerpts, and pairs of neighbours in headlines."""
    times: dict[str, list[float]] = {}
    named: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    moments = sorted((_NEVER if piece.hours is None else piece.hours, piece.number) for piece in pieces)
    for moment, number in moments:
        words = pieces[number].words
        for terms in (words.text, words.title_pairs):
            for term in terms:
                if term in times:
                    times[term].append(moment)
                else:
                    times[term] = [moment]
        named.update(words.named)
        plain.update(words.plain)
    return TermTimes(times, named, plain)


class Lexicon:
    """Term statistics of one deck, from what was counted in it.

    Equal pieces give equal figures. What is derived on demand is remembered, so keep an instance to one
    thread.
    """

    def __init__(self, counted: TermTimes) -> None:
        self.counted = counted
        self._times = counted.times
        self._bursts: dict[tuple[str, int], float] = {}
        self._title_mass: dict[int, float] = {}
        self.weights: Mapping[str, float] = _Learnt(self._rarity)
        """How rare each term of the deck is, from 0 (everywhere) to nearly 1 (told once)."""
        self.name_weights: Mapping[str, float] = _Learnt(self._name_weight)
        """The weight of each term times how often it is written with a capital inside sentences."""

    def title_mass(self, piece: Piece) -> float:
        """How much a piece's headline says: the sum of its squared weights."""
        found = self._title_mass.get(piece.number)
        if found is None:
            weights = self.weights
            found = fsum([weights[term] ** 2 for term in piece.words.title])
            self._title_mass[piece.number] = found
        return found

    def repeated(self, terms: Iterable[str], most: int) -> list[str]:
        """Those of `terms` that stand in two pieces at least and `most` at most."""
        times = self._times
        return [term for term in terms if 1 < len(times[term]) <= most]

    def burst(self, term: str, piece: Piece) -> float:
        """How much of the talk about a term fell into the days around a piece, 0 to 1."""
        key = (term, piece.number)
        share = self._bursts.get(key)
        if share is None:
            share = self._bursts[key] = self._share_near(term, piece)
        return share

    def _rarity(self, term: str) -> float:
        everyday = EVERYDAY_TELLINGS if term in EVERYDAY else 0.0
        return max(0.0, 1.0 - log(tellings(self._times[term]) + 1 + everyday) / _SCALE)

    def _name_weight(self, term: str) -> float:
        named, plain = self.counted.named.get(term, 0), self.counted.plain.get(term, 0)
        return self.weights[term] * (named + 0.5) / (named + plain + 1)

    def _share_near(self, term: str, piece: Piece) -> float:
        times = self._times[term]
        if len(times) < 2 or piece.hours is None:
            return 0.0
        return _count_near(times, piece.hours) / len(times)


def tellings(times: Sequence[float]) -> float:
    """How often a term is told in pieces of these hours: those of three days count as the root of their number.

    So one big story does not make its own words common, while a word that every story has stays so. Pieces without a
    date count one by one.
    """
    days = Counter([hours // BURST_HOURS for hours in times if hours != _NEVER])
    return len(times) - days.total() + fsum([sqrt(count) for count in days.values()])


def _count_near(times: Sequence[float], moment: float) -> int:
    return bisect_right(times, moment + BURST_HOURS) - bisect_left(times, moment - BURST_HOURS)


class _Learnt(dict[str, float]):
    """Figures that are worked out when they are first asked for."""

    def __init__(self, work_out: Callable[[str], float]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, term: str) -> float:
        figure = self[term] = self._work_out(term)
        return figure
