"""Keeps what is needed once more, but not soon, out of memory."""

import os
from array import array
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from tui.cards.worker.wire import PackedStories
from tui.private_files import own_folder


class KeptStories:
    """Packed stories in the order in which they were added.

    They are in a file without a name in `folder`, which is gone when this is closed or the process ends; those that
    find no room there are in memory.
    """

    def __init__(self, folder: Path) -> None:
        self._file = _nameless_file(folder)
        self._ends = array("Q", [0])
        self._in_memory: list[PackedStories] = []

    def add(self, packed: PackedStories) -> None:
        """Keep some more."""
        if self._file is not None and not self._in_memory:
            try:
                _write(self._file, packed, self._ends[-1])
            except OSError:  # there is no room
                self._in_memory.append(packed)
            else:
                self._ends.append(self._ends[-1] + len(memoryview(packed)))
        else:
            self._in_memory.append(packed)

    def close(self) -> None:
        """Keep nothing any more."""
        file, self._file = self._file, None
        self._ends = array("Q", [0])
        self._in_memory = []
        if file is not None:
            os.close(file)

    def __len__(self) -> int:
        return len(self._ends) - 1 + len(self._in_memory)

    def __iter__(self) -> Iterator[PackedStories]:
        """All of them, each read when it is asked for. Raises OSError."""
        if self._file is not None:
            for start, end in pairwise(self._ends):
                yield PackedStories(os.pread(self._file, end - start, start))
        yield from self._in_memory


def _nameless_file(folder: Path) -> int | None:
    """A file that only this process has, if the system can make one there."""
    with suppress(OSError, AttributeError):
        descriptor = own_folder(folder)
        try:
            return os.open(".", os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, 0o600, dir_fd=descriptor)
        finally:
            os.close(descriptor)
    return None


def _write(file: int, data: PackedStories, place: int) -> None:
    rest = memoryview(data)
    while rest:
        written = os.pwrite(file, rest, place)
        rest, place = rest[written:], place + written
