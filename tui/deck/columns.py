"""Numbers and times of rows, to be picked by range and sorted by."""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from itertools import chain, compress
from math import isfinite, isnan
from operator import itemgetter
from threading import Lock
from typing import Generic, TypeAlias, TypeVar, overload

import msgspec

from tui.cache.codec import (
    Blocks,
    are_below,
    are_below_2_to_33,
    numbers_block,
    real_numbers,
    sets_block,
    sets_of,
    whole_numbers,
)
from tui.deck.query.dates import Interval, instant, local_now
from tui.deck.query.numbers import NumberRange
from tui.errors import DamagedCacheError

Bits: TypeAlias = int
"""A set of rows."""

_SPARSE_PART = 20
# A day from the ends of the calendar, for the zones.
_FIRST_SECOND, _LAST_SECOND = (at.replace(tzinfo=UTC).timestamp() for at in (datetime(1, 1, 2), datetime(9999, 12, 30)))
_TO_FLAGS = bytes.maketrans(b"01", b"\x00\x01")
_TO_DIGITS = bytes.maketrans(b"\x00\x01", b"01")


def span_bits(start: int, stop: int) -> Bits:
    """The rows from `start` up to but without `stop`; none if `stop` is not above `start`."""
    return ((1 << (stop - start)) - 1) << start if stop > start else 0


def bits_of(rows: Iterable[int], size: int) -> Bits:
    """The set of `rows`, each from 0 to `size` - 1, in any order and repeated at will."""
    if not rows:
        return 0
    flags = bytearray(size)
    for row in rows:
        flags[row] = 1
    return bits_of_flags(flags)


class Rows(Sequence[int]):
    """The rows in a set, ascending or in an order; they are listed only when they are asked for one by one."""

    def __init__(self, bits: Bits, order: "RowOrder | None" = None) -> None:
        self.bits = bits
        self._order = order

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __contains__(self, row: object) -> bool:
        return isinstance(row, int) and row >= 0 and self.bits >> row & 1 == 1

    def __iter__(self) -> Iterator[int]:
        return iter(self._listed)

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        """The row with this index, IndexError beyond the end; or some of them."""
        return self._listed[index]

    @cached_property
    def _listed(self) -> list[int]:
        return rows_of(self.bits) if self._order is None else self._order.arranged(self.bits)


class RowOrder:
    """All rows in one order."""

    def __init__(self, rows: Sequence[int]) -> None:
        self._rows = rows
        self._pick = itemgetter(*rows) if len(rows) > 1 else tuple

    def arranged(self, bits: Bits) -> list[int]:
        """The rows in `bits`, in this order."""
        return list(compress(self._rows, self._pick(flags_of(bits, len(self._rows)))))


def bits_of_flags(flags: bytes | bytearray) -> Bits:
    """The rows whose byte in `flags` is 1; the others are 0."""
    return int(flags.translate(_TO_DIGITS)[::-1], 2) if flags else 0


def flags_of(bits: Bits, size: int) -> bytes:
    """One byte a row: 1 where the row is in `bits`, else 0."""
    return bin(bits)[:1:-1].encode().translate(_TO_FLAGS).ljust(size, b"\x00")


def rows_of(bits: Bits, numbers: Sequence[int] | None = None) -> list[int]:
    """The rows in `bits`, ascending.

    `numbers`, a list of the numbers from 0 up to more than the last row, spares making them anew.
    """
    digits = bin(bits)[:1:-1]
    at = digits.find("1")
    if bits.bit_count() * _SPARSE_PART > len(digits) - at:
        flags = digits.encode().translate(_TO_FLAGS)
        pool = range(len(digits)) if numbers is None else numbers
        if at * 2 < len(digits):
            return list(compress(pool, flags))
        return list(compress(pool[at : len(digits)], flags[at:]))
    rows = []
    while at >= 0:
        rows.append(at)
        at = digits.find("1", at + 1)
    return rows


Value = TypeVar("Value")


class LatestValues(Generic[Value]):
    """Keeps the `limit` values asked for last; for any thread."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: dict[Hashable, Value] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value under `key`, made when it is not there."""
        with self._lock:
            if key in self._values:
                value = self._values[key] = self._values.pop(key)
                return value
        value = make()
        with self._lock:
            if len(self._values) >= self._limit:
                del self._values[next(iter(self._values))]
            self._values[key] = value
        return value

    def peek(self, key: Hashable) -> Value | None:
        """The value under `key`, or None."""
        return self._values.get(key)


UNKNOWN = float("nan")
"""Stands for a number that is not known, in a column."""


class _ByRow:
    """The numbers of some rows, in their order."""

    def __init__(self, values: Sequence[float], rows: Sequence[int]) -> None:
        self._values = values
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: int) -> float:
        return self._values[self._rows[place]]


class Numbers:
    """One number a row, or none; as floats, where NaN is none. `ascending` are its rows in order, if they are known."""

    def __init__(self, values: Sequence[float], ascending: Sequence[int] | None = None) -> None:
        self.values = values
        self._known = ascending

    @classmethod
    def of(cls, values: Iterable[float | None]) -> "Numbers":
        """The column of `values`, None where unknown."""
        return cls(array("d", (UNKNOWN if value is None else value for value in values)))

    @cached_property
    def ascending(self) -> Sequence[int]:
        """The rows whose number is known, smallest first, rows of the same number in their order."""
        if self._known is not None:
            return self._known
        # Most rows share their number with others, and a key that is pressed meanwhile would wait for one sort of all.
        rows: defaultdict[float, list[int]] = defaultdict(list)
        for row, value in enumerate(self.values):
            if value == value:
                rows[value].append(row)
        return array("I", chain.from_iterable(map(rows.__getitem__, sorted(rows))))

    def rows_in(self, wanted: NumberRange) -> Bits:
        """The rows whose number is known and within `wanted`."""
        rows, known = self.ascending, _ByRow(self.values, self.ascending)
        low = 0 if wanted.low is None else bisect_left(known, wanted.low)
        high = len(rows) if wanted.high is None else bisect_right(known, wanted.high)
        return bits_of(rows[low:high], len(self.values))

    def blocks(self, name: str) -> dict[str, bytes]:
        """This column as blocks whose names begin with `name`, with its order, which takes long to find."""
        return {name: numbers_block(self.values), f"{name}.order": numbers_block(self.ascending)}

    @classmethod
    def of_blocks(cls, name: str, size: int, blocks: Blocks) -> "Numbers":
        """The column of `size` rows that `blocks(name)` wrote."""
        order = whole_numbers(blocks[f"{name}.order"])
        if len(order) > size or not are_below(order, size):
            raise DamagedCacheError("The cache is damaged: rows in the order of a column are beyond its end.")
        return cls(real_numbers(blocks[name], size), order)


class Times:
    """When rows were published. A time that is a date only is a wall-clock date, the same in every zone.

    `seconds` are since 1970 UTC, NaN where unknown; `exact` are the rows whose time of day is known. That they are in
    order, newest first and those of unknown time last, may be said in `in_order`, for else all are looked at. `memo`
    keeps what was made of them for a zone.
    """

    def __init__(self, seconds: Sequence[float], exact: Bits, *, in_order: bool = False) -> None:
        self.seconds = seconds
        self.exact = exact
        self.memo: LatestValues[object] = LatestValues(1)
        self._in_order = in_order

    @classmethod
    def of(cls, rows: Iterable[tuple[datetime | None, bool]]) -> "Times":
        """The column of (time, whether its time of day is known)."""
        seconds = array("d")
        flags = bytearray()
        for at, time_known in rows:
            seconds.append(UNKNOWN if at is None else at.timestamp())
            flags.append(time_known and at is not None)
        return cls(seconds, bits_of((row for row, flag in enumerate(flags) if flag), len(flags)))

    @cached_property
    def newest_first(self) -> bool:
        """Whether the rows are in this order already, those of unknown time last."""
        if self._in_order:
            return True
        keys = [-second if second == second else float("inf") for second in self.seconds]
        return all(map(float.__le__, keys, keys[1:]))

    @cached_property
    def dated(self) -> int:
        """How many rows have a time."""
        if self._in_order:
            return bisect_left(self.seconds, True, key=isnan)
        return sum(second == second for second in self.seconds)

    @property
    def are_dates(self) -> bool:
        """Whether all that are said to be known are times that a calendar has."""
        if self._in_order and are_below_2_to_33(self.seconds[: self.dated]):
            return True  # at the speed of memory: all are from 1970 to 2242
        known = list(self.seconds[: self.dated]) if self._in_order else [at for at in self.seconds if at == at]
        return not known or (isfinite(sum(known)) and min(known) >= _FIRST_SECOND and max(known) <= _LAST_SECOND)

    @cached_property
    def _order(self) -> Sequence[int]:
        """The dated rows, newest first."""
        if self.newest_first:
            return range(self.dated)
        known = (row for row, second in enumerate(self.seconds) if second == second)
        return sorted(known, key=lambda row: -self.seconds[row])

    @cached_property
    def _ages(self) -> "array[float]":
        return array("d", (-self.seconds[row] for row in self._order))

    @cached_property
    def undated(self) -> Bits:
        """The rows without a time."""
        if self._in_order:
            return span_bits(self.dated, len(self.seconds))
        return bits_of((row for row, second in enumerate(self.seconds) if second != second), len(self.seconds))

    def bounds(self, start: float, end: float) -> tuple[int, int]:
        """Where the rows from `start` up to but without `end` (seconds since 1970) lie in the order, newest first."""
        return bisect_right(self._ages, -end), bisect_right(self._ages, -start)

    def rows_between(self, start: datetime, end: datetime, zone: tzinfo | None) -> Bits:
        """The rows published from `start` up to but without `end`, wall-clock times in `zone` (None: the system's)."""
        (start_early, start_late), (end_early, end_late) = _instants(start, zone), _instants(end, zone)
        exact = self._rows(start_late, end_early)
        if start_early != start_late:
            exact |= self._where(start_early, start_late, zone, lambda wall: wall >= start)
        if end_early != end_late:
            exact |= self._where(end_early, end_late, zone, lambda wall: wall < end)
        plain = self._rows(instant(start, UTC), instant(end, UTC))
        return (exact & self.exact) | (plain & ~self.exact)

    def _where(self, start: float, end: float, zone: tzinfo | None, holds: Callable[[datetime], bool]) -> Bits:
        """The rows of a stretch in which clocks were put, whose wall-clock time is as wanted."""
        found = (row for row in rows_of(self._rows(start, end)))
        walls = ((row, local_now(datetime.fromtimestamp(self.seconds[row], UTC), zone)) for row in found)
        return bits_of((row for row, wall in walls if holds(wall)), len(self.seconds))

    def _rows(self, start: float, end: float) -> Bits:
        low, high = self.bounds(start, end)
        if self.newest_first:
            return span_bits(low, high)
        return bits_of(self._order[low:high], len(self.seconds))

    def rows_for(self, key: str, interval: Interval, zone: tzinfo | None) -> Bits:
        """The rows that `since:`, `until:` or `on:` an interval means."""
        start = datetime.min if key == "until" else interval.start
        end = datetime.max if key == "since" else interval.end
        return self.rows_between(start, end, zone)

    def blocks(self, name: str) -> dict[str, bytes]:
        """This column as blocks whose names begin with `name`."""
        return {f"{name}.seconds": numbers_block(self.seconds), f"{name}.exact": sets_block({0: self.exact})}

    @classmethod
    def of_blocks(cls, name: str, size: int, blocks: Blocks, *, in_order: bool = False) -> "Times":
        """The column of `size` rows that `blocks(name)` wrote."""
        seconds = real_numbers(blocks[f"{name}.seconds"], size)
        return cls(seconds, sets_of(blocks[f"{name}.exact"], size)[0], in_order=in_order)


def _instants(local: datetime, zone: tzinfo | None) -> tuple[float, float]:
    """The two moments that a wall-clock time may be where clocks are put back or forward; mostly they are one."""
    one, other = instant(local, zone), instant(local.replace(fold=1), zone)
    return min(one, other), max(one, other)


class MarkedDocs(msgspec.Struct, frozen=True):
    """What the reader did, as sets of stories; `notes` are those written, each with the story it is on."""

    read: Bits = 0
    starred: Bits = 0
    muted: Bits = 0
    notes: tuple[tuple[int, str], ...] = ()
