"""A whole analysed deck as blocks, and the analysis that they give back."""

from array import array
from typing import TYPE_CHECKING

import msgspec

from tui.cache.codec import numbers_block, real_numbers, sets_block, sets_of
from tui.cache.source import BlockSource, Damage, Watched
from tui.deck.analysis import Analysis, event_columns, group_deck
from tui.deck.deck import Deck
from tui.deck.numbering import Numbering
from tui.deck.stored.events import StoredEvents, events_blocks
from tui.deck.stored.stories import StoredDeck, deck_blocks
from tui.errors import DamagedCacheError
from tui.model import Coverage

if TYPE_CHECKING:
    from tui.deck.events.build import BuiltEvents
    from tui.deck.search.evaluate import EventColumns
    from tui.deck.search.index import SearchIndex

_FORMAT = 2
_HEAD = "snapshot"
_COLUMNS = "events.columns"
_NUMBERS = ("outlets", "first_seen", "burst")
_STATES = ("first", "exclusive", "reprint")


def snapshot_blocks(deck: Deck, index: "SearchIndex", events: "BuiltEvents") -> dict[str, bytes]:
    """A deck with its index and events as blocks."""
    coverage: Numbering[Coverage] = Numbering()
    return {
        _HEAD: msgspec.msgpack.encode(_FORMAT),
        **deck_blocks(deck, coverage),
        **events_blocks(deck, events, group_deck(deck, events.all), coverage),
        **_columns_blocks(event_columns(deck, events.all)),
        **index.blocks(),
    }


class StoredAnalysis:
    """The analysis that was stored; `damage` says whether something of it cannot be read."""

    def __init__(self, analysis: Analysis, damage: Damage) -> None:
        self.analysis = analysis
        self.damage = damage


def open_snapshot(source: BlockSource) -> StoredAnalysis | None:
    """What `snapshot_blocks` wrote; None if it is damaged, or another version of newsdeck wrote it.

    Next to nothing is read for it. What turns out to be damaged later is reported by `StoredAnalysis.damage`; a search,
    and going through all stories, then raise DamagedCacheError.
    """
    damage = Damage()
    watched = Watched(source, damage)
    try:
        if msgspec.msgpack.decode(watched.block(_HEAD)) != _FORMAT:
            return None
        stored = StoredDeck(watched, damage)
        events = StoredEvents(watched, stored, damage)
    except (DamagedCacheError, KeyError, ValueError, TypeError):
        return None

    def load() -> "tuple[SearchIndex, EventColumns]":
        return _index(watched)

    return StoredAnalysis(Analysis(stored.deck, load, events, events.grouping, is_whole=True), damage)


def _index(source: Watched) -> "tuple[SearchIndex, EventColumns]":
    from tui.deck.search.evaluate import EventColumns  # not needed before the first search
    from tui.deck.search.index import SearchIndex

    index = SearchIndex.of_blocks(source.blocks())
    if index is None:
        raise DamagedCacheError("the search index is of another version")
    blocks = source.blocks()
    outlets, first_seen, burst = (real_numbers(blocks[f"{_COLUMNS}.{name}"]) for name in _NUMBERS)
    first, exclusive, reprint = sets_of(blocks[f"{_COLUMNS}.states"]).values()
    return index.warm(), EventColumns(outlets, first_seen, burst, first, exclusive, reprint)


def _columns_blocks(columns: "EventColumns") -> dict[str, bytes]:
    numbers = zip(_NUMBERS, (columns.outlets, columns.first_seen, columns.burst), strict=True)
    states = dict(enumerate(columns.state(name) for name in _STATES))
    return {
        **{f"{_COLUMNS}.{name}": numbers_block(array("d", values)) for name, values in numbers},
        f"{_COLUMNS}.states": sets_block(states),
    }
