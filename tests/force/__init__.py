"""Long runs that are no part of the suite: `python -m tests.force NAME [N]`, or all of them by `make force`.

A run is one module of this package with `DEFAULT`, how many rounds `make force` gives it, and
`run(rounds: int, watch: Watch) -> Found`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tui.work import no_garbage_search


@dataclass(frozen=True)
class Found:
    """What a run came to: its figures in one line, and in one line each what was found to be wrong."""

    figures: str
    faults: list[str]


class Watch:
    """Notes how long things take, by a `clock` in seconds; a `strict` one takes what is too slow for a fault.

    The test command does not: how long something takes there says how busy the machine is.
    """

    def __init__(self, clock: Callable[[], float], *, strict: bool) -> None:
        self._clock = clock
        self._is_strict = strict
        self.slowest: dict[str, float] = {}
        self.faults: list[str] = []

    @contextmanager
    def measure(self, what: str, most: float, name: str = "") -> Iterator[None]:
        """Note how long this lasts as one of `what`, which may take `most` seconds; `name` says which one it is.

        What whoever measures has made is not searched for garbage meanwhile.
        """
        with no_garbage_search():
            began = self._clock()
            try:
                yield
            finally:
                self.note(what, self._clock() - began, most, name)

    def note(self, what: str, took: float, most: float, name: str = "") -> None:
        """Note that one of `what` took so many seconds."""
        self.slowest[what] = max(took, self.slowest.get(what, 0.0))
        if self._is_strict and took > most:
            self.faults.append(f"{what} took {took:.3f} s, more than {most} s: {name}")

    @property
    def figures(self) -> str:
        """The slowest of everything that was measured."""
        return ", ".join(f"{what} {took * 1000:.0f} ms" for what, took in self.slowest.items())
