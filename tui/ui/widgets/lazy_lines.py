"""Lines that are made only when they are looked at: of thousands, a pane shows a few dozen; pure."""

from collections.abc import Callable

from tui.one_by_one import OneByOne
from tui.ui.widgets.lines import Line


class LazyLines(OneByOne[Line]):
    """So many lines, each of which `make` gives by its number when it is first looked at."""

    def __init__(self, count: int, make: Callable[[int], Line]) -> None:
        self._count = count
        self._make = make
        self._made: dict[int, Line] = {}

    def __len__(self) -> int:
        return self._count

    def at(self, place: int) -> Line:
        """The line that stands there."""
        line = self._made.get(place)
        if line is None:
            line = self._made[place] = self._make(place)
        return line
