"""Where stored blocks come from, and what becomes of a block that turns out to be damaged."""

import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

from tui.cache.codec import Blocks, Buffer
from tui.errors import DamagedCacheError

Value = TypeVar("Value")


NO_SENSE = (ValueError, TypeError, LookupError, ArithmeticError)
"""What bytes of a right checksum but no sense lead to (all errors of msgspec are ValueErrors): that is damage, too."""


def as_damage(error: Exception) -> DamagedCacheError:
    """What is to be raised in place of an error that stored bytes led to."""
    return error if isinstance(error, DamagedCacheError) else DamagedCacheError(f"The cache is damaged: {error}.")


class BlockSource(Protocol):
    """Named blocks of bytes, such as a cache file; all raise DamagedCacheError, and KeyError for a name unknown."""

    def block(self, name: str) -> memoryview:
        """A whole block, aligned so that its numbers can be read in place."""
        ...

    def part(self, name: str, start: int, stop: int) -> memoryview:
        """The bytes of a block from `start` up to `stop`; the rest of the block is not looked at."""
        ...


class Damage:
    """Whether something that was stored turned out to be damaged: then a stand-in is shown until it is made anew."""

    def __init__(self) -> None:
        self._found = threading.Event()

    @property
    def found(self) -> bool:
        """Whether it did."""
        return self._found.is_set()

    def report(self) -> None:
        """Say that it did."""
        self._found.set()

    def guard(self, read: Callable[[], Value], stand_in: Value) -> Value:
        """What `read` gives, or the stand-in if what it reads is damaged, which is then reported."""
        try:
            return self.checked(read)
        except DamagedCacheError:
            return stand_in

    def checked(self, read: Callable[[], Value]) -> Value:
        """What `read` gives. Raises DamagedCacheError, which is reported, if what it reads is damaged or no sense."""
        try:
            return read()
        except (DamagedCacheError, *NO_SENSE) as error:
            self.report()
            raise as_damage(error) from error


class Watched:
    """A source whose damages are reported to `damage`, whoever asks for a block, and whenever."""

    def __init__(self, source: BlockSource, damage: Damage) -> None:
        self._source = source
        self._damage = damage

    def block(self, name: str) -> memoryview:
        """A whole block; damage is reported before DamagedCacheError is raised."""
        try:
            return self._source.block(name)
        except DamagedCacheError:
            self._damage.report()
            raise

    def part(self, name: str, start: int, stop: int) -> memoryview:
        """A part of a block; damage is reported before DamagedCacheError is raised."""
        try:
            return self._source.part(name, start, stop)
        except DamagedCacheError:
            self._damage.report()
            raise

    def blocks(self) -> Blocks:
        """All blocks, each looked up when it is asked for, so that its damage is reported as well."""
        return _BlocksOnDemand(self)


class _BlocksOnDemand(dict[str, Buffer]):
    """Blocks by name, each asked for when it is needed."""

    def __init__(self, source: Watched) -> None:
        super().__init__()
        self._source = source

    def __missing__(self, name: str) -> Buffer:
        return self._source.block(name)
