"""Reads card files into batches, one file after the other."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Protocol

import msgspec

from tui.cards.order import FileEntry
from tui.cards.parsed import ParsedStory
from tui.model import Problem, Story

FIRST_BATCH: Final = 256
"""Files in the first batch: more than any screen shows."""
LATER_BATCH: Final = 1024
"""Files in each later batch."""
PATIENCE: Final = 0.25
"""Seconds after which a batch goes out even if it is small, for files may be slow to read."""


class Batch(msgspec.Struct, frozen=True):
    """Stories and problems of the next files, newest first.

    `done` of `total` files have been read so far, of which `not_cards` had no front matter.
    """

    stories: tuple[Story, ...]
    problems: tuple[Problem, ...]
    done: int
    total: int
    not_cards: int


class Reader(Protocol):
    """Reads one card file after the other."""

    def read(self, entry: FileEntry) -> ParsedStory:
        """What the file gives; nothing is raised."""
        ...


def never() -> bool:
    """The answer of a reader who does not want to stop."""
    return False


def read_batches(
    entries: Sequence[FileEntry],
    reader: Reader,
    should_stop: Callable[[], bool],
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
            due, due_at = done + later, time.monotonic() + PATIENCE
    yield Batch(tuple(stories), tuple(problems), total, total, not_cards)
