"""Fits the logistic model of the judge to pairs that people judged; plain Python, for some thousand pairs."""

from collections.abc import Sequence
from math import sqrt

from tui.deck.events.judge import THRESHOLD, Model

_RIDGE = 5.0
"""Weight of the squared coefficients of standardised figures, chosen by cross-validation among 1 to 20."""
_STEPS = 25
_ENOUGH = 1e-8

_Row = Sequence[float]


def fit(
    rows: Sequence[_Row], same: Sequence[bool], threshold: float = THRESHOLD, weights: Sequence[float] | None = None
) -> Model:
    """Ridge logistic regression by Newton's method (iteratively reweighted least squares).

    `rows` are the figures of the pairs as `features` gives them, `same` what a person said of each, `weights` how much
    each counts, else 1. The coefficients that come out apply to the figures as they are, not to standardised ones.
    """
    counts = [1.0] * len(rows) if weights is None else weights
    centres, scales = _moments(rows, counts)
    design = [
        [
            1.0,
            *((figure - centre) / scale for figure, centre, scale in zip(row, centres, scales, strict=True)),
        ]
        for row in rows
    ]
    found = _newton(design, [float(answer) for answer in same], counts)
    coefficients = tuple(weight / scale for weight, scale in zip(found[1:], scales, strict=True))
    shift = sum(coefficient * centre for coefficient, centre in zip(coefficients, centres, strict=True))
    return Model(found[0] - shift, coefficients, threshold)


def _moments(rows: Sequence[_Row], counts: Sequence[float]) -> tuple[list[float], list[float]]:
    whole = sum(counts)
    columns = list(zip(*rows, strict=True))
    centres = [_weighted(column, counts) / whole for column in columns]
    scales = [
        sqrt(_weighted([(figure - centre) ** 2 for figure in column], counts) / whole) or 1.0
        for column, centre in zip(columns, centres, strict=True)
    ]
    return centres, scales


def _weighted(values: Sequence[float], counts: Sequence[float]) -> float:
    return sum(value * count for value, count in zip(values, counts, strict=True))


def _newton(design: Sequence[_Row], answers: Sequence[float], counts: Sequence[float]) -> list[float]:
    width = len(design[0])
    weights = [0.0] * width
    for _ in range(_STEPS):
        slope = [0.0, *(-_RIDGE * weight for weight in weights[1:])]
        curve = [[0.0] * width for _ in range(width)]
        for column in range(1, width):
            curve[column][column] = _RIDGE
        model = Model(weights[0], tuple(weights[1:]), 0.5)
        for row, answer, count in zip(design, answers, counts, strict=True):
            chance = model.probability(row[1:])
            _add_row(slope, curve, row, count * (answer - chance), count * chance * (1.0 - chance))
        step = _solve(curve, slope)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < _ENOUGH:
            break
    return weights


def _add_row(slope: list[float], curve: list[list[float]], row: _Row, error: float, spread: float) -> None:
    for index, figure in enumerate(row):
        if figure:
            slope[index] += error * figure
            scaled = spread * figure
            line = curve[index]
            for other in range(index + 1):
                line[other] += scaled * row[other]


def _solve(lower: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Solves a symmetric positive definite system, given by its lower half, by Cholesky's decomposition."""
    width = len(right)
    root = [[0.0] * width for _ in range(width)]
    for row in range(width):
        for column in range(row + 1):
            rest = lower[row][column] - sum(root[row][k] * root[column][k] for k in range(column))
            root[row][column] = sqrt(rest) if row == column else rest / root[column][column]
    forward: list[float] = []
    for row in range(width):
        rest = right[row] - sum(root[row][k] * forward[k] for k in range(row))
        forward.append(rest / root[row][row])
    solution = [0.0] * width
    for row in reversed(range(width)):
        rest = forward[row] - sum(root[k][row] * solution[k] for k in range(row + 1, width))
        solution[row] = rest / root[row][row]
    return solution
