"""The words of a deck as blocks: which pieces have each term, to say later why two pieces are one event, and to find
those that a new one may be of one event with.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from tui.cache.codec import Buffer, ends_in, hashes, real_numbers, whole_numbers
from tui.cache.source import BlockSource
from tui.cache.tables import key_hash
from tui.deck.events.telling import CountedTerms

_NAME = "events.terms"

Value = TypeVar("Value")


def term_blocks(counted: CountedTerms) -> dict[str, Buffer]:
    """What was counted of the terms of a deck, as blocks."""
    terms = list(counted.ranks)
    keys = array("Q", map(key_hash, terms))
    order = sorted(range(len(terms)), key=keys.__getitem__)
    terms = [terms[place] for place in order]
    keys = array("Q", map(keys.__getitem__, order))
    del order
    ranks, ends = array("I"), array("I", [0])
    for those in map(counted.ranks.__getitem__, terms):
        ranks.extend(those)
        ends.append(len(ranks))
    told, named, plain = counted.columns(terms)
    return {
        f"{_NAME}.keys": keys.tobytes(),
        f"{_NAME}.ends": ends.tobytes(),
        f"{_NAME}.ranks": memoryview(ranks).cast("B"),  # by far the longest, which need not lie there twice
        f"{_NAME}.hours": array("d", counted.hours).tobytes(),
        f"{_NAME}.told": told.tobytes(),
        f"{_NAME}.named": named.tobytes(),
        f"{_NAME}.plain": plain.tobytes(),
    }


class StoredTerms:
    """Reads what `term_blocks` wrote; everything raises DamagedCacheError."""

    def __init__(self, source: BlockSource) -> None:
        self._source = source

    def counted(self) -> CountedTerms:
        """What was counted, a term at a time."""
        return CountedTerms(
            real_numbers(self._source.block(f"{_NAME}.hours")),
            _ByTerm(self._place, lambda place: self._ranks[self._ends[place] : self._ends[place + 1]]),
            _ByTerm(self._place, whole_numbers(self._source.block(f"{_NAME}.named")).__getitem__),
            _ByTerm(self._place, whole_numbers(self._source.block(f"{_NAME}.plain")).__getitem__),
            _ByTerm(self._place, real_numbers(self._source.block(f"{_NAME}.told")).__getitem__),
        )

    def _place(self, term: str) -> int:
        wanted = key_hash(term)
        place = bisect_left(self._keys, wanted)
        if place == len(self._keys) or self._keys[place] != wanted:
            raise KeyError(term)
        return place

    @cached_property
    def _keys(self) -> Sequence[int]:
        return hashes(self._source.block(f"{_NAME}.keys"))

    @cached_property
    def _ends(self) -> Sequence[int]:
        return ends_in(self._source.block(f"{_NAME}.ends"), len(self._ranks), len(self._keys))

    @cached_property
    def _ranks(self) -> Sequence[int]:
        return whole_numbers(self._source.block(f"{_NAME}.ranks"))


class _ByTerm(Mapping[str, Value]):
    """What is kept of each term; to be asked for, not to be gone through."""

    def __init__(self, place: Callable[[str], int], value: Callable[[int], Value]) -> None:
        self._place = place
        self._value = value

    def __getitem__(self, term: str) -> Value:
        return self._value(self._place(term))

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
