"""What is to be written to the disk and has yet to be: shared by the store, and the one thread that writes."""

import time
from collections import deque
from collections.abc import Callable, Iterable
from threading import Condition, RLock

from tui.state.values import Change


class Backlog:
    """Entries in the order they were made; `lock` also guards the ledger that they were entered into."""

    def __init__(self) -> None:
        self.lock = RLock()
        self._changed = Condition(self.lock)
        self._entries: deque[Change] = deque()
        self._closing_at: float | None = None
        self._hopeless = self._stuck = False

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, entry: Change) -> None:
        """Add an entry, and wake the writer."""
        with self._changed:
            self._entries.append(entry)
            self._changed.notify_all()

    def all(self) -> tuple[Change, ...]:
        """What waits, oldest first."""
        with self.lock:
            return tuple(self._entries)

    def put_anew(self, entries: Iterable[Change]) -> None:
        """Let the same entries, as they read now, wait in place of the old ones."""
        with self.lock:
            self._entries = deque(entries)

    def head(self, seconds: float) -> Change | None:
        """The oldest entry, waiting at most `seconds` for one; None without, or when closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._entries) or self._closing_at is not None, seconds)
            return self._entries[0] if self._entries else None

    def done(self) -> None:
        """The oldest entry is on disk."""
        with self._changed:
            self._entries.popleft()
            self._changed.notify_all()

    def flush(self, seconds: float, *, patient: bool = True) -> bool:
        """Wait until everything entered is on disk; false if it is not in time, or never will be.

        Whoever is not `patient` waits for a disk that works alone.
        """

        def is_over() -> bool:
            return not self._entries or self._hopeless or (self._stuck and not patient)

        return self._wait(is_over, seconds) and not self._entries

    def be_stuck(self, *, stuck: bool) -> None:
        """Whether the disk takes nothing for now, so that there is nothing to wait for."""
        with self._changed:
            self._stuck = stuck
            self._changed.notify_all()

    def pause(self, seconds: float) -> None:
        """Let some time pass before the next try; a new entry or the end wakes the writer at once."""
        with self._changed:
            if self._closing_at is not None:
                seconds = min(seconds, max(0.0, self._closing_at - time.monotonic()))
            self._changed.wait(seconds)

    def give_up(self) -> None:
        """Nothing will be written any more."""
        with self._changed:
            self._hopeless = True
            self._changed.notify_all()

    def close(self, seconds: float) -> None:
        """Ask the writer to end: when all is written, or after `seconds`."""
        with self._changed:
            if self._closing_at is None:
                self._closing_at = time.monotonic() + seconds
            self._changed.notify_all()

    @property
    def is_over(self) -> bool:
        """Whether the writer should end: closed, and either nothing is left or the time is up."""
        with self.lock:
            return self._closing_at is not None and (not self._entries or time.monotonic() >= self._closing_at)

    def _wait(self, condition: Callable[[], bool], seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(condition, seconds)
