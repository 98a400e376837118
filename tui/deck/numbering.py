"""Numbers for values that occur again and again, so that each is kept once."""

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

V = TypeVar("V", bound=Hashable)


class Numbering(Generic[V]):
    """Numbers different values from 0 on, in the order in which they are seen first; equal values have one number."""

    def __init__(self) -> None:
        self.values: list[V] = []
        """Each different value, at the place of its number."""
        self._numbers: dict[V, int] = {}
        # By identity first: equal values are mostly one object, and to hash one may cost more than all else.
        self._by_object: dict[int, int] = {}
        self._objects: list[V] = []

    def numbers_of(self, values: Iterable[V]) -> list[int]:
        """The number of each value, which is a new one for those never seen before."""
        return [self.number(value) for value in values]

    def number(self, value: V) -> int:
        """The number of one value."""
        known = self._by_object.get(id(value))
        if known is not None:
            return known
        number = self._numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        self._by_object[id(value)] = number
        self._objects.append(value)  # an object that is gone could leave its identity to another
        return number
