"""A cache that is not exactly as this version wrote it gives no wrong data: it is not used, or found to be damaged."""

import os
import random
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import tui
from tests.cache.caches import BLOCKS, Shelf
from tui.cache import header as cache_header
from tui.cache.file import read_cache
from tui.errors import UnusableCacheError

FLIPS = 1000


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@contextmanager
def patched(path: Path, at: int, put: bytes, back: bytes) -> Iterator[None]:
    """The file with other bytes at `at`, until the end."""
    file = os.open(path, os.O_WRONLY)
    try:
        os.pwrite(file, put, at)
        yield
        os.pwrite(file, back, at)
    finally:
        os.close(file)


def test_a_cache_that_is_cut_off_anywhere_is_not_used(shelf: Shelf) -> None:
    size = len(shelf.written())
    assert shelf.survives() == 0
    for length in range((size - 1) // 64 * 64, -1, -64):
        os.truncate(shelf.path, length)
        assert shelf.survives() == len(BLOCKS), length


def test_a_cache_with_something_behind_it_is_not_used(shelf: Shelf) -> None:
    data = shelf.written()
    for more in (b"\0", bytes(64), data):
        shelf.path.write_bytes(data + more)
        assert shelf.open() is None


def test_a_bit_that_flips_is_found_or_does_no_harm(shelf: Shelf) -> None:
    data, draw = shelf.written(), random.Random(20200226)
    header = data.index(BLOCKS["rows"])
    for number in range(FLIPS):
        at = draw.randrange(header if number % 2 else len(data))
        flipped = bytes([data[at] ^ 1 << draw.randrange(8)])
        with patched(shelf.path, at, flipped, data[at : at + 1]):
            damaged = shelf.survives()
        assert at >= header or damaged == len(BLOCKS), f"byte {at} of the header does not matter"
        holds_something = any(
            (start := data.index(block)) <= at < start + len(block) for block in BLOCKS.values() if len(block) > 1
        )
        assert damaged >= holds_something, f"byte {at} of a block does not matter"
    assert shelf.survives() == 0


def test_bytes_that_change_places_are_found(shelf: Shelf) -> None:
    data, draw = shelf.written(), random.Random(20200227)
    for _ in range(200):
        at, other, length = draw.randrange(len(data)), draw.randrange(len(data)), draw.randrange(1, 5000)
        piece = data[other : other + length][: len(data) - at]
        with patched(shelf.path, at, piece, data[at : at + len(piece)]):
            shelf.survives()


@pytest.mark.parametrize(
    "content",
    [b"", b"newsdeck", b"newsdeck" * 100, bytes(200_000), b"\xff" * 200_000, random.Random(1).randbytes(200_000)],
    ids=["empty", "magic", "magics", "zeros", "ones", "noise"],
)
def test_garbage_is_not_used(shelf: Shelf, content: bytes) -> None:
    shelf.write()
    shelf.path.write_bytes(content)
    assert shelf.open() is None


def test_a_header_of_any_length_is_not_believed(shelf: Shelf) -> None:
    data = shelf.written()
    (length,) = struct.unpack_from("=Q", data, 16)
    assert data[length:].startswith(BLOCKS["rows"]), "the length of the header is elsewhere"
    for said in (0, 55, 56, length - 1, length + 1, len(data), 2**32, 2**63, 2**64 - 1):
        with patched(shelf.path, 16, struct.pack("=Q", said), struct.pack("=Q", length)):
            assert shelf.open() is None


@pytest.mark.parametrize("version", ["0.0.1", "999.0.0", tui.__version__ + "x", ""])
def test_a_cache_of_another_version_is_not_used(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(tui, "__version__", version)
        shelf.write()
        assert shelf.open() is not None
    assert shelf.open() is None
    with pytest.raises(UnusableCacheError, match=f"written by newsdeck {version}"):
        read_cache(shelf.path)


@pytest.mark.parametrize("step", [-1, 1])
def test_a_cache_of_another_format_is_not_used(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(cache_header, "FORMAT", cache_header.FORMAT + step)
        shelf.write()
        assert shelf.open() is not None
    assert shelf.open() is None


def test_a_cache_of_another_kind_of_machine_is_not_used(shelf: Shelf) -> None:
    data = shelf.written()
    shelf.path.write_bytes(data[:8] + data[8:12][::-1] + data[12:])
    with pytest.raises(UnusableCacheError, match="machine"):
        read_cache(shelf.path)
    assert shelf.open() is None


def _socket(path: Path) -> None:
    os.mknod(path, 0o140600)


OBSTACLES: dict[str, Callable[[Path], None]] = {
    "nothing": lambda path: None,
    "folder": lambda path: path.mkdir(mode=0o700),
    "pipe": os.mkfifo,
    "socket": _socket,
    "link to itself": lambda path: path.symlink_to(path.name),
    "link into nothing": lambda path: path.symlink_to("nowhere"),
    "link to a device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_what_is_no_file_is_not_used_and_does_not_hold_up(shelf: Shelf, obstacle: str) -> None:
    shelf.write()
    shelf.path.unlink()
    OBSTACLES[obstacle](shelf.path)
    assert shelf.open() is None


@pytest.mark.parametrize("obstacle", [name for name in OBSTACLES if name != "folder"])
def test_what_is_no_file_gives_way_to_a_new_cache(shelf: Shelf, obstacle: str) -> None:
    shelf.write()
    shelf.path.unlink()
    OBSTACLES[obstacle](shelf.path)
    shelf.write()
    assert shelf.survives() == 0
