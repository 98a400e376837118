"""What the deck's words are worth: how rare a term is, whether it is a name, and whether it was the talk of
some days.

Rarity follows Spärck Jones, "A statistical interpretation of term specificity and its application in
retrieval" (1972); the talk of some days is a plain form of Kleinberg's "Bursty and hierarchical structure in
streams" (2002).
"""

from collections.abc import Callable, Sequence
from itertools import islice
from math import log

from tui.deck.events.pieces import Piece
from tui.deck.events.telling import TermCounts
from tui.deck.events.terms import EVERYDAY
from tui.deck.events.words import Terms

RAREST = 7000.0
"""How often a term is told whose weight is zero. The same for any folder, so that what else lies in it changes nothing.
"""
UNHEARD_TELLINGS = 1.0
"""How often any word counts as told besides, elsewhere: one card more that tells a rare word changes little."""
EVERYDAY_TELLINGS = 60.0
"""How often each everyday word counts as told besides, so that a small folder does not take it for a rare one."""
UNSEEN_NAMES = 2.0
"""In how many excerpts each term counts as written besides, in half of them with a capital."""
_TERMS_KEPT = 2048
_SCALE = log(RAREST / (1 + UNHEARD_TELLINGS))


class Lexicon:
    """Term statistics of one deck, from what was counted in it.

    Equal pieces give equal figures. What is derived on demand is remembered, so keep an instance to one
    thread.
    """

    def __init__(self, counted: TermCounts) -> None:
        self.counted = counted
        self._terms: dict[int, Terms] = {}
        self.weights: dict[str, float] = _Learnt(self._rarity)
        """How rare each term of the deck is, from 0 (everywhere) to nearly 1 (told once)."""
        self.name_weights: dict[str, float] = _Learnt(self._name_weight)
        """The weight of each term times how often it is written with a capital inside sentences."""

    def terms(self, piece: Piece) -> Terms:
        """The words of a piece, to be compared; those of the pieces that were asked for last are remembered."""
        found = self._terms.get(piece.number)
        if found is None:
            if len(self._terms) >= _TERMS_KEPT:
                for number in list(islice(self._terms, _TERMS_KEPT // 4)):
                    del self._terms[number]
            found = self._terms[piece.number] = Terms(piece.words, self.weights)
        return found

    def terms_at(self, number: int, pieces: Sequence[Piece]) -> Terms:
        """The same of the piece with a number among others: a piece whose words are remembered is not looked at."""
        found = self._terms.get(number)
        return self.terms(pieces[number]) if found is None else found

    def forget(self) -> None:
        """Let go of what was remembered of single pieces."""
        self._terms.clear()

    def forget_all(self) -> None:
        """Let go of what was worked out of terms, too."""
        self.forget()
        self.weights.clear()
        self.name_weights.clear()

    def burst(self, term: str, piece: Piece) -> float:
        """How much of the talk about a term in that season fell into the days around a piece, 0 to 1."""
        bursts = self.terms(piece).bursts
        share = bursts.get(term)
        if share is None:
            share = bursts[term] = self._share_near(term, piece)
        return share

    def _rarity(self, term: str) -> float:
        everyday = EVERYDAY_TELLINGS if term in EVERYDAY else 0.0
        told = 1.0 + (self.counted.told(term) + everyday) / (1 + UNHEARD_TELLINGS)
        return max(0.0, 1.0 - log(told) / _SCALE)

    def _name_weight(self, term: str) -> float:
        named, plain = self.counted.named(term), self.counted.plain(term)
        return self.weights[term] * (named + UNSEEN_NAMES / 2) / (named + plain + UNSEEN_NAMES)

    def _share_near(self, term: str, piece: Piece) -> float:
        counted, moment = self.counted, piece.hours
        if moment is None:
            return 0.0
        days, season = counted.around(term, moment)
        if season < 2 and counted.total(term) < 2:
            return 0.0
        return days / season if season else 0.0


class _Learnt(dict[str, float]):
    """Figures that are worked out when they are first asked for."""

    def __init__(self, work_out: Callable[[str], float]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, term: str) -> float:
        figure = self[term] = self._work_out(term)
        return figure
