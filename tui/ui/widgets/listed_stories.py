"""The rows of a listing under the headings of their days, laid out only when they are looked at; pure."""

from collections.abc import Callable
from datetime import date, datetime, time, tzinfo
from typing import TYPE_CHECKING

from tui.clock import Clock
from tui.deck.query.dates import instant
from tui.deck.view import Listing
from tui.model import Story
from tui.ui.widgets.lines import Line, rule
from tui.ui.widgets.sheet import Lead
from tui.ui.widgets.story_rows import RowState, day_line, highlights_of, row_lines, story_day

if TYPE_CHECKING:
    from tui.deck.search.highlights import Highlights

_KEPT_ROWS = 1000


class ListedStories:
    """The `RowSource` of a listing, `width` cells wide, with headings for the days in an order by time.

    `state` gives what else there is to show of a row, by its number. `since` is the time (UTC) of the last visit: a
    line shows where what came later ends.
    """

    def __init__(self, state: Callable[[int], RowState], clock: Clock, zone: tzinfo | None) -> None:
        self.listing = Listing()
        self.since: datetime | None = None
        self.width = 1
        self._state = state
        self._clock = clock
        self._zone = zone
        self._highlights: Highlights | None = None
        self._laid_out: dict[int, list[Line]] = {}

    def __len__(self) -> int:
        return len(self.listing.docs)

    def show(self, listing: Listing) -> None:
        """Hold the rows of another listing."""
        self.listing = listing
        self._highlights = highlights_of(listing.expr)
        self.forget()

    def forget(self) -> None:
        """Lay the rows out again, because their width or what `state` gives has changed."""
        self._laid_out.clear()

    def story(self, place: int) -> Story:
        """The story of a row; IndexError beyond the last."""
        return self.listing.deck.story(self.listing.docs[place])

    def row(self, place: int) -> list[Line]:
        """The lines of a row."""
        lines = self._laid_out.get(place)
        if lines is None:
            if len(self._laid_out) >= _KEPT_ROWS:
                self._laid_out.clear()
            story, state = self.story(place), self._state(place)
            lines = self._laid_out[place] = row_lines(story, self.width, self._zone, state, self._highlights)
        return lines

    def link(self, place: int) -> Lead:
        """The address of the story of a row, and the domain of its outlet."""
        story = self.story(place)
        return story.url, story.outlet.domain

    def above(self, place: int, *, first: bool) -> list[Line]:
        """What stands above a row: its day where that changes or the list begins, and where what is new ends.

        Where those begin that match only with their related pieces, that is said.
        """
        lines = [rule(self._related_title, "accent")] if place == self.listing.divider else []
        if not self._is_by_time(place):
            return lines
        before = self._head_of(place - 1) if place > 0 else None
        if before is not None and not first and not lines and self._is_known(place) and not self._is_known(before):
            lines.append(Line(((" ▲ New since you were here ", "accent"),), fill="─"))
        if first or before is None or place == self.listing.divider or self._day(before) != self._day(place):
            lines.append(day_line(self._day(place), self._clock().astimezone(self._zone).date()))
        return lines

    def first_of_day(self, place: int, step: int) -> int:
        """The first row of the next older (1) or newer (-1) day than that of a row.

        In an order by time, where there is none, it is the outermost row at that end; in any other, the row itself.
        """
        if not self.listing.by_time:
            return self._nearest_of_day(place, step)
        if (step > 0) != self.listing.newest_first:
            place = self._begin_of_day(place)
            return self._begin_of_day(place - 1) if place > 0 else place
        here, after = self._day(self._head_of(place)), place
        while after < len(self) - 1 and self._day(self._head_of(after)) == here:
            after += 1
        # What has no day is not newer than what has one.
        return place if step < 0 and here is not None and self._day(self._head_of(after)) is None else after

    def _nearest_of_day(self, place: int, step: int) -> int:
        """The nearest row below of an older day (1), or above of a newer one (-1)."""
        here = _in_time(self._day(place))
        others = range(place + 1, len(self)) if step > 0 else range(place - 1, -1, -1)
        return next((other for other in others if (_in_time(self._day(other)) - here) * step < 0), place)

    @property
    def _related_title(self) -> str:
        return f"{len(self.listing.related):,}{' more' if self.listing.divider else ''} only in related pieces"

    def _begin_of_day(self, place: int) -> int:
        place = self._head_of(place)
        here = self._day(place)
        while place > 0 and self._day(self._head_of(place - 1)) == here:
            place = self._head_of(place - 1)
        return place

    def _is_by_time(self, place: int) -> bool:
        """Whether days are shown at this row: the list is in order of time, and the row is no member of an event."""
        return self.listing.by_time and self._head_of(place) == place

    def _head_of(self, place: int) -> int:
        """The row of the event that a row is a member of, under the heading of whose day it stands; else the row."""
        depths = self.listing.depths
        while place < len(depths) and depths[place]:
            place -= 1
        return place

    def _is_known(self, place: int) -> bool:
        """Whether the story of a row was there when the reader left; false while nothing is known of that."""
        if self.since is None:
            return False
        told = self.story(place)
        at = told.published_at
        if at is not None and not told.time_known:
            # In the list a date alone is the earliest of its day.
            return instant(datetime.combine(at.date(), time()), self._zone) <= self.since.timestamp()
        return at is None or at <= self.since

    def _day(self, place: int) -> date | None:
        return story_day(self.story(place), self._zone)


def _in_time(day: date | None) -> int:
    """A number that grows with the day; what has none counts as the oldest."""
    return 0 if day is None else day.toordinal()
