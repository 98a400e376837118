"""Compact rows: one line each, under their day where others share it, else with the day in the row itself."""

from array import array
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stories import story
from tests.ui.widgets.test_listed_days import NOW, ZONES, headings, listed, said
from tui.config.settings import Density
from tui.deck.deck import Deck
from tui.deck.search.sorting import Sort
from tui.deck.view import Listing
from tui.model import Story
from tui.ui.widgets.listed_stories import ROOMY_FROM, ListedStories
from tui.ui.widgets.row_facts import RowState
from tui.ui.widgets.row_plan import RowPlan

UTC = ZONES[0]
DAYS = st.lists(
    st.sampled_from(("2024-03-09", "2024-03-08", "2024-01-02", "2023-12-30", "2023-12-29", None)), max_size=9
)


def compact(stories: Sequence[Story], sort: Sort | None = None) -> ListedStories:
    rows = listed(stories, UTC, sort)
    rows.density = "compact"
    rows.forget()
    return rows


def told(days: Sequence[str | None]) -> list[Story]:
    return [story(f"{n:02}.md", day and f"{day} 1{n}:15") for n, day in enumerate(days)]


def texts(rows: ListedStories) -> list[str]:
    """All lines of a list, without marks and the counts at the right."""
    lines = [line for at in range(len(rows)) for line in (*rows.above(at, first=at == 0), *rows.row(at))]
    return [said(line).rstrip("─ ") for line in lines]


def test_only_a_day_of_several_rows_has_a_heading_and_the_year_stands_where_it_changes() -> None:
    days = ("2024-03-09", "2024-03-08", "2024-03-08", "2024-03-01", "2023-12-30", "2023-12-29", None, None)
    assert texts(compact(told(days))) == [
        "── 2024", "9 Mar Title of 00.md",
        "── Fri 8 Mar 2024", "12:15 Title of 02.md", "11:15 Title of 01.md",
        "1 Mar Title of 03.md",
        "── 2023", "30 Dec Title of 04.md", "29 Dec Title of 05.md",
        "── Undated", "Title of 06.md", "Title of 07.md",
    ]  # fmt: skip


def test_in_an_order_by_anything_else_each_row_has_its_day_or_its_month_of_another_year() -> None:
    rows = compact(told(("2024-03-09", "2023-12-30", None)), Sort("quality"))
    assert texts(rows) == ["9 Mar Title of 00.md", "2023-12 Title of 01.md", "Title of 02.md"]


@given(DAYS)
def test_every_row_is_one_line_as_wide_as_the_list_and_of_each_its_day_can_be_told(days: list[str | None]) -> None:
    rows = compact(told(days))
    assert all(len(rows.row(at)) == 1 for at in range(len(rows)))
    here = ""
    for at in range(len(rows)):
        for heading in map(said, rows.above(at, first=at == 0)):
            here = heading
        day = (rows.story(at).published_at or NOW).date()
        if rows.story(at).published_at is None:
            assert "Undated" in here
        elif "15 Title" in said(rows.row(at)[0]):
            assert f"{day.day} " in here or "Yesterday" in here
        else:
            assert f"{day.day} {day:%b} Title" in said(rows.row(at)[0])
    shared = [day for day in set(days) if day is not None and days.count(day) > 1]
    assert sum(" Mar " in one or " Jan " in one or " Dec " in one or "day" in one for one in headings(rows)) == len(
        shared
    )


@pytest.mark.parametrize(
    ("density", "height", "compact"),
    [
        ("auto", 20, True),
        ("auto", ROOMY_FROM - 1, True),
        ("auto", ROOMY_FROM, False),
        ("compact", 60, True),
        ("roomy", 5, False),
    ],
)
def test_the_height_of_the_list_chooses_where_nobody_does(density: Density, height: int, compact: bool) -> None:
    rows = listed(told(("2024-03-09",)), UTC)
    rows.density = density
    rows.fit(40, height)
    assert rows.is_compact == compact
    rows.density = rows.other_density
    assert rows.is_compact != compact
    rows.density = rows.other_density
    assert rows.is_compact == compact


def test_at_80_by_24_there_are_at_least_twelve_stories() -> None:
    rows = listed([story(f"{n}.md", f"2024-02-{1 + n // 2:02} 10:0{n % 10}") for n in range(50)], UTC)
    rows.density = "auto"
    plan = RowPlan(rows)
    rows.fit(37, 20)
    plan.resize(20)
    assert sum("Title of" in said(plan.line_at(y)) for y in range(20)) >= 12


class Counted(Sequence[Story]):
    """A hundred thousand stories, one a minute and all alike; how many were looked at is kept."""

    def __init__(self) -> None:
        self.asked: set[int] = set()

    def __len__(self) -> int:
        return 100_000

    def __getitem__(self, doc: Any) -> Any:
        self.asked.add(doc)
        return msgspec.structs.replace(ONE, id=f"{doc}.md", published_at=NOW - timedelta(minutes=doc))


ONE = story("one.md", title="Title of one")


@pytest.mark.parametrize("density", ["compact", "roomy"])
def test_of_a_hundred_thousand_rows_only_those_near_the_window_are_looked_at(density: Density) -> None:
    stories = Counted()
    docs = array("I", range(len(stories)))
    rows = ListedStories(lambda place: RowState(), lambda: NOW, UTC)
    rows.density = density
    plan = RowPlan(rows)
    rows.fit(60, 40)
    rows.show(Listing(Deck(stories), docs=docs, depths=bytes(len(docs))))
    plan.resize(40)
    acts: list[Callable[[], None]] = [
        lambda: plan.move(1),
        lambda: plan.move_page(1),
        lambda: plan.scroll_to_fraction(0.5),
        lambda: plan.move_to_end(last=True),
        lambda: plan.resize(30),
    ]
    for act in acts:
        stories.asked.clear()
        act()
        assert sum(bool(said(plan.line_at(y))) for y in range(plan.height)) > 20
        assert len(stories.asked) < 200
