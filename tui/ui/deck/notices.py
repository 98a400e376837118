"""What is told in passing: in one line or two, and never over the row or field that is in use; pure."""

from tui.ui.widgets.lines import wrap

MOST_LINES = 2
_LEAST_CELLS = 56
_MOST_CELLS = 120
_FRAME_CELLS = 4


def shaped(text: str, title: str, columns: int) -> str:
    """A text under its title as a notice says it on a screen of `columns` cells: in two lines at most."""
    said = " · ".join(part for part in text.splitlines() if part)
    room = min(columns - _FRAME_CELLS, max(columns * 3 // 5, _LEAST_CELLS), _MOST_CELLS)
    return "\n".join(line.rstrip() for line in wrap(f"{title}: {said}" if title else said, room, MOST_LINES))


def belongs_on_top(used_rows: range, screen_rows: int) -> bool:
    """Whether notices stand at the top, because the rows in use, of all of the screen, reach into its lower half."""
    return bool(used_rows) and used_rows.stop > screen_rows // 2
