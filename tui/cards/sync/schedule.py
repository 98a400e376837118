"""When to look at what in a watched folder: decisions over moments that are passed in, without waiting or reading.

All moments are seconds of one clock that never goes back, such as `time.monotonic`.
"""

from collections.abc import Iterable
from typing import Final

import msgspec

QUIET: Final = 0.15
"""Seconds without another event after which what was touched is looked at: files being written are read torn."""
LATEST: Final = 0.7
"""Seconds after the first event at which it is looked at all the same."""
RETRIES: Final = (0.2, 1.0, 5.0)
"""Seconds to wait before each further try of a file that could not be read as a card."""
MAX_PATHS: Final = 1000
"""Touched paths that are remembered one by one; beyond, everything counts as touched."""

_NEVER: Final = float("inf")


class Due(msgspec.Struct, frozen=True):
    """What is due: everything or the touched `paths`, and ids of files to try `again`."""

    everything: bool = False
    paths: frozenset[bytes] = frozenset()
    again: frozenset[str] = frozenset()


class Schedule:
    """Gathers what was touched until it has come to rest, and when to try files again."""

    def __init__(self) -> None:
        self._paths: set[bytes] = set()
        self._first = self._last = _NEVER
        self._is_flooded = False
        self._everything_at = _NEVER
        self._tries: dict[str, int] = {}
        self._again_at: dict[str, float] = {}

    def touch(self, paths: Iterable[bytes], now: float) -> None:
        """Note that something happened to these paths; with none of them nothing is noted."""
        arrived = set(paths)
        if not arrived:
            return
        self._first = min(self._first, now)
        self._last = now
        self._paths |= arrived
        # A notifier that is flooded may lose events without saying so.
        self._is_flooded = self._is_flooded or len(self._paths) > MAX_PATHS
        if self._is_flooded:
            self._paths.clear()

    def look_at_everything(self, at: float) -> None:
        """Have everything looked at, at the moment `at` unless it is due before that."""
        self._everything_at = min(self._everything_at, at)

    def retry(self, id: str, now: float) -> bool:
        """Have a file tried again later; False if that was done often enough."""
        tries = self._tries.get(id, 0)
        if tries == len(RETRIES):
            self.settle(id)
            return False
        self._tries[id] = tries + 1
        self._again_at[id] = now + RETRIES[tries]
        return True

    def settle(self, id: str) -> None:
        """Forget how often a file was tried, for it was read, was written anew or was removed."""
        self._tries.pop(id, None)
        self._again_at.pop(id, None)

    def due_at(self) -> float:
        """When the next is due, unless more is touched before; infinity if nothing is."""
        return min(self._settled_at(), self._everything_at, *self._again_at.values())

    def _settled_at(self) -> float:
        return min(self._last + QUIET, self._first + LATEST)

    def take(self, now: float) -> Due | None:
        """What is due by now, which counts as done with that; None if nothing is."""
        settled = self._settled_at() <= now
        everything = self._everything_at <= now or (settled and self._is_flooded)
        again = frozenset(id for id, at in self._again_at.items() if at <= now)
        if not (everything or settled or again):
            return None
        for id in again:
            del self._again_at[id]
        if everything:
            self._everything_at = _NEVER
        paths = frozenset(self._paths) if settled and not everything else frozenset()
        if everything or settled:
            self._paths.clear()
            self._first = self._last = _NEVER
            self._is_flooded = False
        return Due(everything, paths, again)
