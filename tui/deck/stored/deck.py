"""A deck as blocks: its stories, how they are found, and what is counted of them."""

from collections.abc import Sequence

import msgspec

from tui.deck.counts import Counts, Declared
from tui.deck.deck import Deck
from tui.deck.lookup import stem_of, url_key
from tui.deck.search.columns import Times
from tui.deck.stored.source import Damage, Source, Watched
from tui.deck.stored.stories import CoverageNumbers, StoredStories, stories_blocks
from tui.deck.stored.tables import Table, table_blocks

_HEAD = "deck"
_TIMES = "deck.times"


class _Head(msgspec.Struct, frozen=True):
    """What is needed at once."""

    counts: Counts
    declared: Declared
    removed: list[int]


def deck_blocks(deck: Deck, coverage: CoverageNumbers) -> dict[str, bytes]:
    """A deck as blocks; afterwards `coverage` knows the number of each coverage item."""
    stories = list(enumerate(deck.stories))
    head = _Head(deck.counts, deck.declared, list(deck.removed))
    return {
        _HEAD: msgspec.msgpack.encode(head),
        **stories_blocks(deck.stories, coverage),
        **Times.of((story.published_at, story.time_known) for _, story in stories).blocks(_TIMES),
        **table_blocks("deck.ids", ((story.id, doc) for doc, story in stories)),
        **table_blocks("deck.stems", ((stem_of(story.id), doc) for doc, story in stories)),
        **table_blocks("deck.urls", ((key, doc) for doc, story in stories if (key := url_key(story)))),
        **table_blocks("deck.outlets", ((story.outlet.name, doc) for doc, story in stories if story.outlet.name)),
    }


class StoredDeck:
    """Reads the blocks that `deck_blocks` wrote; what turns out to be damaged is told to `damage`.

    Raises DamagedCacheError or msgspec.DecodeError if what every use needs is damaged.
    """

    def __init__(self, source: Watched, damage: Damage) -> None:
        head = msgspec.msgpack.decode(source.block(_HEAD), type=_Head)
        self.stories = StoredStories(source, damage)
        self.lookup = StoredLookup(source, damage, head.removed)
        times = Times.of_blocks(_TIMES, source.blocks(), in_order=True)
        if len(times.seconds) != len(self.stories):
            raise msgspec.DecodeError("the columns have different lengths")
        self.deck = Deck(self.stories, head.counts, head.declared, self.lookup, times)


class StoredLookup:
    """Finds stories by tables on disk; see `Lookup`."""

    def __init__(self, source: Source, damage: Damage, removed: Sequence[int] = ()) -> None:
        self._damage = damage
        self._removed = removed
        self._ids, self._stems, self._urls, self._outlets = (
            Table(source, f"deck.{name}") for name in ("ids", "stems", "urls", "outlets")
        )

    def doc(self, story_id: str) -> int | None:
        """See `Lookup`."""
        return self._damage.guard(lambda: self._ids.first(story_id), None)

    def docs_of_url(self, canonical: str) -> tuple[int, ...]:
        """See `Lookup`."""
        return self._damage.guard(lambda: tuple(self._urls.values(canonical)), ())

    def doc_of_stem(self, stem: str) -> int | None:
        """See `Lookup`."""
        return self._damage.guard(lambda: next(reversed(self._stems.values(stem)), None), None)

    def docs_of_outlet(self, name: str) -> Sequence[int]:
        """See `Lookup`."""
        return self._damage.guard(lambda: self._outlets.values(name), ())

    def removed_docs(self) -> Sequence[int]:
        """See `Lookup`."""
        return self._removed
