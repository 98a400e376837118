"""The list of stories: the cursor keeps to its story, and only what is in sight is laid out or painted."""

import random
from array import array
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.events import MouseScrollUp
from textual.pilot import Pilot
from textual.strip import Strip

from tests.stories import story
from tui.deck.deck import Deck, DeckBuilder
from tui.deck.view import Listing
from tui.model import Story
from tui.ui.widgets.lines import Line
from tui.ui.widgets.row_facts import RowState
from tui.ui.widgets.story_list import StoryList
from tui.ui.widgets.story_rows import row_lines

NOW = datetime(2020, 3, 1, 12, 0, tzinfo=UTC)


class RecordingList(StoryList):
    """Writes down which rows of the screen it was asked to paint."""

    def __init__(self) -> None:
        super().__init__(lambda place: RowState(), lambda: NOW, UTC, id="list")
        self.listed.density = "roomy"
        self.painted: list[int] = []

    def render_line(self, y: int) -> Strip:
        self.painted.append(y)
        return super().render_line(y)

    def show_docs(self, deck: Deck, docs: Iterable[int]) -> None:
        places = array("I", docs)
        self.show(Listing(deck, docs=places, depths=bytes(len(places)), matching=places))

    def show_all(self, deck: Deck) -> None:
        self.show_docs(deck, range(len(deck)))

    @property
    def rows(self) -> list[str]:
        lines = self.render_lines(self.size.region)
        return [line.text[:-1].rstrip() for line in lines]

    @property
    def marked(self) -> list[int]:
        return [y for y in range(self.size.height) if self.is_marked(y)]


class ListApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.highlighted: list[str | None] = []
        self.chosen = 0

    def compose(self) -> ComposeResult:
        yield RecordingList()

    def on_story_list_highlighted(self, message: StoryList.Highlighted) -> None:
        self.highlighted.append(message.story.id if message.story else None)

    def on_pane_chosen(self) -> None:
        self.chosen += 1


def deck_of(stories: Iterable[Story]) -> Deck:
    builder = DeckBuilder()
    builder.add(stories)
    return builder.deck()


def many(count: int, per_day: int = 3) -> Deck:
    """Stories named 0, 1, 2, ... from the newest to the oldest, some of them with a headline of several lines."""
    start = datetime(2020, 2, 29, 23, 0, tzinfo=UTC)
    times = (start - timedelta(days=n // per_day, minutes=n % per_day) for n in range(count))
    titles = (f"Story {n} " + "goes on and on " * (n % 4) for n in range(count))
    return deck_of(
        story(f"{n}.md", f"{when:%Y-%m-%d %H:%M}", title=title.strip())
        for n, (when, title) in enumerate(zip(times, titles, strict=True))
    )


@asynccontextmanager
async def show(
    deck: Deck, size: tuple[int, int] = (40, 20)
) -> AsyncIterator[tuple[RecordingList, Pilot[None], ListApp]]:
    app = ListApp()
    async with app.run_test(size=size) as pilot:
        pane = app.query_one(RecordingList)
        pane.focus()
        pane.show_all(deck)
        await pilot.pause()
        yield pane, pilot, app


async def test_stories_stand_under_their_days() -> None:
    deck = deck_of(
        [
            story("a.md", "2020-03-01 11:30", title="Of today"),
            story("b.md", "2020-02-29 23:59", title="Late yesterday", topics=("AI",)),
            story("c.md", "2020-02-26 16:55", title="On Wednesday"),
            story("d.md", None, title="Who knows when"),
        ]
    )
    async with show(deck) as (pane, _pilot, _app):
        assert pane.rows[:11] == [
            "── Today ──────────────────────────────",
            "▌    11:30 Of today",
            "▌          Ars Technica",
            "── Yesterday ──────────────────────────",
            "     23:59 Late yesterday",
            "           Ars Technica · AI",
            "── Wed 26 Feb 2020 ────────────────────",
            "     16:55 On Wednesday",
            "           Ars Technica",
            "── Undated ────────────────────────────",
            "           Who knows when",
        ]


async def test_the_cursor_keeps_to_its_story_when_stories_arrive_above_it() -> None:
    deck = many(12)
    async with show(deck) as (pane, pilot, app):
        pane.change(lambda: pane.sheet.move(5))
        before = pane.story
        newer = [story(f"new{n}.md", "2020-02-29 23:30", title=f"New {n}") for n in range(4)]
        pane.show_all(deck_of([*newer, *deck.stories]))
        assert pane.story == before
        assert pane.cursor == 9
        assert any("Story 5" in pane.rows[y] for y in pane.marked)
        await pilot.pause()
        assert app.highlighted == ["0.md", "5.md"]


async def test_an_untouched_list_stays_at_the_newest() -> None:
    deck = many(6)
    async with show(deck) as (pane, _pilot, _app):
        pane.show_all(deck_of([story("new.md", "2020-03-01 10:00"), *deck.stories]))
        assert pane.story is not None
        assert pane.story.id == "new.md"


async def test_the_cursor_keeps_to_its_story_in_another_order_and_through_a_filter() -> None:
    deck = many(30)
    async with show(deck) as (pane, _pilot, _app):
        pane.change(lambda: pane.sheet.move(20))
        pane.show_docs(deck, reversed(range(30)))
        assert pane.story is deck.story(20)
        pane.show_docs(deck, range(0, 30, 5))
        assert pane.story is deck.story(20)
        pane.show_docs(deck, [1, 2, 3])
        assert pane.story is deck.story(3)
        pane.show_docs(deck, [])
        assert pane.story is None


async def test_a_step_paints_only_the_two_rows_it_concerns() -> None:
    async with show(many(30)) as (pane, pilot, _app):
        old = pane.marked
        pane.painted.clear()
        pane.change(lambda: pane.sheet.move(1))
        new = pane.marked
        await pilot.pause()
        assert old
        assert new
        assert sorted(set(pane.painted)) == sorted({*old, *new})


async def test_rows_are_laid_out_only_for_a_few_screens_of_a_hundred_thousand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    laid_out: list[str] = []

    def record(told: Story, width: int, when: str, *state: Any) -> list[Line]:
        laid_out.append(told.id)
        return row_lines(told, width, when, *state)

    monkeypatch.setattr("tui.ui.widgets.listed_stories.row_lines", record)
    start = datetime(2020, 2, 29, tzinfo=UTC)
    stories = [story(f"{n}.md", f"{start - timedelta(minutes=n):%Y-%m-%d %H:%M}") for n in range(100_000)]
    async with show(Deck(stories), (60, 40)) as (pane, pilot, _app):
        acts: list[Callable[[], object]] = [
            lambda: pane.change(lambda: pane.sheet.move(1)),
            lambda: pane.go("page_down"),
            lambda: pane.go("bottom"),
            lambda: pane.go("page_up"),
            lambda: pane.change(lambda: pane.sheet.scroll_to_fraction(0.5)),
            lambda: pane.go("top"),
        ]
        for act in acts:
            laid_out.clear()
            act()
            await pilot.pause()
            assert len(laid_out) < 3 * 40


async def test_a_page_leaves_a_row_in_sight_that_was_there_before() -> None:
    async with show(many(60)) as (pane, _pilot, _app):
        seen = {line for line in pane.rows if "Story" in line}
        pane.go("page_down")
        assert seen & {line for line in pane.rows if "Story" in line}
        cursor = pane.cursor
        assert cursor > 1
        pane.go("page_up")
        assert pane.cursor < cursor


async def test_the_ends_are_ends() -> None:
    async with show(many(30)) as (pane, _pilot, _app):
        pane.change(lambda: pane.sheet.move(-1))
        assert pane.cursor == 0
        pane.go("bottom")
        assert pane.cursor == 29
        pane.change(lambda: pane.sheet.move(1))
        pane.go("page_down")
        assert pane.cursor == 29
        assert any("Story 29" in line for line in pane.rows)
        pane.go("top")
        assert (pane.cursor, pane.top) == (0, 0)


async def test_days_are_stepped_through() -> None:
    async with show(many(12, per_day=3)) as (pane, _pilot, _app):
        pane.move_day(1)
        assert pane.cursor == 3
        pane.move_day(1)
        assert pane.cursor == 6
        pane.move_day(-1)
        assert pane.cursor == 3
        pane.go("bottom")
        pane.move_day(1)
        assert pane.cursor == 11


@pytest.mark.parametrize("size", [(40, 20), (20, 3), (12, 1), (80, 50), (25, 6)])
async def test_the_cursor_stays_in_sight_whatever_happens(size: tuple[int, int]) -> None:
    chance = random.Random(7)
    async with show(many(80), size) as (pane, _pilot, _app):
        acts: list[Callable[[], object]] = [
            lambda: pane.change(lambda: pane.sheet.move(chance.choice([-1, 1, 2]))),
            lambda: pane.go(chance.choice(["page_up", "half_up", "half_down", "page_down"])),
            lambda: pane.go(chance.choice(["top", "bottom"])),
            lambda: pane.move_day(chance.choice([-1, 1])),
        ]
        for _step in range(200):
            chance.choice(acts)()
            marked = pane.marked
            assert marked, f"the cursor at {pane.cursor} is not in sight from {pane.top}"
            assert f"Story {pane.cursor}" in pane.rows[marked[0]]


async def test_the_cursor_stays_in_sight_when_the_terminal_shrinks() -> None:
    async with show(many(40)) as (pane, pilot, _app):
        pane.change(lambda: pane.sheet.move(6))
        await pilot.resize_terminal(30, 8)
        assert any("Story 6" in pane.rows[y] for y in pane.marked)
        await pilot.resize_terminal(60, 30)
        assert any("Story 6" in pane.rows[y] for y in pane.marked)


async def test_a_click_moves_the_cursor_and_a_second_one_chooses() -> None:
    async with show(many(10)) as (pane, pilot, app):
        line = next(y for y, text in enumerate(pane.rows) if "Story 2" in text)
        await pilot.click(pane, offset=(10, line + 1))
        assert pane.cursor == 2
        assert app.chosen == 0
        await pilot.click(pane, offset=(10, line + 1))
        assert app.chosen == 1
        await pilot.click(pane, offset=(10, 0))
        assert pane.cursor == 2


async def test_scrollbar_and_wheel_move_the_view_and_leave_the_selection() -> None:
    deck = many(200)
    async with show(deck) as (pane, pilot, app):
        pane.change(lambda: pane.sheet.move(2))
        await pilot.click(pane, offset=(39, 19))
        top = pane.top
        assert top > 150
        await pilot._post_mouse_events([MouseScrollUp], pane, (5, 5))
        assert 150 < pane.top < top
        assert pane.cursor == 2
        await pilot.pause()
        assert app.highlighted == ["0.md", "2.md"]


async def test_what_was_scrolled_to_stays_in_sight_when_stories_arrive() -> None:
    deck = many(200)
    async with show(deck) as (pane, _pilot, _app):
        pane.change(lambda: pane.sheet.move(2))
        pane.change(lambda: pane.sheet.scroll_to_fraction(0.5))
        before = pane.story_at(pane.top)
        pane.show_all(deck_of([story("new.md", "2020-03-01 10:00"), *deck.stories]))
        assert pane.story_at(pane.top) == before
        assert pane.story is not None
        assert pane.story.id == "2.md"


async def test_an_empty_list_takes_everything_calmly() -> None:
    async with show(Deck()) as (pane, pilot, app):
        for act in (pane.sheet.move, pane.move_day, pane.scroll_lines):
            pane.change(partial(act, 1))
        pane.go("page_down")
        pane.go("bottom")
        pane.change(lambda: pane.sheet.scroll_to_fraction(1.0))
        await pilot.click(pane, offset=(3, 3))
        assert pane.story is None
        assert "".join(pane.rows) == ""
        assert app.highlighted == []
