"""Blocks in memory that can be damaged."""

from collections.abc import Mapping
from types import MappingProxyType

from tui.deck.analysis import Analysis, find_events, index_deck
from tui.deck.deck import Deck
from tui.deck.events.build import BuiltEvents
from tui.deck.stored.snapshot import snapshot_blocks
from tui.errors import DamagedCacheError


class Blocks:
    """A source of blocks; those named in `damaged` cannot be read. `asked` are the names asked for so far."""

    def __init__(self, blocks: Mapping[str, bytes]) -> None:
        self.damaged: set[str] = set()
        self.asked: set[str] = set()
        self._blocks = {name: memoryview(block) for name, block in blocks.items()}

    def block(self, name: str) -> memoryview:
        self.asked.add(name)
        if name in self.damaged:
            raise DamagedCacheError(name)
        return self._blocks[name]

    def part(self, name: str, start: int, stop: int) -> memoryview:
        return self.block(name)[start:stop]

    def blocks(self) -> Mapping[str, memoryview]:
        return _View(self)

    def names(self) -> tuple[str, ...]:
        return tuple(self._blocks)


class _View(dict[str, memoryview]):
    def __init__(self, blocks: Blocks) -> None:
        super().__init__()
        self._source = blocks

    def __missing__(self, name: str) -> memoryview:
        return self._source.block(name)


def analysed(deck: Deck) -> tuple[Analysis, BuiltEvents]:
    """A deck with its index and events."""
    indexed = index_deck(deck)
    assert indexed is not None
    whole = find_events(indexed)
    assert whole is not None
    assert isinstance(whole.events, BuiltEvents)
    return whole, whole.events


def stored(deck: Deck) -> tuple[Analysis, Blocks]:
    """The analysis of a deck, and the blocks it is written as."""
    whole, events = analysed(deck)
    return whole, Blocks(MappingProxyType(snapshot_blocks(deck, whole.index, events)))
