"""A text that is laid out as a whole and read through a window, stepping from one thing to choose to the next; pure."""

from collections.abc import Iterable, Mapping, Sequence

from tui.ui.widgets.lines import BLANK, Line
from tui.ui.widgets.sheet import NOWHERE, Ends, Lead


class TextSheet:
    """The `Sheet` of a text: `lines`, some of which belong to a target that can be stepped to and chosen.

    `leads` says where targets lead, by their numbers, `links` where linked texts do, by the numbers that are shown.
    `cursor` is the target the reader is on, or None; `top` is the first line in sight. Moving down goes to the next
    target if it is in sight and else scrolls, so that long texts between targets are read, not jumped over.
    """

    def __init__(self) -> None:
        self.lines: Sequence[Line] = ()
        self.cursor: int | None = None
        self.top = 0
        self.height = 0
        self.leads: Sequence[Lead] = ()
        self.links: Mapping[int, Lead] = {}
        self._starts: Mapping[int, int] = {}
        self._settled_height = 0
        self._goal: tuple[int, int | None] | None = None

    def lay(self, lines: Sequence[Line], starts: Mapping[int, int], *, keep_place: bool) -> None:
        """Hold other lines, with where each target begins; `keep_place` keeps what still makes sense of the place."""
        self.lines, self._starts = lines, starts
        if not keep_place:
            self.top, self.cursor, self._goal = 0, None, None
        if self.cursor not in starts:
            self.cursor = None
        self.top = min(self.top, self._max_top)

    @property
    def targets(self) -> tuple[int, ...]:
        """All targets, from top to bottom."""
        return tuple(self._starts)

    def line_at(self, y: int) -> Line:
        """The line at row `y`, counted from the top of what is in sight."""
        number = self.top + y
        return self.lines[number] if number < len(self.lines) else BLANK

    def number_at(self, y: int) -> int:
        """The number of the line at row `y`, counted from 0 through the whole text."""
        return self.top + y

    def lines_between(self, first: int, last: int) -> Iterable[tuple[int, Line]]:
        """The lines from one number to another."""
        numbers = range(max(first, 0), min(last + 1, len(self.lines)))
        return ((number, self.lines[number]) for number in numbers)

    def link_at(self, y: int) -> Lead:
        """Where the target at row `y` leads, if it is one of those that do."""
        target = self.line_at(y).target
        return self.leads[target] if target is not None and target < len(self.leads) else NOWHERE

    def link_numbered(self, number: int) -> Lead:
        """Where the link with a number in the text leads."""
        return self.links.get(number, NOWHERE)

    def is_marked(self, y: int) -> bool:
        """Whether row `y` shows the chosen target."""
        return self.cursor is not None and self.line_at(y).target == self.cursor

    def bar(self) -> Ends | None:
        """The part of the text that is in sight."""
        total = len(self.lines)
        return (self.top / total, (self.top + self.height) / total) if total > self.height else None

    def scroll_lines(self, lines: int) -> None:
        """Scroll by lines; the cursor stays where it is."""
        self.top = min(max(self.top + lines, 0), self._max_top)
        self._goal = None

    def scroll_to_fraction(self, fraction: float) -> None:
        """Scroll to a fraction of the text."""
        self.scroll_lines(round(fraction * self._max_top) - self.top)

    def move(self, step: int) -> None:
        """One step down (1) or up (-1): to the next target in sight, else a line."""
        target = self._neighbour(step)
        if target is not None and self._in_sight(target):
            self.go_to(target)
        else:
            self.scroll_lines(step)

    def move_page(self, pages: float) -> None:
        """Scroll by pages of what is in sight, and bring the cursor along."""
        self.scroll_lines(round(pages * max(self.height - 1, 1)))
        if self.cursor is not None and not self._in_sight(self.cursor):
            in_sight = [target for target in self._starts if self._in_sight(target)]
            if in_sight:
                self.cursor = in_sight[0 if pages > 0 else -1]

    def move_to_end(self, *, last: bool) -> None:
        """To the first or the last line, with the cursor on the outermost target there."""
        self.scroll_lines(len(self.lines) if last else -len(self.lines))
        if self._starts and self.cursor is not None:
            self.cursor = self.targets[-1 if last else 0]

    def go_to(self, target: int) -> None:
        """Put the cursor on `target` and scroll it into sight; unknown targets are left alone."""
        start = self._starts.get(target)
        if start is None:
            return
        end = start
        while end + 1 < len(self.lines) and self.lines[end + 1].target == target:
            end += 1
        if end >= self.top + self.height:
            self.top = end - self.height + 1
        self.top = min(self.top, start)
        self.cursor, self._goal = target, None

    def reveal(self, targets: Sequence[int]) -> None:
        """Have the first of `targets` in sight, well below the top, unless one is; the cursor stays."""
        if targets and not any(self._in_sight(target) for target in targets):
            self.top = max(min(self._starts[targets[0]] - self.height // 3, self._max_top), 0)

    def return_to(self, top: int, cursor: int | None) -> None:
        """Begin at a line, with the cursor on a target, as far as there still are such.

        A hidden window, which has no height, does so once it has, unless the reader has gone elsewhere by then: the
        line was counted at the width of then.
        """
        self._goal = (top, cursor) if not self.height else None
        self.top = min(top, self._max_top)
        self.cursor = cursor if cursor in self._starts else None

    def click_row(self, y: int) -> bool:
        """Put the cursor on the target at row `y`, if there is one."""
        target = self.line_at(y).target
        if target is None:
            return False
        self.cursor, self._goal = target, None
        return True

    def resize(self, height: int, lines: Sequence[Line] | None, starts: Mapping[int, int]) -> None:
        """Fit a window of another height, and hold `lines` if they were wrapped anew for another width.

        What is read, and a cursor in sight, stay in sight.
        """
        cursor = self.cursor if self.cursor is not None and self._in_sight(self.cursor, self._settled_height) else None
        goal = self._goal
        self.height = self._settled_height = height
        if lines is not None:
            before, top = max(len(self.lines), 1), self.top
            self.lay(lines, starts, keep_place=True)
            self.top = round(top * len(lines) / before)
        self.top = min(self.top, self._max_top)
        if cursor is not None:
            self.go_to(cursor)
        if goal is not None:
            self.return_to(*goal)

    def _in_sight(self, target: int, height: int | None = None) -> bool:
        return self.top <= self._starts[target] < self.top + (self.height if height is None else height)

    def _neighbour(self, step: int) -> int | None:
        targets = self.targets
        if self.cursor is None or not self._in_sight(self.cursor):
            in_order = targets if step > 0 else targets[::-1]
            edge = self.top if step > 0 else self.top + self.height - 1
            ahead = (target for target in in_order if (self._starts[target] - edge) * step >= 0)
            return next(ahead, None)
        place = targets.index(self.cursor) + step
        return targets[place] if 0 <= place < len(targets) else None

    @property
    def _max_top(self) -> int:
        return max(len(self.lines) - self.height, 0)


def starts_of(lines: Iterable[Line]) -> dict[int, int]:
    """In which of `lines` each target begins, from top to bottom."""
    starts: dict[int, int] = {}
    for number, line in enumerate(lines):
        if line.target is not None:
            starts.setdefault(line.target, number)
    return starts
