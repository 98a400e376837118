"""`newsdeck index`: what is cached, whether it can be used, and how to be rid of it."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.harness import environment, newsdeck
from tui.cache.file import cache_path, open_cache, write_cache
from tui.paths import cache_dir

BLOCKS = {"files": b"f" * 100_000, "deck": b"d" * 5}


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    folder = tmp_path / "cards"
    folder.mkdir()
    return folder


def cache_of(folder: Path) -> Path:
    path = cache_path(cache_dir(), folder)
    write_cache(path, folder, BLOCKS)
    return path


def status(*words: str | Path) -> Any:
    return json.loads(newsdeck("index", "status", *words, "--json").out)


def test_a_cache_that_can_be_used_is_told_with_its_blocks(cards: Path) -> None:
    path = cache_of(cards)
    out = newsdeck("index", "status", cards).out
    for said in ("can be used", str(cards), str(path), "100,000  files", "5  deck", f"{path.stat().st_size:,}"):
        assert said in out
    found = status(cards)
    assert (found["usable"], found["reason"], found["bytes"]) == (True, None, path.stat().st_size)
    assert found["blocks"] == {"files": 100_000, "deck": 5}
    assert found["written"].endswith("Z")


def test_a_folder_without_a_cache_is_no_fault(cards: Path) -> None:
    result = newsdeck("index", "status", cards)
    assert result.status == 0
    assert "not used: there is none" in result.out
    found = status(cards)
    assert (found["usable"], found["reason"], found["bytes"], found["version"]) == (False, "there is none", 0, None)
    assert found["file"] == str(cache_path(cache_dir(), cards))
    assert not cache_dir().exists(), "to ask makes nothing"


@pytest.mark.parametrize("byte", [0, 300, -100])
def test_damage_is_told_wherever_it_is(cards: Path, byte: int) -> None:
    path = cache_of(cards)
    data = bytearray(path.read_bytes())
    data[byte if byte >= 0 else data.index(BLOCKS["files"]) + 99_000] ^= 4
    path.write_bytes(data)
    found = status(cards)
    assert not found["usable"]
    assert found["reason"] in {"it is damaged", "it is no cache file of newsdeck"}
    assert f"not used: {found['reason']}" in newsdeck("index", "status", cards).out


def test_without_a_path_the_configured_folder_is_meant(cards: Path) -> None:
    cache_of(cards)
    within = environment(environ={"NEWSDECK_CONTENT": str(cards)})
    assert "can be used" in newsdeck("index", "status", within=within).out
    assert "there is none" in newsdeck("index", "status").out


def test_all_caches_are_told(cards: Path, tmp_path: Path) -> None:
    other = tmp_path / os.fsdecode(b"o\xff\x1b[31mther")
    other.mkdir()
    cache_of(cards)
    cache_of(other).chmod(0o666)
    result = newsdeck("index", "status", "--all")
    assert "2 caches" in result.err
    assert "\x1b" not in result.out
    (usable,) = (line for line in result.lines if "can be used" in line)
    assert str(cards) in usable
    assert "others may write to it" in result.out
    assert {found["cards"] for found in status("--all")} == {str(cards), ""}


def test_no_caches_at_all_are_told() -> None:
    result = newsdeck("index", "status", "--all")
    assert (result.status, result.out) == (0, "")
    assert "0 caches" in result.err
    assert status("--all") == []


def test_one_cache_is_removed_and_no_other(cards: Path, tmp_path: Path) -> None:
    path, other = cache_of(cards), cache_of(tmp_path)
    size = path.stat().st_size
    result = newsdeck("index", "clear", cards)
    assert result.status == 0
    assert f"removed {path}, {size:,} bytes" in result.err
    assert open_cache(path, cards) is None
    assert open_cache(other, tmp_path) is not None
    assert "there is no cache to remove" in newsdeck("index", "clear", cards).err


def test_the_cache_of_a_folder_that_is_gone_can_be_removed(cards: Path) -> None:
    path = cache_of(cards)
    cards.rmdir()
    assert newsdeck("index", "clear", cards).status == 0
    assert not path.exists()


def test_all_caches_are_removed_and_nothing_else(cards: Path, tmp_path: Path) -> None:
    paths = [cache_of(cards), cache_of(tmp_path)]
    paths[0].write_bytes(b"damaged")
    note = cache_dir() / "notes.txt"
    note.write_text("mine", encoding="utf-8")
    result = newsdeck("index", "clear", "--all")
    assert all(str(path) in result.err for path in paths)
    assert list(cache_dir().iterdir()) == [note]


def test_what_cannot_be_removed_is_told(cards: Path) -> None:
    cache_path(cache_dir(), cards).mkdir(parents=True)
    result = newsdeck("index", "clear", cards)
    assert result.status == 1
    assert "cannot be removed" in result.err


def test_one_folder_and_all_of_them_cannot_both_be_meant(cards: Path) -> None:
    assert newsdeck("index", "clear", cards, "--all").status == 2
