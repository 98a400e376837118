"""The stories of a deck in which some changed: those of the deck before and those that arrived, in their new order."""

from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from tui.model import Story
from tui.one_by_one import OneByOne

GONE: Final = -1
"""Where that stands which is not there any more."""


class DocMap:
    """Where everything stands: `order` has for each new position the old one, or the complement of that among the new.

    `of_old` and `of_arrived` say the reverse; what is removed is at -1. Four stories of which B is removed, while X
    comes before C and Y at the end:

        old deck     A B C D         size 4, gone [1]
        arrived      X Y             before [2, 4]: X stands before old position 2, Y before 4, which is the end
        order        0 ~0 2 3 ~1     that is A X C D Y
        of_old       0 -1 2 3        where A, B, C and D stand now
        of_arrived   1 4             where X and Y stand now
    """

    def __init__(self, size: int, gone: Sequence[int], before: Sequence[int]) -> None:
        self.gone = gone
        kept = bytearray(b"\1") * size
        for doc in gone:
            kept[doc] = 0
        self.order = array("i")
        self.of_old = array("i", [GONE]) * size
        self.of_arrived = array("i")
        for number, (start, stop) in enumerate(pairwise((0, *before, size))):
            self._keep(start, stop, kept)
            if number < len(before):
                self.of_arrived.append(len(self.order))
                self.order.append(~number)

    def _keep(self, start: int, stop: int, kept: bytearray) -> None:
        while start < stop:
            after = kept.find(0, start, stop)
            after = stop if after < 0 else after
            self.of_old[start:after] = array("i", range(len(self.order), len(self.order) + after - start))
            self.order.extend(range(start, after))
            start = after + 1


class MergedStories(OneByOne[Story]):
    """The stories of an earlier deck and those that `arrived`, in the order that `DocMap.order` describes."""

    def __init__(self, base: Sequence[Story], arrived: Sequence[Story], places: DocMap) -> None:
        self.arrived = arrived
        self.places = places
        self.base = base

    def __len__(self) -> int:
        return len(self.places.order)

    def at(self, place: int) -> Story:
        """The story that stands there."""
        number = self.places.order[place]
        return self.base[number] if number >= 0 else self.arrived[~number]

    def __iter__(self) -> Iterator[Story]:
        base = list(self.base)
        return (base[at] if at >= 0 else self.arrived[~at] for at in self.places.order)
