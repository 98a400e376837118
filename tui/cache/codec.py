"""Number columns and lists of texts as flat bytes, read back without copying the numbers.

A block file holds what an index consists of; its reader need not know what the blocks mean.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence, Sized
from typing import TypeAlias

import msgspec

Buffer: TypeAlias = bytes | memoryview
Blocks: TypeAlias = Mapping[str, Buffer]
"""Named pieces of an index, such as slices of a mapped file."""


def numbers_block(numbers: Sequence[int] | Sequence[float]) -> bytes:
    """An `array` or a memory view of one as bytes in this machine's own order."""
    return memoryview(numbers).tobytes()  # type: ignore[arg-type]


def whole_numbers(block: Buffer) -> Sequence[int]:
    """The unsigned 32-bit numbers of a block, in place."""
    return memoryview(block).cast("B").cast("I")


def real_numbers(block: Buffer) -> Sequence[float]:
    """The 64-bit floats of a block, in place."""
    return memoryview(block).cast("B").cast("d")


def texts_block(texts: Iterable[str]) -> bytes:
    """Texts, which may hold anything, as one block."""
    return msgspec.msgpack.encode(list(texts))


def texts_of(block: Buffer) -> list[str]:
    """The texts of a block."""
    return msgspec.msgpack.decode(block, type=list[str])


def sets_block(sets: Mapping[int, int]) -> bytes:
    """Bitsets by number, as one block."""
    return msgspec.msgpack.encode(
        {key: bits.to_bytes((bits.bit_length() + 7) // 8, "little") for key, bits in sets.items()}
    )


def sets_of(block: Buffer) -> dict[int, int]:
    """The bitsets of a block."""
    decoded = msgspec.msgpack.decode(block, type=dict[int, bytes])
    return {key: int.from_bytes(bits, "little") for key, bits in decoded.items()}


def ends_of(lists: Iterable[Sized]) -> "array[int]":
    """Where each list begins in the concatenation of all, and one more number for where the last ends."""
    ends = array("I", [0])
    for part in lists:
        ends.append(ends[-1] + len(part))
    return ends
