"""A deck that is gathered while its cards are read: most of its stories are bytes, and what a list has to know of them.

A story is made a value when it is looked at, as it is where a deck comes from its cache file.
"""

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from math import inf
from struct import Struct
from typing import Final, TypeVar

import msgspec
from msgspec import structs

from tui.cache.kept import KeptBytes
from tui.cache.source import Damage, as_damage
from tui.cache.tables import PAGE_BYTES, page_mark
from tui.deck.columns import UNKNOWN, LatestValues, Times, bits_of_flags
from tui.deck.counts import Declared, Tally
from tui.deck.deck import Deck
from tui.deck.lookup import MemoryLookup
from tui.model import Coverage, Story
from tui.one_by_one import OneByOne

_STORIES_KEPT: Final = 512
_ITEMS_KEPT: Final = 4096
_GONE: Final = -1
# A key that is pressed meanwhile waits for a single step of this at most, for no other thread runs during one.
_AT_ONCE: Final = 8192
_COUNT: Final = Struct("=I")

_decode_story: Final = msgspec.msgpack.Decoder(Story).decode
_decode_item: Final = msgspec.msgpack.Decoder(Coverage).decode


class StoryShelf:
    """The bytes of stories, by the *place* in which each was added, and of the coverage that they list, by number.

    What cannot be read any more is reported to `damage`, and a stand-in given.
    """

    def __init__(self, kept: KeptBytes, damage: Damage) -> None:
        self.damage = damage
        self._kept = kept
        self._starts, self._ends = array("Q"), array("Q")
        self._item_starts, self._item_ends = array("Q"), array("Q")
        self._items: LatestValues[Coverage] = LatestValues(_ITEMS_KEPT)

    def __len__(self) -> int:
        return len(self._ends)

    @property
    def columns(self) -> "tuple[array[int], ...]":
        """Where its stories and items lie among what is kept."""
        return self._starts, self._ends, self._item_starts, self._item_ends

    def lay(self, columns: Iterable[bytes]) -> None:
        """Take the `columns` of another shelf of what is kept, as bytes, for its own."""
        for own, data in zip(self.columns, columns, strict=True):
            own.frombytes(data)

    def add_items(self, items: Sequence[msgspec.Raw]) -> Sequence[int]:
        """Keep coverage; the number of each."""
        first = len(self._item_ends)
        self._add([bytes(memoryview(item)) for item in items], self._item_starts, self._item_ends)
        return range(first, len(self._item_ends))

    def add_stories(self, stories: Sequence[msgspec.Raw], related: Iterable[Sequence[int]]) -> None:
        """Keep stories without their coverage, and of each the numbers of that."""
        parts = []
        for story, numbers in zip(stories, related, strict=True):
            parts.append(b"".join((_COUNT.pack(len(numbers)), array("I", numbers).tobytes(), memoryview(story))))
        self._add(parts, self._starts, self._ends)

    def _add(self, parts: Sequence[bytes], starts: "array[int]", ends: "array[int]") -> None:
        if parts:
            begin = self._kept.add(b"".join(parts))
            bounds = array("Q", accumulate(map(len, parts), initial=begin))
            starts.extend(bounds[:-1])
            # Whoever asks meanwhile goes by the ends, which hence come last.
            ends.extend(bounds[1:])

    def story(self, place: int) -> Story:
        """A whole story."""
        return self.damage.guard(lambda: self._whole(place, self.item), _stand_in(place))

    def item(self, number: int) -> Coverage:
        """A coverage item. Raises DamagedCacheError."""
        return self._items.get(number, lambda: self.read_item(number))

    def item_of(self, place: int, index: int) -> Coverage:
        """One of the items that a story lists, without the others. Raises DamagedCacheError."""
        return self.item(self.listed(place)[index])

    def bare(self, place: int) -> Story:
        """A story without its coverage. Raises DamagedCacheError."""
        return _decode_story(self._record(place)[1])

    def told(self, place: int) -> "tuple[Story, array[int]]":
        """A story without its coverage, and the numbers of what it lists. Raises DamagedCacheError."""
        listed, data = self._record(place)
        return _decode_story(data), listed

    def listed(self, place: int) -> "array[int]":
        """The numbers of what a story lists. Raises DamagedCacheError."""
        return self._record(place)[0]

    def stories(self, places: Iterable[int]) -> Iterator[Story]:
        """Whole stories, in which equal coverage items are the same object. Raises DamagedCacheError."""
        items: dict[int, Coverage] = {}
        same: dict[Coverage, Coverage] = {}

        def item(number: int) -> Coverage:
            if number not in items:
                read = self.read_item(number)
                items[number] = same.setdefault(read, read)
            return items[number]

        def whole(place: int) -> Story:
            return self.damage.checked(lambda: self._whole(place, item))

        return map(whole, places)

    def _whole(self, place: int, item: Callable[[int], Coverage]) -> Story:
        numbers, data = self._record(place)
        story = _decode_story(data)
        return structs.replace(story, related=tuple(map(item, numbers))) if numbers else story

    def _record(self, place: int) -> "tuple[array[int], bytes]":
        data = self._read(self._starts[place], self._ends[place])
        stop = _COUNT.size * (1 + _COUNT.unpack_from(data)[0])
        return array("I", data[_COUNT.size : stop]), data[stop:]

    def read_item(self, number: int) -> Coverage:
        """The same, which is not remembered."""
        return _decode_item(self._read(self._item_starts[number], self._item_ends[number]))

    def _read(self, start: int, stop: int) -> bytes:
        try:
            return self._kept.part(start, stop)
        except OSError as error:
            self.damage.report()
            raise as_damage(error) from error


def _stand_in(place: int) -> Story:
    return Story(id=f"?{place}", title="This card is being read again")


class GatheredStories(OneByOne[Story]):
    """Stories of a shelf in the order of these `places`, with the names of outlets that are `declared`.

    Going through all of them raises DamagedCacheError if they cannot be read any more.
    """

    def __init__(self, shelf: StoryShelf, places: "array[int]", declared: Declared) -> None:
        self._shelf = shelf
        self._places = places
        self._declared = declared
        self._kept: LatestValues[Story] = LatestValues(_STORIES_KEPT)

    def __len__(self) -> int:
        return len(self._places)

    def at(self, place: int) -> Story:
        """The story that stands there."""
        shelved = self._places[place]
        return self._kept.get(shelved, lambda: self._declared.named(self._shelf.story(shelved)))

    def __iter__(self) -> Iterator[Story]:
        return map(self._declared.named, self._shelf.stories(self._places))

    def bare(self) -> Iterator[Story]:
        """All stories without their coverage, which takes half the time. Raises DamagedCacheError."""
        return map(self._declared.named, map(self._shelf.bare, self._places))

    def item_of(self, doc: int, index: int) -> Coverage:
        """One of the coverage items of a story. Raises DamagedCacheError, or IndexError if there is none."""
        return self._shelf.item_of(self._places[doc], index)


Column = TypeVar("Column", bytearray, "array[float]")


def _picked(column: Column, places: "array[int]") -> Column:
    """What a column has in these places, in their order."""
    picked = column[:0]
    for start in range(0, len(places), _AT_ONCE):
        picked.extend(map(column.__getitem__, places[start : start + _AT_ONCE]))
    return picked


class _Bare:
    """Gathered stories without their coverage."""

    def __init__(self, stories: GatheredStories) -> None:
        self._stories = stories

    def __iter__(self) -> Iterator[Story]:
        return self._stories.bare()


class GatheredLookup(MemoryLookup):
    """Finds gathered stories: by id and link without reading any, by all else as stories in memory are found.

    `pages` has the `page_mark` of the story in each place, `of_id` the place of each.
    """

    def __init__(
        self,
        stories: GatheredStories,
        places: "array[int]",
        of_id: Mapping[str, int],
        pages: bytearray,
        removed: Sequence[int],
    ) -> None:
        super().__init__(_Bare(stories))
        self._places = places
        self._of_id = of_id
        self._pages = pages
        self._removed = removed

    def doc(self, story_id: str) -> int | None:
        """The story with this id, or None."""
        return self._doc_in(self._of_id.get(story_id, _GONE))

    def docs_of_url(self, canonical: str) -> tuple[int, ...]:
        """All stories whose URL has this canonical form."""
        # Looked through at the speed of memory: few links are asked for, and to learn all would take longer.
        mark, docs = page_mark(canonical), []
        at = self._pages.find(mark) if canonical else -1
        while at >= 0:
            place, rest = divmod(at, PAGE_BYTES)
            if not rest and (doc := self._doc_in(place)) is not None:
                docs.append(doc)
            at = self._pages.find(mark, at + 1)
        return tuple(sorted(docs))

    def _doc_in(self, place: int) -> int | None:
        """The position of the story in a place, None where this deck has none."""
        docs = self._by_place
        doc = docs[place] if 0 <= place < len(docs) else _GONE
        return None if doc == _GONE else doc

    def removed_docs(self) -> Sequence[int]:
        """All stories that are removed, ascending."""
        return self._removed

    @cached_property
    def _by_place(self) -> "array[int]":
        docs = array("i", [_GONE]) * (max(self._places, default=_GONE) + 1)
        for doc, place in enumerate(self._places):
            docs[place] = doc
        return docs


class DeckGatherer:
    """Takes in stories as bytes while they are read, and makes the next deck of all of them.

    Their bytes are `kept`; `declared` is what the folder declares, as far as that is known. For one thread; decks may
    be used in any.
    """

    def __init__(self, kept: KeptBytes, declared: Declared) -> None:
        self.damage = Damage()
        self._shelf = self._new_shelf(kept)
        self._declared = declared
        self._tally = Tally()
        self._items: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
        self._of_id: dict[str, int] = {}
        self._ids: list[str] = []
        self._pages = bytearray()
        self._seconds = array("d")
        self._exact, self._removed = bytearray(), bytearray()
        self._places = array("I")
        self._ordered = 0
        self._replaced: set[int] = set()

    @property
    def ids(self) -> Iterable[str]:
        """The ids of all stories."""
        return self._of_id

    def add(
        self,
        stories: Sequence[msgspec.Raw],
        related: Sequence[Sequence[int]],
        coverage: Sequence[msgspec.Raw],
        *,
        pages: bytes,
        source: int,
        anew: bool,
    ) -> None:
        """Take in stories without their coverage; one with a known id replaces the earlier one.

        `coverage` continues the list of the `source`, or begins it `anew`; `related` has the numbers in it for each
        story, `pages` the `page_mark` of each. Raises ValueError if that makes no sense.
        """
        if len(pages) != len(stories) * PAGE_BYTES:
            raise ValueError("stories have no links")
        known = self._items[source]
        if anew:
            del known[:]
        known.extend(self._shelf.add_items(coverage))
        try:
            numbers = [array("I", map(known.__getitem__, listed)) for listed in related]
        except IndexError as error:
            raise ValueError("stories list coverage that was never sent") from error
        place = len(self._shelf)
        self._pages += pages
        self._shelf.add_stories(stories, numbers)
        for data, listed in zip(stories, numbers, strict=True):
            self._note(_decode_story(data), place, covered=bool(listed))
            place += 1

    def _note(self, story: Story, place: int, *, covered: bool) -> None:
        earlier = self._of_id.get(story.id)
        if earlier is not None:
            self._replaced.add(earlier)
            self._count(earlier, -1)
        self._of_id[story.id] = place
        self._ids.append(story.id)
        self._seconds.append(UNKNOWN if story.published_at is None else story.published_at.timestamp())
        self._exact.append(story.time_known and story.published_at is not None)
        self._removed.append(story.removed)
        self._tally.count(self._declared.named(story), 1, covered=covered)

    def _count(self, place: int, step: int) -> None:
        story = self._declared.named(self._shelf.bare(place))
        self._tally.count(story, step, covered=bool(self._shelf.listed(place)))

    def remove(self, story_ids: Iterable[str]) -> None:
        """Take out the stories with these ids; unknown ids are left alone. Raises DamagedCacheError."""
        for story_id in story_ids:
            place = self._of_id.pop(story_id, None)
            if place is not None:
                self._replaced.add(place)
                self._count(place, -1)

    def deck(self, declared: Declared | None = None) -> Deck:
        """The deck of everything taken in so far, by what is `declared` now. Raises DamagedCacheError."""
        if declared is not None and declared != self._declared:
            self._declared, self._tally = declared, Tally()
            for place in self._of_id.values():
                self._count(place, 1)
        self._order()
        places = self._places[:]
        stories = self._in_order(places)
        removed = _picked(self._removed, places) if any(self._removed) else b""
        docs = [doc for doc, flag in enumerate(removed) if flag]
        seconds, exact = _picked(self._seconds, places), bits_of_flags(_picked(self._exact, places))
        return Deck(
            stories,
            self._tally.counts(),
            self._declared,
            GatheredLookup(stories, places, self._of_id, self._pages, docs),
            Times(seconds, exact, in_order=True),
        )

    def _new_shelf(self, kept: KeptBytes) -> StoryShelf:
        return StoryShelf(kept, self.damage)

    def _in_order(self, places: "array[int]") -> GatheredStories:
        return GatheredStories(self._shelf, places, self._declared)

    def _order(self) -> None:
        """Put those that came since into deck order; the others stand in it already, and mostly before them."""
        if self._replaced:
            kept = (place for place in self._places if place not in self._replaced)
            self._places = array("I", kept)
        came = [place for place in range(self._ordered, len(self._ids)) if place not in self._replaced]
        came.sort(key=self._key)
        self._ordered = len(self._ids)
        self._replaced.clear()
        merged, at = array("I"), 0
        for place in came:
            stop = bisect_right(self._places, self._key(place), at, key=self._key)
            merged.extend(self._places[at:stop])
            merged.append(place)
            at = stop
        merged.extend(self._places[at:])
        self._places = merged

    def _key(self, place: int) -> tuple[float, str]:
        """As `story_order` has it: the newest first, undated ones last, those of one moment by id."""
        seconds = self._seconds[place]
        return (-seconds if seconds == seconds else inf, self._ids[place])
