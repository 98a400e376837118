"""The process that joins the cache files of several folders into one, with the search index and events of them all.

It is started by the process that follows the folders and gets a JoinRequest on standard input.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from tui.cache.file import open_cache, write_cache
from tui.deck.deck import Deck
from tui.deck.events.build import build_events
from tui.deck.search.index import build_index
from tui.deck.stored.snapshot import open_snapshot, snapshot_blocks
from tui.errors import DamagedCacheError, NewsdeckError
from tui.session.joined import JOINED_BLOCK, Joined, JoinRequest
from tui.session.merging import DeckJoiner
from tui.work import search_no_garbage


def main(arguments: Sequence[str] = ()) -> int:
    """Serves one request from standard input, which says all. The exit status."""
    # The process is short-lived and makes next to no cycles.
    search_no_garbage()
    try:
        join(sys.stdin.buffer)
    except (NewsdeckError, OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def join(stream: BinaryIO) -> str:
    """Write the cache file that a request asks for, and give its token.

    Raises ValueError if the request makes no sense, DamagedCacheError if a file that is to be joined cannot be read or
    was written anew meanwhile, and OSError if the new one cannot be written.
    """
    request = msgspec.msgpack.decode(stream.read(), type=JoinRequest)
    parts = zip(request.roots, request.caches, request.tokens, strict=True)
    deck = DeckJoiner(request.names).joined([_deck(*part) for part in parts])
    events = build_events(deck.stories)
    index = build_index(deck.stories, deck.topics, joins=True)
    assert events is not None, "nothing stops it"
    assert index is not None, "nothing stops it"
    blocks = {
        JOINED_BLOCK: msgspec.msgpack.encode(Joined(request.roots, request.tokens, dict(deck.source_counts))),
        **snapshot_blocks(deck, index, events),
    }
    return write_cache(Path(request.path), Path(request.roots[0]), blocks)


def _deck(root: str, path: str, token: str) -> Deck:
    cache = open_cache(Path(path), Path(root), token)
    snapshot = open_snapshot(cache) if cache is not None else None
    if snapshot is None:
        raise DamagedCacheError(f"{path}: there is no cache file with this token.")
    return snapshot.analysis.deck


if __name__ == "__main__":
    sys.exit(main())
