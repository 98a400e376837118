"""The scrollbar stands for what is in sight, however much or little that is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ui.widgets.sheet import bar_cell, thumb_rows


@pytest.mark.parametrize(
    ("ends", "height", "rows"),
    [
        ((0.0, 0.5), 10, range(5)),
        ((0.5, 1.0), 10, range(5, 10)),
        ((0.25, 0.5), 4, range(1, 2)),
        ((0.999, 1.0), 10, range(9, 10)),
        ((0.0, 0.0001), 10, range(1)),
        ((1.0, 1.0), 1, range(1)),
    ],
)
def test_the_thumb_stands_for_what_is_in_sight(ends: tuple[float, float], height: int, rows: range) -> None:
    assert thumb_rows(ends, height) == rows


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 200))
def test_the_thumb_is_never_lost_nor_outside(one: float, other: float, height: int) -> None:
    rows = thumb_rows((min(one, other), max(one, other)), height)
    assert rows
    assert rows[0] >= 0
    assert rows[-1] < height


def test_where_all_is_in_sight_there_is_no_bar() -> None:
    assert thumb_rows(None, 10) is None
    assert bar_cell(0, None, has_focus=True) == (" ", "")


def test_the_bar_of_the_pane_with_the_keys_looks_different() -> None:
    thumb = range(2, 4)
    assert bar_cell(2, thumb, has_focus=True) != bar_cell(2, thumb, has_focus=False)
    assert (
        bar_cell(4, thumb, has_focus=True) == bar_cell(1, thumb, has_focus=False) != bar_cell(3, thumb, has_focus=True)
    )
