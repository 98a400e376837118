"""Lines that are made only when they are looked at: of thousands, a pane shows a few dozen; pure."""

from collections.abc import Callable, Sequence
from typing import overload

from tui.ui.widgets.lines import Line


class LazyLines(Sequence[Line]):
    """So many lines, each of which `make` gives by its number when it is first looked at."""

    def __init__(self, count: int, make: Callable[[int], Line]) -> None:
        self._numbers = range(count)
        self._make = make
        self._made: dict[int, Line] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, number: int) -> Line: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Line]: ...

    def __getitem__(self, number: int | slice) -> Line | Sequence[Line]:
        if isinstance(number, slice):
            return [self[one] for one in self._numbers[number]]
        place = self._numbers[number]
        line = self._made.get(place)
        if line is None:
            line = self._made[place] = self._make(place)
        return line
