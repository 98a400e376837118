"""Texts with things to choose in them: a step goes to what is in sight, else it scrolls, so that nothing is skipped."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial

import pytest
from textual.app import App, ComposeResult
from textual.events import MouseMove, MouseScrollDown
from textual.pilot import Pilot

from tui.ui.widgets.document_pane import DocumentPane
from tui.ui.widgets.lines import Line, styled, wrap


class TextPane(DocumentPane):
    """Shows paragraphs; those that begin with a star can be chosen."""

    def __init__(self, *paragraphs: str) -> None:
        super().__init__(id="text")
        self.paragraphs = paragraphs

    def layout_lines(self, width: int) -> Sequence[Line]:
        lines: list[Line] = []
        for number, text in enumerate(self.paragraphs):
            lines += styled(wrap(text, width), "text", target=number if text.startswith("*") else None)
        return lines

    @property
    def rows(self) -> list[str]:
        return [line.text[:-1].rstrip() for line in self.render_lines(self.size.region)]


class TextApp(App[None]):
    def __init__(self, pane: TextPane) -> None:
        super().__init__()
        self.pane = pane
        self.chosen = 0

    def compose(self) -> ComposeResult:
        yield self.pane

    def on_pane_chosen(self) -> None:
        self.chosen += 1


@asynccontextmanager
async def show(
    *paragraphs: str, size: tuple[int, int] = (30, 6)
) -> AsyncIterator[tuple[TextPane, Pilot[None], TextApp]]:
    app = TextApp(TextPane(*paragraphs))
    async with app.run_test(size=size) as pilot:
        yield app.pane, pilot, app


def prose(count: int) -> list[str]:
    return [f"line {number}" for number in range(count)]


async def test_steps_go_from_one_choice_to_the_next_and_back() -> None:
    async with show("intro", "*one", "*two", "between", "*three") as (pane, _pilot, _app):
        for expected in (1, 2, 4, 4):
            pane.change(lambda: pane.sheet.move(1))
            assert pane.cursor == expected
        for expected in (2, 1, 1):
            pane.change(lambda: pane.sheet.move(-1))
            assert pane.cursor == expected


async def test_a_long_text_between_choices_is_scrolled_through_line_by_line() -> None:
    async with show("*one", *prose(10), "*two") as (pane, _pilot, _app):
        pane.change(lambda: pane.sheet.move(1))
        tops = []
        while pane.cursor != 11:
            pane.change(lambda: pane.sheet.move(1))
            tops.append(pane.top)
        assert tops == [1, 2, 3, 4, 5, 6, 6]


async def test_steps_begin_at_what_is_in_sight_when_the_cursor_was_scrolled_away() -> None:
    async with show("*one", *prose(20), "*two", "*three", *prose(20)) as (pane, _pilot, _app):
        pane.change(lambda: pane.sheet.move(1))
        pane.scroll_lines(20)
        pane.change(lambda: pane.sheet.move(1))
        assert pane.cursor == 21
        pane.scroll_lines(20)
        pane.change(lambda: pane.sheet.move(1))
        assert (pane.cursor, pane.top) == (21, 37)
        pane.scroll_lines(-14)
        pane.change(lambda: pane.sheet.move(-1))
        pane.change(lambda: pane.sheet.move(-1))
        assert (pane.cursor, pane.top) == (22, 22)


async def test_a_text_without_choices_is_scrolled() -> None:
    async with show(*prose(20)) as (pane, _pilot, _app):
        for _step in range(30):
            pane.change(lambda: pane.sheet.move(1))
        assert (pane.top, pane.cursor) == (14, None)
        assert pane.rows[-1] == "line 19"
        for _step in range(30):
            pane.change(lambda: pane.sheet.move(-1))
        assert pane.top == 0


async def test_pages_take_the_cursor_along() -> None:
    async with show(*(f"*choice {number}" for number in range(40))) as (pane, _pilot, _app):
        pane.change(lambda: pane.sheet.move(1))
        pane.go("page_down")
        assert (pane.top, pane.cursor) == (5, 5)
        pane.go("half_down")
        assert pane.top == 7
        pane.go("page_up")
        assert (pane.top, pane.cursor) == (2, 7)
        pane.go("bottom")
        assert (pane.top, pane.cursor) == (34, 39)
        pane.go("top")
        assert (pane.top, pane.cursor) == (0, 0)


async def test_a_choice_of_many_lines_is_shown_from_its_beginning() -> None:
    async with show(*prose(10), "*" + "word " * 60) as (pane, _pilot, _app):
        pane.go_to(10)
        assert pane.rows[0].startswith("*word")
        pane.go_to(99)
        assert pane.cursor == 10


async def test_another_width_keeps_the_place() -> None:
    words = [f"{number} " + "word " * 12 for number in range(40)]
    words[20] = "*" + words[20]
    async with show(*words) as (pane, pilot, _app):
        pane.scroll_lines(50)
        seen = {row.split()[0] for row in pane.rows if row and row[0].isdigit()}
        await pilot.resize_terminal(60, 6)
        assert seen & {row.split()[0] for row in pane.rows if row and row[0].isdigit()}
        pane.go_to(20)
        await pilot.resize_terminal(20, 4)
        assert any(pane.is_marked(y) for y in range(4))
        await pilot.resize_terminal(80, 3)
        assert any(pane.is_marked(y) for y in range(3))


async def test_the_scrollbar_tells_how_much_is_in_sight() -> None:
    async with show(*prose(12)) as (pane, pilot, _app):
        assert pane.bar() == (0.0, 0.5)
        pane.scroll_lines(100)
        assert pane.bar() == (0.5, 1.0)
        await pilot.click(pane, offset=(29, 0))
        assert pane.top == 0
        await pilot.click(pane, offset=(29, 5))
        assert pane.top == 6
        await pilot.resize_terminal(30, 12)
        assert pane.bar() is None


async def test_a_click_goes_there_and_a_second_one_chooses() -> None:
    async with show("prose", "*one", "*two") as (pane, pilot, app):
        await pilot.click(pane, offset=(2, 0))
        assert not any(pane.is_marked(y) for y in range(3))
        await pilot.click(pane, offset=(2, 2))
        assert (pane.cursor, app.chosen) == (2, 0)
        await pilot.click(pane, offset=(2, 2))
        assert app.chosen == 1


async def test_the_wheel_scrolls_and_leaves_the_cursor_alone() -> None:
    async with show("*one", *prose(20)) as (pane, pilot, _app):
        pane.go_to(0)
        await pilot._post_mouse_events([MouseScrollDown], pane, (3, 3))
        assert (pane.top, pane.cursor) == (3, 0)


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (200, 60)])
async def test_any_size_will_do(size: tuple[int, int]) -> None:
    async with show("a few words", "*one", *prose(5), size=size) as (pane, _pilot, _app):
        pane.go("page_down")
        for act in (pane.sheet.move, pane.scroll_lines):
            pane.change(partial(act, 1))
        assert len(pane.rows) == size[1]


async def drag(pilot: Pilot[None], pane: TextPane, start: tuple[int, int], *to: tuple[int, int]) -> None:
    """Press the left button at one place, go to others, and let it go at the last."""
    await pilot.mouse_down(pane, offset=start)
    for offset in to:
        await pilot._post_mouse_events([MouseMove], pane, offset=offset, button=1)
    await pilot.mouse_up(pane, offset=to[-1])
    await pilot.pause()


async def test_the_thumb_of_the_scrollbar_moves_the_view_as_far_as_it_is_pulled() -> None:
    async with show("*one", *prose(59), size=(30, 12)) as (pane, pilot, _app):
        pane.go_to(0)
        await drag(pilot, pane, (29, 1), (29, 2))
        assert 0 < pane.top < 12
        await drag(pilot, pane, (29, 4), (10, 11))
        assert pane.top == 48
        assert pane.cursor == 0
        await drag(pilot, pane, (29, 11), (29, 0))
        assert pane.top == 0


async def test_text_is_selected_wherever_it_was_scrolled_to_and_stays_selected() -> None:
    async with show(*prose(40)) as (pane, pilot, app):
        pane.scroll_lines(10)
        await drag(pilot, pane, (5, 1), (6, 2), (6, 3))
        assert app.screen.get_selected_text() == "11\nline 12\nline 13"
        pane.scroll_lines(20)
        assert app.screen.get_selected_text() == "11\nline 12\nline 13"
        pane.relayout()
        assert app.screen.get_selected_text() == "11\nline 12\nline 13"
        pane.paragraphs = tuple(f"other {number}" for number in range(40))
        pane.relayout()
        assert app.screen.get_selected_text() is None


async def test_selecting_beyond_the_edge_scrolls() -> None:
    async with show(*prose(40), size=(30, 6)) as (pane, pilot, app):
        pane.scroll_lines(10)
        await drag(pilot, pane, (0, 4), (3, 0), (0, 0))
        before = pane.top
        await pilot.mouse_down(pane, offset=(0, 2))
        pane.hand.take(MouseMove(pane, 3, -1, 0, 0, 1, False, False, False))
        assert pane.top == before - 1
        pane.hand.take(MouseMove(pane, 3, 6, 0, 0, 1, False, False, False))
        pane.hand.take(MouseMove(pane, 3, 6, 0, 0, 1, False, False, False))
        assert pane.top == before + 1
        assert str(app.screen.get_selected_text()).startswith("line 12")


async def test_selecting_chooses_nothing_and_a_click_selects_nothing() -> None:
    async with show("*one", "*two", "three four") as (pane, pilot, app):
        await drag(pilot, pane, (1, 1), (3, 1))
        assert (pane.cursor, app.chosen) == (None, 0)
        await pilot.click(pane, offset=(2, 1))
        assert pane.cursor == 1
        assert app.screen.get_selected_text() is None
        await pilot.click(pane, offset=(8, 2), times=2)
        assert app.screen.get_selected_text() == "four"


@pytest.mark.parametrize("top", [0, 1, 7])
async def test_a_hidden_text_begins_where_it_is_told_to_once_it_is_seen_again(top: int) -> None:
    long_lines = ["a paragraph of many words that has to be wrapped where it is narrow"] * 6
    async with show(*long_lines, size=(30, 6)) as (pane, pilot, _app):
        pane.display = False
        await pilot.pause()
        pane.relayout(keep_place=False)
        pane.text.return_to(top, None)
        pane.display = True
        await pilot.pause()
        assert pane.top == top
        pane.scroll_lines(1)
        await pilot.resize_terminal(30, 7)
        await pilot.pause()
        assert pane.top == top + 1
