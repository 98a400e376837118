"""Blocks may be made one after the other: each is written as it comes, and the file is as any other."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cache.caches import Shelf
from tests.disks import small_disk
from tui.cache.blocks import ROOM
from tui.cache.file import cache_path, write_cache
from tui.cache.header import PAGE, decode_header, header_length


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


class Made:
    """Blocks that are made when they are asked for; `used` are the bytes of the disk that were in use each time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.used: list[int] = []

    def blocks(self, count: int, size: int) -> Iterator[tuple[str, bytes]]:
        for number in range(count):
            free = os.statvfs(self.folder)
            self.used.append((free.f_blocks - free.f_bfree) * free.f_frsize)
            yield f"{number}", bytes([number]) * size


@pytest.mark.parametrize("size", [1, 63, 64, PAGE + 1, ROOM - 1, ROOM, 2 * ROOM + 5])
def test_the_file_is_the_same_however_the_blocks_come(shelf: Shelf, size: int) -> None:
    blocks = {"first": os.urandom(size), "empty": b"", "last": os.urandom(3)}
    write_cache(shelf.path, shelf.root, blocks.items())
    cache = shelf.open()
    assert cache is not None
    assert dict(cache.blocks()) == blocks
    data = shelf.path.read_bytes()
    first, _, last = decode_header(data[: header_length(data)]).places.values()
    assert (first.offset % 64, last.offset % 64) == (0, 0)
    assert set(data[first.offset + size : last.offset]) <= {0}
    assert set(data[last.offset + 3 :]) <= {0}
    assert len(data) < 4096 + size + 2 * 64


def test_each_is_written_before_the_next_is_made(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        shelf = Shelf(tmp_path)
        shelf.folder = disk.path / "cache"
        made = Made(disk.path)
        write_cache(cache_path(shelf.folder, shelf.root), shelf.root, made.blocks(5, 53_248))
        steps = [later - earlier for earlier, later in zip(made.used[1:], made.used[2:], strict=False)]
        assert min(steps) >= 53_248
        assert len(list(shelf.folder.iterdir())) == 1


def test_where_making_a_block_fails_everything_stays_as_it_was(shelf: Shelf) -> None:
    def blocks() -> Iterator[tuple[str, bytes]]:
        yield "first", b"1" * PAGE
        raise ValueError("the second cannot be made")

    token = shelf.write()
    with pytest.raises(ValueError, match="second"):
        write_cache(shelf.path, shelf.root, blocks())
    assert shelf.open(token) is not None
    assert shelf.names() == [shelf.path.name]


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="only Linux has files without a name")
def test_until_it_is_whole_it_has_no_name(shelf: Shelf) -> None:
    seen = []

    def blocks() -> Iterator[tuple[str, bytes]]:
        yield "first", b"1" * PAGE
        seen.append(shelf.names())

    write_cache(shelf.path, shelf.root, blocks())
    assert seen == [[]]


def test_where_no_file_can_be_without_a_name_it_has_another_until_then(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    seen = []

    def blocks() -> Iterator[tuple[str, bytes]]:
        yield "first", b"1" * PAGE
        seen.append([name.endswith(".new") for name in shelf.names()])

    write_cache(shelf.path, shelf.root, blocks())
    assert (seen, shelf.names()) == ([[True]], [shelf.path.name])
