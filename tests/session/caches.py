"""Folders of cards with cache files, as the process that writes them would write them; and what a deck tells."""

import io
from collections.abc import Iterable
from pathlib import Path

from tests.cards.sync.watching import fresh, known_files
from tests.deck.stored.blocks import analysed
from tui.cache.file import cache_path, open_cache
from tui.cards.worker.request import Awaited, Order, Remainder, SnapshotRequest, write_request
from tui.cards.worker.wire import Packer
from tui.clock import utc_now
from tui.deck.analysis import Analysis
from tui.deck.deck import Deck
from tui.deck.stored.snapshot import StoredAnalysis, open_snapshot
from tui.deck.view import Lister, View
from tui.model import Story
from tui.session.indexer import serve
from tui.session.loading import LoadedFolder

QUERIES = ("amazon", "topic:ai", "outlet:reuters", "is:first", "outlets:>2 -jedi", "on:2020")


class CachedFolder:
    """The cards at `root`, whose cache file in the folder `shelf` is `path`."""

    def __init__(self, root: Path, shelf: Path) -> None:
        self.root = root
        self.shelf = shelf
        self.path = cache_path(shelf, root)

    def write(self, stories: Iterable[Story] | None = None) -> str:
        """Write the file as after a cold load, with all stories there are or other ones instead of them; its token."""
        return serve(self.request(fresh(self.root)[0].values() if stories is None else stories))

    def request(self, stories: Iterable[Story], removed: Iterable[str] = (), base: str = "") -> io.BytesIO:
        """What asks for a file with these stories, or with these changes since the one with the token `base`."""
        known = known_files(self.root)
        stream = io.BytesIO()
        order = Order(str(self.root), str(self.path), base)
        loaded = () if base else [Packer(1).packed(list(stories))]
        rest = Remainder(
            files=known.block(),
            problems=known.problems,
            not_cards=known.table.not_cards,
            stories=list(stories) if base else (),
            removed=list(removed),
        )
        write_request(stream, SnapshotRequest(order, loaded, Awaited(rest)))
        stream.seek(0)
        return stream

    def opened(self, token: str) -> StoredAnalysis:
        """What the file with this token holds."""
        cache = open_cache(self.path, self.root, token)
        assert cache is not None
        snapshot = open_snapshot(cache)
        assert snapshot is not None
        return snapshot


def told_of(deck: Deck) -> dict[str, object]:
    """What a deck tells."""
    return {
        "stories": list(deck.stories),
        "one by one": [deck.story(doc) for doc in range(len(deck))],
        "counts": (deck.topic_nodes, deck.outlets, deck.kinds, deck.shown_count, list(deck.removed)),
        "urls": [deck.find_url(story.url) for story in deck.stories],
        "coverage": [[deck.find_url(item.url) for item in story.related] for story in deck.stories],
        "declared": deck.declared,
    }


def known_of(analysis: Analysis) -> dict[str, object]:
    """What is known of a deck beyond its stories: its events, and what is found in it."""
    lister = Lister(utc_now)
    listings = {query: lister.list(analysis, View(query)) for query in QUERIES}
    return {
        "events": [analysis.event(story.id) for story in analysis.deck.stories],
        "rows": {query: (list(found.docs), list(found.matching)) for query, found in listings.items()},
        "facets": {query: found.facets for query, found in listings.items()},
    }


def same_as_fresh(analysis: Analysis, loaded: LoadedFolder) -> None:
    """Fails unless everything is told just as it is of a folder that was loaded anew."""
    assert told_of(analysis.deck) == told_of(loaded.deck)
    assert known_of(analysis) == known_of(analysed(loaded.deck)[0])
