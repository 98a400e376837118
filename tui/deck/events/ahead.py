"""The words of stories that arrive in parts, read before all of them are there."""

from collections.abc import Iterable

from tui.deck.events.words import Parsed, parse
from tui.model import Coverage, Story


class WordsAhead:
    """Reads the words of each story that is taken in, and of what it lists, into `parsed`, for `build_events`.

    The stories have to stay where they are meanwhile: what they list is known by its identity.
    """

    def __init__(self) -> None:
        self.parsed: dict[tuple[str, str], Parsed] = {}
        self._seen: set[int] = set()

    def take(self, stories: Iterable[Story]) -> None:
        """Take some more in."""
        seen = self._seen
        for story in stories:
            self._read(story)
            if not seen.issuperset(map(id, story.related)):
                for item in story.related:
                    if id(item) not in seen:
                        seen.add(id(item))
                        self._read(item)

    def forget(self) -> None:
        """Let go of all that was read."""
        self.parsed = {}
        self._seen.clear()

    def _read(self, source: Story | Coverage) -> None:
        texts = (source.title, source.excerpt)
        if texts not in self.parsed:
            self.parsed[texts] = parse(*texts)
