"""Names with their numbers of stories, found by how they or one of their words begin."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from tui.text.words import fold, words_of

_LAST = "\U0010ffff"
"""Sorts behind all that begins alike."""

CountedName = tuple[str, int]
"""A name, and the number of stories that have it."""


class NamesByPrefix:
    """Names to look up by a beginning; made once, for that takes milliseconds where there are thousands."""

    def __init__(self, counted: Iterable[CountedName] = ()) -> None:
        self._ranked = sorted(counted, key=lambda entry: (-entry[1], entry[0]))
        starts, inner = [], []
        for place, (name, _count) in enumerate(self._ranked):
            starts.append((fold(name), place))
            words = words_of(name)
            inner += [(" ".join(words[first:]), place) for first in range(len(words))]
        self._starts = sorted(starts)
        self._inner = sorted(inner)

    def beginning(self, text: str) -> Sequence[CountedName]:
        """The names that begin so, then those with a word that begins so; the fullest first. All for an empty text."""
        wanted = fold(text)
        if not wanted:
            return self._ranked
        whole = _places(self._starts, wanted)
        places = [*sorted(whole), *sorted(_places(self._inner, wanted) - whole)]
        return [self._ranked[place] for place in places]


def _places(entries: Sequence[tuple[str, int]], beginning: str) -> set[int]:
    first = bisect_left(entries, (beginning,))
    last = bisect_left(entries, (beginning + _LAST,))
    return {place for _text, place in entries[first:last]}
