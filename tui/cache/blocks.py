"""Blocks on their way into a cache file: each is written as soon as it is made, though what stands before them all, the
header, is known when the last of them is.
"""

import errno
import os
from array import array
from collections.abc import Iterable
from typing import Final

from tui.cache.header import PAGE, BlockEntry, aligned, encode_header, page_sums

Block = bytes | bytearray | memoryview | Iterable[bytes]
"""What a block may be given as: whole, or in parts that are made while they are written."""

ROOM: Final = 1024 * 1024
"""Bytes that are left free for the header at first: that of 16 GB of blocks has as many."""

_STEP: Final = 1024 * 1024


class BlocksOnDisk:
    """Blocks in the new `file`, a descriptor. Everything raises OSError."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._entries: list[BlockEntry] = []
        self._end = ROOM

    def add(self, name: str, block: Block) -> None:
        """Write the next block."""
        begin = self._end = aligned(self._end)
        sums, waiting = array("I"), bytearray()
        for part in parts_of(block):
            waiting += part
            if len(waiting) >= _STEP:
                whole = len(waiting) // PAGE * PAGE
                self._write(memoryview(waiting)[:whole], sums)
                waiting = waiting[whole:]
        self._write(memoryview(waiting), sums)
        self._entries.append(BlockEntry(name, self._end - begin, sums.tobytes()))

    def _write(self, pages: memoryview, sums: "array[int]") -> None:
        _write_at(self._file, pages, self._end)
        self._end += len(pages)
        sums.extend(page_sums(pages))

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


def parts_of(block: Block) -> Iterable[bytes | memoryview]:
    """The parts of a block, none of them long if it is whole."""
    if not isinstance(block, bytes | bytearray | memoryview):
        return block
    whole = memoryview(block).cast("B")
    return (whole[at : at + _STEP] for at in range(0, len(whole), _STEP))


def _write_at(file: int, data: memoryview, place: int) -> None:
    done = 0
    while done < len(data):
        done += os.pwrite(file, data[done:], place + done)
