"""Columns share what room there is: none is wider than it needs, none is lost."""

from hypothesis import given
from hypothesis import strategies as st

from tui.text.tables import GAP, column_widths, squared

TABLES = st.integers(1, 6).flatmap(
    lambda count: st.lists(
        st.lists(st.text(alphabet="ab \u6e2f\n", max_size=30), min_size=count, max_size=count), min_size=1, max_size=5
    )
)


@given(TABLES, st.integers(1, 120))
def test_columns_fit_the_room_or_say_that_they_do_not(rows: list[list[str]], room: int) -> None:
    widths = column_widths(rows, room)
    if widths is None:
        return
    assert len(widths) == len(rows[0])
    assert all(width >= 1 for width in widths)
    assert sum(widths) + GAP * (len(widths) - 1) <= max(room, len(widths))


def test_what_needs_little_has_it_and_the_others_share_the_rest() -> None:
    assert column_widths([["id", "x" * 40, "y" * 30]], 40) == [2, 16, 16]
    assert column_widths([["id", "x" * 10]], 40) == [2, 10]
    assert column_widths([["\u6e2f\u4eac", "a"]], 40) == [4, 1]
    assert column_widths([["x" * 20] * 8], 60) is None


def test_rows_of_fewer_cells_are_filled_up() -> None:
    assert squared([["a", "b"], ["c"], []]) == [["a", "b"], ["c", ""], ["", ""]]
