"""Where stored blocks come from, and what becomes of a block that turns out to be damaged."""

import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

from tui.deck.search.blocks import Blocks
from tui.errors import DamagedCacheError

Value = TypeVar("Value")


class Source(Protocol):
    """Named blocks of bytes, such as a cache file; all raise DamagedCacheError, and KeyError for a name unknown."""

    def block(self, name: str) -> memoryview:
        """A whole block, aligned so that its numbers can be read in place."""
        ...

    def part(self, name: str, start: int, stop: int) -> memoryview:
        """The bytes of a block from `start` up to `stop`; the rest of the block is not looked at."""
        ...

    def blocks(self) -> Blocks:
        """All blocks by name."""
        ...


class Damage:
    """Whether something that was stored turned out to be damaged: then a stand-in is shown until it is made anew."""

    def __init__(self) -> None:
        self._found = threading.Event()

    @property
    def found(self) -> bool:
        """Whether it did."""
        return self._found.is_set()

    def guard(self, read: Callable[[], Value], stand_in: Value) -> Value:
        """What `read` gives, or the stand-in if what it reads is damaged."""
        try:
            return read()
        except DamagedCacheError:
            self._found.set()
            return stand_in
