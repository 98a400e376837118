"""Number columns and lists of texts as flat bytes, read back without copying the numbers.

A block file holds what an index consists of; its reader need not know what the blocks mean. Bytes that are not what
was written, under whatever checksum, raise DamagedCacheError.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from typing import TypeAlias

import msgspec

from tui.errors import DamagedCacheError

Buffer: TypeAlias = bytes | memoryview
Blocks: TypeAlias = Mapping[str, Buffer]
"""Named pieces of an index, such as slices of a mapped file."""

# The sign and the first seven bits of an exponent, which is 1,023 above that of the power of two.
_SMALL_FLOATS = bytes(range(0x42))
_LANES = 4096


def numbers_block(numbers: Sequence[int] | Sequence[float]) -> bytes:
    """An `array` or a memory view of one as bytes in this machine's own order."""
    return memoryview(numbers).tobytes()  # type: ignore[arg-type]


def whole_numbers(block: Buffer) -> Sequence[int]:
    """The unsigned 32-bit numbers of a block, in place."""
    return _in_place(block, 4).cast("I")


def hashes(block: Buffer) -> Sequence[int]:
    """The unsigned 64-bit numbers of a block, in place."""
    return _in_place(block, 8).cast("Q")


def real_numbers(block: Buffer, count: int | None = None) -> Sequence[float]:
    """The 64-bit floats of a block, in place; so many of them, where that is known."""
    numbers = _in_place(block, 8).cast("d")
    if count is not None and len(numbers) != count:
        raise DamagedCacheError(f"The cache is damaged: {len(numbers)} numbers stand in place of {count}.")
    return numbers


def are_below(numbers: Sequence[int], bound: int) -> bool:
    """Whether all numbers that `whole_numbers` gave are below `bound`, which is at most half their range.

    Many at a time are subtracted as one long integer, each in a lane of its own that keeps its highest bit when the
    number is small enough: a pass at the speed of memory, where `max` makes an object of every number.
    """
    if bound < 1:
        return not len(numbers)
    data = numbers_block(numbers)
    tops = int.from_bytes(b"\x80\0\0\0" * _LANES, "big")
    limits = int.from_bytes((0x80000000 | bound - 1).to_bytes(4, "big") * _LANES, "big")
    for start in range(0, len(data), 4 * _LANES):
        lanes = int.from_bytes(data[start : start + 4 * _LANES], sys.byteorder)
        if lanes & tops or (limits - lanes) & tops != tops:
            return False
    return True


def are_below_2_to_33(numbers: Sequence[float]) -> bool:
    """Whether all floats that `real_numbers` gave are from 0 to below 2**33, by the first byte of each."""
    data = numbers_block(numbers)
    return not data[7 if sys.byteorder == "little" else 0 :: 8].translate(None, _SMALL_FLOATS)


def _in_place(block: Buffer, width: int) -> memoryview:
    view = memoryview(block).cast("B")
    if len(view) % width:
        raise DamagedCacheError("The cache is damaged: a block ends within a number.")
    return view


def texts_block(texts: Iterable[str]) -> bytes:
    """Texts, which may hold anything, as one block."""
    return msgspec.msgpack.encode(list(texts))


def texts_of(block: Buffer, count: int | None = None) -> list[str]:
    """The texts of a block; so many of them, where that is known."""
    try:
        texts = msgspec.msgpack.decode(block, type=list[str])
    except ValueError as error:
        raise DamagedCacheError(f"The cache is damaged: {error}.") from error
    if count is not None and len(texts) != count:
        raise DamagedCacheError(f"The cache is damaged: {len(texts)} texts stand in place of {count}.")
    return texts


def sets_block(sets: Mapping[int, int]) -> bytes:
    """Bitsets by number, as one block."""
    return msgspec.msgpack.encode(
        {key: bits.to_bytes((bits.bit_length() + 7) // 8, "little") for key, bits in sets.items()}
    )


def sets_of(block: Buffer, size: int) -> Mapping[int, int]:
    """The bitsets of a block, all of numbers below `size`; each is read when it is first asked for."""
    try:
        return _SetsInPlace(msgspec.msgpack.decode(block, type=dict[int, memoryview]), size)
    except ValueError as error:
        raise DamagedCacheError(f"The cache is damaged: {error}.") from error


class _SetsInPlace(Mapping[int, int]):
    """Bitsets that were stored; to ask for one raises DamagedCacheError if it has numbers beyond the end."""

    def __init__(self, stored: Mapping[int, memoryview], size: int) -> None:
        self._stored = stored
        self._size = size
        self._read: dict[int, int] = {}

    def __getitem__(self, key: int) -> int:
        bits = self._read.get(key)
        if bits is None:
            bits = int.from_bytes(self._stored[key], "little")
            if bits.bit_length() > self._size:
                raise DamagedCacheError(f"The cache is damaged: a set goes beyond {self._size}.")
            self._read[key] = bits
        return bits

    def __iter__(self) -> Iterator[int]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)


def named_sets_blocks(name: str, sets: Mapping[str, int]) -> dict[str, bytes]:
    """Bitsets by name, as blocks whose names begin with `name`."""
    return {f"{name}.names": texts_block(sets), name: sets_block(dict(enumerate(sets.values())))}


def named_sets_of(name: str, blocks: Blocks, size: int) -> Mapping[str, int]:
    """The bitsets that `named_sets_blocks` wrote, all of numbers below `size`; each is read when it is asked for."""
    sets = sets_of(blocks[name], size)
    return _NamedSets(texts_of(blocks[f"{name}.names"], len(sets)), sets)


class _NamedSets(Mapping[str, int]):
    """Bitsets by name; they are numbered in the order of the names."""

    def __init__(self, names: Sequence[str], sets: Mapping[int, int]) -> None:
        self._numbers = {name: number for number, name in enumerate(names)}
        self._sets = sets

    def __getitem__(self, name: str) -> int:
        return self._sets[self._numbers[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def ends_in(block: Buffer, entries: int, lists: int | None = None) -> Sequence[int]:
    """What `ends_of` gave for so many `lists` with so many `entries` together, in place."""
    ends = whole_numbers(block)
    if not len(ends) or ends[0] or ends[-1] != entries or len(ends) != (len(ends) if lists is None else lists + 1):
        raise DamagedCacheError(f"The cache is damaged: its lists are not of {entries} entries.")
    return ends


def ends_of(lists: Iterable[Sized]) -> "array[int]":
    """Where each list begins in the concatenation of all, and one more number for where the last ends."""
    ends = array("I", [0])
    for part in lists:
        ends.append(ends[-1] + len(part))
    return ends
