"""Comparisons with numbers."""

import pytest

from tui.deck.query.numbers import number_range

ROWS = [
    ("50", [50], [49, 51]),
    ("=50", [50], [49, 51]),
    (">50", [51, 1000], [50]),
    (">= 50", [50, 51], [49]),
    ("<50", [49, -3], [50]),
    ("<=50", [50, 0], [51]),
    ("20..80", [20, 80], [19, 81]),
    ("80..20", [], [20, 50, 80]),
    ("-5..-1", [-5, -1], [0]),
]


@pytest.mark.parametrize(("text", "inside", "outside"), ROWS)
def test_takes_in(text: str, inside: list[int], outside: list[int]) -> None:
    wanted = number_range(text)
    assert wanted is not None
    assert [number for number in [*inside, *outside] if number in wanted] == inside
    assert None not in wanted


@pytest.mark.parametrize("text", ["", ">", "much", "5.5", "20..", "1" * 30, ">>5"])
def test_is_no_comparison(text: str) -> None:
    assert number_range(text) is None
