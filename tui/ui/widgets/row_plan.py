"""Which rows of a long list are in sight, and in which lines; pure, and touching no rows but those near the window."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from tui.ui.widgets.lines import BLANK, Line
from tui.ui.widgets.sheet import NOWHERE, Ends, Lead

_NO_ROW = -1
_LINES, _FIRST_LINE = 64, 32
"""So many numbers each row has for its lines, and this is that of the first; what stands above it has those before."""


class RowSource(Protocol):
    """Rows of a few lines each, numbered from 0."""

    def __len__(self) -> int:
        """How many rows there are."""

    def row(self, place: int) -> Sequence[Line]:
        """The lines of a row."""

    def link(self, place: int) -> Lead:
        """Where a row leads."""

    def above(self, place: int, *, first: bool) -> Sequence[Line]:
        """The lines of what stands above a row, a heading perhaps; `first` where it is the first row in sight."""


class RowPlan:
    """The `Sheet` of a list of rows: `cursor` and `top`, the first row in sight, are places in `rows`.

    Where the cursor goes to a row, the whole row is in sight, as far as the window has room for it. Scrolling leaves
    the cursor on its row, also out of sight: then `is_cursor_away`. `instead` are the lines where there are no rows.
    """

    def __init__(self, rows: RowSource) -> None:
        self._rows = rows
        self.cursor = 0
        self.top = 0
        self.height = 0
        self.is_cursor_away = False
        self.instead: Sequence[Line] = ()
        self._lines: list[tuple[int, Line]] = []
        self._planned_for: tuple[int, int] | None = None

    def forget(self) -> None:
        """Take up what the rows say now, where they have changed."""
        self._planned_for = None

    def show(self, cursor: int, top: int, *, fit: bool = True) -> None:
        """Begin anew on rows that were exchanged, with the cursor on a place and `top` as near to that as it may be.

        Without `fit` the cursor may be out of sight.
        """
        self.forget()
        self.cursor = cursor
        self._put_top(top)
        if fit:
            self._fit()

    def resize(self, height: int) -> None:
        """Fit a window of another height, or rows of other lines; a cursor in sight stays there."""
        self.height = height
        self.forget()
        if self.is_cursor_away:
            self._put_top(self.top)
        else:
            self._fit()

    def put_cursor(self, place: int, *, at_top: bool = False) -> None:
        """Put the cursor on a row or the nearest there is, and scroll as little as needed, or it to the top."""
        place = self._nearest(place)
        if place == self.cursor and not self.is_cursor_away:
            return
        self.cursor = place
        if at_top:
            self.top = place
        self._fit()

    def move(self, step: int) -> None:
        """Move the cursor by rows."""
        self.put_cursor(self.cursor + step)

    def move_page(self, pages: float) -> None:
        """Move the cursor by pages of what is in sight, by a row at least."""
        rows = max(self._rows_in_sight - 1, 1)
        self.put_cursor(self.cursor + (round(pages * rows) or (1 if pages > 0 else -1)))

    def move_to_end(self, *, last: bool) -> None:
        """To the first or the last row."""
        self.put_cursor(len(self._rows) - 1 if last else 0)

    def scroll_lines(self, lines: int) -> None:
        """Scroll by whole rows, about as far as `lines`; the cursor stays on its row."""
        rows = abs(lines) * self._rows_in_sight // max(self.height, 1)
        self._put_top(self.top + max(rows, 1) * (1 if lines > 0 else -1))

    def scroll_to_fraction(self, fraction: float) -> None:
        """Scroll by a fraction of the way to the last row that can be the first in sight."""
        self._put_top(round(fraction * self._last_top))

    def line_at(self, y: int) -> Line:
        """The line at row `y` of the window."""
        lines = self._planned()
        return lines[y][1] if y < len(lines) else BLANK

    def number_at(self, y: int) -> int:
        """A number for row `y` of the window: the place of its row of the list, and which of the lines there it is."""
        lines = self._planned()
        if y >= len(lines):
            return len(self._rows) * _LINES + y
        place = next((at for at, _line in lines[y:] if at != _NO_ROW), lines[y - 1][0] + 1)
        first = next((number for number, (at, _line) in enumerate(lines) if at == place), len(lines))
        return place * _LINES + _FIRST_LINE + y - first

    def lines_between(self, first: int, last: int) -> Iterable[tuple[int, Line]]:
        """The lines of all rows from one number to another, with what stands above them."""
        for place in range(max(first // _LINES, 0), min(last // _LINES + 1, len(self._rows))):
            above = self._rows.above(place, first=place == self.top)
            begin = place * _LINES + _FIRST_LINE - len(above)
            for number, line in enumerate((*above, *self._rows.row(place)), begin):
                if first <= number <= last:
                    yield number, line

    def link_at(self, y: int) -> Lead:
        """Where the row of the list at row `y` of the window leads."""
        lines = self._planned()
        return self._rows.link(lines[y][0]) if y < len(lines) and lines[y][0] != _NO_ROW else NOWHERE

    def link_numbered(self, number: int) -> Lead:
        """Nowhere: no text of a row has links of its own."""
        return NOWHERE

    def is_marked(self, y: int) -> bool:
        """Whether row `y` of the window belongs to the row under the cursor."""
        lines = self._planned()
        return y < len(lines) and lines[y][0] == self.cursor

    def span(self, place: int) -> range:
        """The rows of the window that show the row at a place; none if it is out of sight."""
        found = [y for y, (at, _line) in enumerate(self._planned()) if at == place]
        return range(found[0], found[-1] + 1) if found else range(0)

    def bar(self) -> Ends | None:
        """The part of the rows that is in sight."""
        total, seen = len(self._rows), self._rows_in_sight
        if not total or (self.top == 0 and seen >= total):
            return None
        return self.top / total, min((self.top + seen) / total, 1.0)

    def click_row(self, y: int) -> bool:
        """Put the cursor on what row `y` of the window shows; whether that is one of the rows."""
        lines = self._planned()
        if y >= len(lines) or lines[y][0] == _NO_ROW:
            return False
        self.put_cursor(lines[y][0])
        return True

    def _nearest(self, place: int) -> int:
        return min(max(place, 0), max(len(self._rows) - 1, 0))

    def _put_top(self, top: int) -> None:
        # Where the last row in sight may be takes rows to be laid out which the first window does not show.
        self.top = min(top, self._last_top) if top > 0 else 0
        self.is_cursor_away = all(place != self.cursor for place, _line in self._planned())

    def _fit(self) -> None:
        """Move the first row as little as needed so that the whole row under the cursor is in sight."""
        self.is_cursor_away = False
        self.top = min(self.top, self.cursor)
        self.top = max(self.top, self._top_for(self.cursor))

    def _top_for(self, place: int) -> int:
        """The earliest first row with which the row at `place` is wholly in sight."""
        if not len(self._rows):
            return 0
        room = self.height - 1 - len(self._rows.row(place))
        top = place
        while top > 0:
            room -= len(self._rows.row(top - 1)) + len(self._rows.above(top, first=False))
            if room < 0:
                break
            top -= 1
        return top

    @property
    def _last_top(self) -> int:
        return self._top_for(len(self._rows) - 1)

    @property
    def _rows_in_sight(self) -> int:
        return len({place for place, _line in self._planned()} - {_NO_ROW})

    def _planned(self) -> list[tuple[int, Line]]:
        """The lines in the window, each with the place of its row; worked out once for each window."""
        window = (self.top, self.height)
        if self._planned_for != window:
            self._lines, self._planned_for = self._plan(), window
        return self._lines

    def _plan(self) -> list[tuple[int, Line]]:
        plan: list[tuple[int, Line]] = []
        if not len(self._rows):
            plan.extend((_NO_ROW, line) for line in self.instead)
        for place in range(self.top, len(self._rows)):
            if len(plan) >= self.height:
                break
            row = self._rows.row(place)
            if self.height > len(row):
                plan.extend((_NO_ROW, line) for line in self._rows.above(place, first=place == self.top))
            plan.extend((place, line) for line in row)
        return plan[: self.height]
