"""The one table of query keys: what parsing, completion, help and the README say about them comes from here."""

import difflib
from enum import Enum

from msgspec import Struct

from tui.deck.query.dates import EXAMPLES, is_date, is_moment
from tui.deck.query.numbers import number_range


class ValueKind(Enum):
    """What may stand after the colon of a key."""

    TEXT = "text"
    ONE_OF = "one of"
    NUMBER = "number"
    DATE = "date"


class Key(Struct, frozen=True):
    """One key. `values` are all the values of a ONE_OF key, and examples for the others.

    `from_deck` says that completion offers what the deck holds (the outlets, the topics, ...), with counts.
    `of_item` says that under `in:coverage` the key is asked of a coverage item and not of the story.
    """

    name: str
    kind: ValueKind
    help: str
    values: tuple[str, ...] = ()
    from_deck: bool = False
    of_item: bool = False


_STATES = (
    "unread",
    "read",
    "starred",
    "published",
    "unpublished",
    "undated",
    "removed",
    "muted",
    "first",
    "exclusive",
    "reprint",
)

_DAYS = tuple(example for example in EXAMPLES if not is_moment(example))

KEYS = {
    key.name: key
    for key in (
        Key("topic", ValueKind.TEXT, "has this topic or one below it", from_deck=True),
        Key("outlet", ValueKind.TEXT, "from this outlet", from_deck=True, of_item=True),
        Key("domain", ValueKind.TEXT, "from this domain or one below it", from_deck=True, of_item=True),
        Key("kind", ValueKind.TEXT, "article, video, course, ...", from_deck=True, of_item=True),
        Key("source", ValueKind.TEXT, "in this folder, one of several or inside of one", from_deck=True),
        Key("id", ValueKind.TEXT, "the path of the card contains this"),
        Key("url", ValueKind.TEXT, "the link contains this", of_item=True),
        Key("title", ValueKind.TEXT, "words in the headline", of_item=True),
        Key("is", ValueKind.ONE_OF, "its state", _STATES),
        Key("has", ValueKind.ONE_OF, "what comes with it", ("coverage", "image", "body", "link", "amp", "note")),
        Key("note", ValueKind.TEXT, "words in your note"),
        Key("since", ValueKind.DATE, "published on this day or later", EXAMPLES, of_item=True),
        Key("until", ValueKind.DATE, "published on this day or earlier", EXAMPLES, of_item=True),
        Key("on", ValueKind.DATE, "published in this day, month or year", _DAYS, of_item=True),
        Key("quality", ValueKind.NUMBER, "quality score", (">50", "<=20", "20..80"), of_item=True),
        Key("heat", ValueKind.NUMBER, "heat score", (">50", "<=20", "20..80"), of_item=True),
        Key("outlets", ValueKind.NUMBER, "how many outlets are in its event", (">5", ">=2", "1")),
        Key("coverage", ValueKind.NUMBER, "how many pieces are related", (">5", ">=2", "0")),
        Key("in", ValueKind.ONE_OF, "ask the words and keys beside it of the related pieces", ("coverage",)),
    )
}


class Refusal(Struct, frozen=True):
    """Why a key or a value cannot be used: a sentence, and the nearest one that can (empty if none is near)."""

    message: str
    nearest: str = ""


def find_key(name: str) -> Key | Refusal:
    """The key called `name`, in any case; else a refusal that names the nearest key."""
    key = KEYS.get(name.lower())
    if key:
        return key
    near = nearest(name.lower(), tuple(KEYS))
    hint = f"; did you mean {near}:?" if near else ""
    return Refusal(f'no key {name}:{hint} Quote it to search for the text: "{name}:"', near and f"{near}:")


def checked(key: Key, value: str) -> str | Refusal:
    """`value` in the form it has in an expression, or why `key` cannot have it."""
    value = value.strip()
    if not value:
        return Refusal(_wanting(key))
    if key.kind is ValueKind.ONE_OF:
        if value.lower() in key.values:
            return value.lower()
        near = nearest(value.lower(), key.values)
        message = f'{key.name}: has no "{value}", it takes {", ".join(key.values)}'
        return Refusal(message, near and f"{key.name}:{near}")
    if key.kind is ValueKind.NUMBER and number_range(value) is None:
        return Refusal(f'{key.name}: needs a number, not "{value}"{_such_as(key)}')
    if key.kind is ValueKind.DATE:
        if not is_date(value):
            near = nearest(value.lower(), key.values)
            message = f'{key.name}: "{value}" is not a date{_such_as(key)}'
            return Refusal(message, near and f"{key.name}:{quoted_example(near)}")
        if key.name == "on" and is_moment(value):
            return Refusal(f"on: needs a day, month or year; for hours say since:{value}", f"since:{value}")
        return value.lower()
    return value


def nearest(text: str, choices: tuple[str, ...]) -> str:
    """The choice that begins with `text`, else the one most like it; empty if none is near."""
    starting = [choice for choice in choices if text and choice.startswith(text)]
    return (starting or difflib.get_close_matches(text, choices, 1, 0.5) or [""])[0]


def _wanting(key: Key) -> str:
    """What a key without a value still needs."""
    if key.kind is ValueKind.ONE_OF:
        return f"{key.name}: takes {', '.join(key.values)}"
    return f"{key.name}: needs a value{_such_as(key)}"


def _such_as(key: Key) -> str:
    return f", such as {key.name}:{quoted_example(key.values[0])}" if key.values else ""


def quoted_example(value: str) -> str:
    """`value` as it must be written after a colon."""
    return f'"{value}"' if " " in value else value
