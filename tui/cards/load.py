"""Loads a content folder in batches, newest cards first, in this process."""

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import structs

from tui.cards.batches import Batch, Reader, never, read_batches
from tui.cards.order import place_behind
from tui.cards.reader import StoryReader
from tui.cards.scan import scan


def load(root: Path, should_stop: Callable[[], bool] = never) -> Iterator[Batch]:
    """Reads every card file below `root`, or the one that `root` is; at least one batch comes.

    `should_stop` is asked before each file: then no more batches come. Raises FolderError as `scan` does, when the
    first batch is asked for.
    """
    return load_behind(root, b"", should_stop, StoryReader())


def load_behind(root: Path, last: bytes, should_stop: Callable[[], bool], reader: Reader) -> Iterator[Batch]:
    """Like `load`, but reads only what comes behind the path `last`, or everything if that is empty."""
    found = scan(root)
    done = place_behind(found.entries, last) if last else 0
    problems = () if last else found.problems
    for batch in read_batches(found.entries, reader, should_stop, done=done):
        yield structs.replace(batch, problems=problems + batch.problems)
        problems = ()
