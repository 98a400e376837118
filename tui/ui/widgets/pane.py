"""The base of all panes: a widget that paints its own lines, so that its cost does not grow with its content."""

from typing import Final

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.ui.widgets.inks import Painted
from tui.ui.widgets.lines import MARK, Line, Span

MOVES: Final = ("down", "up", "top", "bottom", "half_down", "half_up", "page_down", "page_up")
"""The ids of the actions that every pane can do by itself."""


class Pane(Painted, can_focus=True):
    """Paints what `line_at` gives for each visible row, with a scrollbar of one column at the right.

    A subclass says which `Line` stands at a row of the screen, whether it `is_marked` (holds the cursor), and how
    large the bar is. Sizes never change when the content does, so nothing here ever causes a layout.
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

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._width = 1
        self._thumb: range | None = None

    def line_at(self, y: int) -> Line:
        """The line to paint at row `y` of the visible content."""
        raise NotImplementedError

    def is_marked(self, y: int) -> bool:
        """Whether row `y` belongs to what the cursor is on."""
        return False

    def bar(self) -> tuple[float, float] | None:
        """Where the scrollbar begins and ends, as fractions of the whole content; None if all is visible."""
        return None

    def move(self, step: int) -> None:
        """One step down (1) or up (-1)."""
        raise NotImplementedError

    def move_page(self, pages: float) -> None:
        """Go by pages of what is in sight, down or (below 0) up."""
        raise NotImplementedError

    def move_to_end(self, *, last: bool) -> None:
        """Go to the very end, or to the very beginning."""
        raise NotImplementedError

    def go(self, move: str) -> None:
        """Do one of `MOVES`."""
        match move:
            case "down" | "up":
                self.move(1 if move == "down" else -1)
            case "top" | "bottom":
                self.move_to_end(last=move == "bottom")
            case "half_down" | "half_up":
                self.move_page(0.5 if move == "half_down" else -0.5)
            case "page_down" | "page_up":
                self.move_page(1 if move == "page_down" else -1)

    def scroll_lines(self, lines: int) -> None:
        """Scroll by this many rows without moving the cursor more than needed."""
        raise NotImplementedError

    def scroll_to_fraction(self, fraction: float) -> None:
        """Scroll so that this fraction of the content is above the first row."""
        raise NotImplementedError

    def click_row(self, y: int) -> bool:
        """Put the cursor on row `y`; whether something can be chosen there."""
        raise NotImplementedError

    @property
    def inner_width(self) -> int:
        """The columns for text: all but the scrollbar's."""
        return max(self.size.width - 1, 1)

    def refresh_rows(self, first: int, count: int) -> None:
        """Repaint only these rows of the visible content."""
        if count > 0:
            self.refresh(Region(0, first, self.size.width, count))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint the lines of `crop`; what is the same for all of them is worked out once."""
        self._width = self.inner_width
        self._thumb = self._thumb_rows()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Paint row `y`, as part of `render_lines`."""
        line, base = self.line_at(y), self.base_style
        spans = line.spans
        if self.is_marked(y):
            base += self.ink("mark" if self.has_focus else "mark-rest")
            spans = _with_mark(spans)
        segments = self.segments(spans, self._width, base, line.fill)
        segments.append(self._bar_segment(y))
        return Strip(segments, self._width + 1)

    def _thumb_rows(self) -> range | None:
        place = self.bar()
        if place is None:
            return None
        height = max(self.size.height, 1)
        start, end = place
        first = min(int(start * height), height - 1)
        return range(first, max(first + 1, round(end * height)))

    def _bar_segment(self, y: int) -> Segment:
        thumb = self._thumb
        if thumb is None:
            return Segment(" ", self.base_style)
        if y in thumb:
            return Segment("#" if self.is_ascii else "┃", self.base_style + self.ink(self._thumb_ink))
        return Segment("|" if self.is_ascii else "│", self.base_style + self.ink("bar-back"))

    @property
    def _thumb_ink(self) -> str:
        return "bar-focus" if self.has_focus else "bar"

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls three rows."""
        event.stop()
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls three rows."""
        event.stop()
        self.scroll_lines(-3)

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there; a second one, or one where the cursor is, chooses."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        if offset.x >= self.inner_width and self.bar() is not None:
            self.scroll_to_fraction(offset.y / max(self.size.height - 1, 1))
            return
        was_marked = self.is_marked(offset.y)
        if self.click_row(offset.y) and (was_marked or event.chain > 1):
            self.post_message(self.Chosen(self))


def _with_mark(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans with a bar in the first cell, so that the cursor shows by more than colour."""
    if not spans or not spans[0][0].startswith(" "):
        return spans
    (text, style), *rest = spans
    return (MARK, "accent"), (text[1:], style), *rest
