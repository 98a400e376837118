"""The list of stories: flat cost in the number of rows, because only what is in sight is ever touched."""

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from tui.clock import Clock
from tui.deck.view import Listing
from tui.model import Story
from tui.ui.widgets.lines import BLANK, Line
from tui.ui.widgets.pane import Pane
from tui.ui.widgets.story_rows import RowState, day_line, row_lines, story_day

if TYPE_CHECKING:
    from tui.deck.search.highlights import Highlights

_NO_ROW = -1
_KEPT_ROWS = 1000


class StoryList(Pane):
    """Shows a listing as rows of a few lines each; in an order by time with the day of the first one always on top.

    `cursor` and `top` are positions in the listing. The selection is a story, not a position: it is found again by id
    whenever the listing is replaced. `state` tells what else there is to show of a row, by its position. `since` is the
    time (UTC) of the last visit: a line shows where what came later ends.
    """

    class Highlighted(Message):
        """The cursor came to rest on another story, or on none (`story` is None)."""

        def __init__(self, pane: "StoryList", story: Story | None) -> None:
            super().__init__()
            self.pane = pane
            self.story = story

        @property
        def control(self) -> "StoryList":
            """The list it happened in."""
            return self.pane

    def __init__(self, state: Callable[[int], RowState], clock: Clock, zone: tzinfo | None = None, *, id: str) -> None:
        super().__init__(id=id)
        self.listing = Listing()
        self.since: datetime | None = None
        self.cursor = 0
        self.top = 0
        self._state = state
        self._highlights: Highlights | None = None
        self._clock = clock
        self._zone = zone
        self._plan: list[tuple[int, Line]] = []
        self._laid_out: dict[int, list[Line]] = {}
        self._touched = False
        self._settled = False
        self._wish = ""

    @property
    def story(self) -> Story | None:
        """The story under the cursor, or None in an empty list."""
        return self.story_at(self.cursor) if self.listing.docs else None

    def story_at(self, place: int) -> Story:
        """The story of a row; IndexError beyond the last."""
        return self.listing.deck.story(self.listing.docs[place])

    def show(self, listing: Listing) -> None:
        """Show another listing; the cursor stays on its story once it has been moved, or goes where it is wished.

        Where that story is gone the cursor keeps its place in the list. Rows arriving above do not move it.
        """
        before = self.story
        wished = bool(self._wish) and listing.row_of(self._wish) is not None
        wanted = (
            self._wish if wished else before.id if before is not None and (self._touched or self._settled) else None
        )
        self._wish = "" if wished else self._wish
        above = self.cursor - self.top
        self.listing = listing
        self._highlights = _highlights_of(listing)
        self._laid_out.clear()
        place = self._place(wanted)
        if place is None:
            place = min(self.cursor, max(len(listing.docs) - 1, 0)) if self._touched or self._settled else 0
        self.cursor = place
        self.top = min(max(place - above, 0), self._last_top())
        self._touched = self._touched or wished
        self._fit()
        self.refresh()
        if _id(self.story) != _id(before):
            self.post_message(self.Highlighted(self, self.story))

    @property
    def was_moved(self) -> bool:
        """Whether the reader has moved the cursor."""
        return self._touched

    def wish(self, story_id: str) -> None:
        """Go to the story with this id as soon as a listing shows it."""
        self._wish = story_id

    def redraw(self) -> None:
        """Paint the rows again, because what `state` gives has changed."""
        self._laid_out.clear()
        self._plan = []
        self.refresh()

    def settle(self) -> None:
        """Stay with the story under the cursor from now on, as if the reader had gone there."""
        self._settled = bool(self.listing.docs)

    def move(self, step: int) -> None:
        """Move the cursor by rows; only the two rows concerned are painted again, unless the list must scroll."""
        self._set_cursor(self.cursor + step)

    def move_page(self, pages: float) -> None:
        """Move the cursor by pages of what is in sight."""
        rows = max(self._rows_in_sight() - 1, 1)
        self._set_cursor(self.cursor + (round(pages * rows) or (1 if pages > 0 else -1)))

    def move_to_end(self, *, last: bool) -> None:
        """To the first or the last row."""
        self._set_cursor(len(self.listing.docs) - 1 if last else 0)

    def move_day(self, step: int) -> None:
        """To the first story of the next older (1) or newer (-1) day."""
        if not self.listing.docs:
            return
        here, place = self._day(self.cursor), self.cursor
        if step < 0:
            while place > 0 and self._day(place - 1) == here:
                place -= 1
            here, place = (self._day(place - 1), place - 1) if place > 0 else (here, place)
            while place > 0 and self._day(place - 1) == here:
                place -= 1
        else:
            while place < len(self.listing.docs) - 1 and self._day(place) == here:
                place += 1
        self._set_cursor(place, at_top=True)

    def put_cursor(self, place: int) -> None:
        """Put the cursor on a row by its position."""
        self._set_cursor(place)

    def select(self, story_id: str) -> bool:
        """Put the cursor on the story with this id; whether it is in the list."""
        place = self._place(story_id)
        if place is not None:
            self._set_cursor(place)
        return place is not None

    def line_at(self, y: int) -> Line:
        """The line at row `y` of what is in sight."""
        plan = self._planned()
        return plan[y][1] if y < len(plan) else BLANK

    def is_marked(self, y: int) -> bool:
        """Whether row `y` belongs to the story under the cursor."""
        plan = self._planned()
        return y < len(plan) and plan[y][0] == self.cursor

    def bar(self) -> tuple[float, float] | None:
        """The part of the rows that is in sight."""
        total, seen = len(self.listing.docs), self._rows_in_sight()
        if not total or (self.top == 0 and seen >= total):
            return None
        return self.top / total, min((self.top + seen) / total, 1.0)

    def scroll_lines(self, lines: int) -> None:
        """Scroll by whole rows, about as far as `lines`; the cursor is taken along only at the edges."""
        rows = max(abs(lines) // 2, 1) * (1 if lines > 0 else -1)
        self._put_top(self.top + rows)

    def scroll_to_fraction(self, fraction: float) -> None:
        """Scroll to a fraction of the rows."""
        self._put_top(round(fraction * len(self.listing.docs)))

    def click_row(self, y: int) -> bool:
        """Put the cursor on the story at row `y`, if there is one."""
        plan = self._planned()
        if y >= len(plan) or plan[y][0] == _NO_ROW:
            return False
        self._set_cursor(plan[y][0])
        return True

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in sight."""
        self._laid_out.clear()
        self._fit()
        self.refresh()

    def _set_cursor(self, place: int, *, at_top: bool = False) -> None:
        place = min(max(place, 0), max(len(self.listing.docs) - 1, 0))
        if place == self.cursor or not self.listing.docs:
            return
        old, self.cursor = self.cursor, place
        self._touched = True
        plan, top = self._planned(), self.top
        if at_top:
            self.top = place
        self._fit()
        if self.top == top:
            self._plan = plan
            self._repaint_rows(old, place)
        else:
            self.refresh()
        self.post_message(self.Highlighted(self, self.story))

    def _repaint_rows(self, *places: int) -> None:
        for place in places:
            rows = [y for y, (at, _line) in enumerate(self._planned()) if at == place]
            if rows:
                self.refresh_rows(rows[0], len(rows))

    def _put_top(self, top: int) -> None:
        before = self.top
        self.top = min(max(top, 0), self._last_top())
        self._plan = []
        if self.top == before or not self.listing.docs:
            return
        shown = [place for place, _line in self._planned() if place != _NO_ROW]
        self._plan = []
        if self.cursor not in shown:
            full = shown[:-1] or shown
            self._set_cursor(shown[0] if self.cursor < shown[0] else full[-1])
        self.refresh()

    def _fit(self) -> None:
        """Move the first row as little as needed so that the whole row under the cursor is in sight."""
        self._plan = []
        self.top = min(self.top, self.cursor)
        self.top = max(self.top, self._top_for(self.cursor))

    def _top_for(self, place: int) -> int:
        """The earliest first row with which the row at `place` is wholly in sight."""
        if not self.listing.docs:
            return 0
        room = self.size.height - 1 - len(self._row(place))
        top = place
        while top > 0:
            room -= len(self._row(top - 1)) + len(self._above(top))
            if room < 0:
                break
            top -= 1
        return top

    def _last_top(self) -> int:
        return self._top_for(len(self.listing.docs) - 1) if self.listing.docs else 0

    def _planned(self) -> list[tuple[int, Line]]:
        if not self._plan and self.listing.docs:
            self._plan = self._make_plan()
        return self._plan

    def _make_plan(self) -> list[tuple[int, Line]]:
        plan: list[tuple[int, Line]] = []
        for place in range(self.top, len(self.listing.docs)):
            if len(plan) >= self.size.height:
                break
            row = self._row(place)
            if self.size.height > len(row):
                plan.extend((_NO_ROW, line) for line in self._above(place, first=place == self.top))
            plan.extend((place, line) for line in row)
        return plan[: self.size.height]

    def _above(self, place: int, *, first: bool = False) -> list[Line]:
        """What stands above a row: its day where that changes or the list begins, and where what is new ends."""
        if not self._is_by_time(place):
            return []
        lines = []
        before = place - 1 if place > 0 else None
        if before is not None and not first and self._is_known(place) and not self._is_known(before):
            lines.append(Line(((" ▲ New since you were here ", "accent"),), fill="─"))
        if first or before is None or lines or self._day(before) != self._day(place):
            lines.append(day_line(self._day(place), self._clock().astimezone(self._zone).date()))
        return lines

    def _is_by_time(self, place: int) -> bool:
        """Whether days are shown at this row: the list is in order of time, and the row is no member of an event."""
        listing = self.listing
        return listing.by_time and not (place < len(listing.depths) and listing.depths[place])

    def _is_known(self, place: int) -> bool:
        """Whether the story of a row was there when the reader left; false while nothing is known of that."""
        at = self.story_at(place).published_at
        return self.since is not None and (at is None or at <= self.since)

    def _row(self, place: int) -> list[Line]:
        lines = self._laid_out.get(place)
        if lines is None:
            if len(self._laid_out) >= _KEPT_ROWS:
                self._laid_out.clear()
            story, state = self.story_at(place), self._state(place)
            lines = self._laid_out[place] = row_lines(story, self.inner_width, self._zone, state, self._highlights)
        return lines

    def _day(self, place: int) -> date | None:
        return story_day(self.story_at(place), self._zone)

    def _rows_in_sight(self) -> int:
        return len({place for place, _line in self._planned()} - {_NO_ROW})

    def _place(self, story_id: str | None) -> int | None:
        return None if story_id is None else self.listing.row_of(story_id)


def _highlights_of(listing: Listing) -> "Highlights | None":
    if not listing.narrowed:
        return None
    from tui.deck.search.highlights import Highlights  # not needed before somebody searches

    return Highlights(listing.expr)


def _id(story: Story | None) -> str | None:
    return None if story is None else story.id
