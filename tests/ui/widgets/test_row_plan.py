"""Rows behind a window: a row the cursor goes to is wholly in sight, and far rows are never asked for."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.ui.widgets.lines import Line
from tui.ui.widgets.row_plan import RowPlan


class Numbers:
    """Rows named by their numbers, each of the height it is given; a heading stands above each tenth."""

    def __init__(self, heights: Sequence[int]) -> None:
        self.heights = heights
        self.asked: set[int] = set()

    def __len__(self) -> int:
        return len(self.heights)

    def row(self, place: int) -> list[Line]:
        self.asked.add(place)
        return [Line(((str(place), "text"),))] * self.heights[place]

    def link(self, place: int) -> tuple[str, str]:
        return f"https://example.com/{place}", "example.com"

    def above(self, place: int, *, first: bool) -> list[Line]:
        return [Line((("heading", "rule"),))] if first or place % 10 == 0 else []


def plan_of(heights: Sequence[int], height: int) -> RowPlan:
    plan = RowPlan(Numbers(heights))
    plan.resize(height)
    return plan


def texts(plan: RowPlan) -> list[str]:
    return [plan.line_at(y).spans[0][0] if plan.line_at(y).spans else "" for y in range(plan.height)]


kinds = st.sampled_from(["move", "page", "end", "scroll", "fraction", "top"])


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=60),
    st.integers(5, 30),
    st.lists(st.tuples(kinds, st.integers(-9, 9)), max_size=12),
)
def test_a_row_the_cursor_goes_to_is_wholly_in_sight_and_scrolling_leaves_the_cursor_alone(
    heights: list[int], height: int, steps: list[tuple[str, int]]
) -> None:
    plan = plan_of(heights, height)
    for act, amount in steps:
        before = plan.cursor
        match act:
            case "move":
                plan.move(amount)
            case "page":
                plan.move_page(amount / 4)
            case "end":
                plan.move_to_end(last=amount > 0)
            case "scroll":
                plan.scroll_lines(amount)
            case "fraction":
                plan.scroll_to_fraction(abs(amount) / 9)
            case _:
                plan.put_cursor(plan.cursor + amount, at_top=True)
        if act in ("scroll", "fraction"):
            assert plan.cursor == before
            assert plan.is_cursor_away == (str(plan.cursor) not in texts(plan))
        elif plan.cursor != before:
            assert texts(plan).count(str(plan.cursor)) >= heights[plan.cursor]
        else:
            assert str(plan.cursor) in texts(plan)
        assert [y for y in range(height) if plan.is_marked(y)] == list(plan.span(plan.cursor))


def test_headings_stand_over_the_first_row_and_where_they_are_due() -> None:
    plan = plan_of([1] * 40, 6)
    assert texts(plan) == ["heading", "0", "1", "2", "3", "4"]
    plan.put_cursor(11)
    assert texts(plan) == ["heading", "8", "9", "heading", "10", "11"]


def test_a_step_within_the_window_leaves_it_where_it_is() -> None:
    plan = plan_of([2] * 40, 11)
    plan.move(4)
    assert (plan.top, plan.cursor) == (0, 4)
    plan.move(1)
    assert (plan.top, plan.cursor) == (1, 5)
    plan.move(-4)
    assert (plan.top, plan.cursor) == (1, 1)


def test_of_a_million_rows_only_those_near_the_window_are_laid_out() -> None:
    rows = Numbers([2] * 1_000_000)
    plan = RowPlan(rows)
    plan.resize(40)
    acts: list[Callable[[], None]] = [
        lambda: plan.move_to_end(last=True),
        lambda: plan.scroll_to_fraction(0.5),
        lambda: plan.move_page(-1),
    ]
    for act in acts:
        rows.asked.clear()
        act()
        assert len(texts(plan)) == 40
        assert len(rows.asked) < 3 * 40


@pytest.mark.parametrize("height", [0, 1, 3])
def test_no_rows_and_no_room_are_taken_calmly(height: int) -> None:
    for heights in ([], [4, 4, 4]):
        plan = plan_of(heights, height)
        plan.move(1)
        plan.move_page(-0.5)
        plan.scroll_to_fraction(1.0)
        plan.move_to_end(last=True)
        assert plan.cursor == max(len(heights) - 1, 0)
        assert len(texts(plan)) == height


def test_a_heading_cannot_be_chosen() -> None:
    plan = plan_of([1] * 40, 6)
    assert not plan.click_row(0)
    assert plan.click_row(3)
    assert plan.cursor == 2
    assert not plan.click_row(6)


def test_the_bar_tells_which_rows_are_in_sight() -> None:
    plan = plan_of([1] * 20, 6)
    assert plan.bar() == (0.0, 0.25)
    plan.move_to_end(last=True)
    assert plan.bar() == (0.75, 1.0)
    assert plan_of([1] * 5, 6).bar() is None


def test_a_step_goes_on_from_a_cursor_that_was_scrolled_away() -> None:
    plan = plan_of([2] * 100, 11)
    plan.put_cursor(3)
    plan.scroll_lines(60)
    assert "3" not in texts(plan)
    assert plan.cursor == 3
    plan.move(1)
    assert plan.cursor == 4
    assert texts(plan).count("4") == 2


def test_a_cursor_out_of_sight_stays_there_when_the_window_changes() -> None:
    plan = plan_of([1] * 100, 10)
    plan.scroll_to_fraction(0.5)
    plan.resize(5)
    assert (plan.top, plan.cursor) == (46, 0)
    plan.move_to_end(last=False)
    assert plan.top == 0


@given(st.lists(st.integers(1, 4), min_size=1, max_size=40), st.integers(1, 20), st.integers(-60, 60))
def test_a_line_keeps_its_number_wherever_the_window_is(heights: list[int], height: int, scrolled: int) -> None:
    plan = plan_of(heights, height)
    before = {plan.number_at(y): plan.line_at(y) for y in range(height)}
    numbers = [plan.number_at(y) for y in range(height)]
    assert numbers == sorted(set(numbers))
    plan.scroll_lines(scrolled)
    for y in range(height):
        if plan.number_at(y) in before:
            assert plan.line_at(y).spans == before[plan.number_at(y)].spans
        if plan.line_at(y).spans:
            found = dict(plan.lines_between(plan.number_at(y), plan.number_at(y)))
            assert [line.spans for line in found.values()] == [plan.line_at(y).spans]


def test_a_row_leads_to_its_story_and_a_heading_nowhere() -> None:
    plan = plan_of([1, 2], 6)
    assert [plan.link_at(y)[0] for y in range(5)] == [
        "", "https://example.com/0", "https://example.com/1", "https://example.com/1", "",
    ]  # fmt: skip
