"""Keeps what is needed once more, but not soon, out of memory."""

from array import array
from collections.abc import Iterator
from pathlib import Path
from threading import Condition

from tui.cache.kept import KeptBytes
from tui.cards.worker.wire import PackedStories


class KeptStories:
    """Packed stories in the order in which they were added, in a `KeptBytes` in `folder`.

    One thread adds them; others may wait for what is `coming` meanwhile.
    """

    def __init__(self, folder: Path) -> None:
        self._kept = KeptBytes(folder, in_memory=0)
        self._ends = array("Q", [0])
        self._changed = Condition()
        self._is_whole = self._is_closed = False

    def add(self, packed: PackedStories) -> None:
        """Keep some more."""
        data = memoryview(packed)
        with self._changed:
            self._ends.append(self._kept.add(data) + len(data))
            self._changed.notify_all()

    def finish(self) -> None:
        """Nothing more is added."""
        with self._changed:
            self._is_whole = True
            self._changed.notify_all()

    def coming(self) -> Iterator[PackedStories]:
        """All of them, those that are still to be added as soon as they are there. Raises OSError, also when closed."""
        place = 0
        while (packed := self._next(place)) is not None:
            yield packed
            place += 1

    def close(self) -> None:
        """Keep nothing any more; from any thread."""
        with self._changed:
            self._kept = KeptBytes(None)
            self._ends = array("Q", [0])
            self._is_closed = True
            self._changed.notify_all()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def _next(self, place: int) -> PackedStories | None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or self._is_whole or place < len(self))
            if self._is_closed:
                raise InterruptedError("nothing is kept any more")
            return PackedStories(self._kept.part(*self._ends[place : place + 2])) if place < len(self) else None
