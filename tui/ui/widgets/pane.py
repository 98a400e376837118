"""The base of all panes: a widget that paints its own lines, so that its cost does not grow with its content."""

from collections.abc import Callable, Mapping
from typing import Final

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from tui.ui.widgets.fitting import Fitting
from tui.ui.widgets.hand import Hand
from tui.ui.widgets.inks import LINKS_CLASS
from tui.ui.widgets.lines import MARK, Span
from tui.ui.widgets.linked import drawn_links
from tui.ui.widgets.sheet import Sheet, bar_cell, thumb_rows
from tui.ui.widgets.sheet_window import SheetWindow

MOVES: Final[Mapping[str, Callable[[Sheet], None]]] = {
    "down": lambda sheet: sheet.move(1),
    "up": lambda sheet: sheet.move(-1),
    "top": lambda sheet: sheet.move_to_end(last=False),
    "bottom": lambda sheet: sheet.move_to_end(last=True),
    "half_down": lambda sheet: sheet.move_page(0.5),
    "half_up": lambda sheet: sheet.move_page(-0.5),
    "page_down": lambda sheet: sheet.move_page(1),
    "page_up": lambda sheet: sheet.move_page(-1),
}
"""What every pane can do by itself, by the ids of the actions."""


class Pane(SheetWindow, can_focus=True):
    """Paints the rows of a `Sheet` that are in sight, with a scrollbar of one column at the right.

    The sheet knows its lines and where the cursor is; the pane brings it keys and mouse, and paints what they changed.
    Sizes never change when the content does, so nothing here ever causes a layout.
    """

    class Chosen(Message):
        """The reader chose the row under the cursor, by key or by mouse."""

        def __init__(self, pane: "Pane") -> None:
            super().__init__()
            self.pane = pane

        @property
        def control(self) -> "Pane":
            """The pane it happened in."""
            return self.pane

    def __init__(self, sheet: Sheet, *, id: str) -> None:
        super().__init__(sheet, id=id)
        self._width = 1
        self._thumb: range | None = None
        self._draws_links = False
        self.fitting = Fitting(self)
        self.hand = Hand(self, choose=lambda: self.post_message(self.Chosen(self)))

    def go(self, move: str) -> None:
        """Do one of `MOVES`."""
        self.change(lambda: MOVES[move](self.sheet))

    def fit_to(self, width: int, height: int) -> None:
        """Lay out for a window of so many cells and lines."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the lines of `crop`; what is the same for all of them is worked out once."""
        self.fitting.check()
        self._width = self.inner_width
        self._thumb = thumb_rows(self.bar(), self.size.height)
        self._draws_links = self.app.has_class(LINKS_CLASS)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Paint row `y`, as part of `render_lines`."""
        return _row(self, y, self._width, self._thumb, draws_links=self._draws_links)

    def on_resize(self, event: events.Resize) -> None:
        """Fit, also where nothing is painted; what was selected may be gone."""
        self.fitting.check()
        self.hand.check()

    async def on_event(self, event: events.Event) -> None:
        """Let the hand have what the mouse does."""
        if isinstance(event, events.MouseEvent):
            self.hand.take(event)
        await super().on_event(event)

    def selection_updated(self, selection: Selection | None) -> None:
        """Paint what is selected, or no longer is."""
        self.hand.hold(selection)
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """The text of a selection as it is copied, and what follows it."""
        return self.hand.text_of(selection), "\n"


def _row(pane: Pane, y: int, width: int, thumb: range | None, *, draws_links: bool) -> Strip:
    """A row of a pane: a line in `width` cells, and what stands in the scrollbar beside it."""
    line, base = pane.line_at(y), pane.base_style
    spans = line.spans
    if pane.is_marked(y):
        base += pane.ink("mark" if pane.has_focus else "mark-rest")
        spans = _with_mark(spans)
    segments = pane.segments(spans, width, base, line.fill)
    if draws_links:
        segments = drawn_links(segments, spans, pane.sheet, y)
    if pane.hand.selected is not None:
        segments = pane.hand.drawn(segments, y)
    segments += pane.segments([bar_cell(y, thumb, has_focus=pane.has_focus)], 1, pane.base_style)
    return Strip(segments, width + 1)


def _with_mark(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans with a bar in the first cell, so that the cursor shows by more than colour."""
    if not spans or not spans[0][0].startswith(" "):
        return spans
    (text, style), *rest = spans
    return (MARK, "accent"), (text[1:], style), *rest
