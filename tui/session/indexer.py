"""The process that works out a folder's search index and events, and writes them into its cache file.

It is started by the process that reads the cards, gets a SnapshotRequest on standard input, the stories in it as they
are read, and prints the token of the file it wrote. Where it began from nothing it prints the events before that, as
soon as they are found. It may take long and much memory, which is why neither the reader nor its watcher does it.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from tui.cache.file import open_cache, write_cache
from tui.cards.folder.data import FolderData, load_data
from tui.cards.format.rules import ReadingRules
from tui.cards.protocol import ChangeSet, encode_problems
from tui.cards.worker.batches import load
from tui.cards.worker.indexing import write_events
from tui.cards.worker.request import Order, ReceivedRequest, Remainder
from tui.deck.analysis import group_deck
from tui.deck.changed import changed_deck
from tui.deck.counts import Declared
from tui.deck.deck import Deck, DeckBuilder
from tui.deck.events.ahead import WordsAhead
from tui.deck.events.build import BuiltEvents, build_events
from tui.deck.events.pieces import ParsedByTexts
from tui.deck.search.index import build_index
from tui.deck.stored.early import early_blocks
from tui.deck.stored.snapshot import deck_and_events_blocks, open_snapshot
from tui.errors import DamagedCacheError, NewsdeckError
from tui.model import Story
from tui.session.names import DATA_BLOCK, FILES_BLOCK, IDS_BLOCK, PROBLEMS_BLOCK, encode_ids
from tui.state.folders import telling_ids
from tui.work import search_no_garbage

Blocks = Mapping[str, bytes]


def main(arguments: Sequence[str] = ()) -> int:
    """Serves one request from standard input, which says all; prints a token on success. The exit status."""
    # The process is short-lived and makes next to no cycles.
    search_no_garbage()
    try:
        token = serve(sys.stdin.buffer, lambda blocks: write_events(sys.stdout.buffer, blocks))
    except (NewsdeckError, OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{token}\n")
    return 0


def serve(stream: IO[bytes], tell: Callable[[Blocks], object] = lambda _blocks: None) -> str:
    """Write the cache file that a request asks for, and give its token; `tell` is called once, with the early events.

    They are those of the stories that were loaded, without what changed since. There are none (no blocks) for a request
    that builds on an earlier file: its reader knows the events of that. Raises ValueError if the request makes no
    sense, OSError if the file cannot be written, and FolderError if the folder cannot be read.
    """
    request = ReceivedRequest(stream)
    order = request.order
    return write_cache(Path(order.path), Path(order.root), _blocks(request, tell))


def _blocks(request: ReceivedRequest, tell: Callable[[Blocks], object]) -> Iterator[tuple[str, bytes]]:
    """All blocks, one after the other; nothing is kept that only those before were made from."""
    order = request.order
    loaded, words = _loaded(request)
    data = load_data(Path(order.root))
    declared = Declared.of(data.topics, data.outlets)
    if order.base:
        tell({})
        rest = request.rest()
        deck = _deck_of(_stories(order, rest, declared), declared)
        events = _events(deck)
    else:
        deck = _deck_of(loaded, declared)
        events = _events(deck, words.parsed)
        words.forget()
        tell(early_blocks(deck, events, group_deck(deck, events.all)))
        rest = request.rest()
        if rest.stories or rest.removed:
            deck = _deck_of(_changed(loaded, rest), declared)
            events = _events(deck, events.table.parsed)
    del loaded
    yield from _told_blocks(deck, data, rest).items()
    yield from deck_and_events_blocks(deck, events)
    del events  # the words of all pieces, of which the index needs nothing
    index = build_index(deck.stories, deck.topics, joins=bool(deck.sources))
    assert index is not None, "nothing stops it"
    yield from index.blocks().items()


def _told_blocks(deck: Deck, data: FolderData, rest: Remainder) -> Blocks:
    return {
        FILES_BLOCK: rest.files,
        PROBLEMS_BLOCK: encode_problems(rest.problems, rest.not_cards),
        DATA_BLOCK: encode_problems(data.problems, 0),
        IDS_BLOCK: encode_ids(telling_ids(story.id for story in deck.stories)),
    }


def _loaded(request: ReceivedRequest) -> tuple[list[Story], WordsAhead]:
    """The stories that are loaded while they are read, and their words."""
    loaded: list[Story] = []
    words = WordsAhead()
    for stories in request.loaded():
        loaded += stories
        words.take(stories)
    return loaded, words


def _deck_of(stories: Iterable[Story], declared: Declared) -> Deck:
    """A deck that is whole and in memory."""
    builder = DeckBuilder(declared=declared)
    builder.add(stories)
    return builder.deck()


def _events(deck: Deck, parsed: ParsedByTexts | None = None) -> BuiltEvents:
    events = build_events(deck.stories, parsed=parsed)
    assert events is not None, "nothing stops it"
    return events


def _changed(loaded: Sequence[Story], rest: Remainder) -> Iterable[Story]:
    """What was loaded with what changed since."""
    together = ChangeSet({story.id: story for story in loaded})
    together.add(rest.stories, rest.removed)
    return together.stories.values()


def _stories(order: Order, rest: Remainder, declared: Declared) -> Iterable[Story]:
    """All stories of the file that an order builds on, with what changed since.

    Where that file is damaged, or replaced because another reader of this folder wrote it anew, all cards are read
    here; those that are newer than the file table says will be compared once more at the next start.
    """
    root = Path(order.root)
    cache = open_cache(Path(order.path), root, order.base)
    snapshot = open_snapshot(cache) if cache is not None else None
    if snapshot is not None:
        with suppress(DamagedCacheError):
            return list(changed_deck(snapshot.analysis.deck, rest.stories, rest.removed, declared).stories)
    rules = ReadingRules.of_text(order.rules)
    return (story for batch in load(root, rules=rules) for story in batch.stories)


if __name__ == "__main__":
    sys.exit(main())
