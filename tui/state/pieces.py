"""Which pieces were ever seen in a folder, and since when, so that what is new can be told from what was only found."""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import islice

from tui.state.mark_keys import digest_of
from tui.state.values import PieceBatch

# A key that is pressed meanwhile waits for a single step of this at most, for no other thread runs during one.
_AT_ONCE = 8192
_STRETCHES = 256
_STRETCH_BITS = 56
NOT_SEEN_YET = 2**63 - 1
"""When a piece was first seen that was never seen before: later than anything."""


def piece_number(key: str) -> int:
    """64 bits that stand for the key of a piece."""
    return int.from_bytes(digest_of(key), "little")


def packed(numbers: Iterable[int]) -> bytes:
    """The numbers of pieces, each once and sorted, as a batch holds them."""
    stretches: list[list[int]] = [[] for _ in range(_STRETCHES)]
    for number in numbers:
        stretches[number >> _STRETCH_BITS].append(number)  # all bits of them are equally likely
    once = array("Q")
    for stretch in stretches:
        once.extend(dict.fromkeys(sorted(stretch)))
    return _turned(once).tobytes()


def unpacked(data: bytes) -> "array[int]":
    """What `packed` made; a torn rest is left out."""
    numbers = array("Q")
    numbers.frombytes(data[: len(data) // 8 * 8])
    return _turned(numbers)


def _turned(numbers: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


class KnownPieces:
    """The pieces of one folder that were ever seen; false if nothing was noted of it yet.

    What was there when the folder was first noted, at `since`, may have come at any time before, but not before it was
    published. All that came `later` is known by its time, at the `newest` the last of it. Only what came is ever
    added: the cost of a session grows with the news in it and not with the folder.
    """

    def __init__(self, batches: Sequence[PieceBatch] = ()) -> None:
        self.batches = len(batches)
        ordered = sorted(batches, key=lambda batch: batch.at)
        self.since = ordered[0].at if ordered else 0
        self.newest = ordered[-1].at if ordered else 0
        self._first = unpacked(ordered[0].numbers) if ordered else array("Q")
        later: dict[int, int] = {}
        for batch in ordered[1:]:
            for number in unpacked(batch.numbers):
                later.setdefault(number, batch.at)
        self.later: Mapping[int, int] = later

    def __bool__(self) -> bool:
        return self.batches > 0

    def first_seen(self, number: int, published: int) -> int:
        """When a piece was first seen, in milliseconds; 0 while nothing was noted of the folder.

        `published` is when it was published, 0 if that is unknown.
        """
        if not self:
            return 0
        place = bisect_left(self._first, number)
        if place < len(self._first) and self._first[place] == number:
            return min(published, self.since)
        return self.later.get(number, NOT_SEEN_YET)

    def resemblance(self, numbers: Set[int]) -> float:
        """How much a folder with these pieces has in common with this one, from 0 to 1 (the same pieces)."""
        ours = {*self._first, *self.later}
        return len(ours & numbers) / len(ours | numbers) if ours else 0.0

    def unknown(self, numbers: Iterable[int]) -> Iterable[int]:
        """Those of the pieces that were never seen; a piece may come twice if nothing was noted of the folder yet."""
        if not self:
            return numbers
        found: set[int] = set()
        coming = iter(numbers)
        while block := set(islice(coming, _AT_ONCE)):
            found |= block.difference(self.later)
        # A whole folder is looked through at once, a few cards one by one.
        if len(found) * 64 > len(self._first):
            for start in range(0, len(self._first), _AT_ONCE):
                found.difference_update(self._first[start : start + _AT_ONCE])
            return found
        return {number for number in found if self.first_seen(number, 0) == NOT_SEEN_YET}
