"""The judge: is this pair of pieces one happening, and why; with the cheap gates that spare most pairs the
question.
"""

from tui.deck.event_features import FEATURES, features
from tui.deck.event_model import LONGEST_HOURS, Model, fitted
from tui.deck.lexicon import Lexicon
from tui.deck.pieces import PieceTable, hours_apart

_GATE_WEIGHT = 0.45
"""A headline must share a term at least this rare with the other piece; one of 255 judged pairs of one
happening has less.
"""


class Judge:
    """Judges the pairs of one deck and remembers its verdicts; for one thread."""

    def __init__(self, table: PieceTable, lexicon: Lexicon, model: Model | None = None) -> None:
        self.table = table
        self.lexicon = lexicon
        self.model = model or fitted()
        self._verdicts: dict[int, float] = {}
        self._telling = [
            frozenset([term for term in piece.words.title if lexicon.weights[term] >= _GATE_WEIGHT])
            for piece in table.pieces
        ]

    def probability(self, one: int, other: int) -> float:
        """How likely the pieces with these numbers tell of one happening, 0 to 1."""
        pair = self.table.pair(one, other)
        found = self._verdicts.get(pair)
        if found is None:
            if not self.may_match(one, other):
                return 0.0
            pieces = self.table.pieces
            found = self.model.probability(features(pieces[one], pieces[other], self.lexicon))
            self._verdicts[pair] = found
        return found

    def may_match(self, one: int, other: int) -> bool:
        """Whether a pair passes the cheap gates: a headline shares a word with the other piece, near in time."""
        ours, theirs = self.table.pieces[one], self.table.pieces[other]
        if (
            self._telling[one].isdisjoint(theirs.words.text)
            and self._telling[other].isdisjoint(ours.words.text)
            and ours.words.headline != theirs.words.headline
        ):
            return False
        hours = hours_apart(ours, theirs)
        return hours is not None and hours <= LONGEST_HOURS

    def figures(self, one: int, other: int) -> dict[str, float]:
        """The figures behind a verdict by name, for the curious and for the tests."""
        found = features(self.table.pieces[one], self.table.pieces[other], self.lexicon)
        return dict(zip(FEATURES, found, strict=True))
