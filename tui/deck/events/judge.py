"""The judge: is this pair of pieces one happening, and why; with the cheap gates that spare most pairs the
question.
"""

from collections.abc import Mapping, Sequence
from math import exp
from typing import NamedTuple

from tui.deck.events.features import FEATURES, features, is_column, is_series
from tui.deck.events.lexicon import Lexicon
from tui.deck.events.pieces import Piece, PieceTable, hours_apart, wording_of
from tui.deck.events.reprints import are_reprints
from tui.deck.events.words import Terms

LONGEST_HOURS = 14 * 24.0
"""Pieces further apart are never one happening; the furthest of the judged pairs are 329 hours apart."""
UNLISTED_MARGIN = 0.08
"""How much more likely a pair must be where no card lists one with the other: nobody has found them similar
yet.
"""


class Model(NamedTuple):
    """A logistic model: `coefficients` in the order of `FEATURES`; pairs from `threshold` on count as one
    happening.
    """

    intercept: float
    coefficients: tuple[float, ...]
    threshold: float

    def probability(self, figures: Sequence[float]) -> float:
        """How likely a pair with these figures is one happening, 0 to 1."""
        total = self.intercept
        for coefficient, figure in zip(self.coefficients, figures, strict=True):
            total += coefficient * figure
        return 1.0 / (1.0 + exp(-max(-60.0, min(60.0, total))))


THRESHOLD = 0.8
"""Chosen by cross-validation, on the side of precision: 0.78 to 0.84 give much the same."""
INTERCEPT = -3.58
COEFFICIENTS: Mapping[str, float] = {
    "headline_shared": 6.81,
    "rare_shared": 2.65,
    "burst_shared": 3.38,
    "names_missing": -1.77,
    "subject_missing": -0.56,
    "hard_news_shared": 1.33,
    "hard_news_missing": -1.11,
    "happening_conflict": -1.09,
    "other_piece_of_outlet": 1.53,
    "other_piece_of_desk": -4.21,
    "other_piece_alike": -8.74,
    "short_headline": -1.55,
    "log_days": -0.93,
}
"""As `python -m tui.bench.training` prints them."""


def fitted() -> Model:
    """The model that newsdeck judges by."""
    return Model(INTERCEPT, tuple(COEFFICIENTS[name] for name in FEATURES), THRESHOLD)


_VERDICTS_KEPT = 65536


class Judge:
    """Judges the pairs of one deck and remembers its verdicts; for one thread."""

    def __init__(self, table: PieceTable, lexicon: Lexicon, model: Model | None = None) -> None:
        self.table = table
        self.lexicon = lexicon
        self.model = model or fitted()
        self._verdicts: dict[int, float] = {}

    def probability(self, one: int, other: int) -> float:
        """How likely the pieces with these numbers tell of one happening, 0 to 1."""
        pair = self.table.pair(one, other)
        found = self._verdicts.get(pair)
        if found is None:
            if not self.may_match(one, other):
                return 0.0
            found = self.model.probability(features(*self._pieces(one, other), self.lexicon))
            self.know(pair, found)
        return found

    def know(self, pair: int, chance: float) -> None:
        """Remember a verdict on a `pair` of the table."""
        if len(self._verdicts) >= _VERDICTS_KEPT:
            self._verdicts.clear()
        self._verdicts[pair] = chance

    def share_words(self, one: int, other: int) -> bool:
        """Whether a pair passes the first gate, where most end: a headline shares a rare word with the other piece."""
        pieces, terms = self.table.pieces, self.lexicon.terms_at
        ours, theirs = terms(one, pieces), terms(other, pieces)
        return not (ours.rare.isdisjoint(theirs.text) and theirs.rare.isdisjoint(ours.text)) or (
            ours.headline == theirs.headline
        )

    def may_match(self, one: int, other: int) -> bool:
        """Whether a pair passes the gates: a headline shares a word with the other piece, near in time, and no headline
        says itself that there are two happenings, or is a column's that returns.
        """
        if not self.share_words(one, other):
            return False
        pieces = self._pieces(one, other)
        ours, theirs = map(self.lexicon.terms, pieces)
        if _are_apart(ours, theirs) or is_column(*pieces, self.lexicon):
            return False
        if (ours.words.report or theirs.words.report) and not are_reprints(*map(wording_of, pieces)):
            return False
        hours = hours_apart(*pieces)
        if hours is None or hours > LONGEST_HOURS:
            return False
        return not is_series(*pieces, self.lexicon)

    def forget(self) -> None:
        """Let go of what was remembered of pairs, once all were asked about; it is worked out again if need be."""
        self._verdicts.clear()
        self.lexicon.forget_all()

    def figures(self, one: int, other: int) -> dict[str, float]:
        """The figures behind a verdict by name, for the curious and for the tests."""
        found = features(*self._pieces(one, other), self.lexicon)
        return dict(zip(FEATURES, found, strict=True))

    def _pieces(self, one: int, other: int) -> tuple[Piece, Piece]:
        return self.table.pieces[one], self.table.pieces[other]


def _are_apart(ours: Terms, theirs: Terms) -> bool:
    """Whether headlines say themselves that they tell of two: a digest of several, or two parts of a series."""
    if ours.headline == theirs.headline:
        return False
    first, second = ours.words, theirs.words
    return first.digest is not second.digest or (bool(first.part and second.part) and first.part != second.part)
