"""Reads card files one after the other, so that equal entries of `related` become one object."""

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from tui.cards.folder.files import read_card_file, too_big
from tui.cards.folder.scan import FileEntry, find_entry
from tui.cards.format.front_matter import FILE_LIMIT
from tui.cards.format.problems import CardError, ParsedCard, ParsedStory
from tui.cards.format.rules import USUAL_RULES, ReadingRules
from tui.errors import StoryNotFoundError
from tui.model import Coverage, Problem, Story
from tui.text.sanitize import clean_path

if TYPE_CHECKING:  # whoever reads one whole card does without
    from tui.cards.fast.reader import FastReader


def read_card(root: Path, which: str | FileEntry, rules: ReadingRules = USUAL_RULES) -> ParsedCard:
    """The whole card with this id below `root`, as its file is now.

    A file that cannot be read gives a problem. Raises StoryNotFoundError if no file has the id, and FolderError as
    `scan` does.
    """
    from tui.cards.format.parse import parse_card

    entry = which if isinstance(which, FileEntry) else find_entry(root, which)
    if entry is None:
        raise StoryNotFoundError(f"There is no card {clean_path(str(which))} in this folder.")
    try:
        data, is_whole = read_card_file(entry.path)
    except CardError as error:
        return ParsedCard(problems=(error.problem(entry.id),))
    parsed = parse_card(data, entry.id, rules)
    return (
        parsed
        if is_whole
        else ParsedCard(parsed.card, _cut_problems(entry.id, parsed.card is not None, parsed.problems))
    )


def _cut_problems(id: str, is_story: bool, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """What is wrong with a file over the limit: a warning if its head could be read, else only that it is too large."""
    if not is_story:
        return (too_big().problem(id),)
    message = f"This file is larger than {FILE_LIMIT // 1024} KiB; what lies behind that is left out."
    return (*problems, Problem(file=id, rule="file-size", message=message, severity="warning"))


class StoryReader:
    """Reads the stories of one folder: plain cards the fast way, all others the guarded way.

    With `only_guarded` all take the guarded way, which no input can crash.
    """

    def __init__(self, rules: ReadingRules = USUAL_RULES, *, only_guarded: bool = False) -> None:
        self._rules = rules
        self._fast = None if only_guarded else _fast_reader(rules)
        self._known: dict[Coverage, Coverage] = {}

    def read(self, entry: FileEntry) -> ParsedStory:
        """What the file gives; a file that cannot be read is a problem and raises nothing."""
        try:
            data, is_whole = read_card_file(entry.path)
        except CardError as error:
            return ParsedStory(problems=(error.problem(entry.id),))
        if not is_whole:
            parsed = self._guarded(data, entry.id)
            return ParsedStory(parsed.story, _cut_problems(entry.id, parsed.story is not None, parsed.problems))
        story = self._fast.read(data, entry.id) if self._fast else None
        return self._guarded(data, entry.id) if story is None else ParsedStory(story)

    def _guarded(self, data: bytes, id: str) -> ParsedStory:
        from tui.cards.format.parse import parse_story

        parsed = parse_story(data, id, self._rules)
        if parsed.story is None or not parsed.story.related:
            return parsed
        return ParsedStory(self._interned(parsed.story), parsed.problems)

    def _interned(self, story: Story) -> Story:
        related = tuple(self._known.setdefault(coverage, coverage) for coverage in story.related)
        return structs.replace(story, related=related)


def _fast_reader(rules: ReadingRules) -> "FastReader":
    from tui.cards.fast.reader import FastReader

    return FastReader(rules.zone_info)
