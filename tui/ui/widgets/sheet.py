"""What a pane shows, apart from any widget: lines around a cursor, of which as many are in sight as there is room."""

from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from tui.ui.widgets.lines import Line, Span

Lead = tuple[str, str]
"""An address, as a card says it, and the domain of its outlet; both empty for what leads nowhere."""
NOWHERE: Final[Lead] = ("", "")
Ends = tuple[float, float]
"""Where what is in sight begins and ends, as fractions of the whole."""

_THUMB: Mapping[bool, Span] = {True: ("┃", "bar-focus"), False: ("┃", "bar")}
_BACK: Span = ("│", "bar-back")
_NO_BAR: Span = (" ", "")


class Sheet(Protocol):
    """Lines with a cursor (None: on nothing), seen through a window of `height` rows that begins at `top`."""

    height: int

    @property
    def top(self) -> int:
        """What is in the first row of the window, counted in whatever is scrolled by."""

    @property
    def cursor(self) -> int | None:
        """What the cursor is on, or None."""

    def line_at(self, y: int) -> Line:
        """The line in row `y` of the window; a blank one below the end."""

    def number_at(self, y: int) -> int:
        """The number of the line in row `y` of the window, which it keeps while scrolling; they ascend."""

    def lines_between(self, first: int, last: int) -> Iterable[tuple[int, Line]]:
        """The lines with the numbers from `first` to `last`, each with its number."""

    def link_at(self, y: int) -> Lead:
        """Where row `y` of the window leads."""

    def link_numbered(self, number: int) -> Lead:
        """Where the link with a number in the text leads."""

    def is_marked(self, y: int) -> bool:
        """Whether row `y` of the window belongs to what the cursor is on."""

    def bar(self) -> Ends | None:
        """Which part is in sight; None if all of it is."""

    def move(self, step: int) -> None:
        """One step down (1) or up (-1)."""

    def move_page(self, pages: float) -> None:
        """Go by pages of what is in sight, down or (below 0) up."""

    def move_to_end(self, *, last: bool) -> None:
        """Go to the very end, or to the very beginning."""

    def scroll_lines(self, lines: int) -> None:
        """Scroll by this many rows; the cursor stays where it is."""

    def scroll_to_fraction(self, fraction: float) -> None:
        """Scroll by this fraction of all the way there is to scroll from the top; the cursor stays where it is."""

    def click_row(self, y: int) -> bool:
        """Put the cursor on row `y`; whether something can be chosen there."""


def thumb_rows(ends: Ends | None, height: int) -> range | None:
    """The rows of a scrollbar, `height` rows high, that stand for what is in sight: one at least. None for no bar."""
    if ends is None:
        return None
    height = max(height, 1)
    start, end = ends
    first = min(int(start * height), height - 1)
    return range(first, max(first + 1, round(end * height)))


def bar_cell(y: int, thumb: range | None, *, has_focus: bool) -> Span:
    """What stands in row `y` of a scrollbar."""
    if thumb is None:
        return _NO_BAR
    return _THUMB[has_focus] if y in thumb else _BACK
