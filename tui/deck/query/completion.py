"""What could stand where the cursor is: keys, and values with their counts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tui.deck.query.ast import Term
from tui.deck.query.keys import KEYS, Key
from tui.deck.query.printing import printed
from tui.text.words import fold, words_of

Values = Callable[[str], Sequence[tuple[str, int]]]
"""From the name of a key with `from_deck` to the values the deck has for it, each with its number of stories."""

_TOKEN = re.compile(r'-*(?:([A-Za-z]+):)?("(?:[^"\\]|\\[\s\S])*"?|[^\s()"]*)')
_LIMIT = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One completion: what is inserted, the number of stories (None where it does not apply) and what it means."""

    insert: str
    count: int | None = None
    help: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """The suggestions, best first, for the characters from `start` up to but without `end` of the text."""

    start: int
    end: int
    suggestions: tuple[Suggestion, ...] = ()

    def applied(self, text: str, suggestion: Suggestion) -> tuple[str, int]:
        """`text` with the suggestion in place, and where the cursor then stands.

        A finished value is followed by a blank, so that the next word can be typed; a key is not.
        """
        insert = suggestion.insert + " " * (not suggestion.insert.endswith(":"))
        rest = text[self.end :]
        if insert.endswith(" "):
            rest = rest.removeprefix(" ")
        return text[: self.start] + insert + rest, self.start + len(insert)


def complete(text: str, cursor: int, values: Values, limit: int = _LIMIT) -> Completion:
    """At most `limit` suggestions for the word that ends at `cursor` (counted in characters from 0).

    A word that is no key yet is completed to keys, and to topics and outlets of that name.
    """
    start, name, value = _token_before(text[:cursor])
    if name is None:
        found = [*_keys(value), *_named(value, values)] if value else []
    elif name.lower() in KEYS:
        found = _values(KEYS[name.lower()], value, values)
    else:
        found = []
    return Completion(start, cursor, tuple(found[:limit]))


def _token_before(text: str) -> tuple[int, str | None, str]:
    """Where the last token of `text` begins after its minus signs, its key if it has one, and its value unquoted."""
    at, last = 0, len(text)
    name: str | None = None
    value = ""
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.end() == at:
            at, last, name, value = at + 1, at + 1, None, ""
            continue
        last = at + len(found[0]) - len(found[0].lstrip("-"))
        name, value = found[1], found[2]
        at = found.end()
    if value.startswith('"') and name is None:
        return len(text), None, ""
    return last, name, value.strip('"').replace('\\"', '"')


def _keys(beginning: str) -> list[Suggestion]:
    wanted = beginning.lower()
    return [Suggestion(f"{key.name}:", None, key.help) for key in KEYS.values() if key.name.startswith(wanted)]


def _values(key: Key, beginning: str, values: Values) -> list[Suggestion]:
    if key.from_deck:
        return _ranked(key, beginning, values)
    wanted = beginning.lower()
    return [_suggestion(key, value) for value in key.values if value.startswith(wanted)]


def _named(beginning: str, values: Values) -> list[Suggestion]:
    if len(beginning) < 2:
        return []
    found = [suggestion for name in ("topic", "outlet") for suggestion in _ranked(KEYS[name], beginning, values)]
    return sorted(found, key=lambda suggestion: -(suggestion.count or 0))


def _ranked(key: Key, beginning: str, values: Values) -> list[Suggestion]:
    """Values that begin so, then those with a word that begins so; the fullest first."""
    wanted = fold(beginning)
    ranked = []
    for name, count in values(key.name):
        starts = fold(name).startswith(wanted)
        if starts or any(word.startswith(wanted) for word in words_of(name)):
            ranked.append((not starts, -count, name))
    return [_suggestion(key, name, -count) for _later, count, name in sorted(ranked)]


def _suggestion(key: Key, value: str, count: int | None = None) -> Suggestion:
    return Suggestion(printed(Term(key.name, value)), count, key.help)
