"""Where a query matches in the texts of a story, to be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from tui.deck.outlets import called
from tui.deck.query.ast import And, Expr, Not, Or, Phrase, Term, Word
from tui.model import Coverage, Story
from tui.text.words import fold, word_pattern, words_of

Spans = tuple[tuple[int, int], ...]
"""Ranges of characters, start included and end not, ascending and apart from each other."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Words in sequence to be found in some of the texts."""

    words: tuple[str, ...]
    prefix: bool
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class StorySpans:
    """The matches in each text of a story; `topics` and `coverage` (headlines) are in the story's order."""

    title: Spans = ()
    excerpt: Spans = ()
    outlet: Spans = ()
    topics: tuple[Spans, ...] = ()
    coverage: tuple[Spans, ...] = ()


class Highlights:
    """The words, phrases and names of a query that can be shown, without those that are negated."""

    def __init__(self, expr: Expr) -> None:
        self._wanted = tuple(_wanted(expr))

    def of(self, story: Story) -> StorySpans:
        """The matches in `story`."""
        if not self._wanted:
            return StorySpans()
        return StorySpans(
            self.spans(story.title, "title"),
            self.spans(story.excerpt, "excerpt"),
            self.spans(called(story.outlet, story.url), "outlet"),
            tuple(self.spans(topic, "topic") for topic in story.topics),
            tuple(self.spans(item.title, "coverage") for item in story.related),
        )

    def best_of(self, items: Iterable[Coverage]) -> Coverage | None:
        """The first of `items` in whose headline the most of what is wanted is found; None if nothing is in any."""
        wanted = [each for each in self._wanted if "coverage" in each.fields]
        best, most = None, 0
        for item in items:
            title = fold(item.title)
            if not any(each.words[0] in title for each in wanted):
                continue
            words = words_of(item.title)
            found = sum(next(iter(_places(words, each)), None) is not None for each in wanted)
            if found > most:
                best, most = item, found
            if most == len(wanted):
                break
        return best

    def spans(self, text: str, field: str) -> Spans:
        """The matches in a `title`, `excerpt`, `outlet`, `topic`, `coverage` headline, `body` or `note` of a story.

        The outlet of a coverage item is its `coverage outlet`. Of a word whose beginning was asked for, only that
        beginning is in the span.
        """
        wanted = [each for each in self._wanted if field in each.fields]
        if not wanted:
            return ()
        found = [match for match in word_pattern().finditer(text) if fold(match[0])]
        words = tuple(fold(match[0]) for match in found)
        spans = []
        for each in wanted:
            for first in _places(words, each):
                last = found[first + len(each.words) - 1]
                length = _length(last[0], each.words[-1])
                spans.append((found[first].start(), last.start() + length))
        return _joined(spans)


_ANY_TEXT = frozenset({"title", "excerpt", "outlet", "topic", "coverage", "body"})
_COVERED = {"title": "coverage", "outlet": "coverage outlet"}


def _wanted(expr: Expr, covered: bool = False) -> Iterable[_Wanted]:
    match expr:
        case And(parts) | Or(parts):
            inner = covered or (isinstance(expr, And) and Term("in", "coverage") in parts)
            for part in parts:
                yield from _wanted(part, inner)
        case Word(text):
            yield _Wanted(words_of(text), True, frozenset({"coverage"}) if covered else _ANY_TEXT)
        case Phrase(text, prefix):
            yield _Wanted(words_of(text), prefix, frozenset({"coverage"}) if covered else _ANY_TEXT)
        case Term(key, value) if key in ("title", "outlet", "topic", "note") and words_of(value):
            field = _COVERED.get(key, key) if covered else key
            yield _Wanted(words_of(value), True, frozenset({field}))
        case Not() | Term():
            return


def _places(words: tuple[str, ...], wanted: _Wanted) -> Iterable[int]:
    head, last = wanted.words[:-1], wanted.words[-1]
    for first in range(len(words) - len(head)):
        end = words[first + len(head)]
        if words[first : first + len(head)] == head and (end.startswith(last) if wanted.prefix else end == last):
            yield first


def _length(word: str, beginning: str) -> int:
    """How many characters of `word`, as written, make up the folded `beginning`."""
    if fold(word) == beginning:
        return len(word)
    folded = accumulate(len(fold(character)) for character in word)
    return next(length for length, so_far in enumerate(folded, 1) if so_far >= len(beginning))


def _joined(spans: list[tuple[int, int]]) -> Spans:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
