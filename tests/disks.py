"""A small file system in memory that a test may fill, or forbid to write."""

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CDLL, c_char_p, c_ulong, get_errno
from pathlib import Path

import pytest

_MS_RDONLY, _MS_REMOUNT = 1, 32


class Mount:
    """A mounted small disk."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read_only(self, on: bool) -> bool:
        return _mount(self.path, _MS_REMOUNT | (_MS_RDONLY if on else 0), b"")


@contextmanager
def small_disk(path: Path) -> Iterator[Mount]:
    """A disk of 600 kB mounted at `path`, which is made; the test is skipped where that cannot be done."""
    path.mkdir()
    if not hasattr(CDLL(None), "mount") or not _mount(path, 0, b"size=600k,mode=700"):
        pytest.skip(f"only root may mount a small disk (error {get_errno()})")
    try:
        yield Mount(path)
    finally:
        CDLL(None).umount2(bytes(path), 2)


def fill(path: Path) -> None:
    """Write a file until no byte fits on its disk any more."""
    with path.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue


def _mount(path: Path, flags: int, options: bytes) -> bool:
    libc = CDLL(None, use_errno=True)
    return bool(libc.mount(b"tmpfs", c_char_p(bytes(path)), b"tmpfs", c_ulong(flags), options) == 0)
