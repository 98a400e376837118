"""How a cache file begins: what it is, whose it is, which blocks it holds and the checksums of their pages.

First come a few numbers in this machine's own order, then a table, which msgspec writes and reads. Blocks lie behind
it one after another, each at the next multiple of 64. The table has a digest, so that opening a file of any size reads
the header only; each page of a block is compared with its checksum when it is first looked at.
"""

from array import array
from collections.abc import Mapping, Sequence
from struct import Struct
from typing import Annotated, Final, NamedTuple
from zlib import crc32

import msgspec
from msgspec import Meta

import tui
from tui.errors import UnusableCacheError
from tui.hashing import blake2b

MAGIC: Final = b"newsdeck"
FORMAT: Final = 4
"""Raised with every change of the layout or of what cards are read as; a file of any other format is not used."""
PAGE: Final = 64 * 1024
"""Bytes of a block that share a checksum."""
TOKEN_BYTES: Final = 16

_ALIGNMENT: Final = 64
_ORDER: Final = 0x01020304
_MAX_HEADER: Final = 64 * 1024 * 1024
_MAX_BYTES: Final = 1 << 50
_MAX_NAME: Final = 200
_LAST_MILLISECOND: Final = 253_402_300_799_999  # of the year 9999, which is as far as dates go
# magic, byte order, format, length of the header, digest of all that follows in the header
_START: Final = Struct("=8sIIQ32s")

START_BYTES: Final = _START.size
"""Bytes that hold the length of the header."""


def page_sums(block: memoryview) -> "array[int]":
    """The checksums of the pages of a block, or of several whole pages of one (a view of single bytes)."""
    return array("I", (crc32(block[at : at + PAGE]) for at in range(0, len(block), PAGE)))


class BlockEntry(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A block: its name, its length in bytes, and the 32-bit checksums of its pages."""

    name: Annotated[str, Meta(max_length=_MAX_NAME)]
    length: Annotated[int, Meta(ge=0, le=_MAX_BYTES)]
    sums: bytes

    @staticmethod
    def of(name: str, block: memoryview) -> "BlockEntry":
        """What is noted of a block (a view of single bytes)."""
        return BlockEntry(name, len(block), page_sums(block).tobytes())


class _BlockTable(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """All that a header says behind its first numbers; `padding` makes it end where a block may begin."""

    version: Annotated[str, Meta(max_length=_MAX_NAME)]
    root: bytes
    token: Annotated[bytes, Meta(min_length=TOKEN_BYTES, max_length=TOKEN_BYTES)]
    written_at: Annotated[int, Meta(ge=0, le=_LAST_MILLISECOND)]
    blocks: list[BlockEntry]
    padding: Annotated[bytes, Meta(max_length=_ALIGNMENT)] = b""


_decode_table = msgspec.msgpack.Decoder(_BlockTable).decode


class BlockSpan(NamedTuple):
    """Where a block lies: its first byte, counted from the file's, its length, and the checksums of its pages."""

    offset: int
    length: int
    sums: memoryview


class Header(NamedTuple):
    """What a cache file says of itself.

    `version` is that of the newsdeck that wrote it, `root` the real path of the cards as the file system has it,
    `token` 32 hexadecimal digits, `written_at` milliseconds since 1970 in UTC, `size` the bytes of the whole file.
    """

    version: str
    root: bytes
    token: str
    written_at: int
    size: int
    places: Mapping[str, BlockSpan]


def encode_header(root: bytes, token: str, written_at: int, blocks: Sequence[BlockEntry]) -> tuple[bytes, Header]:
    """The first bytes of a file that will hold these blocks, and the same as a value.

    The blocks belong at the offsets that the value gives, the first one right behind the bytes.
    """
    table = _BlockTable(tui.__version__, root, bytes.fromhex(token), written_at, list(blocks))
    length = _START.size + len(msgspec.msgpack.encode(table))
    padded = msgspec.structs.replace(table, padding=bytes(aligned(length) - length))
    rest = msgspec.msgpack.encode(padded)
    start = _START.pack(MAGIC, _ORDER, FORMAT, _START.size + len(rest), _digest(rest))
    return start + rest, _header(table, _START.size + len(rest))


def header_length(start: bytes) -> int:
    """How long the header is that begins with `start` (`START_BYTES` are enough). Raises UnusableCacheError."""
    if len(start) < _START.size or not start.startswith(MAGIC):
        raise UnusableCacheError("it is no cache file of newsdeck")
    _magic, order, version, length, _digest = _START.unpack_from(start)
    if order != _ORDER:
        raise UnusableCacheError("it was written on another kind of machine, or is damaged")
    if version != FORMAT:
        raise UnusableCacheError(f"it has format {version}, not {FORMAT}")
    if not _START.size < length <= _MAX_HEADER:
        raise UnusableCacheError("it is damaged")
    return int(length)


def decode_header(data: bytes) -> Header:
    """The header that `data` is, whoever's version wrote it. Raises UnusableCacheError."""
    length = header_length(data)
    digest = _START.unpack_from(data)[-1]
    if len(data) != length or _digest(memoryview(data)[_START.size :]) != digest:
        raise UnusableCacheError("it is damaged")
    try:
        return _header(_decode_table(memoryview(data)[_START.size :]), length)
    except ValueError as error:
        raise UnusableCacheError("it is damaged") from error


def _header(table: _BlockTable, length: int) -> Header:
    """What a table says, behind whose header of this `length` the blocks lie. Raises ValueError if it has no sense."""
    spans: dict[str, BlockSpan] = {}
    end = length
    for block in table.blocks:
        if block.name in spans or len(block.sums) != 4 * -(-block.length // PAGE):
            raise ValueError(f"a block has no name of its own, or not one checksum a page: {block.name!r}")
        spans[block.name] = BlockSpan(end, block.length, memoryview(block.sums).cast("I"))
        end = aligned(end + block.length)
    if end > _MAX_BYTES or length % _ALIGNMENT:
        raise ValueError("no file is that long, or no block begins there")
    return Header(table.version, table.root, table.token.hex(), table.written_at, end, spans)


def _digest(data: bytes | memoryview) -> bytes:
    return blake2b(data, digest_size=32).digest()


def aligned(length: int) -> int:
    """Where the next block may begin behind so many bytes."""
    return -(-length // _ALIGNMENT) * _ALIGNMENT
