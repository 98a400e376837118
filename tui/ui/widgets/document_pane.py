"""A pane for a text that is laid out as a whole: the story, the topics, help, lists of problems."""

from collections.abc import Mapping, Sequence

from tui.ui.widgets.lines import Line
from tui.ui.widgets.pane import Pane
from tui.ui.widgets.text_sheet import TextSheet, starts_of


class DocumentPane(Pane):
    """Shows the `TextSheet` of the lines that `layout_lines` makes for a width."""

    def __init__(self, *, id: str) -> None:
        self.text = TextSheet()
        super().__init__(self.text, id=id)
        self._laid_out_for = 0

    @property
    def cursor(self) -> int | None:
        """The target the reader is on, or None."""
        return self.text.cursor

    @cursor.setter
    def cursor(self, target: int | None) -> None:
        self.text.cursor = target

    def layout_lines(self, width: int) -> Sequence[Line]:
        """The lines of the whole text at this width in cells."""
        raise NotImplementedError

    def target_lines(self, lines: Sequence[Line]) -> Mapping[int, int]:
        """In which of `lines` each target begins, from top to bottom."""
        return starts_of(lines)

    def relayout(self, *, keep_place: bool = True) -> None:
        """Lay the text out anew; `keep_place` keeps scroll and cursor where they still make sense."""
        self.fitting.has_changed()
        self.text.height = self.size.height
        self._laid_out_for = self.inner_width
        lines = self.layout_lines(self.inner_width)
        self.text.lay(lines, self.target_lines(lines), keep_place=keep_place)
        self.hand.check()
        self.refresh()

    def go_to(self, target: int) -> None:
        """Put the cursor on `target` and scroll it into sight; unknown targets are left alone."""
        self.change(lambda: self.text.go_to(target))

    def fit_to(self, width: int, height: int) -> None:
        """Wrap again when the width changed; what is read, and a cursor in sight, stay in sight."""
        lines = self.layout_lines(width) if width != self._laid_out_for else None
        self._laid_out_for = width
        self.text.resize(height, lines, self.target_lines(lines) if lines is not None else {})
