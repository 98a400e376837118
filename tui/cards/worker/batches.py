"""Reads card files into batches, one file after the other."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import structs

from tui.cards.folder.order import FileEntry
from tui.cards.folder.scan import scan
from tui.cards.format.rules import USUAL_RULES, ReadingRules
from tui.cards.protocol import Batch, Reader
from tui.model import Problem, Story
from tui.work import ShouldStop, never

FIRST_BATCH: Final = 256
"""Files in the first batch: more than any screen shows."""
LATER_BATCH: Final = 1024
"""Files in each later batch."""
PATIENCE: Final = 0.25
"""Seconds after which a batch goes out even if it is small, for files may be slow to read."""


def read_batches(
    entries: Sequence[FileEntry],
    reader: Reader,
    should_stop: ShouldStop,
    *,
    done: int = 0,
    first: int = FIRST_BATCH,
    later: int = LATER_BATCH,
) -> Iterator[Batch]:
    """The files from the one after `done` on, in batches of `first` and then `later` files.

    At least one batch comes, unless `should_stop` says so, which is asked before each file.
    """
    total = len(entries)
    stories: list[Story] = []
    problems: list[Problem] = []
    not_cards = 0
    due, due_at = done + first, time.monotonic() + PATIENCE
    while done < total:
        if should_stop():
            return
        parsed = reader.read(entries[done])
        done += 1
        problems.extend(parsed.problems)
        if parsed.story is not None:
            stories.append(parsed.story)
        elif not parsed.problems:
            not_cards += 1
        if done < total and (done >= due or time.monotonic() > due_at):
            yield Batch(tuple(stories), tuple(problems), done, total, not_cards)
            stories.clear()
            problems.clear()
            not_cards = 0
            due, due_at = done + later, time.monotonic() + PATIENCE
    yield Batch(tuple(stories), tuple(problems), total, total, not_cards)


def load(root: Path, should_stop: ShouldStop = never, rules: ReadingRules = USUAL_RULES) -> Iterator[Batch]:
    """Reads every card file below `root`, or the one that `root` is; at least one batch comes.

    `should_stop` is asked before each file: then no more batches come. Raises FolderError as `scan` does, when the
    first batch is asked for.
    """
    from tui.cards.reader import StoryReader  # a worker that only compares reads no card

    found = scan(root)
    problems = found.problems
    for batch in read_batches(found.entries, StoryReader(rules), should_stop):
        yield structs.replace(batch, problems=problems + batch.problems)
        problems = ()
