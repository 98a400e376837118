"""Any bytes are a header or damaged; a header that is read makes sense, whatever its digest says."""

import struct
from hashlib import blake2b
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.cache.caches import BLOCKS, Shelf
from tui.cache.header import FORMAT, MAGIC, PAGE, BlockEntry, Header, decode_header, encode_header, header_length
from tui.errors import UnusableCacheError

START = struct.Struct("=8sIIQ32s")
NOTED = [BlockEntry.of(name, memoryview(block)) for name, block in BLOCKS.items()]
WHOLE, WRITTEN = encode_header(b"/cards", "0f" * 16, 1_600_000_000_000, NOTED)
TABLE = WHOLE[START.size :]


def sealed(table: bytes) -> bytes:
    """A header with this table, whose length and digest are right."""
    digest = blake2b(table, digest_size=32).digest()
    return START.pack(MAGIC, 0x01020304, FORMAT, START.size + len(table), digest) + table


def read(data: bytes) -> Header | None:
    """The header that the bytes are, which makes sense; None if they are damaged."""
    try:
        header = decode_header(data)
    except UnusableCacheError:
        return None
    end = len(data)
    for span in header.places.values():
        assert span.offset >= end
        assert span.offset % 64 == 0
        assert span.length >= 0
        assert len(span.sums) == -(-span.length // PAGE)
        end = span.offset + span.length
    assert header.size >= end
    assert len(header.token) == 32
    assert header.written_at >= 0
    return header


def test_what_was_written_is_read() -> None:
    assert read(WHOLE) == WRITTEN
    assert list(WRITTEN.places) == list(BLOCKS)
    assert sealed(TABLE) == WHOLE


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_a_header_or_damaged(data: bytes, begins_well: bool) -> None:
    read(WHOLE[: START.size] + data if begins_well else data)
    try:
        assert header_length(data) <= 64 * 1024 * 1024
    except UnusableCacheError:
        return


@given(st.binary(max_size=300))
def test_any_table_under_a_right_digest_makes_sense_or_is_damaged(table: bytes) -> None:
    read(sealed(table))


@given(st.integers(0, len(TABLE) - 1), st.binary(max_size=12), st.integers(0, 12))
def test_a_table_that_was_scribbled_on_makes_sense_or_is_damaged(at: int, put: bytes, taken: int) -> None:
    read(sealed(TABLE[:at] + put + TABLE[at + taken :]))


VALUES = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=3) | st.binary()
NUMBERS = st.integers(-2, 2 * PAGE) | st.sampled_from([2**31, 2**50, 2**50 + 1, 2**63 - 1, 2**64 - 1])
ENTRIES = st.tuples(
    st.sampled_from(["a", "b"]) | VALUES, NUMBERS | VALUES, st.integers(0, 3).map(lambda n: bytes(4 * n))
)
TABLES = st.tuples(
    st.just("0.1.0") | VALUES,
    st.just(b"/cards") | VALUES,
    st.just(bytes(16)) | VALUES,
    NUMBERS | VALUES,
    st.lists(ENTRIES | VALUES, max_size=3) | VALUES,
    st.integers(0, 70).map(bytes) | VALUES,
)


@given(TABLES | VALUES)
@example(("0.1.0", b"/", bytes(16), 0, [], bytes(1)))
def test_a_table_of_other_values_makes_sense_or_is_damaged(table: object) -> None:
    read(sealed(msgspec.msgpack.encode(table)))


def table(*entries: tuple[str, int, bytes]) -> bytes:
    """A table with these blocks, which ends where it must."""
    fields = ["0.1.0", b"/cards", bytes(16), 0, list(entries)]
    length = START.size + len(msgspec.msgpack.encode([*fields, b""]))
    return msgspec.msgpack.encode([*fields, bytes(-length % 64)])


def test_a_table_that_makes_sense_is_read() -> None:
    header = read(sealed(table(("a", PAGE + 1, bytes(8)), ("b", 0, b""))))
    assert header is not None
    assert [(name, span.length) for name, span in header.places.items()] == [("a", PAGE + 1), ("b", 0)]


@pytest.mark.parametrize(
    "entries",
    [
        [("a", 1, bytes(4)), ("a", 1, bytes(4))],
        [("a", PAGE, bytes(8))],
        [("a", PAGE + 1, bytes(4))],
        [("a", 0, bytes(4))],
        [("a", 1, bytes(3))],
        [("a", -1, b"")],
        [("a", 2**62, b"")],
        [("a" * 201, 1, bytes(4))],
    ],
    ids=["twice", "more sums", "fewer sums", "sums of nothing", "half a sum", "below nothing", "endless", "long name"],
)
def test_a_table_without_sense_is_damaged(entries: list[tuple[str, int, bytes]]) -> None:
    assert read(sealed(table(*entries))) is None


def test_a_table_with_more_behind_it_is_damaged() -> None:
    assert read(sealed(TABLE + bytes(64))) is None


def test_a_file_whose_header_makes_sense_but_not_for_it_is_not_used(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    data = shelf.written()
    other = sealed(table(("a", PAGE + 1, bytes(8))))
    for content in (other, other + data, data + other, other + bytes(PAGE)):
        shelf.path.write_bytes(content)
        assert shelf.open() is None
