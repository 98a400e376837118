"""Stories on disk: each is decoded when it is asked for, and each coverage item is kept once for all of them."""

from array import array
from collections.abc import Callable, Iterator, Sequence

import msgspec
from msgspec import structs

from tui.cache.blocks import Block
from tui.cache.source import NO_SENSE, BlockSource, Damage, Watched, as_damage
from tui.cache.tables import Records, Table, records_in_parts, table_blocks
from tui.deck.columns import LatestValues, Times
from tui.deck.counts import Counts, Declared
from tui.deck.deck import Deck
from tui.deck.lookup import stem_of, url_key
from tui.deck.numbering import NumberedStories, Renumbering, numbered
from tui.errors import DamagedCacheError
from tui.model import Coverage, Story
from tui.one_by_one import OneByOne

_STORIES = "deck.stories"
_COVERAGE = "deck.coverage"
_STORIES_KEPT = 512
_ITEMS_KEPT = 4096

_encode = msgspec.msgpack.Encoder().encode
_decode_coverage = msgspec.msgpack.Decoder(Coverage).decode


class _StoryRecord(msgspec.Struct, frozen=True, array_like=True):
    """A story without its coverage, and the 32-bit numbers of that."""

    story: Story
    related: bytes


_decode_record = msgspec.msgpack.Decoder(_StoryRecord).decode


def stored_items(stories: NumberedStories) -> Renumbering:
    """The numbers under which the coverage items of stories are stored."""
    items = Renumbering()
    for doc in range(len(stories)):
        items.of(stories.listed(doc))
    return items


def _stories_blocks(
    stories: NumberedStories, items: Renumbering, note: Callable[[Story], object]
) -> Iterator[tuple[str, Block]]:
    """Stories in deck order as blocks, and then their `items`; `note` is told of each story on its way."""

    def record(doc: int) -> bytes:
        story, listed = stories.told(doc)
        note(story)
        related = array("I", items.of(listed))
        return _encode(_StoryRecord(structs.replace(story, related=()) if story.related else story, related.tobytes()))

    yield from records_in_parts(_STORIES, map(record, range(len(stories))))
    yield from records_in_parts(_COVERAGE, (_encode(stories.item(number)) for number in items.order))


class StoredStories(OneByOne[Story]):
    """The stories that `deck_blocks` wrote.

    A single story that turns out to be damaged is reported to `damage`, and a stand-in given; going through all of them
    raises DamagedCacheError.
    """

    def __init__(self, source: BlockSource, damage: Damage) -> None:
        self._records = Records(source, _STORIES)
        self._items = Records(source, _COVERAGE)
        self._damage = damage
        self._kept: LatestValues[Story] = LatestValues(_STORIES_KEPT)
        self._kept_items: LatestValues[Coverage] = LatestValues(_ITEMS_KEPT)

    def __len__(self) -> int:
        return len(self._records)

    def at(self, place: int) -> Story:
        """The story that stands there."""
        return self._kept.get(place, lambda: self._damage.guard(lambda: self._story(place), _stand_in(place)))

    def __iter__(self) -> Iterator[Story]:
        """All stories, decoded in one go; equal coverage items are the same object."""
        try:
            items = list(map(_decode_coverage, self._items))
            for data in self._records:
                yield _whole(_decode_record(data), items.__getitem__)
        except (DamagedCacheError, *NO_SENSE) as error:
            self._damage.report()
            raise as_damage(error) from error

    def item(self, number: int) -> Coverage:
        """The coverage item with this number. Raises DamagedCacheError, also if there is none."""
        return self._damage.checked(lambda: self._kept_items.get(number, lambda: _decode_coverage(self._items[number])))

    def _story(self, doc: int) -> Story:
        return _whole(_decode_record(self._records[doc]), self.item)


def _whole(record: _StoryRecord, item: Callable[[int], Coverage]) -> Story:
    if not record.related:
        return record.story
    return structs.replace(record.story, related=tuple(map(item, array("I", record.related))))


def _stand_in(doc: int) -> Story:
    return Story(id=f"?{doc}", title="This card is being read again")


_HEAD = "deck"
_TIMES = "deck.times"


class _Head(msgspec.Struct, frozen=True):
    """What is needed at once."""

    counts: Counts
    declared: Declared
    removed: list[int]


def deck_blocks(deck: Deck, items: Renumbering) -> Iterator[tuple[str, Block]]:
    """A deck as blocks, to be gone through one after the other.

    `items` are the `stored_items` of its stories, or none so far: then they are those once its stories were.
    """
    yield _HEAD, msgspec.msgpack.encode(_Head(deck.counts, deck.declared, list(deck.removed)))
    stories = numbered(deck.stories)
    told: list[tuple[str, str, str]] = []
    yield from _stories_blocks(stories, items, lambda story: told.append((story.id, url_key(story), story.outlet.name)))
    yield from deck.all_times.blocks(_TIMES).items()
    yield from table_blocks("deck.ids", ((id, doc) for doc, (id, _, _) in enumerate(told))).items()
    yield from table_blocks("deck.stems", ((stem_of(id), doc) for doc, (id, _, _) in enumerate(told))).items()
    yield from table_blocks("deck.urls", ((key, doc) for doc, (_, key, _) in enumerate(told) if key)).items()
    outlets = ((outlet, doc) for doc, (_, _, outlet) in enumerate(told) if outlet)
    yield from table_blocks("deck.outlets", outlets).items()


class StoredDeck:
    """Reads the blocks that `deck_blocks` wrote; what turns out to be damaged is reported to `damage`.

    Raises DamagedCacheError, or another error of `NO_SENSE`, if what every use needs is damaged.
    """

    def __init__(self, source: Watched, damage: Damage) -> None:
        head = msgspec.msgpack.decode(source.block(_HEAD), type=_Head)
        self.stories = StoredStories(source, damage)
        if not all(0 <= doc < len(self.stories) for doc in head.removed):
            raise DamagedCacheError("The cache is damaged: removed stories are beyond the end.")
        self.lookup = StoredLookup(source, damage, len(self.stories), head.removed)
        times = Times.of_blocks(_TIMES, len(self.stories), source.blocks(), in_order=True)
        if not times.are_dates:
            raise DamagedCacheError("The cache is damaged: stories have times that no calendar has.")
        self.deck = Deck(self.stories, head.counts, head.declared, self.lookup, times)


class StoredLookup:
    """Finds stories by tables on disk; see `Lookup`. A number beyond the `size` of the deck is damage."""

    def __init__(self, source: BlockSource, damage: Damage, size: int, removed: Sequence[int] = ()) -> None:
        self._damage = damage
        self._size = size
        self._removed = removed
        self._ids, self._stems, self._urls, self._outlets = (
            Table(source, f"deck.{name}") for name in ("ids", "stems", "urls", "outlets")
        )

    def doc(self, story_id: str) -> int | None:
        """The story with this id; None without one, and where the table is damaged."""
        return next(iter(self._docs(self._ids, story_id)), None)

    def docs_of_url(self, canonical: str) -> tuple[int, ...]:
        """All stories whose URL has this canonical form; none where the table is damaged."""
        return tuple(self._docs(self._urls, canonical))

    def docs_of_stem(self, stem: str) -> Sequence[int]:
        """All stories whose id without its suffix is `stem`, ascending; none where the table is damaged."""
        return self._docs(self._stems, stem)

    def docs_of_outlet(self, name: str) -> Sequence[int]:
        """All stories of the outlet with exactly this name; none where the table is damaged."""
        return self._docs(self._outlets, name)

    def removed_docs(self) -> Sequence[int]:
        """All stories that are removed, ascending, as they were read at the start."""
        return self._removed

    def _docs(self, table: Table, key: str) -> Sequence[int]:
        return self._damage.guard(lambda: self._inside(table.values(key)), ())

    def _inside(self, docs: Sequence[int]) -> Sequence[int]:
        if docs and max(docs) >= self._size:
            raise DamagedCacheError("The cache is damaged: a table names stories that do not exist.")
        return docs
