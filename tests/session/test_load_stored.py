"""Whoever asks for a whole folder gets the same with a cache file as without one, whatever changed and is damaged."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cards.sync.watching import card, fresh, put
from tests.cli.harness import newsdeck
from tests.session.caches import CachedFolder, same_as_fresh, told_of
from tests.ui.reader import RecordingPrograms
from tui.cache.file import open_cache, write_cache
from tui.cache.header import PAGE
from tui.config.settings import Settings
from tui.errors import FolderError
from tui.paths import cache_dir
from tui.resources import sample_content_dir
from tui.session import LoadedFolder, Session
from tui.session.loading import load_stored
from tui.session.names import DATA_BLOCK, FILES_BLOCK, PROBLEMS_BLOCK

BROKEN = "---\ntitle: [half a\n"
NAMELESS = "---\ntitle: Nameless\nprovider:\n  domain: nameless.example\n---\n"
NAMED = "---\nname: Named\ndomain: nameless.example\n---\n"


@pytest.fixture
def folder(tmp_path: Path) -> CachedFolder:
    """The demo cards with a broken one and one whose outlet has a domain only, and their cache file."""
    root = tmp_path / "cards"
    shutil.copytree(sample_content_dir(), root)
    put(root / "broken.md", BROKEN)
    put(root / "nameless.md", NAMELESS)
    put(root / "readme.txt", "No card at all.")
    folder = CachedFolder(root, tmp_path / "shelf")
    folder.write()
    return folder


def load(root: Path, shelf: Path | None) -> LoadedFolder:
    return Session(root, Settings(), RecordingPrograms(), cache_dir=shelf).load_all()


def same_with_and_without(folder: CachedFolder) -> None:
    stored, anew = load(folder.root, folder.shelf), load(folder.root, None)
    assert told_of(stored.deck) == told_of(anew.deck)
    assert set(stored.problems) == set(anew.problems)
    assert (stored.files, stored.not_cards) == (anew.files, anew.not_cards)


def test_a_folder_in_which_nothing_changed_is_there_with_its_events_and_its_index(folder: CachedFolder) -> None:
    stored = load_stored(folder.root, folder.shelf)
    assert stored is not None
    assert stored.analysis is not None
    same_as_fresh(stored.analysis, load(folder.root, None))
    same_with_and_without(folder)


def first_card(root: Path) -> Path:
    return min((root / "_news").rglob("*.md"))


def break_card(root: Path) -> None:
    put(first_card(root), BROKEN)


def make_no_card(root: Path) -> None:
    put(first_card(root), "No card any more.")


def mend(root: Path) -> None:
    put(root / "broken.md", card("Mended"))


def change(root: Path) -> None:
    put(first_card(root), card("Told in another way"))


def rename(root: Path) -> None:
    first_card(root).rename(root / "renamed.md")


def swap(root: Path) -> None:
    first, second = sorted((root / "_news").rglob("*.md"))[:2]
    first.rename(root / "aside")
    second.rename(first)
    (root / "aside").rename(second)


def move_folder(root: Path) -> None:
    (root / "_news").rename(root / "moved")


def restore(root: Path) -> None:
    """Bring other content under the old time, as some tools do that copy folders."""
    file = root / "nameless.md"
    facts = file.stat()
    put(file, NAMELESS.replace("title: Nameless", "title: Renamed!"))
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def touch(root: Path) -> None:
    for file in (root / "_news").rglob("*.md"):
        file.touch()


CHANGES: dict[str, Callable[[Path], object]] = {
    "added": lambda root: put(root / "new.md", card("A new one")),
    "added below": lambda root: put(root / "deep" / "er" / "new.md", card("A new one in a new folder")),
    "removed": lambda root: first_card(root).unlink(),
    "folder removed": lambda root: shutil.rmtree(root / "_news"),
    "pipe": lambda root: os.mkfifo(root / "pipe.md"),
    "touched": touch,
    "changed": change,
    "broken": break_card,
    "no card": make_no_card,
    "mended": mend,
    "renamed": rename,
    "swapped": swap,
    "folder moved": move_folder,
    "old time": restore,
}
DATA_CHANGES: dict[str, Callable[[Path], object]] = {
    "topic": lambda root: put(root / "_data" / "topics" / "zz.yaml", "name: Another topic\n"),
    "outlet": lambda root: put(root / "_data" / "organizations" / "n.md", NAMED),
    "data removed": lambda root: shutil.rmtree(root / "_data"),
}


@pytest.mark.parametrize("deed", CHANGES.values(), ids=CHANGES)
def test_after_a_change_only_that_is_read_and_all_is_right(
    folder: CachedFolder, deed: Callable[[Path], object]
) -> None:
    deed(folder.root)
    assert load_stored(folder.root, folder.shelf) is not None
    same_with_and_without(folder)


@pytest.mark.parametrize("deed", DATA_CHANGES.values(), ids=DATA_CHANGES)
def test_where_topics_and_outlets_changed_all_is_right(folder: CachedFolder, deed: Callable[[Path], object]) -> None:
    deed(folder.root)
    same_with_and_without(folder)


def test_a_single_card_file_has_a_cache_file_of_its_own(tmp_path: Path) -> None:
    put(tmp_path / "a.md", card("Alone"))
    folder = CachedFolder(tmp_path / "a.md", tmp_path / "shelf")
    folder.write()
    assert load_stored(folder.root, folder.shelf) is not None
    same_with_and_without(folder)
    put(tmp_path / "a.md", card("Changed"))
    same_with_and_without(folder)


def test_a_folder_that_is_gone_is_told_though_its_cache_file_is_there(folder: CachedFolder) -> None:
    shutil.rmtree(folder.root)
    with pytest.raises(FolderError):
        load(folder.root, folder.shelf)


def test_wherever_the_file_is_damaged_everything_is_read_anew(folder: CachedFolder) -> None:
    whole = folder.path.read_bytes()
    anew = told_of(load(folder.root, None).deck)
    for place in range(0, len(whole), PAGE // 2):
        data = bytearray(whole)
        data[place] ^= 0x40
        folder.path.write_bytes(data)
        assert told_of(load(folder.root, folder.shelf).deck) == anew


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_file_that_is_cut_off_is_not_used(folder: CachedFolder, share: float) -> None:
    whole = folder.path.read_bytes()
    folder.path.write_bytes(whole[: int(len(whole) * share)])
    assert load_stored(folder.root, folder.shelf) is None
    same_with_and_without(folder)


@pytest.mark.parametrize("name", ["snapshot", "deck", FILES_BLOCK, PROBLEMS_BLOCK, DATA_BLOCK])
def test_a_file_in_which_something_is_missing_is_not_used(folder: CachedFolder, name: str) -> None:
    cache = open_cache(folder.path, folder.root)
    assert cache is not None
    blocks = {other: bytes(cache.block(other)) for other in cache.names()}
    del blocks[name]
    write_cache(folder.path, folder.root, blocks)
    assert load_stored(folder.root, folder.shelf) is None
    same_with_and_without(folder)


class TestOnTheCommandLine:
    """The cache file tells another headline than the card, so that it can be seen who reads it."""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        put(tmp_path / "cards" / "a.md", card("From the card"))
        folder = CachedFolder(tmp_path / "cards", cache_dir())
        put(folder.root / "a.md", card("From the cache"))
        stories = list(fresh(folder.root)[0].values())
        put(folder.root / "a.md", card("From the card"))
        folder.write(stories)
        return folder.root

    def test_headless_commands_read_it_and_write_nothing(self, root: Path) -> None:
        before = shelf()
        assert "From the cache" in newsdeck("list", root).out
        assert "From the cache" in newsdeck("show", "a.md", "--path", root).out
        put(root / "b.md", card("Another one"))
        assert "Another one" in newsdeck("list", root).out
        for command in ("check", "topics", "outlets"):
            assert newsdeck(command, root).status == 0
        assert shelf() == before

    @pytest.mark.parametrize("option", ["--private", "--no-cache"])
    def test_who_wants_none_neither_reads_nor_writes_one(self, root: Path, option: str) -> None:
        before = shelf()
        out = newsdeck("list", option, root).out
        assert "From the card" in out
        assert "From the cache" not in out
        assert shelf() == before

    def test_without_one_none_is_made(self, tmp_path: Path) -> None:
        put(tmp_path / "others" / "a.md", card("Uncached"))
        assert "Uncached" in newsdeck("list", tmp_path / "others").out
        assert not cache_dir().exists()


def shelf() -> dict[str, tuple[int, bytes]]:
    """All files of the cache folder with the time of their last change, and what is in them."""
    return {file.name: (file.stat().st_mtime_ns, file.read_bytes()) for file in cache_dir().iterdir()}
