"""Stories on disk: each is decoded when it is asked for, and each coverage item is kept once for all of them."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import overload

import msgspec
from msgspec import structs

from tui.deck.search.memo import Memo
from tui.deck.stored.source import Damage, Source
from tui.deck.stored.tables import Records, records_blocks
from tui.model import Coverage, Story

_STORIES = "deck.stories"
_COVERAGE = "deck.coverage"
_STORIES_KEPT = 512
_ITEMS_KEPT = 4096

_encode = msgspec.msgpack.Encoder().encode
_decode_coverage = msgspec.msgpack.Decoder(Coverage).decode


class _Record(msgspec.Struct, frozen=True, array_like=True):
    """A story without its coverage, and the 32-bit numbers of that."""

    story: Story
    related: bytes


_decode_record = msgspec.msgpack.Decoder(_Record).decode


class CoverageNumbers:
    """Gives every different coverage item a number."""

    def __init__(self) -> None:
        self.items: list[Coverage] = []
        self._numbers: dict[Coverage, int] = {}
        # By identity first: equal items are mostly one object, and to hash one costs more than all else.
        self._by_object: dict[int, int] = {}
        self._objects: list[Coverage] = []

    def number(self, item: Coverage) -> int:
        """The number of an item."""
        known = self._by_object.get(id(item))
        if known is not None:
            return known
        number = self._numbers.setdefault(item, len(self.items))
        if number == len(self.items):
            self.items.append(item)
        self._by_object[id(item)] = number
        self._objects.append(item)  # an object that is gone could leave its identity to another
        return number


def stories_blocks(stories: Iterable[Story], coverage: CoverageNumbers) -> dict[str, bytes]:
    """Stories in deck order as blocks; afterwards `coverage` knows the number of each of their items."""
    number = coverage.number
    records = [
        _encode(
            _Record(structs.replace(story, related=()), array("I", map(number, story.related)).tobytes())
            if story.related
            else _Record(story, b"")
        )
        for story in stories
    ]
    return records_blocks(_STORIES, records) | records_blocks(_COVERAGE, map(_encode, coverage.items))


class StoredStories(Sequence[Story]):
    """The stories that `stories_blocks` wrote.

    A single story that turns out to be damaged is told to `damage`, and a stand-in given; going through all of them
    raises DamagedCacheError.
    """

    def __init__(self, source: Source, damage: Damage) -> None:
        self._records = Records(source, _STORIES)
        self._items = Records(source, _COVERAGE)
        self._damage = damage
        self._kept: Memo[Story] = Memo(_STORIES_KEPT)
        self._kept_items: Memo[Coverage] = Memo(_ITEMS_KEPT)

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, place: int) -> Story: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Story]: ...
    def __getitem__(self, place: int | slice) -> Story | Sequence[Story]:
        """The story at a place, IndexError beyond the end; or some of them."""
        if isinstance(place, slice):
            return [self[doc] for doc in range(*place.indices(len(self)))]
        doc = place + len(self) if place < 0 else place
        if not 0 <= doc < len(self):
            raise IndexError(place)
        return self._kept.get(doc, lambda: self._damage.guard(lambda: self._story(doc), _stand_in(doc)))

    def __iter__(self) -> Iterator[Story]:
        """All stories, decoded in one go; equal coverage items are the same object."""
        items = list(map(_decode_coverage, self._items))
        for data in self._records:
            yield _whole(_decode_record(data), items.__getitem__)

    def item(self, number: int) -> Coverage:
        """The coverage item with this number."""
        return self._kept_items.get(number, lambda: _decode_coverage(self._items[number]))

    def _story(self, doc: int) -> Story:
        return _whole(_decode_record(self._records[doc]), self.item)


def _whole(record: _Record, item: Callable[[int], Coverage]) -> Story:
    if not record.related:
        return record.story
    return structs.replace(record.story, related=tuple(map(item, array("I", record.related))))


def _stand_in(doc: int) -> Story:
    return Story(id=f"?{doc}", title="This card is being read again")
