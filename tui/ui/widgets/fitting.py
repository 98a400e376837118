"""When a pane has to be laid out for another size."""

from typing import Protocol

from textual.geometry import Size


class Fitted(Protocol):
    """What is laid out for a size."""

    @property
    def size(self) -> Size:
        """Its room; none while it is hidden."""
        ...

    @property
    def inner_width(self) -> int:
        """The columns for text."""
        ...

    def fit_to(self, width: int, height: int) -> None:
        """Lay out for so many cells and lines."""
        ...


class Fitting:
    """Has `pane` laid out when its size is another one than before.

    To be asked before each paint: that a size is new the toolkit says only after the first paint of that size.
    """

    def __init__(self, pane: Fitted) -> None:
        self._pane = pane
        self._size = (0, 0)

    def check(self) -> None:
        """Lay out for the size there is now, if it is new."""
        size = (self._pane.inner_width, self._pane.size.height)
        if size != self._size:
            self._size = size
            self._pane.fit_to(*size)

    def has_changed(self) -> None:
        """Other things are shown: a pane that is hidden, and has no size, is laid out again once it is seen."""
        if not self._pane.size:
            self._size = (0, 0)
