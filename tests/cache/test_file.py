"""What was put in the cache comes out of it, in place and unchanged, whatever happens to the file meanwhile."""

import os
from array import array
from pathlib import Path

import pytest

import tui.cache.file as cache_module
from tests.cache.caches import BLOCKS, Shelf
from tui.cache.blocks import Block
from tui.cache.file import cache_path, open_cache, read_cache, write_cache
from tui.cache.header import PAGE
from tui.errors import DamagedCacheError, UnusableCacheError


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def test_what_was_written_is_read(shelf: Shelf) -> None:
    token = shelf.write()
    cache = shelf.open()
    assert cache is not None
    with cache:
        assert dict(cache.blocks()) == BLOCKS
        assert {name: cache.length(name) for name in cache.names()} == {name: len(BLOCKS[name]) for name in BLOCKS}
        assert (cache.token, cache.path, cache.root) == (token, shelf.path, shelf.root)
        assert cache.size == shelf.path.stat().st_size


@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE])
def test_blocks_of_any_length_keep_their_neighbours_apart(shelf: Shelf, length: int) -> None:
    blocks = {"before": b"<" * length, "after": b">" * length, "last": b"!"}
    shelf.write(blocks)
    cache = shelf.open()
    assert cache is not None
    assert dict(cache.blocks()) == blocks


def test_a_cache_without_blocks_is_one(shelf: Shelf) -> None:
    shelf.write({})
    cache = shelf.open()
    assert cache is not None
    assert cache.names() == ()


def test_numbers_are_read_in_place(shelf: Shelf) -> None:
    numbers = array("Q", [0, 1, 2**64 - 1])
    blocks: dict[str, Block] = {"odd": b"x", "mutable": bytearray(b"yz"), "numbers": memoryview(numbers)}
    write_cache(shelf.path, shelf.root, blocks)
    cache = shelf.open()
    assert cache is not None
    block = cache.block("numbers")
    assert block.cast("Q").tolist() == numbers.tolist()
    assert bytes(cache.block("mutable")) == b"yz"
    assert block.readonly


def test_a_part_is_that_part(shelf: Shelf) -> None:
    shelf.write()
    cache = shelf.open()
    assert cache is not None
    for start, stop in ((0, 0), (0, 5), (PAGE - 1, PAGE + 1), (7, 2 * PAGE + 9), (2 * PAGE + 4321, 2 * PAGE + 4321)):
        assert cache.part("rows", start, stop) == BLOCKS["rows"][start:stop]


@pytest.mark.parametrize(("start", "stop"), [(-1, 4), (5, 4), (0, 10**9), (2 * PAGE + 4322, 2 * PAGE + 4322)])
def test_a_part_that_is_not_there_is_damage(shelf: Shelf, start: int, stop: int) -> None:
    shelf.write()
    cache = shelf.open()
    assert cache is not None
    with pytest.raises(DamagedCacheError):
        cache.part("rows", start, stop)


def test_a_block_that_is_not_there_is_missing(shelf: Shelf) -> None:
    shelf.write()
    cache = shelf.open()
    assert cache is not None
    assert "rows" in cache
    assert "rows" in cache.blocks()
    assert "none" not in cache
    for ask in (cache.block, cache.blocks().__getitem__, lambda name: cache.part(name, 0, 0)):
        with pytest.raises(KeyError):
            ask("none")


def test_damage_is_found_only_where_one_looks(shelf: Shelf) -> None:
    data = bytearray(shelf.written())
    at = data.index(BLOCKS["rows"]) + PAGE + 10
    data[at] ^= 1
    shelf.path.write_bytes(data)
    cache = shelf.open()
    assert cache is not None
    assert cache.part("rows", 0, PAGE) == BLOCKS["rows"][:PAGE]
    assert cache.part("rows", 2 * PAGE, 2 * PAGE + 9) == BLOCKS["rows"][2 * PAGE : 2 * PAGE + 9]
    assert cache.block("one page") == BLOCKS["one page"]
    for _ in range(2):
        with pytest.raises(DamagedCacheError, match="rows"):
            cache.block("rows")
        with pytest.raises(DamagedCacheError, match="rows"):
            cache.part("rows", PAGE - 1, PAGE + 1)


def test_what_was_found_to_be_right_is_not_checked_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.write()
    cache = shelf.open()
    assert cache is not None
    cache.part("rows", PAGE + 1, PAGE + 2)
    with monkeypatch.context() as patch:
        patch.delattr(cache_module, "crc32")
        assert cache.part("rows", PAGE, PAGE + 9) == BLOCKS["rows"][PAGE : PAGE + 9]
        with pytest.raises(NameError):
            cache.block("rows")
    assert cache.block("rows") == BLOCKS["rows"]


def test_views_outlive_the_cache_and_the_file(shelf: Shelf) -> None:
    shelf.write()
    cache = shelf.open()
    assert cache is not None
    view = cache.block("rows")
    shelf.write({"rows": b"other"})
    assert view == BLOCKS["rows"]
    assert cache.block("one page") == BLOCKS["one page"]
    shelf.path.unlink()
    cache.close()
    cache.close()
    assert view == BLOCKS["rows"]
    assert cache.names() == ()


def test_each_writing_has_a_token_of_its_own(shelf: Shelf) -> None:
    first, second = shelf.write(), shelf.write()
    assert first != second
    assert shelf.open(first) is None
    assert shelf.open(second) is not None


def test_whatever_way_leads_to_the_cards_they_have_one_cache(shelf: Shelf, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(shelf.root)
    assert cache_path(shelf.folder, link) == cache_path(shelf.folder, shelf.root / ".." / shelf.root.name) == shelf.path
    write_cache(shelf.path, link, BLOCKS)
    assert shelf.open() is not None
    assert cache_path(shelf.folder, tmp_path) != shelf.path


def test_any_name_of_a_folder_will_do(tmp_path: Path) -> None:
    root = tmp_path / os.fsdecode(b"\xff\n\x1b[/x]")
    path = cache_path(tmp_path / "cache", root)
    write_cache(path, root, BLOCKS)
    cache = open_cache(path, root)
    assert cache is not None
    assert cache.root == root


def test_a_cache_of_other_cards_is_not_used(shelf: Shelf, tmp_path: Path) -> None:
    shelf.write()
    assert open_cache(shelf.path, tmp_path) is None


def test_it_is_said_why_a_cache_is_not_used(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(UnusableCacheError, match="there is none"):
        read_cache(shelf.path)
    shelf.write()
    assert read_cache(shelf.path).root == shelf.root
    with pytest.raises(UnusableCacheError, match="other cards"):
        read_cache(shelf.path, tmp_path)
    with pytest.raises(UnusableCacheError, match="anew"):
        read_cache(shelf.path, shelf.root, "0" * 32)
    shelf.path.write_bytes(b"something else")
    with pytest.raises(UnusableCacheError, match="no cache file"):
        read_cache(shelf.path)
