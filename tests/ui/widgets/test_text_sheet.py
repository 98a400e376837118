"""A text behind a window: every line of it can be read, and the cursor is where it was said to go."""

from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ui.widgets.lines import Line
from tui.ui.widgets.text_sheet import TextSheet, starts_of

targets = st.lists(st.none() | st.integers(0, 5), min_size=1, max_size=40)


def lines_of(targets: Iterable[int | None]) -> list[Line]:
    return [Line(((f"line {number}", "text"),), target) for number, target in enumerate(targets)]


def sheet_of(targets: Iterable[int | None], height: int) -> TextSheet:
    sheet, lines = TextSheet(), lines_of(targets)
    sheet.resize(height, lines, starts_of(lines))
    return sheet


def in_sight(sheet: TextSheet) -> list[str]:
    return [line.spans[0][0] for y in range(sheet.height) if (line := sheet.line_at(y)).spans]


def test_a_target_begins_where_its_first_line_stands() -> None:
    assert starts_of(lines_of([None, 3, 3, None, 1, 3])) == {3: 1, 1: 4}


@given(targets, st.integers(1, 12))
def test_going_down_step_by_step_shows_every_line_and_ends_at_the_last(targets: list[int | None], height: int) -> None:
    ordered = sorted(targets, key=lambda target: -1 if target is None else target)
    sheet, seen = sheet_of(ordered, height), set[str]()
    for _step in range(2 * len(ordered) + 1):
        seen.update(in_sight(sheet))
        sheet.move(1)
    assert seen == {f"line {number}" for number in range(len(ordered))}


@given(targets, st.integers(1, 12), st.integers(0, 5))
def test_a_target_gone_to_is_in_sight_from_its_beginning(targets: list[int | None], height: int, wanted: int) -> None:
    sheet = sheet_of(targets, height)
    sheet.go_to(wanted)
    if wanted in targets:
        assert f"line {targets.index(wanted)}" in in_sight(sheet)
        assert sheet.cursor == wanted
    else:
        assert (sheet.top, sheet.cursor) == (0, None)


@given(targets, st.integers(1, 12), st.lists(st.integers(-5, 5), max_size=8))
def test_there_is_never_room_left_below_a_text_that_goes_on_above(
    targets: list[int | None], height: int, scrolls: list[int]
) -> None:
    sheet = sheet_of(targets, height)
    for lines in scrolls:
        sheet.scroll_lines(lines)
        assert len(in_sight(sheet)) == min(height, len(targets))


@given(targets, st.integers(1, 12), st.integers(1, 12))
def test_a_cursor_in_sight_stays_in_sight_in_a_window_of_another_height(
    targets: list[int | None], height: int, other: int
) -> None:
    sheet = sheet_of(targets, height)
    sheet.move(1)
    if (target := sheet.cursor) is not None:
        sheet.resize(other, None, {})
        assert f"line {targets.index(target)}" in in_sight(sheet)


def test_more_of_a_text_keeps_the_place_and_another_text_begins_at_its_top() -> None:
    sheet = sheet_of([None] * 10 + [1], 4)
    sheet.go_to(1)
    more = lines_of([None] * 10 + [1] + [None] * 10)
    sheet.lay(more, starts_of(more), keep_place=True)
    assert (sheet.top, sheet.cursor) == (7, 1)
    sheet.lay(more, starts_of(more), keep_place=False)
    assert (sheet.top, sheet.cursor) == (0, None)


def test_a_cursor_whose_target_is_gone_is_on_nothing() -> None:
    sheet = sheet_of([1, 2], 4)
    sheet.go_to(2)
    less = lines_of([1])
    sheet.lay(less, starts_of(less), keep_place=True)
    assert sheet.cursor is None


def test_where_nothing_can_be_chosen_a_click_leaves_the_cursor_alone() -> None:
    sheet = sheet_of([None, 1], 4)
    assert sheet.click_row(1)
    assert not sheet.click_row(0)
    assert not sheet.click_row(3)
    assert sheet.cursor == 1


MOVES: list[Callable[[TextSheet], object]] = [
    lambda sheet: sheet.scroll_lines(1),
    lambda sheet: sheet.scroll_to_fraction(1.0),
    lambda sheet: sheet.move(1),
    lambda sheet: sheet.move_page(1),
    lambda sheet: sheet.move_to_end(last=True),
    lambda sheet: sheet.go_to(5),
    lambda sheet: sheet.click_row(1),
]


@pytest.mark.parametrize("move", MOVES)
def test_where_the_reader_went_counts_even_if_the_window_is_told_its_height_only_then(
    move: Callable[[TextSheet], object],
) -> None:
    lines = lines_of(range(30))
    sheet = sheet_of((), 0)
    sheet.lay(lines, starts_of(lines), keep_place=False)
    sheet.return_to(7, None)
    sheet.height = 4
    move(sheet)
    went = sheet.top, sheet.cursor
    sheet.resize(4, lines, starts_of(lines))
    assert (sheet.top, sheet.cursor) == went


def test_a_hidden_text_begins_where_it_is_told_to_even_if_it_was_scrolled_before() -> None:
    lines = lines_of(range(30))
    sheet = sheet_of((), 0)
    sheet.lay(lines, starts_of(lines), keep_place=False)
    sheet.scroll_lines(3)
    sheet.return_to(7, 9)
    sheet.resize(4, lines, starts_of(lines))
    assert (sheet.top, sheet.cursor) == (7, 9)
