"""Keeps what is needed once more, but not soon, out of memory."""

from array import array
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from tui.cache.kept import KeptBytes
from tui.cards.worker.wire import PackedStories


class KeptStories:
    """Packed stories in the order in which they were added, in a `KeptBytes` in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._kept = KeptBytes(folder, in_memory=0)
        self._ends = array("Q", [0])

    def add(self, packed: PackedStories) -> None:
        """Keep some more."""
        data = memoryview(packed)
        self._ends.append(self._kept.add(data) + len(data))

    def close(self) -> None:
        """Keep nothing any more."""
        self._kept = KeptBytes(None)
        self._ends = array("Q", [0])

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[PackedStories]:
        """All of them, each read when it is asked for. Raises OSError."""
        kept = self._kept
        for start, end in pairwise(self._ends):
            yield PackedStories(kept.part(start, end))
