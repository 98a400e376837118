"""Which matches come first when words are given and no order is chosen.

A story scores for the nearest field in which all the words match (headline in whole words, headline, outlet or topic,
excerpt, coverage) and for how recent it is beside the newest story. Equal scores are newest first.
"""

from bisect import bisect_left
from datetime import timedelta

from tui.deck.query.ast import Expr, Phrase, Word, positive_leaves
from tui.deck.search.bits import Bits, rows_of, span_bits
from tui.deck.search.evaluate import Depth, Evaluator
from tui.deck.search.index import SearchIndex

FIELD_POINTS = {
    Depth.WHOLE_TITLE_WORDS: 9,
    Depth.TITLE: 8,
    Depth.NAMES: 5,
    Depth.EXCERPT: 4,
    Depth.COVERAGE: 0,
}
RECENCY_POINTS = ((timedelta(days=7), 3), (timedelta(days=30), 2), (timedelta(days=365), 1))
"""Age beside the newest story up to which so many points are given."""


def has_words(expr: Expr) -> bool:
    """Whether there is anything to rank by."""
    return any(isinstance(leaf, Word | Phrase) for leaf in positive_leaves(expr))


def ranked(evaluator: Evaluator, expr: Expr, bits: Bits) -> list[int]:
    """The stories in `bits`, which are those that match `expr`, best first."""
    segments = []
    rest = bits
    ages = _ages(evaluator.index)
    for depth in Depth:
        here = rest if depth is Depth.COVERAGE else rest & evaluator.matching(expr, depth)
        rest &= ~here
        for (low, high), points in ages:
            part = here & span_bits(low, high)
            if part:
                segments.append((-FIELD_POINTS[depth] - points, low, part))
    segments.sort(key=lambda segment: segment[:2])
    merged: list[int] = []
    for score in dict.fromkeys(segment[0] for segment in segments):
        together = 0
        for segment in segments:
            together |= segment[2] if segment[0] == score else 0
        merged += rows_of(together)
    return merged


def _ages(index: SearchIndex) -> list[tuple[tuple[int, int], int]]:
    """Ranges of stories by age, with their points; the last range holds the undated too."""
    times, size = index.stories.times, index.size
    ranges, low = [], 0
    for age, points in RECENCY_POINTS if times.dated else ():
        oldest = times.seconds[0] - age.total_seconds()
        high = bisect_left(range(times.dated), True, key=lambda row: times.seconds[row] < oldest)
        ranges.append(((low, high), points))
        low = high
    return [*ranges, ((low, size), 0)]
