"""The blocks of a deck and of its search index, made by another process while this one finds the events of the deck.

Events need nothing of them, and much of what finds events keeps only one core busy.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from tui.cache.blocks import Block, parts_of
from tui.cache.kept import KeptBytes
from tui.deck.deck import Deck
from tui.deck.numbering import Renumbering
from tui.deck.search.index import index_blocks
from tui.deck.stored.numbered import packed_deck, unpacked_deck
from tui.deck.stored.stories import deck_blocks
from tui.forks import Aside
from tui.work import ShouldStop, give_memory_back

_STEP: Final = 1024 * 1024


class _DeckAt(msgspec.Struct, array_like=True):
    """Where a deck lies in what is kept, of which there are so many bytes in all."""

    start: int
    stop: int
    size: int


class _BlocksAt(msgspec.Struct, array_like=True):
    """Where blocks lie in what is kept, each by its name, and how many bytes there are in all."""

    places: list[tuple[str, int, int]]
    size: int


class BlocksBeside:
    """A process that is forked now, and makes the blocks of a deck whose stories are on a shelf of `kept` bytes.

    It leaves them in a file without a name in `folder`. Raises OSError if there can be no such process or file.
    """

    def __init__(self, kept: KeptBytes, folder: Path) -> None:
        self._kept = kept
        self._made = KeptBytes(folder)
        self._process = Aside(partial(_make, kept, self._made), kept.share(), self._made.share())

    def begin(self, deck: Deck) -> None:
        """Have them made of this deck, for which nobody waits. Raises OSError."""
        data = packed_deck(deck)
        start = self._kept.add(data)
        self._process.send(msgspec.msgpack.encode(_DeckAt(start, start + len(data), self._kept.settle())))

    def blocks(self) -> list[tuple[str, Block]]:
        """The blocks of the deck, as `deck_blocks` makes them, and the next time those of its index.

        They are waited for. Raises OSError if the process is not there any more.
        """
        made = msgspec.msgpack.decode(self._process.answer(), type=_BlocksAt)
        self._made.settled(made.size)
        return [(name, self._parts(start, stop)) for name, start, stop in made.places]

    def _parts(self, start: int, stop: int) -> Iterator[bytes]:
        return (self._made.part(at, min(at + _STEP, stop)) for at in range(start, stop, _STEP))

    def end(self) -> None:
        """End the process, whatever it is doing. Blocks that were told stay."""
        self._process.end()


def _make(kept: KeptBytes, made: KeptBytes, message: bytes, should_stop: ShouldStop) -> Iterator[bytes]:
    """What the process does: the places of the blocks of a deck, and then of those of its index."""
    place = msgspec.msgpack.decode(message, type=_DeckAt)
    kept.settled(place.size)
    deck = unpacked_deck(kept.part(place.start, place.stop), kept)
    yield _put(made, deck_blocks(deck, Renumbering()))
    give_memory_back()
    yield _put(made, index_blocks(deck.stories, deck.topics, should_stop))


def _put(made: KeptBytes, blocks: Iterable[tuple[str, Block]]) -> bytes:
    places = []
    for name, block in blocks:
        start = stop = made.add(b"")
        waiting = bytearray()
        for part in parts_of(block):
            waiting += part
            if len(waiting) >= _STEP:
                stop = made.add(waiting) + len(waiting)
                waiting.clear()
        stop = made.add(waiting) + len(waiting)
        places.append((name, start, stop))
    return msgspec.msgpack.encode(_BlocksAt(places, made.settle()))
