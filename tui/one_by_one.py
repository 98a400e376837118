"""Sequences whose items are made when they are asked for."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import TypeVar, overload

_T_co = TypeVar("_T_co", covariant=True)


class OneByOne(Sequence[_T_co]):
    """A sequence that is asked for one item at a time, by its place: a part of it is the list of those items."""

    __slots__ = ()

    @abstractmethod
    def at(self, place: int) -> _T_co:
        """The item at a place from 0 to less than the length."""

    @overload
    def __getitem__(self, index: int) -> _T_co: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_T_co]: ...
    def __getitem__(self, index: int | slice) -> _T_co | Sequence[_T_co]:
        """The item with this index, IndexError beyond the end; or some of them."""
        places = range(len(self))[index]
        return self.at(places) if isinstance(places, int) else list(map(self.at, places))
