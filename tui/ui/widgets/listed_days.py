"""The days of the rows of a listing, and the way from one to the next; pure, and touching few rows of a long list."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, tzinfo

import msgspec

from tui.deck.view import Listing
from tui.ui.widgets.story_rows import story_day

NEAR_ROWS = 200
"""Rows among which something is looked for at once."""


class ListedDays(msgspec.Struct, frozen=True, eq=False):
    """The days of a `listing` in a time zone (None for the system's)."""

    listing: Listing
    zone: tzinfo | None

    def day(self, row: int) -> date | None:
        """The day of the story of a row; None if it is undated."""
        return story_day(self.listing.deck.story(self.listing.docs[row]), self.zone)

    def head_of(self, row: int) -> int:
        """The row of the event that a row is a member of, under the heading of whose day it stands; else the row."""
        depths = self.listing.depths
        while row < len(depths) and depths[row]:
            row -= 1
        return row

    def first_of_day(self, row: int, step: int) -> int:
        """The first row of the next older (1) or newer (-1) day than that of a row.

        In an order by time, where there is none, it is the outermost row at that end; in any other, where all rows
        that way are looked at, the row itself.
        """
        if not self.listing.by_time:
            nearest = self.nearest_of_day(row, step, self.beyond(row, step))
            return row if nearest is None else nearest
        if (step > 0) != self.listing.newest_first:
            row = self._begin(row)
            return self._begin(row - 1) if row > 0 else row
        after = self._end(row)
        if after == len(self.listing.docs):
            return after - 1
        # What has no day is not newer than what has one.
        is_lost = step < 0 and self._head_day(row) is not None and self._head_day(after) is None
        return row if is_lost else after

    def near(self, row: int, step: int) -> int | None:
        """As `first_of_day`, but None where the list is in no order by time and there is none near."""
        if self.listing.by_time:
            return self.first_of_day(row, step)
        others = self.beyond(row, step)
        nearest = self.nearest_of_day(row, step, others[:NEAR_ROWS])
        return row if nearest is None and len(others) <= NEAR_ROWS else nearest

    def nearest_of_day(self, row: int, step: int, others: Iterable[int]) -> int | None:
        """The first of some other rows that is of an older (1) or a newer (-1) day than a row, in whatever order."""
        here = _in_time(self.day(row))
        return next((other for other in others if (_in_time(self.day(other)) - here) * step < 0), None)

    def beyond(self, row: int, step: int) -> range:
        """The rows below (1) or above (-1) one, the nearest first."""
        return range(row + 1, len(self.listing.docs)) if step > 0 else range(row - 1, -1, -1)

    def _head_day(self, row: int) -> date | None:
        return self.day(self.head_of(row))

    def _part(self, row: int) -> range:
        """The rows among which days follow one another: all that match, or all whose related pieces do."""
        rows, divider = len(self.listing.docs), self.listing.divider or 0
        return range(divider, rows) if row >= divider else range(divider)

    def _begin(self, row: int) -> int:
        here = self._head_day(row)
        before = range(self._part(row).start, row + 1)
        return before[bisect_left(before, True, key=lambda other: self._head_day(other) == here)]

    def _end(self, row: int) -> int:
        here = self._head_day(row)
        after = range(row, self._part(row).stop)
        return row + bisect_left(after, True, key=lambda other: self._head_day(other) != here)


def _in_time(day: date | None) -> int:
    """A number that grows with the day; what has none counts as the oldest."""
    return 0 if day is None else day.toordinal()
