"""Loads a content folder in batches, newest cards first."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from tui.cards.files import read_file
from tui.cards.parse import ParsedCard, parse_card
from tui.cards.problems import CardError
from tui.cards.reader import StoryReader
from tui.cards.scan import FileEntry, find_entry, scan
from tui.errors import StoryNotFoundError
from tui.model import Problem, Story
from tui.text.sanitize import clean_path

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


def load(root: Path) -> Iterator[Batch]:
    """Reads every card file below `root`, or the one that `root` is; at least one batch comes.

    The caller may stop between batches. Raises FolderError as `scan` does, when the first batch is asked for.
    """
    found = scan(root)
    reader = StoryReader()
    problems = list(found.problems)
    stories: list[Story] = []
    not_cards = 0
    total = len(found.entries)
    due = FIRST_BATCH
    for done, entry in enumerate(found.entries, start=1):
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


def read_card(root: Path, which: str | FileEntry) -> ParsedCard:
    """The whole card with this id below `root`, read again from its file.

    A file that cannot be read gives a problem. Raises StoryNotFoundError if no file has the id, and
    FolderError as `scan` does.
    """
    entry = which if isinstance(which, FileEntry) else find_entry(root, which)
    if entry is None:
        raise StoryNotFoundError(f"There is no card {clean_path(str(which))} in this folder.")
    try:
        data, _ = read_file(entry.path)
    except CardError as error:
        return ParsedCard(problems=(error.problem(entry.id),))
    return parse_card(data, entry.id)
