"""Bytes that are needed again, but not soon and not together: out of memory, as soon as they are many."""

import os
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Final
from weakref import finalize

from tui.private_files import own_folder

IN_MEMORY: Final = 4 * 1024 * 1024
"""Bytes that wait in memory until it is worth writing them, so that a small folder needs no file."""


class KeptBytes:
    """Parts of bytes, each found again by where it begins and ends among all that was added.

    They are in a file without a name in `folder`, which is gone when nobody holds this any more or the process ends;
    the last `in_memory` of them, those that find no room there, and all without a folder, are in memory. Parts may be
    read in any thread while one thread adds more.
    """

    def __init__(self, folder: Path | None, in_memory: int = IN_MEMORY) -> None:
        self._folder = folder
        self._most = in_memory
        self._file: int | None = None
        self._waiting = bytearray()
        self._written = 0
        self._lock = Lock()

    def add(self, data: bytes | bytearray | memoryview) -> int:
        """Keep a part; where it begins."""
        with self._lock:
            start = self._written + len(self._waiting)
            self._waiting += data
            if self._folder is not None and len(self._waiting) > self._most:
                self._write(self._folder)
        return start

    def part(self, start: int, stop: int) -> bytes:
        """What was added as one part, or a piece of it. Raises OSError if it cannot be read."""
        with self._lock:
            if start >= self._written:
                return bytes(self._waiting[start - self._written : stop - self._written])
        assert self._file is not None, "it was written there"
        data = os.pread(self._file, stop - start, start)
        if len(data) < stop - start:
            raise OSError("what was kept is not there any more")
        return data

    def share(self) -> int:
        """The descriptor of the file, for a process that is forked with this. Raises OSError without a file.

        From then on only one of the two may add; what it says by `settle` the other has to be told by `settled`.
        """
        with self._lock:
            if self._folder is None:
                raise OSError("nothing is kept in a file")
            return self._opened(self._folder)

    def settle(self) -> int:
        """Leave nothing in memory; how many bytes the file has then. Raises OSError if it has not all of them."""
        with self._lock:
            if self._waiting and self._folder is not None:
                self._write(self._folder)
            if self._waiting or self._file is None:
                raise OSError("not all that is kept is in a file")
            return self._written

    def settled(self, size: int) -> None:
        """Know that the other process that has the file has left so many bytes in it."""
        with self._lock:
            self._written = size

    def _opened(self, folder: Path) -> int:
        if self._file is None:
            self._file = _nameless_file(folder)
            if self._file is None:
                raise OSError("there is no such file here")
            finalize(self, os.close, self._file)
        return self._file

    def _write(self, folder: Path) -> None:
        try:
            _write_at(self._opened(folder), self._waiting, self._written)
        except OSError:  # there is no room, now or ever
            self._folder = None
        else:
            self._written += len(self._waiting)
            self._waiting = bytearray()


def _nameless_file(folder: Path) -> int | None:
    """A file that only this process has, if the system can make one there."""
    with suppress(OSError, AttributeError):
        descriptor = own_folder(folder)
        try:
            return os.open(".", os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, 0o600, dir_fd=descriptor)
        finally:
            os.close(descriptor)
    return None


def _write_at(file: int, data: bytes | bytearray, place: int) -> None:
    with memoryview(data) as rest:
        done = 0
        while done < len(rest):
            done += os.pwrite(file, rest[done:], place + done)
