"""The rows of a listing under the headings of their days, laid out only when they are looked at; pure."""

from collections.abc import Callable
from datetime import date, datetime, time, tzinfo
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.clock import Clock
from tui.config.settings import Density
from tui.deck.query.dates import instant
from tui.deck.view import Listing
from tui.model import Story
from tui.text.wording import counted, day_of_year
from tui.ui.widgets.lines import Line, rule
from tui.ui.widgets.listed_days import ListedDays
from tui.ui.widgets.row_facts import RowState
from tui.ui.widgets.sheet import Lead
from tui.ui.widgets.signs import NEW
from tui.ui.widgets.story_rows import (
    clock_time,
    compact_lines,
    day_line,
    highlights_of,
    row_lines,
)

if TYPE_CHECKING:
    from tui.deck.search.highlights import Highlights

ROOMY_FROM = 30
"""The height of a window in which about ten roomy rows with their days have room."""
_KEPT_ROWS = 1000
_RULE_CELLS = 5
"""What a heading takes around its title."""


class ListedStories:
    """The `RowSource` of a listing, fitted to a window, with headings for the days in an order by time.

    `state` gives what else there is to show of a row, by its number. `density` says how much room rows take.
    """

    def __init__(self, state: Callable[[int], RowState], clock: Clock, zone: tzinfo | None) -> None:
        self.listing = Listing()
        self._days = ListedDays(self.listing, zone)
        self.density: Density = "auto"
        self._since: datetime | None = None
        self._width = self._height = 1
        self._state = state
        self._clock = clock
        self._zone = zone
        self._highlights: Highlights | None = None
        self._laid_out: dict[int, list[Line]] = {}
        self._headings: dict[tuple[int, bool], list[Line]] = {}

    def __len__(self) -> int:
        return len(self.listing.docs)

    def show(self, listing: Listing) -> None:
        """Hold the rows of another listing."""
        self.listing = listing
        self._days = ListedDays(listing, self._zone)
        self._highlights = highlights_of(listing.expr)
        self.forget()

    def fit(self, width: int, height: int) -> None:
        """Lay the rows out for a window of so many cells and lines."""
        if (width, height) != (self._width, self._height):
            self._width, self._height = width, height
            self.forget()

    def forget(self) -> None:
        """Lay the rows out again, because what `state` gives or how much room they take has changed."""
        self._laid_out.clear()
        self._headings.clear()

    @property
    def is_compact(self) -> bool:
        """Whether rows take one line each."""
        return self.density == "compact" or (self.density == "auto" and self._is_low)

    @property
    def other_density(self) -> Density:
        """What gives rows the room that they do not take now; the usual one where that does."""
        if self.is_compact == self._is_low:
            return "roomy" if self.is_compact else "compact"
        return "auto"

    @property
    def _is_low(self) -> bool:
        return self._height < ROOMY_FROM

    @property
    def since(self) -> datetime | None:
        """The time (UTC) of the last visit: a line shows where what came later ends."""
        return self._since

    @since.setter
    def since(self, since: datetime | None) -> None:
        self._since = since
        self._headings.clear()

    def story(self, place: int) -> Story:
        """The story of a row; IndexError beyond the last."""
        return self.listing.deck.story(self.listing.docs[place])

    def row(self, place: int) -> list[Line]:
        """The lines of a row."""
        lines = self._laid_out.get(place)
        if lines is None:
            if len(self._laid_out) >= _KEPT_ROWS:
                self._laid_out.clear()
            lines = self._laid_out[place] = self._lines_of(place)
        return lines

    def link(self, place: int) -> Lead:
        """The address of the story of a row, and the domain of its outlet."""
        story = self.story(place)
        return story.url, story.outlet.domain

    def _lines_of(self, place: int) -> list[Line]:
        story, state = self.story(place), self._state(place)
        if self.is_compact:
            return compact_lines(story, self._width, self._when(place, story), state, self._highlights)
        if self.listing.by_time:
            # Where no story has a time of day, its room is left to the headlines.
            has_times = self.listing.deck.counts.timed > 0
            when = clock_time(story.published_at, story.time_known, self._zone) if has_times else ""
        else:
            # The time of a day means nothing where the rows before and after are of other days.
            when, state = self._when(place, story), replace(state, dated=True)
        return row_lines(story, self._width, when, state, self._highlights)

    def above(self, place: int, *, first: bool) -> list[Line]:
        """What stands above a row: its day where that changes or the list begins, and where what is new ends.

        Where those begin that match only with their related pieces, that is said. Over compact rows the day is left to
        the row itself where no other row is of that day; then the year stands where that changes.
        """
        lines = self._headings.get((place, first))
        if lines is None:
            if len(self._headings) >= _KEPT_ROWS:
                self._headings.clear()
            lines = self._headings[place, first] = self._lines_above(place, first=first)
        return lines

    def _lines_above(self, place: int, *, first: bool) -> list[Line]:
        lines = [rule(self._related_title(), "accent")] if place == self.listing.divider else []
        if not self._is_by_time(place):
            return lines
        before = self._days.head_of(place - 1) if place > 0 else None
        if before is not None and not first and not lines and self._is_known(place) and not self._is_known(before):
            lines.append(Line(((f" {NEW.drawn} New since you were here ", "accent"),), fill="─"))
        day, last = self._days.day(place), None if before is None else self._days.day(before)
        begins = first or before is None or place == self.listing.divider
        if not self.is_compact or day is None or self._shares_day(place):
            if begins or last != day:
                lines.append(day_line(day, self._today))
        elif begins or last is None or last.year != day.year:
            lines.append(rule(str(day.year)))
        return lines

    def _shares_day(self, place: int) -> bool:
        """Whether the row before or after one, members of events left out, is of the same day."""
        day, depths = self._days.day(place), self.listing.depths
        after = place + 1
        while after < len(depths) and depths[after]:
            after += 1
        others = [after] if after < len(self) else []
        others += [self._days.head_of(place - 1)] if place > 0 else []
        return any(self._days.day(other) == day for other in others)

    def _when(self, place: int, story: Story) -> str:
        """The time of a row, or its day or month where nothing above it tells that; as wide in all rows of a list."""
        day = self._days.day(place)
        head = self._days.head_of(place)
        if self.listing.by_time:
            told = self._shares_day(place) if head == place else day == self._days.day(head)
            width, in_full = len("26 Feb"), True
        else:
            told, width, in_full = False, len("2020-02"), day is not None and day.year == self._today.year
        if told or day is None:
            said = clock_time(story.published_at, story.time_known, self._zone)
        else:
            said = day_of_year(day) if in_full else f"{day:%Y-%m}"
        return f"{said:>{width}}"

    @property
    def _today(self) -> date:
        return self._clock().astimezone(self._zone).date()

    @property
    def days(self) -> ListedDays:
        """The days of the rows."""
        return self._days

    def _related_title(self) -> str:
        listing = self.listing
        stories, rows = len(listing.related), len(listing.docs) - (listing.divider or 0)
        more, told = " more" if listing.divider else "", f" in {counted(rows, 'row')}" if rows != stories else ""
        said = f"{stories:,}{more} only in related pieces"
        return f"{said}{told}" if len(said + told) <= self._width - _RULE_CELLS else said

    def _is_by_time(self, place: int) -> bool:
        """Whether days are shown at this row: the list is in order of time, and the row is no member of an event."""
        return self.listing.by_time and self._days.head_of(place) == place

    def _is_known(self, place: int) -> bool:
        """Whether the story of a row was there when the reader left; false while nothing is known of that."""
        if self._since is None:
            return False
        told = self.story(place)
        at = told.published_at
        if at is not None and not told.time_known:
            # In the list a date alone is the earliest of its day.
            return instant(datetime.combine(at.date(), time()), self._zone) <= self._since.timestamp()
        return at is None or at <= self._since
