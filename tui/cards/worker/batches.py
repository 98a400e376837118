"""Reads card files into batches, one file after the other."""

import time
from collections.abc import Iterator
from pathlib import Path

from tui.cards.folder.scan import Scan, scan
from tui.cards.format.rules import USUAL_RULES, ReadingRules
from tui.cards.protocol import Batch, BatchRead, Reader
from tui.cards.worker.sizes import FIRST_BATCH, LATER_BATCH, PATIENCE, WORTH_HELP
from tui.cards.worker.start import Plan, WorkerStart
from tui.model import Story
from tui.work import ShouldStop, never


def _read_batches(found: Scan, reader: Reader, should_stop: ShouldStop) -> Iterator[Batch]:
    """At least one batch, unless `should_stop` says so, which is asked before each file."""
    total = len(found.entries)
    stories: list[Story] = []
    problems = list(found.problems)
    not_cards = 0
    due, start, due_at = FIRST_BATCH, 0, 0.0
    for done, entry in enumerate(found.entries, 1):
        if should_stop():
            return
        parsed = reader.read(entry)
        if done == start + 1:  # before it nothing waited, though the very first has much to load
            due_at = time.monotonic() + PATIENCE
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
            due, start = done + LATER_BATCH, done
    yield Batch(tuple(stories), tuple(problems), total, total, not_cards)


def load(
    root: Path,
    should_stop: ShouldStop = never,
    rules: ReadingRules = USUAL_RULES,
    *,
    helpers: int = 0,
    found: Scan | None = None,
) -> Iterator[Batch]:
    """Reads every card file below `root`, or the one that `root` is; at least one batch comes.

    What the folder holds may have been `found` before. So many `helpers` may be forked from this process to read many
    cards. `should_stop` is asked before each file: then no more batches come. Raises FolderError as `scan` does, when
    the first batch is asked for.
    """
    found = found or scan(root)
    if helpers and len(found.entries) >= FIRST_BATCH + WORTH_HELP:
        yield from _load_together(root, found, should_stop, rules, helpers)
        return
    from tui.cards.reader import StoryReader  # a worker that only compares reads no card

    yield from _read_batches(found, StoryReader(rules), should_stop)


def _load_together(
    root: Path, found: Scan, should_stop: ShouldStop, rules: ReadingRules, helpers: int
) -> Iterator[Batch]:
    from tui.cards.worker.first_reading import FirstReading
    from tui.cards.worker.wire import received

    reading = FirstReading(Plan(WorkerStart(root, rules=rules)), helpers, is_followed=False)
    for message in received(reading.read(found, should_stop)):
        if isinstance(message, BatchRead) and message.batch.done:
            yield message.batch
