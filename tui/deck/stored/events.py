"""Events as blocks: which pieces are in each, by number; all else is in the stories and items themselves."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Protocol

import msgspec

from tui.cache.codec import are_below, whole_numbers
from tui.cache.source import BlockSource, Damage
from tui.cache.tables import Records, Table, records_blocks, table_blocks
from tui.deck.columns import LatestValues, bits_of, rows_of, span_bits
from tui.deck.deck import Deck
from tui.deck.events.events import Event, Events, Relation, assemble, member_of, own_publisher
from tui.deck.events.keys import item_key, piece_key, source_key
from tui.deck.grouping import Grouping
from tui.deck.lookup import Lookup
from tui.errors import DamagedCacheError
from tui.model import Coverage, Story

if TYPE_CHECKING:
    from tui.deck.events.build import BuiltEvents
    from tui.deck.events.pieces import PieceTable
    from tui.deck.events.telling import CountedTerms

_NAME = "events"
_SOURCES = "events.terms.sources"
_EVENTS_KEPT = 1024
_DAMAGED = "the cards are being read again"


class _EventRecord(msgspec.Struct, frozen=True, array_like=True):
    """The pieces of an event in their order.

    A card is its doc, a coverage item the complement of its number (-1 is number 0). `originals` are the places of the
    pieces that they are reprints of, their own where they are of nothing; empty where nothing is a reprint.
    `publishers` are those of the pieces, empty where each outlet is its own.
    """

    pieces: list[int]
    originals: list[int] = []
    publishers: list[str] = []


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_EventRecord).decode


ItemNumbers = Mapping[int, int]
"""The numbers by which the coverage items of a deck are found again, by those that its `NumberedStories` give them."""


class Sources(Protocol):
    """The stories of a deck by doc, and their coverage items by the numbers of an `ItemNumbers`."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int) -> Story: ...

    def item(self, number: int) -> Coverage:
        """The item with this number. Raises an error of `NO_SENSE` or DamagedCacheError without one."""
        ...


def events_blocks(deck: Deck, events: "BuiltEvents", grouping: Grouping, coverage: ItemNumbers) -> dict[str, bytes]:
    """The events of a deck as blocks; `coverage` numbers the items as they were written with the deck.

    Without those of its terms, which `BuiltEvents.counted` says.
    """
    return {
        **groups_blocks(deck, events, grouping, coverage),
        **table_blocks(f"{_NAME}.items", _items(events.table, coverage)),
        _SOURCES: array("I", _sources(events.table, coverage)).tobytes(),
    }


def groups_blocks(deck: Deck, events: "BuiltEvents", grouping: Grouping, coverage: ItemNumbers) -> dict[str, bytes]:
    """What tells the events of a deck, but not why they are what they are."""
    shown = rows_of(span_bits(0, len(deck)) & ~bits_of(deck.removed, len(deck)))
    return {
        f"{_NAME}.numbers": array("I", grouping.numbers).tobytes(),
        f"{_NAME}.leads": array("I", grouping.leads).tobytes(),
        f"{_NAME}.ahead": grouping.rows(shown)[0].tobytes(),
        **records_blocks(_NAME, (_encode(_record(event, events.table, coverage)) for event in events.all)),
        **table_blocks(f"{_NAME}.pieces", _pieces(events.all)),
    }


def _record(event: Event, table: "PieceTable", coverage: ItemNumbers) -> _EventRecord:
    pieces, publishers, own = [], [], True
    for member in event.members:
        number = table.by_key[member.key]
        told = table.told[number]
        pieces.append(told if told >= 0 else ~coverage[~told])
        publishers.append(member.publisher)
        own = own and member.publisher == own_publisher(table.pieces[number].source)
    publishers = [] if own else publishers
    if not any(member.reprint_of for member in event.members):
        return _EventRecord(pieces, [], publishers)
    places = {member.key: place for place, member in enumerate(event.members)}
    return _EventRecord(pieces, [places[member.reprint_of or member.key] for member in event.members], publishers)


def _pieces(events: Sequence[Event]) -> Iterator[tuple[str, int]]:
    return ((member.key, number) for number, event in enumerate(events) for member in event.members)


def _items(table: "PieceTable", coverage: ItemNumbers) -> Iterator[tuple[str, int]]:
    """The pieces that no card has, each with the number of the first item that has."""
    for piece, told in zip(table.pieces, table.told, strict=True):
        if told < 0:
            yield piece.key, coverage[~told]


def _sources(table: "PieceTable", coverage: ItemNumbers) -> Iterator[int]:
    """What tells the piece of each rank: twice the doc of a card, or twice the number of an item, and one."""
    from tui.deck.events.telling import by_rank

    for piece in by_rank(table.pieces):
        told = table.told[piece.number]
        yield 2 * told if told >= 0 else 2 * coverage[~told] + 1


class StoredEvents(Events):
    """Reads what `events_blocks` wrote, an event at a time; damage is reported, and then an event is unknown."""

    def __init__(self, source: BlockSource, stories: Sources, lookup: Lookup, damage: Damage) -> None:
        self._stories = stories
        self._lookup = lookup
        self._damage = damage
        self._source = source
        self._records = Records(source, _NAME)
        self._pieces, self._items = Table(source, f"{_NAME}.pieces"), Table(source, f"{_NAME}.items")
        self._kept: LatestValues[Event | None] = LatestValues(_EVENTS_KEPT)
        numbers, leads, ahead = (
            whole_numbers(source.block(f"{_NAME}.{name}")) for name in ("numbers", "leads", "ahead")
        )
        self.grouping = Grouping(numbers, leads, ahead)
        if len(numbers) != len(stories) or len(self.grouping.leads) != len(self._records):
            raise DamagedCacheError("The cache is damaged: the columns of events have different lengths.")
        if not are_below(numbers, len(self._records)) or not are_below(ahead, len(stories)):
            raise DamagedCacheError("The cache is damaged: stories or events are beyond the end.")

    def of_story(self, story_id: str) -> Event | None:
        """The event that a story tells; None for a story that was not in the deck, and for a damaged event."""
        doc = self._lookup.doc(story_id)
        return None if doc is None else self._event(self.grouping.numbers[doc])

    def key_of(self, item: Coverage) -> str | None:
        """The `Member.key` of a coverage item in its event; None for one that is in no event."""
        key = item_key(item)
        return None if self._number_of(key) is None else key

    def is_of_event(self, item: Coverage, story: Story) -> bool:
        """Whether a coverage item is of the event that a story of this deck tells."""
        doc = self._lookup.doc(story.id)
        return doc is not None and self._number_of(item_key(item)) == self.grouping.numbers[doc]

    def story_of(self, item: Coverage) -> str | None:
        """The id of the first card in this deck that has the link of a coverage item, None without one."""
        docs = self._lookup.docs_of_url(item_key(item)) if item.url else ()
        return min((self._stories[doc].id for doc in docs), default=None)

    def piece_numbers(self) -> Iterable[int]:
        """All pieces of the deck, each as 64 bits that stand for its key; DamagedCacheError where they are damaged."""
        return self._damage.checked(lambda: chain(self._pieces.hashes, self._items.hashes))

    def event_of_piece(self, number: int) -> int | None:
        """The number of the event of a piece, by the 64 bits that stand for its key; None without one."""
        return self._damage.guard(lambda: next(iter(self._pieces.values_of(number)), None), None)

    def with_arrivals(self, arrived: Sequence[Story], gone: Sequence[Story]) -> Events:
        """The events after cards `arrived` and others are `gone`; damage leaves them as they are."""
        from tui.deck.events.arrivals import with_arrivals  # not needed before cards change

        size = len(self._records)
        before: Events = self
        return self._damage.guard(lambda: with_arrivals(before, self, arrived, gone, size), before)

    @cached_property
    def counted(self) -> "CountedTerms":
        """How often the terms of the deck are told, read in place. Raises DamagedCacheError."""
        from tui.deck.stored.lexicon import StoredTerms

        return StoredTerms(self._source).counted()

    def told_at(self, rank: int) -> Story | Coverage:
        """What tells the piece of a rank. Raises DamagedCacheError or an error of `NO_SENSE`."""
        number = self._sources[rank]
        return self._stories.item(number >> 1) if number & 1 else self._stories[number >> 1]

    def has_piece(self, key: str) -> bool:
        """Whether there is a piece with this key, in an event or not."""
        return self._number_of(key) is not None or self._damage.guard(lambda: self._items.first(key), None) is not None

    def told_beside(self, key: str) -> Sequence[Story | Coverage]:
        """What tells the event that the piece with this key is of; nothing if it is of none."""
        number = self._number_of(key)
        event = None if number is None else self._event(number)
        if number is None or event is None:
            return ()
        docs = map(self._lookup.doc, event.story_ids)
        listed = (self._stories.item(~piece) for piece in _decode(self._records[number]).pieces if piece < 0)
        return [*(self._stories[doc] for doc in docs if doc is not None), *listed]

    @cached_property
    def _sources(self) -> Sequence[int]:
        return whole_numbers(self._source.block(_SOURCES))

    def why(self, story: Story, item: Coverage) -> str:
        """Why an item has its relation, in one line, by a judge that is put together again from what was stored."""
        return self._damage.guard(lambda: self._why(story, item), _DAMAGED)

    def _why(self, story: Story, item: Coverage) -> str:
        from tui.deck.events.judge import Judge
        from tui.deck.events.lexicon import Lexicon
        from tui.deck.events.pieces import side_by_side
        from tui.deck.events.reasons import relation_reason

        one, other = self._told_by(piece_key(story)), self._told_by(item_key(item))
        if self._damage.found:
            return _DAMAGED
        if self._lookup.doc(story.id) is None or other is None:
            return "not in this folder"
        if piece_key(story) == item_key(item):
            return "the same page"
        # A new lexicon each time, for it remembers figures by the numbers of pieces.
        judge = Judge(side_by_side((one or story, other)), Lexicon(self.counted))
        return relation_reason(judge, 0, 1, self.relation(story, item) is Relation.SAME_EVENT)

    def _told_by(self, key: str) -> Story | Coverage | None:
        """What gives the piece with this key: the first card by id, else an item."""
        docs = self._lookup.docs_of_url(key)
        if docs:
            return min((self._stories[doc] for doc in docs), key=lambda story: story.id)
        number = self._damage.guard(lambda: self._items.first(key), None)
        return None if number is None else self._stories.item(number)

    def _number_of(self, key: str) -> int | None:
        return self._damage.guard(lambda: self._pieces.first(key), None)

    def _event(self, number: int) -> Event | None:
        return self._kept.get(number, lambda: self._damage.guard(lambda: self._read(number), None))

    def _read(self, number: int) -> Event:
        record = _decode(self._records[number])
        sources = [self._stories[piece] if piece >= 0 else self._stories.item(~piece) for piece in record.pieces]
        keys = [source_key(source) for source in sources]
        originals = record.originals or range(len(keys))
        publishers = record.publishers or [""] * len(keys)
        told = zip(sources, keys, originals, publishers, strict=True)
        return assemble(
            tuple(
                member_of(source, key, self._cards(source, key), "" if original == place else keys[original], publisher)
                for place, (source, key, original, publisher) in enumerate(told)
            )
        )

    def _cards(self, source: Story | Coverage, key: str) -> tuple[str, ...]:
        """The ids of the cards of a piece."""
        if not isinstance(source, Story):
            return ()
        others = (self._stories[doc].id for doc in self._lookup.docs_of_url(key))
        return tuple(sorted({source.id, *others}))
