"""How a cache file begins: what it is, whose it is, where its blocks lie and the checksums of their pages.

Everything is in this machine's own order. The header has a digest of its own, so that opening a file of any size reads
the header only; each page of a block is compared with its checksum when it is first looked at.
"""

from array import array
from collections.abc import Mapping
from hashlib import blake2b
from struct import Struct
from struct import error as StructError  # noqa: N812  it is named as a variable would be
from typing import Final, NamedTuple
from zlib import crc32

import tui
from tui.errors import UnusableCacheError

MAGIC: Final = b"newsdeck"
FORMAT: Final = 2
"""Raised with every change of the layout or of what cards are read as; a file of any other format is not used."""
PAGE: Final = 64 * 1024
"""Bytes of a block that share a checksum."""
TOKEN_BYTES: Final = 16

_ALIGNMENT: Final = 64
_ORDER: Final = 0x01020304
_MAX_HEADER: Final = 64 * 1024 * 1024
# magic, byte order, format, length of the header, digest of all that follows in the header
_START: Final = Struct("=8sIIQ32s")
# size of the file, moment of writing, token, number of blocks, lengths of the version and of the root
_FACTS: Final = Struct(f"=Qq{TOKEN_BYTES}sIII")
# offset, length, length of the name
_PLACE: Final = Struct("=QQI")

START_BYTES: Final = _START.size
"""Bytes that hold the length of the header."""


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


def encode_header(root: bytes, token: str, written_at: int, blocks: Mapping[str, memoryview]) -> tuple[bytes, Header]:
    """The first bytes of a file that will hold `blocks` (views of single bytes), and the same as a value.

    The blocks belong at the offsets that the value gives, the first one right behind the bytes.
    """
    version, names = tui.__version__.encode(), [name.encode() for name in blocks]
    sums = {name: _sums(block) for name, block in blocks.items()}
    fixed = _START.size + _FACTS.size + len(version) + len(root)
    length = _aligned(fixed + sum(_PLACE.size + len(name) for name in names) + sum(map(len, sums.values())))
    places, end = {}, length
    for name, block in blocks.items():
        places[name] = BlockSpan(end, len(block), memoryview(sums[name]).cast("I"))
        end = _aligned(end + len(block))
    header = Header(tui.__version__, root, token, written_at, end, places)
    facts = _FACTS.pack(end, written_at, bytes.fromhex(token), len(names), len(version), len(root))
    table = (
        _PLACE.pack(span.offset, span.length, len(name)) + name
        for name, span in zip(names, places.values(), strict=True)
    )
    rest = b"".join((facts, version, root, *table, *sums.values())).ljust(length - _START.size, b"\0")
    return _START.pack(MAGIC, _ORDER, FORMAT, length, _digest(rest)) + rest, header


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
        return _decoded(data)
    except (StructError, ValueError) as error:
        raise UnusableCacheError("it is damaged") from error


def _decoded(data: bytes) -> Header:
    size, written_at, token, count, version_length, root_length = _FACTS.unpack_from(data, _START.size)
    at = _START.size + _FACTS.size
    version = data[at : at + version_length].decode()
    at += version_length
    root = data[at : at + root_length]
    at += root_length
    found = []
    for _ in range(count):
        offset, length, name_length = _PLACE.unpack_from(data, at)
        at += _PLACE.size
        found.append((data[at : at + name_length].decode(), offset, length))
        at += name_length
    places = {}
    for name, offset, length in found:
        end = at + 4 * -(-length // PAGE)
        places[name] = BlockSpan(offset, length, memoryview(data)[at:end].cast("I"))
        at = end
    return Header(version, root, token.hex(), written_at, size, places)


def _sums(block: memoryview) -> bytes:
    return array("I", (crc32(block[at : at + PAGE]) for at in range(0, len(block), PAGE))).tobytes()


def _digest(data: bytes | memoryview) -> bytes:
    return blake2b(data, digest_size=32).digest()


def _aligned(length: int) -> int:
    return -(-length // _ALIGNMENT) * _ALIGNMENT
