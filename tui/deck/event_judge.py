"""The judge: is this pair of pieces one happening, and why; with the cheap gates that spare most pairs the
question.
"""

from tui.deck.event_features import FEATURES, features
from tui.deck.event_model import LONGEST_HOURS, Model, fitted
from tui.deck.lexicon import Lexicon
from tui.deck.pieces import Piece, PieceTable, hours_apart

_GATE_WEIGHT = 0.35
"""A headline must share a term at least this rare with the other piece; one of 255 judged pairs of one
happening has less.
"""


class Judge:
    """Judges the pairs of one deck and remembers its verdicts; for one thread."""

    def __init__(self, table: PieceTable, lexicon: Lexicon, model: Model | None = None) -> None:
        self.table = table
        self.lexicon = lexicon
        self.model = model or fitted()
        self._size = len(table.pieces)
        self._verdicts: dict[int, float] = {}
        self._telling: dict[int, frozenset[str]] = {}

    def probability(self, one: int, other: int) -> float:
        """How likely the pieces with these numbers tell of one happening, 0 to 1."""
        pair = one * self._size + other if one < other else other * self._size + one
        found = self._verdicts.get(pair)
        if found is None:
            found = self._verdicts[pair] = self._judge(self.table.pieces[one], self.table.pieces[other])
        return found

    def may_match(self, one: int, other: int) -> bool:
        """Whether a pair passes the cheap gates: near in time, and a headline shares a word with the other
        piece.
        """
        ours, theirs = self.table.pieces[one], self.table.pieces[other]
        hours = hours_apart(ours, theirs)
        if hours is None or hours > LONGEST_HOURS:
            return False
        return not (
            self._telling_title(ours).isdisjoint(theirs.words.text)
            and self._telling_title(theirs).isdisjoint(ours.words.text)
        )

    def figures(self, one: int, other: int) -> dict[str, float]:
        """The figures behind a verdict by name, for the curious and for the tests."""
        found = features(self.table.pieces[one], self.table.pieces[other], self.lexicon)
        return dict(zip(FEATURES, found, strict=True))

    def _judge(self, one: Piece, other: Piece) -> float:
        if not self.may_match(one.number, other.number):
            return 0.0
        return self.model.probability(features(one, other, self.lexicon))

    def _telling_title(self, piece: Piece) -> frozenset[str]:
        telling = self._telling.get(piece.number)
        if telling is None:
            weight = self.lexicon.weight
            telling = frozenset(term for term in piece.words.title if weight(term) >= _GATE_WEIGHT)
            self._telling[piece.number] = telling
        return telling
