"""Numbers and times of rows, to be picked by range and sorted by."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from math import isnan

from tui.deck.query.dates import Interval, instant
from tui.deck.query.numbers import NumberRange
from tui.deck.search.bits import Bits, bits_of, span_bits
from tui.deck.search.blocks import Blocks, numbers_block, real_numbers, sets_block, sets_of

UNKNOWN = float("nan")
"""Stands for a number that is not known, in a column."""


class Numbers:
    """One number a row, or none; as floats, where NaN is none."""

    def __init__(self, values: Sequence[float]) -> None:
        self.values = values

    @classmethod
    def of(cls, values: Iterable[float | None]) -> "Numbers":
        """The column of `values`, None where unknown."""
        return cls(array("d", (UNKNOWN if value is None else value for value in values)))

    @cached_property
    def ascending(self) -> list[int]:
        """The rows whose number is known, smallest first, rows of the same number in their order."""
        values = list(self.values)
        return sorted((row for row, value in enumerate(values) if value == value), key=values.__getitem__)

    @cached_property
    def _sorted(self) -> "array[float]":
        return array("d", (self.values[row] for row in self.ascending))

    def rows_in(self, wanted: NumberRange) -> Bits:
        """The rows whose number is known and within `wanted`."""
        low = 0 if wanted.low is None else bisect_left(self._sorted, wanted.low)
        high = len(self._sorted) if wanted.high is None else bisect_right(self._sorted, wanted.high)
        return bits_of(self.ascending[low:high], len(self.values))


class Times:
    """When rows were published. A time that is a date only is a wall-clock date, the same in every zone.

    `seconds` are since 1970 UTC, NaN where unknown; `exact` are the rows whose time of day is known. That they are in
    order, newest first and those of unknown time last, may be said in `in_order`, for else all are looked at.
    """

    def __init__(self, seconds: Sequence[float], exact: Bits, *, in_order: bool = False) -> None:
        self.seconds = seconds
        self.exact = exact
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

    def place(self, start: float, end: float) -> tuple[int, int]:
        """Where the rows from `start` up to but without `end` (seconds since 1970) lie in the order, newest first."""
        return bisect_right(self._ages, -end), bisect_right(self._ages, -start)

    def rows_between(self, start: datetime, end: datetime, zone: tzinfo | None) -> Bits:
        """The rows published from `start` up to but without `end`, wall-clock times in `zone` (None: the system's)."""
        exact = self._rows(instant(start, zone), instant(end, zone))
        plain = self._rows(instant(start, UTC), instant(end, UTC))
        return (exact & self.exact) | (plain & ~self.exact)

    def _rows(self, start: float, end: float) -> Bits:
        low, high = self.place(start, end)
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
    def of_blocks(cls, name: str, blocks: Blocks, *, in_order: bool = False) -> "Times":
        """The column that `blocks(name)` wrote."""
        return cls(real_numbers(blocks[f"{name}.seconds"]), sets_of(blocks[f"{name}.exact"])[0], in_order=in_order)
