"""Compares a folder with what a cache file knows of it, in this process, for those who ask once and leave."""

from pathlib import Path

import msgspec

from tui.cards.format.rules import USUAL_RULES, ReadingRules
from tui.cards.protocol import decode_problems
from tui.cards.reader import StoryReader
from tui.cards.sync.schedule import Schedule
from tui.cards.sync.tracked import TrackedFiles
from tui.cards.sync.updates import Updates
from tui.model import Problem, Story


class Since(msgspec.Struct, frozen=True):
    """What changed in a folder since a cache file was written.

    `stories` are new or changed, `removed` are ids of those that were removed; `problems`, `not_cards` (files without
    front matter) and `files` (card files in all) are what there is now; `data_changed` says that topics or outlets
    have to be read anew.
    """

    stories: tuple[Story, ...]
    removed: tuple[str, ...]
    problems: tuple[Problem, ...]
    not_cards: int
    files: int
    data_changed: bool


def compare_since(
    root: Path, files: bytes | memoryview, problems: bytes | memoryview, rules: ReadingRules = USUAL_RULES
) -> Since:
    """What changed below `root` since a cache file with these two blocks was written.

    Raises ValueError if a block makes no sense, and FolderError as `scan` does.
    """
    reported, _ = decode_problems(problems)
    known = TrackedFiles.of_blocks(root, files, reported)
    updates = Updates(known, Schedule())
    difference = known.compare_all()
    reader = StoryReader(rules)
    for gone in difference.gone:
        updates.remove(gone)
    for candidate in difference.candidates:
        updates.read(candidate, reader, 0, patient=False)
    changes = updates.now()
    return Since(
        changes.stories, changes.removed, changes.problems, changes.not_cards, changes.files, known.data_changed()
    )
