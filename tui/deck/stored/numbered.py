"""A gathered deck that numbers what its stories list, so that it can be worked on a story at a time.

What is worked out of a whole deck is worked out of numbers and columns then, and nobody holds all stories as values.
"""

from array import array
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import structs

from tui.cache.kept import KeptBytes
from tui.cache.source import Damage
from tui.deck.columns import Times
from tui.deck.counts import Counts, Declared
from tui.deck.deck import Deck
from tui.deck.stored.gathered import DeckGatherer, GatheredLookup, GatheredStories, StoryShelf
from tui.hashing import blake2b
from tui.model import Coverage, Story

_DIGEST_BYTES = 16
_TIMES = "times"


class _ShelfOfDifferent(StoryShelf):
    """A shelf on which equal coverage has one number, whichever source sends it."""

    def __init__(self, kept: KeptBytes, damage: Damage) -> None:
        super().__init__(kept, damage)
        self._numbers: dict[bytes, int] = {}

    def add_items(self, items: Sequence[msgspec.Raw]) -> Sequence[int]:
        """Keep what is not there yet; the number of each."""
        known, numbers, new = self._numbers, array("I"), []
        for item in items:
            # Equal items have equal bytes, for all of them are packed in one way.
            digest = blake2b(item, digest_size=_DIGEST_BYTES).digest()
            number = known.get(digest)
            if number is None:
                number = known[digest] = len(known)
                new.append(item)
            numbers.append(number)
        super().add_items(new)
        return numbers


class _NumberedStories(GatheredStories):
    """Gathered stories of a shelf of different coverage; `ids` are those of the stories in all places."""

    def __init__(self, shelf: StoryShelf, places: "array[int]", declared: Declared, ids: Sequence[str]) -> None:
        super().__init__(shelf, places, declared)
        self._ids = ids

    def head(self, doc: int) -> Story:
        """A story without its coverage. Raises DamagedCacheError."""
        return self.told(doc)[0]

    def heads(self) -> Iterator[Story]:
        """All of them, in order, without their coverage. Raises DamagedCacheError."""
        return map(self.head, range(len(self)))

    def ids(self) -> Iterator[str]:
        """The ids of all of them, in order, for which none is read."""
        return map(self._ids.__getitem__, self._places)

    def bare(self) -> Iterator[Story]:
        """The same."""
        return self.heads()

    def listed(self, doc: int) -> Sequence[int]:
        """The numbers of what a story lists, in its order. Raises DamagedCacheError."""
        return self._shelf.listed(self._places[doc])

    def told(self, doc: int) -> tuple[Story, Sequence[int]]:
        """A story without its coverage, and the numbers of that, in its order. Raises DamagedCacheError."""
        place = self._places[doc]
        story, listed = self._shelf.told(place)
        structs.force_setattr(story, "id", self._ids[place])  # which is kept once, whoever holds on to it
        return self._declared.named(story), listed

    def item(self, number: int) -> Coverage:
        """What has a number. Raises DamagedCacheError."""
        return self._shelf.read_item(number)

    def packed(self) -> "PackedStories":
        """All that is needed to make them again of the same kept bytes."""
        columns = tuple(column.tobytes() for column in self._shelf.columns)
        return PackedStories(columns, self._places.tobytes(), list(self._ids))

    @classmethod
    def unpacked(cls, packed: "PackedStories", kept: KeptBytes, declared: Declared) -> "_NumberedStories":
        """What `packed` told."""
        shelf = StoryShelf(kept, Damage())
        shelf.lay(packed.columns)
        return cls(shelf, array("I", packed.places), declared, packed.ids)


class PackedStories(msgspec.Struct, array_like=True, frozen=True):
    """Numbered stories on their way to another process that has the same kept bytes."""

    columns: tuple[bytes, ...]
    places: bytes
    ids: list[str]


class _PackedDeck(msgspec.Struct, array_like=True, frozen=True):
    stories: PackedStories
    counts: Counts
    declared: Declared
    removed: list[int]
    times: dict[str, bytes]


def packed_deck(deck: Deck) -> bytes:
    """A deck that a `NumberingGatherer` made, for a process that has the same kept bytes."""
    assert isinstance(deck.stories, _NumberedStories), "no other deck is packed"
    times = deck.all_times.blocks(_TIMES)
    return msgspec.msgpack.encode(
        _PackedDeck(deck.stories.packed(), deck.counts, deck.declared, list(deck.removed), times)
    )


def unpacked_deck(data: bytes, kept: KeptBytes) -> Deck:
    """The deck that `packed_deck` told, for whoever goes through its stories: none is found by what it says."""
    packed = msgspec.msgpack.decode(data, type=_PackedDeck)
    stories = _NumberedStories.unpacked(packed.stories, kept, packed.declared)
    times = Times.of_blocks(_TIMES, len(stories), packed.times, in_order=True)
    lookup = GatheredLookup(stories, array("I"), {}, bytearray(), packed.removed)
    return Deck(stories, packed.counts, packed.declared, lookup, times)


class NumberingGatherer(DeckGatherer):
    """Takes in stories as bytes and makes a deck of them whose stories are `NumberedStories`."""

    def _new_shelf(self, kept: KeptBytes) -> StoryShelf:
        return _ShelfOfDifferent(kept, self.damage)

    def _in_order(self, places: "array[int]") -> GatheredStories:
        return _NumberedStories(self._shelf, places, self._declared, self._ids)
