"""Reads card files into batches, one file after the other."""

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import structs

from tui.cards.folder.order import FileEntry
from tui.cards.folder.scan import Scan, scan
from tui.cards.format.rules import USUAL_RULES, ReadingRules
from tui.cards.protocol import Batch, BatchRead, Reader
from tui.cards.worker.start import Plan, WorkerStart
from tui.model import Problem, Story
from tui.work import ShouldStop, never

FIRST_BATCH: Final = 256
"""Files in the first batch: more than any screen shows."""
LATER_BATCH: Final = 256
"""Files in each later batch: so few that whoever unpacks them keeps nobody waiting."""
WORTH_HELP: Final = 1024
"""Files behind the first that are read in several processes: fewer are read before the others have begun."""
MOST_HELPERS: Final = 4
"""Processes that read at once."""
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


def helpers_for_cores() -> int:
    """How many processes should read at once on this machine; 0 where there is but one core.

    Of more than two cores one is left to the process that shows the stories.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(max(cores - 1, 2), MOST_HELPERS) if cores > 1 else 0


def load(
    root: Path, should_stop: ShouldStop = never, rules: ReadingRules = USUAL_RULES, *, helpers: int = 0
) -> Iterator[Batch]:
    """Reads every card file below `root`, or the one that `root` is; at least one batch comes.

    So many `helpers` may be forked from this process to read many cards. `should_stop` is asked before each file: then
    no more batches come. Raises FolderError as `scan` does, when the first batch is asked for.
    """
    found = scan(root)
    if helpers and len(found.entries) >= FIRST_BATCH + WORTH_HELP:
        yield from _load_together(root, found, should_stop, rules, helpers)
        return
    from tui.cards.reader import StoryReader  # a worker that only compares reads no card

    problems = found.problems
    for batch in read_batches(found.entries, StoryReader(rules), should_stop):
        yield structs.replace(batch, problems=problems + batch.problems)
        problems = ()


def _load_together(
    root: Path, found: Scan, should_stop: ShouldStop, rules: ReadingRules, helpers: int
) -> Iterator[Batch]:
    from tui.cards.worker.first_reading import FirstReading
    from tui.cards.worker.wire import Receiver, Sender

    reading = FirstReading(Plan(WorkerStart(root, rules=rules)), helpers, is_followed=False)
    sender, receiver = Sender(), Receiver()
    for sent in reading.read(found, should_stop):
        for message in receiver.feed(sender.frame(sent)):
            if isinstance(message, BatchRead) and message.batch.done:
                yield message.batch
