"""The words of stories and coverage that arrive in parts, read before all of them are there."""

from collections.abc import Iterable, Sequence

from tui.deck.events.words import Parsed, as_read_here, parse
from tui.forks import Shared
from tui.model import Coverage, Story
from tui.work import ShouldStop

_TEXTS_A_PART = 256
_WORTH_HELP = 8
"""Parts from which on it is worth while to have another process."""
_TEXTS_AT_ONCE = 32

Texts = tuple[str, str]


class WordsAhead:
    """Reads the words of each story or item that is taken in into `parsed`, for `build_events`."""

    def __init__(self) -> None:
        self.parsed: dict[Texts, Parsed] = {}
        self._unread: dict[Texts, None] = {}

    def take(self, sources: Iterable[Story | Coverage]) -> None:
        """Take some more in, to be read later."""
        for source in sources:
            texts = (source.title, source.excerpt)
            if texts not in self.parsed:
                self._unread[texts] = None

    def read_until(self, is_enough: ShouldStop) -> None:
        """Read until nothing is left or it `is_enough`."""
        while self._unread and not is_enough():
            for _ in range(min(_TEXTS_AT_ONCE, len(self._unread))):
                texts, _ = self._unread.popitem()
                self.parsed[texts] = _words_of(texts)

    def read_rest(self, *, alone: bool = True) -> None:
        """Read all that is left; unless it is `alone`, a process that is forked from this one reads half of much."""
        left = list(self._unread)
        self._unread = {}
        parts = -(-len(left) // _TEXTS_A_PART)
        shared = Shared(lambda part, should_stop: _read(left, part, should_stop), list[Parsed])
        for part, read in shared.done(parts, alone=alone or parts < _WORTH_HELP):
            for texts, words in zip(_part_of(left, part), read, strict=True):
                self.parsed[texts] = words if words.texts is texts else as_read_here(words, texts)

    def forget(self) -> None:
        """Let go of all that was read."""
        self.parsed = {}


def _part_of(texts: Sequence[Texts], part: int) -> Sequence[Texts]:
    return texts[part * _TEXTS_A_PART : (part + 1) * _TEXTS_A_PART]


def _read(texts: Sequence[Texts], part: int, should_stop: ShouldStop) -> list[Parsed] | None:
    return None if should_stop() else list(map(_words_of, _part_of(texts, part)))


def _words_of(texts: Texts) -> Parsed:
    """The words of these very texts."""
    words = parse(*texts)
    words.texts = texts
    return words
