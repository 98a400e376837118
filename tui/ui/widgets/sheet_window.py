"""A widget that shows the lines of a sheet which are in sight: what moves it over the sheet, not how it looks."""

from collections.abc import Callable

from tui.ui.widgets.inks import Painted
from tui.ui.widgets.lines import Line
from tui.ui.widgets.sheet import Ends, Sheet


class SheetWindow(Painted):
    """Shows as many lines of a `Sheet` as it is high, from the sheet's `top` on; a column at the right is its bar's."""

    def __init__(self, sheet: Sheet, *, id: str) -> None:
        super().__init__(id=id)
        self.sheet = sheet

    @property
    def top(self) -> int:
        """What is in the first row in sight."""
        return self.sheet.top

    def line_at(self, y: int) -> Line:
        """The line in row `y` of what is in sight."""
        return self.sheet.line_at(y)

    def is_marked(self, y: int) -> bool:
        """Whether row `y` belongs to what the cursor is on."""
        return self.sheet.is_marked(y)

    def bar(self) -> Ends | None:
        """Where the scrollbar begins and ends, as fractions of the whole content; None if all is visible."""
        self.sheet.height = self.size.height
        return self.sheet.bar()

    def scroll_lines(self, lines: int) -> None:
        """Scroll by this many rows; the cursor stays where it is."""
        self.change(lambda: self.sheet.scroll_lines(lines))

    def change(self, act: Callable[[], object]) -> object:
        """Do something that may move cursor or window, and show what came of it; gives what `act` gives."""
        sheet = self.sheet
        sheet.height = self.size.height
        top, cursor = sheet.top, sheet.cursor
        result = act()
        if (sheet.top, sheet.cursor) != (top, cursor):
            self.show_change(top, cursor)
        return result

    def show_change(self, top: int, cursor: int | None) -> None:
        """Paint again after window or cursor have gone from these places to others."""
        self.refresh()

    @property
    def inner_width(self) -> int:
        """The columns for text: all but the scrollbar's."""
        return max(self.size.width - 1, 1)
