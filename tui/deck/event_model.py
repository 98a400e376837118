"""How likely two pieces tell of the same happening: a logistic model over `event_features`, small enough to
read.

The coefficients were fitted by `event_fit.fit` to 683 pairs judged by hand, cards of a folder on a cloud
service from 2020 and 2021; `newsdeck bench --events` fits them again and prints how well they do on pairs
left out.
"""

from collections.abc import Mapping, Sequence
from math import exp
from typing import NamedTuple

from tui.deck.event_features import FEATURES

LONGEST_HOURS = 14 * 24.0
"""Pieces further apart are never one happening; the furthest of the judged pairs are 329 hours apart."""
UNLISTED_MARGIN = 0.2
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


THRESHOLD = 0.65
"""Chosen by cross-validation, on the side of precision: 0.5 to 0.75 give much the same."""
INTERCEPT = -2.67
COEFFICIENTS: Mapping[str, float] = {
    "headline_told": 2.17,
    "headline_told_back": 1.03,
    "rarest_shared": 3.16,
    "rare_shared": 0.67,
    "burst_shared": 1.91,
    "names_missing": -2.45,
    "subject_missing": -0.26,
    "number_conflict": -1.52,
    "hard_news_shared": 3.65,
    "hard_news_conflict": -1.61,
    "happening_conflict": -0.58,
    "same_headline": 0.54,
    "other_piece_of_outlet": -1.82,
    "other_piece_alike": -3.89,
    "short_headline": -2.59,
    "log_days": -0.29,
}


def fitted() -> Model:
    """The model that newsdeck judges by."""
    return Model(INTERCEPT, tuple(COEFFICIENTS[name] for name in FEATURES), THRESHOLD)
