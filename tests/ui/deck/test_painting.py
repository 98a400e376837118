"""What goes to the terminal: everything in the first paint, and nothing whole again while nothing has changed."""

from pathlib import Path
from typing import Any

import pytest
from textual._compositor import ChopsUpdate, LayoutUpdate

from tests.ui.cards import write_story
from tests.ui.deck.test_loading import KnownSession, screen_text, until
from tui.session import Session
from tui.ui.app import NewsdeckApp

TITLE = "A new thing happened in a town whose name takes more than a line of the list"
EXCERPT = "Nobody had expected it, and yet everybody says to have known it all along, more or less."
SIZES = [(130, 40), (80, 24), (60, 20)]


class PaintingApp(NewsdeckApp):
    """Writes down each paint of the whole screen, and counts the others."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.settings)
        self.whole: list[str] = []
        self.parts = 0

    def _display(self, screen: Any, renderable: Any) -> None:
        if isinstance(renderable, LayoutUpdate):
            self.whole.append("\n".join("".join(strip.text for strip in line) for line in renderable.strips))
        elif isinstance(renderable, ChopsUpdate):
            self.parts += 1
        super()._display(screen, renderable)


def session_on(folder: Path) -> KnownSession:
    write_story(folder, "new.md", title=TITLE, excerpt=EXCERPT)
    for number in range(40):
        write_story(folder, f"{number}.md", title=f"Story {number}", publishedDateTime=f"2020-02-{number % 28 + 1:02}")
    return KnownSession(folder, lambda: None)


def words(text: str) -> list[str]:
    return [word for word in text.replace("│", " ").replace("┃", " ").split() if word.isalnum()]


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_paint_has_all_that_is_known_at_its_full_width(tmp_path: Path, size: tuple[int, int]) -> None:
    app = PaintingApp(session_on(tmp_path))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "1 of 41" in screen_text(app))
        first = app.whole[0]
    assert "A new thing happened" in first
    assert "Story 27" in first
    assert "1 of 41" in first
    if size[0] >= 80:
        assert "Nobody had expected it" in first
        assert set(words(EXCERPT)[:-1]) <= set(words(first))


@pytest.mark.parametrize("size", SIZES)
async def test_what_did_not_change_is_not_painted_again(tmp_path: Path, size: tuple[int, int]) -> None:
    session = session_on(tmp_path)
    app = PaintingApp(session)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.screen.query("#filter") and session.marking.has_entered is False)
        await pilot.pause()
        assert len(app.whole) == 1
        await pilot.press("j")
        await until(pilot, lambda: "2 of 41" in screen_text(app))
        assert len(app.whole) == 1
        assert app.parts > 0


async def test_another_size_is_painted_right_at_once(tmp_path: Path) -> None:
    app = PaintingApp(session_on(tmp_path))
    async with app.run_test(size=(130, 40)) as pilot:
        await until(pilot, lambda: "1 of 41" in screen_text(app))
        app.whole.clear()
        await pilot.resize_terminal(150, 30)
        await pilot.pause()
        assert app.whole
        assert [line.rstrip() for line in app.whole[0].splitlines()] == screen_text(app).splitlines()


async def test_drawing_anew_paints_everything(tmp_path: Path) -> None:
    app = PaintingApp(session_on(tmp_path))
    async with app.run_test(size=(130, 40)) as pilot:
        await until(pilot, lambda: app.screen.query("#filter") and "1 of 41" in screen_text(app))
        await pilot.pause()
        app.whole.clear()
        await pilot.press("ctrl+l")
        await pilot.pause()
        assert app.whole
        assert "A new thing happened" in app.whole[-1]
