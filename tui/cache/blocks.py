"""Blocks on their way into a cache file: each is written as soon as it is made, though what stands before them all, the
header, is known when the last of them is.
"""

import errno
import os
from typing import Final

from tui.cache.header import BlockEntry, aligned, encode_header

ROOM: Final = 1024 * 1024
"""Bytes that are left free for the header at first: that of 16 GB of blocks has as many."""

_STEP: Final = 1024 * 1024


class BlocksOnDisk:
    """Blocks in the new `file`, a descriptor. Everything raises OSError."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._entries: list[BlockEntry] = []
        self._end = ROOM

    def add(self, name: str, block: memoryview) -> None:
        """Write the next block (a view of single bytes)."""
        self._end = aligned(self._end)
        _write_at(self._file, block, self._end)
        self._end += len(block)
        self._entries.append(BlockEntry.of(name, block))

    def finish(self, root: bytes, token: str, written_at: int) -> None:
        """Make it the whole file of these blocks, that is of the cards at `root`; see `Header`."""
        start, header = encode_header(root, token, written_at, self._entries)
        if len(start) > ROOM:
            raise OSError(errno.EFBIG, "the header of the cache finds no room")
        for place in range(ROOM, self._end, _STEP):
            # They move up a little, into what was left free, and what they leave the next ones take.
            data = os.pread(self._file, min(_STEP, self._end - place), place)
            _write_at(self._file, memoryview(data), place - ROOM + len(start))
        _write_at(self._file, memoryview(start), 0)
        for size in (self._end - ROOM + len(start), header.size):  # so that zeros fill the rest
            os.ftruncate(self._file, size)


def _write_at(file: int, data: memoryview, place: int) -> None:
    done = 0
    while done < len(data):
        done += os.pwrite(file, data[done:], place + done)
