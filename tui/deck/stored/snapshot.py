"""A whole analysed deck as blocks, and the analysis that they give back."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec

from tui.cache.blocks import Block, parts_of
from tui.cache.codec import numbers_block, real_numbers, sets_block, sets_of
from tui.cache.source import NO_SENSE, BlockSource, Damage, Watched
from tui.deck.analysis import Analysis, event_columns, group_deck
from tui.deck.columns import Bits
from tui.deck.deck import Deck
from tui.deck.grouping import Grouping
from tui.deck.numbering import numbered
from tui.deck.stored.events import StoredEvents, events_blocks
from tui.deck.stored.stories import StoredDeck, deck_blocks, stored_items
from tui.errors import DamagedCacheError

if TYPE_CHECKING:
    from tui.deck.events.build import BuiltEvents
    from tui.deck.events.telling import CountedTerms
    from tui.deck.query.ast import Expr
    from tui.deck.search.evaluate import EventColumns
    from tui.deck.search.facets import Counter, FacetCounts
    from tui.deck.search.find import Found, Searcher
    from tui.deck.search.index import SearchIndex
    from tui.deck.search.sorting import Sort

_FORMAT = 9
_HEAD = "snapshot"
_COLUMNS = "events.columns"
_NUMBERS = ("outlets", "first_seen", "burst")
_STATES = ("first", "exclusive", "reprint")


def snapshot_blocks(deck: Deck, index: "SearchIndex", events: "BuiltEvents") -> dict[str, bytes]:
    """A deck with its index and events as blocks."""
    written = SnapshotWriter(deck, events, group_deck(deck, events.all))
    blocks = chain(written.blocks(), index.blocks().items())
    return {name: b"".join(parts_of(block)) for name, block in blocks}


class SnapshotWriter:
    """The blocks of a snapshot but for those of its index. Once this is made the events are not needed any more.

    `grouping` is that of the deck by these events.
    """

    def __init__(self, deck: Deck, events: "BuiltEvents", grouping: Grouping) -> None:
        self._deck = deck
        self._items = stored_items(numbered(deck.stories))
        self._events = events_blocks(deck, events, grouping, self._items)
        self._columns = _columns_blocks(event_columns(deck, events.all))
        self._terms: CountedTerms | None = events.counted

    def blocks(self, of_deck: Iterable[tuple[str, Block]] | None = None) -> Iterator[tuple[str, Block]]:
        """The blocks, one after the other, so that nobody has to hold all; to be asked for once.

        Those `of_deck` are made here unless somebody made them already.
        """
        from tui.deck.stored.lexicon import term_blocks

        yield _HEAD, msgspec.msgpack.encode(_FORMAT)
        yield from deck_blocks(self._deck, self._items) if of_deck is None else of_deck
        terms, self._terms = self._terms, None
        assert terms is not None, "this was asked for before"
        yield from self._events.items()
        yield from term_blocks(terms).items()
        yield from self._columns.items()


class StoredAnalysis:
    """The analysis that was stored; `damage` says whether something of it cannot be read."""

    def __init__(self, analysis: Analysis, damage: Damage) -> None:
        self.analysis = analysis
        self.damage = damage


def open_snapshot(source: BlockSource, joins: Mapping[str, int] | None = None) -> StoredAnalysis | None:
    """What `snapshot_blocks` wrote; None if it is damaged, or another version of newsdeck wrote it.

    If the deck `joins` several folders, these are their names, with the number of stories that are shown of each.
    Next to nothing is read for it. What turns out to be damaged later is reported by `StoredAnalysis.damage`; a search,
    and going through all stories, then raise DamagedCacheError.
    """
    damage = Damage()
    watched = Watched(source, damage)
    try:
        if msgspec.msgpack.decode(watched.block(_HEAD), type=int) != _FORMAT:
            return None
        stored = StoredDeck(watched, damage)
        events = StoredEvents(watched, stored.stories, stored.lookup, damage)
    except (DamagedCacheError, *NO_SENSE):
        return None

    def load() -> "tuple[SearchIndex, EventColumns]":
        index, columns = damage.checked(lambda: _index(watched, len(stored.stories)))
        return (msgspec.structs.replace(index, joins=True) if joins else index), columns

    deck = msgspec.structs.replace(stored.deck, sources=tuple(joins), by_source=joins) if joins else stored.deck
    return StoredAnalysis(_AnalysisInPlace(damage, deck, load, events, events.grouping, is_whole=True), damage)


class _AnalysisInPlace(Analysis):
    """An analysis whose index is read in place: what makes no sense in there may only show when it is asked."""

    def __init__(self, damage: Damage, *parts: Any, **kept: Any) -> None:
        super().__init__(*parts, **kept)
        self._damage = damage

    def counter(self, zone: tzinfo | None) -> "Counter":
        """What counts sets of stories, whose errors are damage: they are reported, and become DamagedCacheError."""
        return _GuardedCounter(self._damage.checked(lambda: Analysis.counter(self, zone)), self._damage)

    def guarded(self, searcher: "Searcher") -> "Searcher":
        """The searcher, whose errors are damage: they are reported, and become DamagedCacheError."""
        return _GuardedSearch(searcher, self._damage)


class _GuardedCounter:
    """A counter over what was stored; raises DamagedCacheError."""

    def __init__(self, counter: "Counter", damage: Damage) -> None:
        self._counter = counter
        self._damage = damage

    def counts(self, bits: Bits) -> "FacetCounts":
        """The counts of the stories in `bits`."""
        return self._damage.checked(lambda: self._counter.counts(bits))


class _GuardedSearch:
    """A searcher over what was stored; all raise DamagedCacheError."""

    def __init__(self, searcher: "Searcher", damage: Damage) -> None:
        self._searcher = searcher
        self._damage = damage

    def find(self, expr: "Expr", sort: "Sort | None" = None) -> "Found":
        """The stories that match, in order."""
        return self._damage.checked(lambda: self._searcher.find(expr, sort))

    def values(self, key: str) -> Sequence[tuple[str, int]]:
        """The values of a key, with their counts."""
        return self._damage.checked(lambda: self._searcher.values(key))

    def count(self, expr: "Expr") -> int:
        """How many stories match."""
        return self._damage.checked(lambda: self._searcher.count(expr))


def _index(source: Watched, size: int) -> "tuple[SearchIndex, EventColumns]":
    """The index of a deck of this size and the columns of its events. Raises errors of `NO_SENSE`, too."""
    from tui.deck.search.evaluate import EventColumns  # not needed before the first search
    from tui.deck.search.index import SearchIndex

    index = SearchIndex.of_blocks(source.blocks())
    if index is None or index.size != size:
        raise DamagedCacheError("The cache is damaged: the search index is of another version, or another deck.")
    blocks = source.blocks()
    outlets, first_seen, burst = (real_numbers(blocks[f"{_COLUMNS}.{name}"], size) for name in _NUMBERS)
    first, exclusive, reprint = sets_of(blocks[f"{_COLUMNS}.states"], size).values()
    return index, EventColumns(outlets, first_seen, burst, first, exclusive, reprint)


def _columns_blocks(columns: "EventColumns") -> dict[str, bytes]:
    numbers = zip(_NUMBERS, (columns.outlets, columns.first_seen, columns.burst), strict=True)
    states = dict(enumerate(columns.state(name) for name in _STATES))
    return {
        **{f"{_COLUMNS}.{name}": numbers_block(array("d", values)) for name, values in numbers},
        f"{_COLUMNS}.states": sets_block(states),
    }
