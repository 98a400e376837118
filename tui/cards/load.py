"""Loads a content folder in batches, newest cards first."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from tui.cards.reader import StoryReader
from tui.cards.scan import scan
from tui.model import Problem, Story

FIRST_BATCH: Final = 256
"""Files in the first batch: more than any screen shows."""
LATER_BATCH: Final = 1024


class Batch(msgspec.Struct, frozen=True):
    """Stories and problems of the next files, newest first.

    `done` of `total` files have been read so far, of which `not_cards` had no front matter.
    """

    stories: tuple[Story, ...]
    problems: tuple[Problem, ...]
    done: int
    total: int
    not_cards: int


def load(root: Path, should_stop: Callable[[], bool] = lambda: False) -> Iterator[Batch]:
    """Reads every card file below `root`, or the one that `root` is; at least one batch comes.

    `should_stop` is asked before each file: then no more batches come. Raises FolderError as `scan` does, when the
    first batch is asked for.
    """
    found = scan(root)
    reader = StoryReader()
    problems = list(found.problems)
    stories: list[Story] = []
    not_cards = 0
    total = len(found.entries)
    due = FIRST_BATCH
    for done, entry in enumerate(found.entries, start=1):
        if should_stop():
            return
        parsed = reader.read(entry)
        problems.extend(parsed.problems)
        if parsed.story is not None:
            stories.append(parsed.story)
        elif not parsed.problems:
            not_cards += 1
        if done == due and done < total:
            yield Batch(tuple(stories), tuple(problems), done, total, not_cards)
            stories.clear()
            problems.clear()
            due += LATER_BATCH
    yield Batch(tuple(stories), tuple(problems), total, total, not_cards)
