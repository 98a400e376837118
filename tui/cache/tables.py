"""Tables on disk: from keys to numbers, and from numbers to records, read in place and only where they are asked."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from io import BytesIO
from itertools import accumulate

from tui.cache.codec import hashes, numbers_block, whole_numbers
from tui.cache.source import BlockSource
from tui.errors import DamagedCacheError
from tui.hashing import blake2b

_NOTHING: Sequence[int] = ()


def key_hash(key: str) -> int:
    """64 bits that stand for a key: of a million keys two are alike once in 37 million tables."""
    return int.from_bytes(_mark_of(key), "little")


PAGE_BYTES = 8
"""Bytes of a `page_mark`."""
_NO_PAGE = bytes(PAGE_BYTES)


def page_mark(canonical: str) -> bytes:
    """What stands for the canonical form of a link, by its `key_hash`; zeros for an empty one."""
    return _mark_of(canonical) if canonical else _NO_PAGE


def _mark_of(key: str) -> bytes:
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=PAGE_BYTES).digest()


def table_blocks(name: str, pairs: Iterable[tuple[str, int]]) -> dict[str, bytes]:
    """A table from keys to numbers as blocks; the numbers of one key stay in their order."""
    hashed = [(key_hash(key), value) for key, value in pairs]
    hashed.sort(key=lambda pair: pair[0])
    return {
        f"{name}.keys": array("Q", (key for key, _ in hashed)).tobytes(),
        f"{name}.values": array("I", (value for _, value in hashed)).tobytes(),
    }


class Table:
    """The table that `table_blocks` wrote."""

    def __init__(self, source: BlockSource, name: str) -> None:
        self._source = source
        self._name = name

    def values(self, key: str) -> Sequence[int]:
        """The numbers of a key, in their order; none if it is not there. Raises DamagedCacheError."""
        return self.values_of(key_hash(key))

    def values_of(self, wanted: int) -> Sequence[int]:
        """The numbers of a key by its `key_hash`. Raises DamagedCacheError."""
        keys = self.hashes
        first = after = bisect_left(keys, wanted)
        while after < len(keys) and keys[after] == wanted:
            after += 1
        if after == first:
            return _NOTHING
        if len(self._values) != len(keys):
            raise DamagedCacheError(f"The cache is damaged: {self._name} has not one value a key.")
        return self._values[first:after]

    def first(self, key: str) -> int | None:
        """The first number of a key, or None."""
        return next(iter(self.values(key)), None)

    @cached_property
    def hashes(self) -> Sequence[int]:
        """The `key_hash` of every key, ascending. Raises DamagedCacheError."""
        return hashes(self._source.block(f"{self._name}.keys"))

    @cached_property
    def _values(self) -> Sequence[int]:
        return whole_numbers(self._source.block(f"{self._name}.values"))


def records_blocks(name: str, records: Iterable[bytes]) -> dict[str, bytes]:
    """Records one after another, and where each ends, as blocks."""
    data = BytesIO()  # all of them would lie there twice if they were joined in the end
    ends = array("Q", accumulate(map(data.write, records), initial=0))
    return {name: data.getvalue(), f"{name}.ends": numbers_block(ends)}


def records_in_parts(name: str, records: Iterable[bytes]) -> Iterator[tuple[str, bytes | Iterable[bytes]]]:
    """The same, where the records are made while they are written, so that nobody holds all of them."""
    ends = array("Q", [0])

    def parts() -> Iterator[bytes]:
        for record in records:
            ends.append(ends[-1] + len(record))
            yield record

    yield name, parts()
    yield f"{name}.ends", numbers_block(ends)


class Records:
    """The records that `records_blocks` wrote."""

    def __init__(self, source: BlockSource, name: str) -> None:
        self._source = source
        self._name = name

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> memoryview:
        """One record; only its own bytes are looked at. IndexError beyond the end, DamagedCacheError as `part`."""
        return self._source.part(self._name, self._ends[number], self._ends[number + 1])

    def __iter__(self) -> Iterator[memoryview]:
        whole, ends = self._source.block(self._name), self._ends
        return (whole[ends[number] : ends[number + 1]] for number in range(len(ends) - 1))

    @cached_property
    def _ends(self) -> Sequence[int]:
        ends = hashes(self._source.block(f"{self._name}.ends"))
        if not ends:
            raise DamagedCacheError(f"The cache is damaged: {self._name} does not say where it begins.")
        return ends
