"""Another folder is opened from inside: by some letters of its name, or by its path."""

import threading
from pathlib import Path

import pytest

from tests.ui.cards import write_story
from tests.ui.reader import Reader, open_reader
from tui.config.settings import NamedFolder, Settings
from tui.session.choices import FolderChoice, folder_choices, folders_below
from tui.state.values import Folder
from tui.ui.deck.screen import DeckScreen
from tui.ui.dialogs.folder_choice import FolderScreen, fitting


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "one", tmp_path / "other"
    write_story(one, "a.md", title="A story of the first")
    write_story(other, "b.md", title="A story of the second")
    return one, other


async def open_choice(reader: Reader) -> None:
    await reader.press("ctrl+o")
    assert isinstance(reader.app.screen, FolderScreen)


async def test_a_folder_of_the_configuration_is_opened_by_letters_of_its_name(two: tuple[Path, Path]) -> None:
    settings = Settings(read_after=0, folders={"workclips": NamedFolder(two[1]), "homely": NamedFolder(two[0])})
    async with open_reader(two[0], settings=settings) as reader:
        await open_choice(reader)
        assert "workclips" in reader.text
        assert "homely" not in reader.text
        for letter in "wcl":
            reader.send(letter)
        await reader.press("enter")
        await reader.until(lambda: "A story of the second" in reader.text, "the other folder")
        assert "A story of the first" not in reader.text
        assert "workclips · 1 story" in reader.text
        assert isinstance(reader.app.screen, DeckScreen)


async def test_what_is_typed_while_a_slow_disk_is_asked_for_folders_is_looked_for_among_them(
    two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = {"workclips": NamedFolder(two[1]), "elsewhere": NamedFolder(two[1].parent)}
    async with open_reader(two[0], settings=Settings(read_after=0, folders=folders)) as reader:
        answers, session = threading.Event(), reader.deck.session
        choices = session.folder_choices()
        monkeypatch.setattr(session, "folder_choices", lambda: choices if answers.wait(20) else [])
        reader.send("ctrl+o")
        await reader.until(lambda: isinstance(reader.app.screen, FolderScreen), "the choice of folders")
        for letter in "wcl":
            reader.send(letter)
        await reader.until(lambda: "wcl" in reader.text, "the letters")
        assert "Looking for folders" in reader.text
        answers.set()
        await reader.until(lambda: "workclips" in reader.text, "the folders")
        assert "elsewhere" not in reader.text
        await reader.press("enter")
        await reader.until(lambda: "A story of the second" in reader.text, "the other folder")


async def test_a_path_that_is_typed_is_opened(two: tuple[Path, Path]) -> None:
    async with open_reader(two[0]) as reader:
        await open_choice(reader)
        for letter in f"{two[1]}":
            reader.send(letter)
        await reader.press("enter")
        await reader.until(lambda: "A story of the second" in reader.text, "the other folder")


async def test_a_path_that_leads_nowhere_is_refused_and_all_stays(two: tuple[Path, Path]) -> None:
    async with open_reader(two[0]) as reader:
        await open_choice(reader)
        for letter in "/nowhere":
            reader.send(letter)
        await reader.press("enter")
        await reader.until(lambda: any("no such file" in notice for notice in reader.notices), "a refusal")
        assert "A story of the first" in reader.text


async def test_escape_leaves_everything_as_it_was(two: tuple[Path, Path]) -> None:
    async with open_reader(two[0]) as reader:
        await open_choice(reader)
        await reader.press("escape")
        assert isinstance(reader.app.screen, DeckScreen)
        assert "A story of the first" in reader.text


@pytest.mark.parametrize("size", [(180, 50), (60, 20), (20, 5)])
async def test_the_choice_fits_any_terminal(two: tuple[Path, Path], size: tuple[int, int]) -> None:
    async with open_reader(
        two[0], size=size, settings=Settings(read_after=0, folders={"work": NamedFolder(two[1])})
    ) as reader:
        await open_choice(reader)
        await reader.press("down", "up", "tab", "escape")
        assert isinstance(reader.app.screen, DeckScreen)


def test_recent_folders_come_latest_first_and_only_if_they_are_there(two: tuple[Path, Path]) -> None:
    one, other = two
    both = b"\0".join(sorted(str(path).encode() for path in two))
    known = [
        Folder("1", str(one).encode(), visited=10),
        Folder("2", str(other).encode(), visited=20),
        Folder("3", both, visited=30),
        Folder("4", b"/gone", visited=40),
        Folder("5", str(one / "never").encode()),
    ]
    choices = folder_choices(Settings(), known, frozenset())
    assert [choice.label for choice in choices] == ["one + other", "other", "one", "demo"]
    assert choices[0].words == (str(one), str(other))
    here = frozenset((str(one.resolve()),))
    named = folder_choices(Settings(folders={"work": NamedFolder(other)}), known, here)
    assert [choice.label for choice in named] == ["work", "one + other", "demo"]


def test_letters_in_their_order_find_a_folder_and_a_path_comes_first() -> None:
    choices = [FolderChoice(("a",), "work clips", "~/notes"), FolderChoice(("b",), "bookmarks", "~/web")]
    assert [choice.label for choice in fitting(choices, "bkm")] == ["bookmarks"]
    assert [choice.label for choice in fitting(choices, "web")] == ["bookmarks"]
    assert fitting(choices, "xyz") == []
    assert fitting(choices, "/x/y")[0].words == ("/x/y",)
    assert fitting(choices, "~/x")[0].words[0].endswith("/x")
    assert not fitting(choices, "~/x")[0].words[0].startswith("~")


def test_a_path_goes_on_with_the_folders_that_are_there(tmp_path: Path) -> None:
    for name in ("news", "notes", ".hidden"):
        (tmp_path / name).mkdir()
    (tmp_path / "note.md").write_text("")
    assert list(folders_below(f"{tmp_path}/n")) == [f"{tmp_path}/news/", f"{tmp_path}/notes/"]
    assert list(folders_below(f"{tmp_path}/.")) == [f"{tmp_path}/.hidden/"]
    assert list(folders_below(f"{tmp_path}/x/y")) == []
    assert list(folders_below("\0/")) == []
