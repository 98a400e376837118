"""Days of the reader's clock, and orders of stories in which each of them stands together.

A deck is in order of moments, and a date alone counts as midnight in Greenwich there. By another clock that midnight
lies in the middle of a day, perhaps of another one: a list under the headings of days has an order of its own.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cached_property
from itertools import pairwise

from tui.deck.columns import RowOrder, Times, rows_of, span_bits

_DAY = 86_400
# No zone has changed its clock and changed it back within so short a time.
_STEP = 7 * _DAY
_UNDATED = float("inf")


def local_day(at: datetime | None, time_known: bool, zone: tzinfo | None) -> date | None:
    """The day that something of this moment belongs to in `zone` (None: the system's); None if undated.

    Where only the date is known it is that date everywhere, not the evening before in the west.
    """
    if at is None:
        return None
    return at.astimezone(zone).date() if time_known else at.date()


class DayOrders:
    """The orders by time of all rows in which the days of a zone stand together.

    A date alone is the earliest of its day; what is undated comes last in both.
    """

    def __init__(self, times: Times, ages: Sequence[float]) -> None:
        self._times = times
        self._ages = ages

    @cached_property
    def newest(self) -> RowOrder:
        """The latest day first, and in it the latest time."""
        return RowOrder(sorted(range(len(self._ages)), key=self._ages.__getitem__))

    @cached_property
    def oldest(self) -> RowOrder:
        """The earliest day first, and in it the earliest time; those of one moment in their own order."""
        dated = sorted(range(self._times.dated), key=self._times.seconds.__getitem__)
        dated.sort(key=self._ages.__getitem__, reverse=True)
        return RowOrder([*dated, *range(self._times.dated, len(self._ages))])


def day_orders(times: Times, zone: tzinfo | None) -> DayOrders | None:
    """The orders by day of rows that stand newest first; None where every day stands together as they are."""
    made = times.memo.get(zone, lambda: _made(times, zone))
    return made if isinstance(made, DayOrders) else None


def _made(times: Times, zone: tzinfo | None) -> DayOrders | None:
    if not times.dated:
        return None
    offsets = _offsets(times.seconds[times.dated - 1], times.seconds[0], zone)
    has_dates_alone = bool(span_bits(0, times.dated) & ~times.exact) and any(offset for _start, offset in offsets)
    if not (has_dates_alone or any(_repeats_a_midnight(*turn) for turn in pairwise(offsets))):
        return None
    ages = _ages(times, offsets)
    return None if all(map(float.__le__, ages, ages[1:])) else DayOrders(times, ages)


def _repeats_a_midnight(before: tuple[float, float], after: tuple[float, float]) -> bool:
    """Whether clocks go back to the day before."""
    return (after[0] - 1 + before[1]) // _DAY > (after[0] + after[1]) // _DAY


def _ages(times: Times, offsets: Sequence[tuple[float, float]]) -> list[float]:
    """For each row a number that grows with the age of its day; half a day more for a date alone."""
    ages: list[float] = []
    seconds = times.seconds
    for (start, offset), (end, _next) in reversed(list(pairwise((*offsets, (_UNDATED, 0.0))))):
        low, high = times.bounds(start, end)
        ages += [-0.5 - (second + offset) // _DAY for second in seconds[low:high]]
    for row in rows_of(span_bits(0, times.dated) & ~times.exact):
        ages[row] = -(seconds[row] // _DAY)
    return ages + [_UNDATED] * (len(seconds) - times.dated)


def _offsets(first: float, last: float, zone: tzinfo | None) -> list[tuple[float, float]]:
    """From which second on clocks are how many seconds ahead of Greenwich, from `first` to `last`, ascending."""
    found = [(first, _offset(first, zone))]
    if isinstance(zone, timezone):
        return found
    at = first
    while at < last:
        after = min(at + _STEP, last)
        if _offset(after, zone) != found[-1][1]:
            before = found[-1][1]
            turn = bisect_right(range(int(at), int(after) + 1), 0, key=lambda s: _offset(s, zone) != before)
            found.append((int(at) + turn, _offset(after, zone)))
        at = after
    return found


def _offset(seconds: float, zone: tzinfo | None) -> float:
    ahead = datetime.fromtimestamp(seconds, UTC).astimezone(zone).utcoffset()
    return (ahead or timedelta()).total_seconds()
