"""The process that works out a folder's search index and events, and writes them into its cache file.

It is started by the process that reads the cards, gets a SnapshotRequest on standard input and prints the token of the
file it wrote. Where it began from nothing it prints the events before that, as soon as they are found. It may take
long and much memory, which is why neither the reader nor its watcher does it.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from tui.cache.file import open_cache, write_cache
from tui.cards.folder.data import load_data
from tui.cards.format.rules import ReadingRules
from tui.cards.protocol import encode_problems
from tui.cards.worker.batches import load
from tui.cards.worker.indexing import write_events
from tui.cards.worker.request import SnapshotRequest, read_request
from tui.deck.analysis import group_deck
from tui.deck.changed import changed_deck
from tui.deck.counts import Declared
from tui.deck.deck import Deck, DeckBuilder
from tui.deck.events.build import build_events
from tui.deck.search.index import build_index
from tui.deck.stored.early import early_blocks
from tui.deck.stored.snapshot import open_snapshot, snapshot_blocks
from tui.errors import DamagedCacheError, NewsdeckError
from tui.model import Story
from tui.session.names import DATA_BLOCK, FILES_BLOCK, IDS_BLOCK, PROBLEMS_BLOCK, encode_ids
from tui.state.folders import telling_ids
from tui.work import search_no_garbage


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


def serve(stream: BinaryIO, tell: Callable[[Mapping[str, bytes]], object] = lambda _blocks: None) -> str:
    """Write the cache file that a request asks for, and give its token; `tell` is called once, with the early events.

    There are none (no blocks) for a request that builds on an earlier file: its reader knows the events of that.
    Raises ValueError if the request makes no sense, OSError if the file cannot be written, and FolderError if the
    folder cannot be read.
    """
    request = read_request(stream)
    root = Path(request.root)
    data = load_data(root)
    deck = _deck(request, Declared.of(data.topics, data.outlets))
    events = build_events(deck.stories)
    assert events is not None, "nothing stops it"
    tell({} if request.base else early_blocks(deck, events, group_deck(deck, events.all)))
    index = build_index(deck.stories, deck.topics, joins=bool(deck.sources))
    assert index is not None, "nothing stops it"
    blocks = {
        FILES_BLOCK: request.files,
        PROBLEMS_BLOCK: encode_problems(request.problems, request.not_cards),
        DATA_BLOCK: encode_problems(data.problems, 0),
        IDS_BLOCK: encode_ids(telling_ids(story.id for story in deck.stories)),
        **snapshot_blocks(deck, index, events),
    }
    return write_cache(Path(request.path), root, blocks)


def _deck(request: SnapshotRequest, declared: Declared) -> Deck:
    """The deck that is to be written, whole and in memory."""
    builder = DeckBuilder(declared=declared)
    builder.add(_stories(request, declared))
    return builder.deck()


def _stories(request: SnapshotRequest, declared: Declared) -> Iterable[Story]:
    """All stories that the file shall hold.

    Where the file that a request builds on is damaged, or replaced because another reader of this folder wrote it
    anew, all cards are read here; those that are newer than `request.files` says will be compared once more at
    the next start.
    """
    if not request.base:
        return request.stories
    root = Path(request.root)
    cache = open_cache(Path(request.path), root, request.base)
    snapshot = open_snapshot(cache) if cache is not None else None
    if snapshot is not None:
        with suppress(DamagedCacheError):
            return list(changed_deck(snapshot.analysis.deck, request.stories, request.removed, declared).stories)
    rules = ReadingRules.of_text(request.rules)
    return (story for batch in load(root, rules=rules) for story in batch.stories)


if __name__ == "__main__":
    sys.exit(main())
