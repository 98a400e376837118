"""What the deck's words are worth: how rare a term is, whether it is a name, and whether it was the talk of
some days.

Rarity follows Spärck Jones, "A statistical interpretation of term specificity and its application in
retrieval" (1972); the talk of some days is a plain form of Kleinberg's "Bursty and hierarchical structure in
streams" (2002).
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import fsum, log
from typing import NamedTuple

from tui.deck.events.pieces import Piece
from tui.deck.events.terms import EVERYDAY

IMAGINED_PIECES = 1500
"""Pieces counted in besides the deck's own, so that a name that all of six cards repeat still counts as
rare.
"""
EVERYDAY_SHARE = 0.04
"""The share of the imagined pieces in which each everyday word stands."""
BURST_HOURS = 72.0
"""How near in time counts as the same days."""
_NEVER = float("-inf")
_EVERYDAY_PIECES = IMAGINED_PIECES * EVERYDAY_SHARE


class TermTimes(NamedTuple):
    """What was counted in a deck: when each term was written, and how.

    `times` gives for each term the hours (since 1970) of the pieces that have it, ascending, `named` and `plain` in
    how many excerpts it is written with and without a capital; `all_times` are the hours of all pieces.
    """

    times: Mapping[str, Sequence[float]]
    named: Mapping[str, int]
    plain: Mapping[str, int]
    all_times: Sequence[float]


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
    return TermTimes(times, named, plain, [moment for moment, _ in moments])


class Lexicon:
    """Term statistics of one deck, from what was counted in it.

    Equal pieces give equal figures. What is derived on demand is remembered, so keep an instance to one
    thread.
    """

    def __init__(self, counted: TermTimes) -> None:
        self.counted = counted
        self._times = counted.times
        self._size = len(counted.all_times)
        self._bursts: dict[tuple[str, int], float] = {}
        self._usual: dict[int, float] = {}
        self._title_mass: dict[int, float] = {}
        self._scale = log(self._size + IMAGINED_PIECES)
        self.weights: Mapping[str, float] = _Learnt(self._rarity)
        """How rare each term of the deck is, from 0 (in every piece) to nearly 1."""
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

    def is_rare(self, term: str, share: float) -> bool:
        """Whether the term stands in less than `share` of the deck's and the imagined pieces."""
        return len(self._times[term]) < share * (self._size + IMAGINED_PIECES)

    def burst(self, term: str, piece: Piece) -> float:
        """How much of the talk about a term fell into the days around a piece, more than of all talk; 0 to
        1.
        """
        key = (term, piece.number)
        share = self._bursts.get(key)
        if share is None:
            share = self._bursts[key] = self._share_near(term, piece)
        return share

    def _rarity(self, term: str) -> float:
        everyday = _EVERYDAY_PIECES if term in EVERYDAY else 0.0
        return 1.0 - log(len(self._times[term]) + 1 + everyday) / self._scale

    def _name_weight(self, term: str) -> float:
        named, plain = self.counted.named.get(term, 0), self.counted.plain.get(term, 0)
        return self.weights[term] * (named + 0.5) / (named + plain + 1)

    def _share_near(self, term: str, piece: Piece) -> float:
        times = self._times[term]
        if len(times) < 2 or piece.hours is None:
            return 0.0
        usual = self._usual.get(piece.number)
        if usual is None:
            usual = _count_near(self.counted.all_times, piece.hours) / self._size
            self._usual[piece.number] = usual
        return max(0.0, _count_near(times, piece.hours) / len(times) - usual)


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
