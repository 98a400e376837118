"""Numbers for values that occur again and again, so that each is kept once."""

from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar, runtime_checkable

from tui.model import Coverage, Story

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


class Renumbering(dict[int, int]):
    """Numbers others anew, from 0 on, in the order in which they are asked for first."""

    def __init__(self) -> None:
        super().__init__()
        self.order = array("I")
        """The other numbers, each at the place of its new one."""

    def __missing__(self, number: int) -> int:
        new = self[number] = len(self.order)
        self.order.append(number)
        return new

    def of(self, numbers: Iterable[int]) -> list[int]:
        """The new number of each."""
        return list(map(self.__getitem__, numbers))


@runtime_checkable
class NumberedStories(Protocol):
    """Stories by doc, and what they list by number; equal items have one number.

    Nobody who goes through them has to hold them all.
    """

    def __len__(self) -> int: ...

    def head(self, doc: int) -> Story:
        """A story for whoever does not look at its coverage, which may be left out. May raise DamagedCacheError."""
        ...

    def heads(self) -> Iterator[Story]:
        """All of them, in order."""
        ...

    def ids(self) -> Iterator[str]:
        """The ids of all of them, in order."""
        ...

    def listed(self, doc: int) -> Sequence[int]:
        """The numbers of what a story lists, in its order. May raise DamagedCacheError."""
        ...

    def told(self, doc: int) -> tuple[Story, Sequence[int]]:
        """Both of a story: `head` and `listed`. May raise DamagedCacheError."""
        ...

    def item(self, number: int) -> Coverage:
        """What has a number. May raise DamagedCacheError."""
        ...


def numbered(stories: Sequence[Story]) -> NumberedStories:
    """These stories, and what they list by number."""
    return stories if isinstance(stories, NumberedStories) else _InMemory(stories)


class _InMemory:
    """Stories that are values."""

    def __init__(self, stories: Iterable[Story]) -> None:
        numbering: Numbering[Coverage] = Numbering()
        self._stories = tuple(stories)
        self._listed = [array("I", numbering.numbers_of(story.related)) for story in self._stories]
        self._items = numbering.values

    def __len__(self) -> int:
        return len(self._stories)

    def head(self, doc: int) -> Story:
        """The story at a position."""
        return self._stories[doc]

    def heads(self) -> Iterator[Story]:
        """All of them, in order."""
        return iter(self._stories)

    def ids(self) -> Iterator[str]:
        """The ids of all of them, in order."""
        return (story.id for story in self._stories)

    def listed(self, doc: int) -> Sequence[int]:
        """The numbers of what a story lists, in its order."""
        return self._listed[doc]

    def told(self, doc: int) -> tuple[Story, Sequence[int]]:
        """The story at a position, and the numbers of what it lists."""
        return self._stories[doc], self._listed[doc]

    def item(self, number: int) -> Coverage:
        """What has a number."""
        return self._items[number]
