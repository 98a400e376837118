"""What is told in passing: in one line or two, and never over the row or field that is in use; pure."""

from tui.text.patterns import late
from tui.ui.widgets.lines import cell_width, cut, cut_front, wrap

MOST_LINES = 2
_LEAST_CELLS = 56
_MOST_CELLS = 120
_FRAME_CELLS = 4
_LEAST_PATH = 12
_MOST_TOLD = 20
# Blanks belong to a path where there is more of it behind them.
_PATH = late(r"(?<![^\s(\"'“])~?/\S+(?:(?: [^\s:;/]+)+/\S*)*")


def shaped(text: str, title: str, columns: int) -> str:
    """A text under its title as a notice says it on a screen of `columns` cells: in two lines at most.

    Where that is too little the paths in it give way: of each the end is what tells it from others.
    """
    said = " · ".join(part for part in text.splitlines() if part)
    said = f"{title}: {said}" if title else said
    room = min(columns - _FRAME_CELLS, max(columns * 3 // 5, _LEAST_CELLS), _MOST_CELLS)
    return "\n".join(line.rstrip() for line in _fitted(said, room))


class Told:
    """What the notices in sight say in full, so that they can say it anew where the screen gets another width."""

    def __init__(self) -> None:
        self._full: dict[str, tuple[str, str]] = {}

    def shaped(self, text: str, title: str, columns: int) -> str:
        """A text under its title, as `shaped` has it, which is remembered for a while."""
        said = shaped(text, title, columns)
        self._full.pop(said, None)
        self._full[said] = (text, title)
        while len(self._full) > _MOST_TOLD:
            del self._full[next(iter(self._full))]
        return said

    def anew(self, said: str, columns: int) -> str:
        """What a notice says, for a screen of `columns` cells; as it is, where nobody remembers its text."""
        full = self._full.get(said)
        return self.shaped(*full, columns) if full is not None else said


def _fitted(said: str, room: int) -> list[str]:
    """A text in so many lines at most, with as much of the paths in it as there is room for."""
    lines = wrap(said, room)
    if len(lines) <= MOST_LINES:
        return lines
    paths = sum(map(cell_width, _PATH().findall(said)))
    longest = min(MOST_LINES * room - cell_width(said) + paths, paths)
    # Where a line ends before a long word there is less room than there are cells.
    for cells in range(longest, _LEAST_PATH - 1, -1):
        if len(lines := wrap(_with_paths(said, cells), room)) <= MOST_LINES:
            return lines
    lines = wrap(_with_paths(said, _LEAST_PATH), room)
    # A long link is broken off where the room ends: in lines of its own nothing of it would be told.
    return [*lines[: MOST_LINES - 1], cut(" ".join(lines[MOST_LINES - 1 :]), room)]


def _with_paths(said: str, cells: int) -> str:
    return _PATH().sub(lambda found: cut_front(found[0], cells), said)


def belongs_on_top(used_rows: range, screen_rows: int) -> bool:
    """Whether notices stand at the top, because the rows in use, of all of the screen, reach into its lower half."""
    return bool(used_rows) and used_rows.stop > screen_rows // 2
