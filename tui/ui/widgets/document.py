"""A pane for a text that is laid out as a whole: the story, the topics, help, lists of problems."""

from collections.abc import Mapping, Sequence

from textual import events

from tui.ui.widgets.lines import BLANK, Line
from tui.ui.widgets.pane import Pane


class DocumentPane(Pane):
    """Shows lines that `layout_lines` makes for a width; lines with a target can be stepped through and chosen.

    `cursor` is the target the reader is on, or None. Moving down goes to the next target if it is in sight and else
    scrolls, so that long texts between targets are read, not jumped over.
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.cursor: int | None = None
        self.top = 0
        self._lines: Sequence[Line] = ()
        self._starts: Mapping[int, int] = {}
        self._laid_out_for = 0
        self._height = 0

    def layout_lines(self, width: int) -> Sequence[Line]:
        """The lines of the whole text at this width in cells."""
        raise NotImplementedError

    def target_lines(self, lines: Sequence[Line]) -> Mapping[int, int]:
        """In which of `lines` each target begins, from top to bottom."""
        starts: dict[int, int] = {}
        for number, line in enumerate(lines):
            if line.target is not None:
                starts.setdefault(line.target, number)
        return starts

    def relayout(self, *, keep_place: bool = True) -> None:
        """Lay the text out anew; `keep_place` keeps scroll and cursor where they still make sense."""
        self._lines = self.layout_lines(self.inner_width)
        self._laid_out_for = self.inner_width
        self._starts = self.target_lines(self._lines)
        if not keep_place:
            self.top, self.cursor = 0, None
        if self.cursor not in self._starts:
            self.cursor = None
        self.top = min(self.top, self._max_top)
        self.refresh()

    @property
    def targets(self) -> tuple[int, ...]:
        """All targets, from top to bottom."""
        return tuple(self._starts)

    def line_at(self, y: int) -> Line:
        """The line at row `y`, counted from the top of what is in sight."""
        number = self.top + y
        return self._lines[number] if number < len(self._lines) else BLANK

    def is_marked(self, y: int) -> bool:
        """Whether row `y` shows the chosen target."""
        return self.cursor is not None and self.line_at(y).target == self.cursor

    def bar(self) -> tuple[float, float] | None:
        """The part of the text that is in sight."""
        total = len(self._lines)
        if total <= self.size.height:
            return None
        return self.top / total, (self.top + self.size.height) / total

    def scroll_lines(self, lines: int) -> None:
        """Scroll by lines; the cursor stays where it is."""
        top = min(max(self.top + lines, 0), self._max_top)
        if top != self.top:
            self.top = top
            self.refresh()

    def scroll_to_fraction(self, fraction: float) -> None:
        """Scroll to a fraction of the text."""
        self.scroll_lines(round(fraction * self._max_top) - self.top)

    def move(self, step: int) -> None:
        """One step down (1) or up (-1): to the next target in sight, else a line."""
        target = self._neighbour(step)
        start = self._starts.get(target, -1) if target is not None else -1
        if target is not None and self.top <= start < self.top + self.size.height:
            self.go_to(target)
        else:
            self.scroll_lines(step)

    def move_page(self, pages: float) -> None:
        """Scroll by pages of what is in sight, and bring the cursor along."""
        self.scroll_lines(round(pages * max(self.size.height - 1, 1)))
        if self.cursor is not None and not self._in_sight(self.cursor):
            in_sight = [target for target in self._starts if self._in_sight(target)]
            if in_sight:
                self._set_cursor(in_sight[0 if pages > 0 else -1])

    def move_to_end(self, *, last: bool) -> None:
        """To the first or the last line, with the cursor on the outermost target there."""
        targets = self.targets
        self.scroll_lines(len(self._lines) if last else -len(self._lines))
        if targets and self.cursor is not None:
            self._set_cursor(targets[-1 if last else 0])

    def go_to(self, target: int) -> None:
        """Put the cursor on `target` and scroll it into sight; unknown targets are left alone."""
        start = self._starts.get(target)
        if start is None:
            return
        end = start
        while end + 1 < len(self._lines) and self._lines[end + 1].target == target:
            end += 1
        if end >= self.top + self.size.height:
            self.top = end - self.size.height + 1
        if start < self.top:
            self.top = start
        self._set_cursor(target)

    def click_row(self, y: int) -> bool:
        """Put the cursor on the target at row `y`, if there is one."""
        target = self.line_at(y).target
        if target is None:
            return False
        self._set_cursor(target)
        return True

    def on_resize(self, event: events.Resize) -> None:
        """Wrap again when the width changed; what is read, and a cursor in sight, stay in sight."""
        cursor = self.cursor if self.cursor is not None and self._in_sight(self.cursor) else None
        self._height = self.size.height
        if self.inner_width != self._laid_out_for:
            before, top = max(len(self._lines), 1), self.top
            self.relayout()
            self.top = round(top * len(self._lines) / before)
        self.top = min(self.top, self._max_top)
        if cursor is not None:
            self.go_to(cursor)

    def _set_cursor(self, target: int) -> None:
        self.cursor = target
        self.refresh()

    def _in_sight(self, target: int) -> bool:
        return self.top <= self._starts[target] < self.top + self._height

    def _neighbour(self, step: int) -> int | None:
        targets = self.targets
        if self.cursor is None or not self._in_sight(self.cursor):
            in_order = targets if step > 0 else targets[::-1]
            edge = self.top if step > 0 else self.top + self.size.height - 1
            ahead = (t for t in in_order if (self._starts[t] - edge) * step >= 0)
            return next(ahead, None)
        place = targets.index(self.cursor) + step
        return targets[place] if 0 <= place < len(targets) else None

    @property
    def _max_top(self) -> int:
        return max(len(self._lines) - self.size.height, 0)
