"""What could stand where the cursor is: keys, and values with their counts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from tui.deck.query.ast import Term
from tui.deck.query.keys import KEYS, Key
from tui.deck.query.prefixes import NamesByPrefix
from tui.deck.query.printing import printed
from tui.one_by_one import OneByOne

_TOKEN = re.compile(r'-*(?:([A-Za-z]+):)?("(?:[^"\\]|\\[\s\S])*"?|[^\s()"]*)')
_NAMED = ("topic", "outlet")
"""Keys whose values are offered for a plain word."""
_NAMED_FROM = 2
"""Letters of a plain word from which on names are offered."""
_OPERATORS = ("AND", "OR", "NOT")
_NO_NAMES = NamesByPrefix()


@dataclass(frozen=True, slots=True)
class Offers:
    """What a deck has to offer, worked out beforehand, for it is asked at every keystroke.

    `by_key` has the values of the keys with `from_deck`. `counts` has the number of stories that a key finds with one
    of the values that `KEYS` has for it. What is not known yet is left out.
    """

    by_key: Mapping[str, NamesByPrefix] = field(default_factory=dict)
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def names(self, key: str) -> NamesByPrefix:
        """The values that the deck has for a key."""
        return self.by_key.get(key, _NO_NAMES)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One completion: what is inserted, the number of stories (None where it is not known), and what it means.

    `label` is what tells it from the others beside it.
    """

    insert: str
    count: int | None = None
    help: str = ""
    label: str = ""


_Offer = tuple[str, str, int | None]
"""A key, one of its values (empty: the key itself is offered), and the number of stories."""


class Suggestions(OneByOne[Suggestion]):
    """Suggestions, each made when it is looked at; `named` has each say of which key it is."""

    def __init__(self, offers: Sequence[_Offer] = (), *, named: bool = False) -> None:
        self._offers = offers
        self._named = named

    def __len__(self) -> int:
        return len(self._offers)

    def at(self, place: int) -> Suggestion:
        """The suggestion that stands there."""
        name, value, count = self._offers[place]
        if not value:
            return Suggestion(f"{name}:", None, KEYS[name].help, f"{name}:")
        insert = printed(Term(name, value))
        return Suggestion(insert, count, KEYS[name].help, insert if self._named else value)


@dataclass(frozen=True, slots=True)
class Completion:
    """The suggestions, best first, for the characters from `start` up to but without `end` of the text.

    `key` is the one whose value is typed, or None.
    """

    start: int
    end: int
    suggestions: Sequence[Suggestion] = ()
    key: Key | None = None

    def applied(self, text: str, suggestion: Suggestion) -> tuple[str, int]:
        """`text` with the suggestion in place, and where the cursor then stands.

        A finished value is followed by a blank, so that the next word can be typed; a key is not.
        """
        insert = suggestion.insert + " " * (not suggestion.insert.endswith(":"))
        rest = text[self.end :]
        if insert.endswith(" "):
            rest = rest.removeprefix(" ")
        return text[: self.start] + insert + rest, self.start + len(insert)


def complete(text: str, cursor: int, offers: Offers) -> Completion:
    """All suggestions for the word that ends at `cursor` (counted in characters from 0).

    A word that is no key yet is completed to keys, and to topics and outlets of that name.
    """
    start, name, value = _token_before(text[:cursor])
    key = KEYS.get(name.lower()) if name is not None else None
    if key is not None:
        return Completion(start, cursor, Suggestions(_values(key, value, offers)), key)
    if name is not None or not value or value in _OPERATORS:
        return Completion(start, cursor)
    return Completion(start, cursor, Suggestions([*_keys(value), *_named(value, offers)], named=True))


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


def _keys(beginning: str) -> list[_Offer]:
    wanted = beginning.lower()
    return [(name, "", None) for name in KEYS if name.startswith(wanted)]


def _values(key: Key, beginning: str, offers: Offers) -> list[_Offer]:
    if key.from_deck:
        return [(key.name, name, count) for name, count in offers.names(key.name).beginning(beginning)]
    wanted = beginning.lower()
    fitting = [value for value in key.values if value.startswith(wanted)]
    return [(key.name, value, offers.counts.get((key.name, value))) for value in fitting]


def _named(beginning: str, offers: Offers) -> list[_Offer]:
    if len(beginning) < _NAMED_FROM:
        return []
    found = [(-count, key, name) for key in _NAMED for name, count in offers.names(key).beginning(beginning)]
    return [(key, name, -count) for count, key, name in sorted(found, key=itemgetter(0))]
