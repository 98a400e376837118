"""The mouse in a pane: it scrolls, goes, chooses, selects text, and pulls the thumb or a border of the pane."""

from collections.abc import Callable

from rich.segment import Segment
from textual import events
from textual.selection import Selection

from tui.ui.messages import BorderPulled
from tui.ui.widgets.selecting import drawn_selected, letter_at, selection_of, text_of, word_at
from tui.ui.widgets.sheet import thumb_rows
from tui.ui.widgets.sheet_window import SheetWindow

WHEEL_ROWS = 3
_LEFT = 1
_Pull = Callable[[events.MouseEvent], None]


class Hand:
    """What the mouse does to one pane, and what is `selected` there; to `choose` takes the row under the cursor.

    The wheel scrolls. A click puts the cursor there; a second one, or one where the cursor is, chooses, or selects the
    word where nothing can be chosen. Held down, the left button pulls the thumb of the scrollbar, a border at the side,
    or, on the text, selects what it goes over; beyond the top or bottom the pane scrolls.
    """

    def __init__(self, pane: SheetWindow, choose: Callable[[], object]) -> None:
        self._pane = pane
        self._choose = choose
        self._pull: _Pull | None = None
        self._has_pulled = False
        self.selected: Selection | None = None
        self._text = ""

    def hold(self, selection: Selection | None) -> None:
        """Remember what is selected in the pane."""
        self.selected = selection
        self._text = "" if selection is None else self.text_of(selection)

    def check(self) -> None:
        """Select nothing any more where other lines have come and it would be another text."""
        if self.selected is not None and self.text_of(self.selected) != self._text:
            self._pane.screen.clear_selection()

    def text_of(self, selection: Selection) -> str:
        """The text of a selection as it is copied."""
        first, last = (offset.y if offset is not None else 0 for offset in selection)
        return text_of(self._pane.sheet.lines_between(first, last), selection)

    def drawn(self, segments: list[Segment], y: int) -> list[Segment]:
        """Row `y` of the pane with what is selected in it."""
        span = self.selected.get_span(self._pane.sheet.number_at(y)) if self.selected is not None else None
        return drawn_selected(segments, span, self._pane.ink("selection"))

    def take(self, event: events.MouseEvent) -> None:
        """Do what the mouse says."""
        match event:
            case events.MouseScrollDown():
                event.stop()
                self._pane.scroll_lines(WHEEL_ROWS)
            case events.MouseScrollUp():
                event.stop()
                self._pane.scroll_lines(-WHEEL_ROWS)
            case events.MouseDown() if event.button == _LEFT:
                self._press(event)
            case events.MouseMove() if self._pull is not None and event.button == _LEFT:
                self._has_pulled = True
                self._pull(event)
            case events.MouseUp() | events.MouseMove():
                self._pull = None
                self._pane.release_mouse()
            case events.Click():
                self._click(event)

    def _press(self, event: events.MouseDown) -> None:
        self._has_pulled = False
        self._pull = self._pull_at(event)
        if self._pull is not None:
            self._pane.capture_mouse()

    def _pull_at(self, event: events.MouseDown) -> _Pull | None:
        """What is taken hold of where the button is pressed."""
        pane = self._pane
        place = event.get_content_offset(pane)
        if place is None:
            side = {0: -1, pane.outer_size.width - 1: 1}.get(event.x)
            return None if side is None else lambda moved: self._pull_border(side, moved)
        if place.x < pane.inner_width:
            start = self._letter(place.x, place.y)
            return lambda moved: self._select(start, moved)
        thumb = thumb_rows(pane.bar(), pane.size.height)
        if thumb is None:
            return None
        if place.y not in thumb:
            self._pull_thumb(place.y - len(thumb) // 2, thumb)
            return lambda moved: self._pull_thumb(self._row(moved) - len(thumb) // 2, thumb)
        return lambda moved: self._pull_thumb(thumb.start + self._row(moved) - place.y, thumb)

    def _pull_border(self, side: int, event: events.MouseEvent) -> None:
        self._pane.post_message(BorderPulled(str(self._pane.id), side, event.screen_x))

    def _pull_thumb(self, first: int, thumb: range) -> None:
        """Scroll so that the thumb begins in a row of the scrollbar."""
        pane, room = self._pane, self._pane.size.height - len(thumb)
        fraction = min(max(first, 0), room) / max(room, 1)
        pane.change(lambda: pane.sheet.scroll_to_fraction(fraction))

    def _select(self, start: tuple[int, int], event: events.MouseEvent) -> None:
        pane, row = self._pane, self._row(event)
        if not 0 <= row < pane.size.height:
            pane.scroll_lines(1 if row > 0 else -1)
        column = event.x - pane.gutter.left
        self._show(selection_of(start, self._letter(column, min(max(row, 0), pane.size.height - 1))))

    def _show(self, selection: Selection) -> None:
        self._pane.screen.selections = {self._pane: selection}

    def _letter(self, column: int, row: int) -> tuple[int, int]:
        sheet = self._pane.sheet
        return sheet.number_at(row), letter_at(sheet.line_at(row), max(column, 0))

    def _row(self, event: events.MouseEvent) -> int:
        return event.y - self._pane.gutter.top

    def _click(self, event: events.Click) -> None:
        pane, place = self._pane, event.get_content_offset(self._pane)
        if place is None:
            return
        event.stop()
        if self._has_pulled or place.x >= pane.inner_width:
            return
        was_marked = pane.is_marked(place.y)
        if pane.change(lambda: pane.sheet.click_row(place.y)):
            if was_marked or event.chain > 1:
                self._choose()
        elif event.chain > 1:
            number, letter = self._letter(place.x, place.y)
            start, end = word_at(pane.line_at(place.y), letter)
            if start < end:
                self._show(selection_of((number, start), (number, end - 1)))
