"""A small store of answers that were asked for lately."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Memo(Generic[Value]):
    """Keeps the `limit` values asked for last; for any thread."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: dict[Hashable, Value] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value under `key`, made when it is not there."""
        with self._lock:
            if key in self._values:
                value = self._values[key] = self._values.pop(key)
                return value
        value = make()
        with self._lock:
            if len(self._values) >= self._limit:
                del self._values[next(iter(self._values))]
            self._values[key] = value
        return value

    def peek(self, key: Hashable) -> Value | None:
        """The value under `key`, or None."""
        return self._values.get(key)
