"""The process that works out a folder's search index and events, and writes them into its cache file.

It is started by the process that reads the cards, gets a SnapshotRequest on standard input, the stories in it as they
are read, and prints the token of the file it wrote. Where it began from nothing it prints the events before that, as
soon as they are found. It may take long and much memory, which is why neither the reader nor its watcher does it.
"""

import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from typing import IO, Final

from tui.cache.blocks import Block
from tui.cache.file import open_cache, write_cache
from tui.cache.kept import KeptBytes
from tui.cards.folder.data import load_data
from tui.cards.folder.folder_data import FolderData
from tui.cards.format.rules import ReadingRules
from tui.cards.protocol import encode_problems
from tui.cards.worker.batches import load
from tui.cards.worker.indexing import write_events
from tui.cards.worker.request import Order, ReceivedRequest, Remainder
from tui.cards.worker.sizes import helpers_for_cores
from tui.cards.worker.wire import Packer, as_bytes, each_value
from tui.deck.analysis import group_deck
from tui.deck.changed import changed_deck
from tui.deck.counts import Declared
from tui.deck.deck import Deck
from tui.deck.events.ahead import WordsAhead
from tui.deck.events.build import BuiltEvents, build_events
from tui.deck.events.pieces import ParsedByTexts
from tui.deck.grouping import Grouping
from tui.deck.search.index import index_blocks
from tui.deck.stored.beside import BlocksBeside
from tui.deck.stored.early import early_blocks
from tui.deck.stored.numbered import NumberingGatherer
from tui.deck.stored.snapshot import SnapshotWriter, open_snapshot
from tui.errors import DamagedCacheError, NewsdeckError
from tui.model import Story
from tui.session.gathering import add_packed
from tui.session.names import DATA_BLOCK, FILES_BLOCK, IDS_BLOCK, PROBLEMS_BLOCK, encode_ids
from tui.state.folders import telling_ids
from tui.work import end_at_once, give_memory_back, search_no_garbage

Blocks = Mapping[str, bytes]
_STORIES_AT_ONCE: Final = 1024
_WORTH_HELP: Final = 4096
"""Stories from which on it is worth while to have the index made by another process."""


def main(arguments: Sequence[str] = ()) -> int:
    """Serves one request from standard input, which says all; prints a token on success. The exit status otherwise."""
    # The process is short-lived and makes next to no cycles.
    search_no_garbage()
    try:
        token = serve(sys.stdin.buffer, lambda blocks: write_events(sys.stdout.buffer, blocks))
    except (NewsdeckError, OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{token}\n")
    return end_at_once()  # to free what it knew one by one would take longer than to write the file


def serve(stream: IO[bytes], tell: Callable[[Blocks], object] = lambda _blocks: None) -> str:
    """Write the cache file that a request asks for, and give its token; `tell` is called once, with the early events.

    They are those of the stories that were loaded, without what changed since. There are none (no blocks) for a request
    that builds on an earlier file: its reader knows the events of that. Raises ValueError if the request makes no
    sense, OSError if the file cannot be written, and FolderError if the folder cannot be read.
    """
    request = ReceivedRequest(stream)
    order = request.order
    return write_cache(Path(order.path), Path(order.root), _blocks(request, tell))


def _blocks(request: ReceivedRequest, tell: Callable[[Blocks], object]) -> Iterator[tuple[str, Block]]:
    """All blocks, one after the other; nothing is kept that only those before were made from."""
    data = load_data(Path(request.order.root))
    writing = _Writing(request, Declared.of(data.topics, data.outlets))
    with closing(writing):
        rest = writing.rest(tell)
        deck = writing.deck
        yield from _told_blocks(deck, data, rest).items()
        snapshot = writing.snapshot()
        yield from snapshot.blocks(writing.made_beside())
        made = writing.made_beside()
        if made is None:
            del snapshot
            gc.collect()  # what knows the terms holds itself
            give_memory_back()  # of the events, of which the index needs nothing
            made = index_blocks(deck.stories, deck.topics)
        yield from made


class _Writing:
    """Takes in what a request says. All stories are kept as bytes, for as values they are four times as much."""

    def __init__(self, request: ReceivedRequest, declared: Declared) -> None:
        self._request = request
        self._declared = declared
        folder = Path(request.order.path).parent
        kept = KeptBytes(folder)
        self._gatherer = NumberingGatherer(kept, declared)
        self._found: tuple[BuiltEvents, Grouping] | None = None
        self._beside: BlocksBeside | None = None
        if helpers_for_cores() and not request.order.base:
            with suppress(OSError):  # it is forked while there is nothing yet that it would have to hold
                self._beside = BlocksBeside(kept, folder)
        self.deck = Deck()

    def rest(self, tell: Callable[[Blocks], object]) -> Remainder:
        """What the request says in the end; `tell` is called before that. The `deck` is whole afterwards."""
        words = WordsAhead()
        for packed in self._request.loaded():
            add_packed(self._gatherer, packed)
            words.take(each_value(packed))
            words.read_until(self._request.has_more)
        words.read_rest(alone=not helpers_for_cores())
        if self._request.order.base:
            tell({})
            rest = self._request.rest()
            self._take(_stories(self._request.order, rest, self._declared))
            self._find({})
            return rest
        events, grouping = self._find(words.parsed)
        words.forget()
        tell(early_blocks(self.deck, events, grouping))
        rest = self._request.rest()
        if rest.stories or rest.removed:
            parsed = events.table.parsed
            del events
            self._found = None
            self.close()  # what it makes is of another deck
            self._gatherer.remove(rest.removed)
            self._take(rest.stories)
            self._find(parsed)
        return rest

    def snapshot(self) -> SnapshotWriter:
        """The deck and its events as blocks; only once, for nothing else is taken in or kept any longer."""
        found, self._found = self._found, None
        del self._gatherer
        assert found is not None, "they were found"
        return SnapshotWriter(self.deck, *found)

    def made_beside(self) -> Iterable[tuple[str, Block]] | None:
        """The blocks of the deck, and the next time those of its index, once they are there; None to make them here."""
        with suppress(OSError):
            return self._beside.blocks() if self._beside is not None else None
        self.close()
        return None

    def close(self) -> None:
        """Have nothing made beside this any more."""
        beside, self._beside = self._beside, None
        if beside is not None:
            beside.end()

    def _take(self, stories: Iterable[Story]) -> None:
        """Take in stories that are whole."""
        packer, stories = Packer(0), iter(stories)
        while some := tuple(islice(stories, _STORIES_AT_ONCE)):
            add_packed(self._gatherer, as_bytes(packer.packed(some)))

    def _find(self, parsed: ParsedByTexts) -> tuple[BuiltEvents, Grouping]:
        """Find the events of all that was taken in, and group its stories by them."""
        self.deck = self._gatherer.deck()
        self._begin_beside()
        events = build_events(self.deck.stories, parsed=parsed, alone=not helpers_for_cores())
        assert events is not None, "nothing stops it"
        self._found = events, group_deck(self.deck, events.all)
        return self._found

    def _begin_beside(self) -> None:
        if self._beside is None:
            return
        if len(self.deck) >= _WORTH_HELP:
            with suppress(OSError):
                self._beside.begin(self.deck)
                return
        self.close()


def _told_blocks(deck: Deck, data: FolderData, rest: Remainder) -> Blocks:
    return {
        FILES_BLOCK: rest.files,
        PROBLEMS_BLOCK: encode_problems(rest.problems, rest.not_cards),
        DATA_BLOCK: encode_problems(data.problems, 0),
        IDS_BLOCK: encode_ids(telling_ids(deck.ids())),
    }


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
