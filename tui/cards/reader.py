"""Reads card files one after the other, so that equal entries of `related` become one object."""

from msgspec import structs

from tui.cards.fast import FastReader
from tui.cards.files import read_file
from tui.cards.parsed import ParsedStory
from tui.cards.problems import CardError
from tui.cards.scan import FileEntry
from tui.model import Coverage, Story


class StoryReader:
    """Reads the stories of one folder: plain cards the fast way, all others the guarded way.

    With `only_guarded` all take the guarded way, which no input can crash.
    """

    def __init__(self, *, only_guarded: bool = False) -> None:
        self._fast = None if only_guarded else FastReader()
        self._known: dict[Coverage, Coverage] = {}

    def read(self, entry: FileEntry) -> ParsedStory:
        """What the file gives; a file that cannot be read is a problem and raises nothing."""
        try:
            data, _ = read_file(entry.path)
        except CardError as error:
            return ParsedStory(problems=(error.problem(entry.id),))
        story = self._fast.read(data, entry.id) if self._fast else None
        return self._guarded(data, entry.id) if story is None else ParsedStory(story)

    def _guarded(self, data: bytes, id: str) -> ParsedStory:
        from tui.cards.parse import parse_story  # loads PyYAML, which folders of plain cards never need

        parsed = parse_story(data, id)
        if parsed.story is None or not parsed.story.related:
            return parsed
        return ParsedStory(self._interned(parsed.story), parsed.problems)

    def _interned(self, story: Story) -> Story:
        related = tuple(self._known.setdefault(coverage, coverage) for coverage in story.related)
        return structs.replace(story, related=related)
