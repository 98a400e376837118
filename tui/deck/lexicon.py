"""What the deck's words are worth: how rare a term is, whether it is a name, and whether it was the talk of
some days.

Rarity follows Spärck Jones, "A statistical interpretation of term specificity and its application in
retrieval" (1972); the talk of some days is a plain form of Kleinberg's "Bursty and hierarchical structure in
streams" (2002).
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from tui.deck.pieces import Piece
from tui.deck.terms import EVERYDAY

IMAGINED_PIECES = 1500
"""Pieces counted in besides the deck's own, so that a name that all of six cards repeat still counts as
rare.
"""
EVERYDAY_SHARE = 0.04
"""The share of the imagined pieces in which each everyday word stands."""
BURST_HOURS = 72.0
"""How near in time counts as the same days."""
_EVERYDAY_PIECES = IMAGINED_PIECES * EVERYDAY_SHARE


class Lexicon:
    """Term statistics of one deck: single terms of headlines and excerpts, and pairs of neighbours in
    headlines.

    Equal pieces give equal figures. What is derived on demand is remembered, so keep an instance to one
    thread.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._postings: dict[str, list[int]] = {}
        self._hours = [piece.hours for piece in pieces]
        self._all_times = sorted(hours for hours in self._hours if hours is not None)
        self._times: dict[str, list[float]] = {}
        self._bursts: dict[tuple[str, int], float] = {}
        self._usual: dict[int, float] = {}
        self._title_mass: dict[int, float] = {}
        self._text_mass: dict[int, float] = {}
        self._scale = log(len(pieces) + IMAGINED_PIECES)
        named: Counter[str] = Counter()
        plain: Counter[str] = Counter()
        for piece in pieces:
            self._post(piece)
            named.update(piece.words.named)
            plain.update(piece.words.plain)
        self._weights = {term: self._rarity(term) for term in self._postings}
        self._names = {
            term: weight * (named[term] + 0.5) / (named[term] + plain[term] + 1)
            for term, weight in self._weights.items()
        }

    def weight(self, term: str) -> float:
        """How rare a term of the deck is, from 0 (in every piece) to nearly 1."""
        return self._weights[term]

    def name_weight(self, term: str) -> float:
        """The weight of a term times how often it is written with a capital inside sentences."""
        return self._names[term]

    def mass(self, terms: Iterable[str]) -> float:
        """How much `terms` say together: the sum of the squared weights."""
        weights = self._weights
        return sum([weights[term] ** 2 for term in terms])

    def title_mass(self, piece: Piece) -> float:
        """The mass of a piece's headline."""
        found = self._title_mass.get(piece.number)
        if found is None:
            found = self._title_mass[piece.number] = self.mass(piece.words.title)
        return found

    def text_mass(self, piece: Piece) -> float:
        """The mass of a piece's headline and excerpt."""
        found = self._text_mass.get(piece.number)
        if found is None:
            found = self._text_mass[piece.number] = self.mass(piece.words.text)
        return found

    def is_rare(self, term: str, share: float) -> bool:
        """Whether the term stands in less than `share` of the deck's and the imagined pieces."""
        return len(self._postings[term]) < share * (len(self._hours) + IMAGINED_PIECES)

    def pieces_with(self, term: str) -> Sequence[int]:
        """The numbers of the pieces in which the term stands, ascending."""
        return self._postings[term]

    def burst(self, term: str, piece: Piece) -> float:
        """How much of the talk about a term fell into the days around a piece, more than of all talk; 0 to
        1.
        """
        key = (term, piece.number)
        share = self._bursts.get(key)
        if share is None:
            share = self._bursts[key] = self._share_near(term, piece)
        return share

    def _post(self, piece: Piece) -> None:
        postings, number = self._postings, piece.number
        for terms in (piece.words.text, piece.words.title_pairs):
            for term in terms:
                if term in postings:
                    postings[term].append(number)
                else:
                    postings[term] = [number]

    def _rarity(self, term: str) -> float:
        everyday = _EVERYDAY_PIECES if term in EVERYDAY else 0.0
        return 1.0 - log(len(self._postings[term]) + 1 + everyday) / self._scale

    def _share_near(self, term: str, piece: Piece) -> float:
        found = self._postings[term]
        if len(found) < 2 or piece.hours is None:
            return 0.0
        times = self._times.get(term)
        if times is None:
            times = sorted(hours for number in found if (hours := self._hours[number]) is not None)
            self._times[term] = times
        usual = self._usual.get(piece.number)
        if usual is None:
            usual = _count_near(self._all_times, piece.hours) / len(self._all_times)
            self._usual[piece.number] = usual
        return max(0.0, _count_near(times, piece.hours) / len(found) - usual)


def _count_near(times: Sequence[float], moment: float) -> int:
    return bisect_right(times, moment + BURST_HOURS) - bisect_left(times, moment - BURST_HOURS)
