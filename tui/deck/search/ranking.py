"""Which matches come first when words are given and no order is chosen.

A story scores for the nearest field in which all the words match (headline in whole words, headline, outlet or topic,
excerpt, coverage) and for how recent it is beside the newest story. Equal scores are newest first.
"""

import math
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
    by_points: dict[int, Bits] = {}
    rest = bits
    ages = _ages(evaluator.index)
    for depth in Depth:
        here = rest if depth is Depth.COVERAGE else rest & evaluator.matching(expr, depth)
        rest &= ~here
        for age, more_points in ages:
            points = FIELD_POINTS[depth] + more_points
            by_points[points] = by_points.get(points, 0) | (here & age)
    numbers = evaluator.index.numbers
    return [row for points in sorted(by_points, reverse=True) for row in rows_of(by_points[points], numbers)]


def _ages(index: SearchIndex) -> list[tuple[Bits, int]]:
    """Sets of stories by age, with their points; the last holds the undated too."""
    times, size = index.stories.times, index.size
    ages, low = [], 0
    for age, points in RECENCY_POINTS if times.dated else ():
        high = times.place(times.seconds[0] - age.total_seconds(), math.inf)[1]
        ages.append((span_bits(low, high), points))
        low = high
    return [*ages, (span_bits(low, size), 0)]
