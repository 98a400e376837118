"""The words of stories and coverage that arrive in parts, read before all of them are there."""

from collections.abc import Iterable

from tui.deck.events.words import Parsed, parse
from tui.model import Coverage, Story


class WordsAhead:
    """Reads the words of each story or item that is taken in into `parsed`, for `build_events`."""

    def __init__(self) -> None:
        self.parsed: dict[tuple[str, str], Parsed] = {}

    def take(self, sources: Iterable[Story | Coverage]) -> None:
        """Take some more in."""
        for source in sources:
            texts = (source.title, source.excerpt)
            if texts not in self.parsed:
                words = parse(*texts)
                self.parsed[words.texts] = words

    def forget(self) -> None:
        """Let go of all that was read."""
        self.parsed = {}
