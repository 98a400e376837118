"""Comparisons with numbers."""

import operator
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


SIGNS = {"": operator.eq, "=": operator.eq, ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}


@given(st.sampled_from(sorted(SIGNS)), st.integers(-99, 99), st.integers(-110, 110))
def test_a_sign_means_what_it_means_in_arithmetic(sign: str, bound: int, number: int) -> None:
    wanted = number_range(f"{sign}{bound}")
    assert wanted is not None
    assert (number in wanted) == SIGNS[sign](number, bound)


@given(st.integers(-99, 99), st.integers(-99, 99), st.integers(-110, 110))
def test_a_range_takes_in_both_its_ends(low: int, high: int, number: int) -> None:
    wanted = number_range(f"{low}..{high}")
    assert wanted is not None
    assert (number in wanted) == (low <= number <= high)


@given(st.text("0123456789<>=.- x", max_size=8))
def test_any_text_is_a_comparison_or_is_not(text: str) -> None:
    wanted = number_range(text)
    assert (wanted is not None) == bool(re.fullmatch(r"([<>]?=?)\s*-?\d+|-?\d+\.\.-?\d+", text))
