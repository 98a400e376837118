"""Events on their way from the process that finds them to a reader that holds the very deck, before they are written.

A card is known by its doc, an item by the doc of a card that lists it and its place there, so that the reader need not
number what all its cards list.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from tui.cache.codec import hashes
from tui.cache.source import NO_SENSE, Damage
from tui.cache.tables import Table, key_hash, table_blocks
from tui.deck.analysis import Analysis
from tui.deck.deck import Deck
from tui.deck.events.events import Events
from tui.deck.events.keys import item_key
from tui.deck.grouping import Grouping
from tui.deck.numbering import numbered
from tui.deck.stored.events import ItemNumbers, StoredEvents, groups_blocks
from tui.deck.stored.gathered import GatheredStories
from tui.errors import DamagedCacheError
from tui.model import Coverage, Story

if TYPE_CHECKING:
    from tui.deck.events.build import BuiltEvents
    from tui.deck.events.pieces import PieceTable

_MOST_ITEMS = 1 << 20
"""No card lists as many items: it would be longer than any card that is read."""
_TWINS = "events.twins"
_LISTED = "events.listed"
"""The pieces that no card tells, in events or not, each as its `key_hash`, ascending."""


def early_blocks(deck: Deck, events: "BuiltEvents", grouping: Grouping) -> dict[str, bytes]:
    """The events of a deck as blocks, for whoever has the same stories."""
    table = events.table
    listed = (key_hash(piece.key) for piece, told in zip(table.pieces, table.told, strict=True) if told < 0)
    return {
        **groups_blocks(deck, events, grouping, _placed_items(deck)),
        **table_blocks(_TWINS, _twins(deck, table)),
        _LISTED: array("Q", sorted(listed)).tobytes(),
    }


def early_analysis(deck: Deck, blocks: Mapping[str, bytes]) -> Analysis | None:
    """The analysis of a deck with the events that `early_blocks` told of the same stories, without a search index.

    None if the blocks make no sense for this deck.
    """
    try:
        events = _EarlyEvents(deck, blocks)
    except (DamagedCacheError, *NO_SENSE):
        return None
    return Analysis(deck, None, events, events.grouping)


def _twins(deck: Deck, table: "PieceTable") -> Iterator[tuple[str, int]]:
    """The keys of the pieces that several cards tell, each with the docs of these."""
    for number, ids in table.stories.items():
        if len(ids) > 1:
            docs = (deck.doc(story_id) for story_id in ids)
            yield from ((table.pieces[number].key, doc) for doc in docs if doc is not None)


def _placed_items(deck: Deck) -> ItemNumbers:
    """Items by where they stand first."""
    stories = numbered(deck.stories)
    placed: dict[int, int] = {}
    for doc in range(len(stories)):
        for place, item in enumerate(stories.listed(doc), doc * _MOST_ITEMS):
            placed.setdefault(item, place)
    return placed


class _PlacedSources:
    """The stories of a deck, and items by where they stand."""

    def __init__(self, deck: Deck) -> None:
        self._stories = deck.stories

    def __len__(self) -> int:
        return len(self._stories)

    def __getitem__(self, index: int) -> Story:
        return self._stories[index]

    def item(self, number: int) -> Coverage:
        """The item that stands there. Raises IndexError if there is none."""
        doc, place = divmod(number, _MOST_ITEMS)
        stories = self._stories
        return stories.item_of(doc, place) if isinstance(stories, GatheredStories) else stories[doc].related[place]


class _ToldBlocks:
    """Blocks that another process told."""

    def __init__(self, blocks: Mapping[str, bytes]) -> None:
        self._blocks = blocks

    def block(self, name: str) -> memoryview:
        """A whole block. Raises KeyError for a name unknown."""
        return memoryview(self._blocks[name])

    def part(self, name: str, start: int, stop: int) -> memoryview:
        """The bytes of a block from `start` up to `stop`."""
        return self.block(name)[start:stop]


class _EarlyEvents(StoredEvents):
    def __init__(self, deck: Deck, blocks: Mapping[str, bytes]) -> None:
        told = _ToldBlocks(blocks)
        super().__init__(told, _PlacedSources(deck), deck.found_by, Damage())
        self._twins = Table(told, _TWINS)

    def story_of(self, item: Coverage) -> str | None:
        """The id of the first card in this deck that tells a coverage item, None without one."""
        key = item_key(item)
        number = self._number_of(key)
        event = None if number is None else self._event(number)
        told = (member.stories for member in event.members if member.key == key) if event is not None else ()
        return next((ids[0] for ids in told if ids), None)

    def _cards(self, source: Story | Coverage, key: str) -> tuple[str, ...]:
        """The ids of the cards of a piece; to look for them by URL, all URLs of the deck would have to be learnt."""
        if not isinstance(source, Story):
            return ()
        return tuple(sorted({source.id, *(self._stories[doc].id for doc in self._twins.values(key))}))

    def piece_numbers(self) -> Iterable[int]:
        """All pieces of the deck, each as 64 bits that stand for its key."""
        return self._damage.checked(lambda: chain(self._pieces.hashes, hashes(self._source.block(_LISTED))))

    def with_arrivals(self, arrived: Sequence[Story], gone: Sequence[Story]) -> Events:
        """What arrives before the events are written down is joined to them then."""
        del arrived, gone
        return self

    def why(self, story: Story, item: Coverage) -> str:
        """Reasons need the words of the whole folder, which are still being written down."""
        return "why is known as soon as the folder can be searched"
