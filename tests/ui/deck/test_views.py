"""The menu of saved views: a row for each, and a key to forget one, or to keep it after all."""

import pytest

from tests.ui.reader import Reader, open_reader
from tui.config.views import SavedView, read_views, save_view
from tui.paths import views_file
from tui.ui.dialogs.views import ViewsScreen

VIEWS = [SavedView("Azure", "azure"), SavedView("Late", "since:2020"), SavedView("All", "")]


async def open_views(reader: Reader) -> list[str]:
    """The rows of the menu."""
    await reader.press("w")
    assert isinstance(reader.app.screen, ViewsScreen)
    return rows(reader)


def rows(reader: Reader) -> list[str]:
    lines = reader.text.splitlines()
    top = next(number for number, line in enumerate(lines) if "─ Views ─" in line)
    bottom = next(number for number, line in enumerate(lines) if number > top and "╰" in line)
    left = lines[top].index("╭─ Views")
    right = lines[top].index("╮", left)
    return [line[left + 1 : right].strip(" ▌●") for line in lines[top + 1 : bottom]]


@pytest.fixture(autouse=True)
def saved() -> None:
    for view in VIEWS:
        save_view(views_file(), view)


def kept() -> list[str]:
    return [view.name for view in read_views(views_file())]


async def test_each_view_has_one_row_and_the_line_of_keys_says_how_to_forget_it() -> None:
    async with open_reader() as reader:
        found = await open_views(reader)
        assert [row.split()[0] for row in found] == ["Azure", "Late", "All"]
        assert "x forget" in reader.text


async def test_a_view_is_forgotten_and_kept_after_all() -> None:
    async with open_reader() as reader:
        await open_views(reader)
        await reader.press("j", "x")
        assert kept() == ["Azure", "All"]
        assert [row.split()[0] for row in rows(reader)] == ["Azure", "Late", "All"]
        assert "forgotten · x brings it back" in rows(reader)[1]
        await reader.press("x")
        assert sorted(kept()) == ["All", "Azure", "Late"]
        assert read_views(views_file())[-1] == VIEWS[1]
        assert "forgotten" not in reader.text


async def test_what_was_forgotten_is_not_offered_again_and_may_be_all_of_them() -> None:
    async with open_reader() as reader:
        await open_views(reader)
        await reader.press("x", "j", "delete", "escape")
        assert [row.split()[0] for row in await open_views(reader)] == ["All"]
        await reader.press("x", "escape", "w")
        assert reader.app.screen is reader.deck
        assert any("No view is saved yet" in notice for notice in reader.notices)


async def test_a_view_that_was_just_forgotten_still_opens() -> None:
    async with open_reader() as reader:
        await open_views(reader)
        await reader.press("x", "enter")
        assert reader.deck.state.view.query == "azure"
        assert kept() == ["Late", "All"]


async def test_a_file_that_cannot_be_written_is_said_and_nothing_is_forgotten() -> None:
    async with open_reader() as reader:
        await open_views(reader)
        views_file().write_text("views = 1", encoding="utf-8")
        await reader.press("x")
        assert "forgotten" not in reader.text
        assert any("views.toml" in notice for notice in reader.notices)
