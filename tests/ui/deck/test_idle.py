"""The line of keys at the bottom names no key that would do nothing."""

from pathlib import Path

import pytest

from tests.ui.cards import piece, write_story
from tests.ui.deck.test_news import open_reader as open_folder
from tests.ui.reader import open_reader


def keys_of(text: str) -> str:
    """The line at the bottom."""
    return text.rstrip("\n").splitlines()[-1]


@pytest.mark.parametrize("query", ["nosuchword", "is:starred", "topic:nothing"])
async def test_a_list_without_a_match_names_the_key_that_helps_and_none_that_acts_on_a_story(query: str) -> None:
    async with open_reader(size=(140, 30)) as reader:
        before = keys_of(reader.text)
        assert "enter read" in before
        assert "all again" not in before
        await reader.press("slash")
        await reader.type(query)
        await reader.press("enter")
        line = keys_of(reader.text)
        for hint in ("enter read", "o open", "m read/unread", "f star", "c coverage", "s sort"):
            assert hint not in line
        assert "esc all again" in line
        assert "/ search" in line
        await reader.press("escape")
        assert keys_of(reader.text) == before


async def test_a_folder_without_cards_names_the_key_that_leads_to_another(tmp_path: Path) -> None:
    async with open_reader(tmp_path, size=(120, 30)) as reader:
        line = keys_of(reader.text)
        assert line.split("  ")[0] == " ctrl+o folder"
        assert "? help" in line
        assert "/ search" not in line
        assert "esc" not in line


async def test_new_stories_are_named_while_there_are_some(tmp_path: Path) -> None:
    async with open_folder(tmp_path) as reader:
        screen = reader.app.screen

        def line() -> str:
            return keys_of("\n".join(strip.text for strip in screen._compositor.render_strips()))

        assert "new stories" not in line()
        write_story(tmp_path, "new.md", title="A new one")
        await reader.publish(arrived=("new.md",))
        await reader.pilot.pause()
        assert "r new stories" in line()
        await reader.pilot.press("r")
        await reader.pilot.pause()
        assert "new stories" not in line()


async def test_a_story_that_stands_alone_names_no_key_of_an_event(tmp_path: Path) -> None:
    write_story(tmp_path, "alone.md", title="Nobody else tells this", publishedDateTime="2024-03-03T10:00:00Z")
    other = piece(
        "Harbour bridge closes for repairs", "https://example.org/b", "2024-03-01T11:00:00Z", "Other", "a.org"
    )
    told = {"title": "Harbour bridge closes for repairs", "publishedDateTime": "2024-03-01T10:00:00Z"}
    write_story(tmp_path, "told.md", **told, related=[other])
    async with open_reader(tmp_path, size=(140, 30)) as reader:
        await reader.press("g", "enter")
        line = keys_of(reader.text)
        assert "c coverage" not in line
        assert "C view" not in line
        assert "all outlets" not in line
        await reader.press("escape", "j", "enter")
        assert "c coverage" in keys_of(reader.text)
