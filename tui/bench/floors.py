"""What every reader of a folder has to do at least, and the least that a Textual program does."""

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

EMPTY_APP: Final = """\
from textual.app import App
from textual.widgets import Static


class Empty(App[None]):
    pressed = 0

    def compose(self):
        yield Static("ready")

    def on_key(self):
        self.pressed += 1
        self.query_one(Static).update(f"pressed {self.pressed}")


Empty().run()
"""
"""A program that shows a word, and for each key how many were pressed."""
READY: Final = b"ready"
PRESSED: Final = b"pressed "

_SAMPLE_BYTES: Final = 4 * 1024 * 1024
_SAMPLE_FILES: Final = 40


def read_all(paths: Sequence[bytes]) -> float:
    """Seconds to read all bytes of these files, one file after the other."""
    began = time.perf_counter()
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        os.read(descriptor, os.fstat(descriptor).st_size)
        os.close(descriptor)
    return time.perf_counter() - began


def scan_and_stat(root: Path) -> float:
    """Seconds to list all folders below `root` and to ask for the facts of each file."""
    began = time.perf_counter()
    for entry in _walk(os.fsencode(root)):
        entry.stat(follow_symlinks=False)
    return time.perf_counter() - began


def sample(sizes: Sequence[tuple[bytes, int]], turn: int) -> tuple[list[bytes], float]:
    """Every so many files of a folder, another choice each `turn`, and how many times their bytes the folder has.

    `sizes` are paths with bytes. The sample is small enough for a slow parser, and the whole of a small folder.
    """
    total = sum(size for _path, size in sizes)
    step = min(max(1, total // _SAMPLE_BYTES), max(1, len(sizes) // _SAMPLE_FILES))
    chosen = sizes[turn % step :: step]
    return [path for path, _size in chosen], total / max(1, sum(size for _path, size in chosen))


def _walk(folder: bytes) -> Iterator["os.DirEntry[bytes]"]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path)
            else:
                yield entry
