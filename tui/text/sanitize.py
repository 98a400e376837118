"""The one function family that makes untrusted text fit for a terminal.

No terminal toolkit is a safe sink: escape sequences, C1 controls and bidirectional overrides in a headline
reach the terminal and are obeyed. So every text is cleaned here, where it enters and after the last decoding
(entities, percent-encoding, YAML escapes); cleaning something twice changes nothing.
"""

import re
import sys
import unicodedata
from functools import cache

from tui.text.patterns import late

TITLE_LIMIT = 1000
"""Characters kept of a headline, and of any one-line field without a limit of its own."""
EXCERPT_LIMIT = 4000
"""Characters kept of an excerpt or biography."""
URL_LIMIT = 2048
"""Characters a URL may have; a longer one is refused, never cut."""
TOPIC_LIMIT = 100
"""Characters kept of a topic's name."""
NAME_LIMIT = 200
"""Characters kept of the name of an outlet, author or key."""
PATH_LIMIT = 4096
"""Characters kept of a file name or path that is shown."""
BODY_LIMIT = 256 * 1024
"""Characters kept of a card's body."""
MARKS_PER_BASE = 4
"""Combining marks kept on one character; terminals have crashed on long runs of them."""

# A megabyte of what will be dropped is not looked at to the end.
_SEEN_PER_KEPT = 4
_TAB_WIDTH = 4
_ENTITY = late(r"&(?:#[0-9]{1,10}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});")
_EMPTY_FIRST_LINES = late(r"(?:[^\S\n]*\n)*")
REPLACEMENT = "\ufffd"
ELLIPSIS = "…"

_REPLACED = ((0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xD800, 0xDFFF), (0xFFFE, 0xFFFF))
_BLANKED_IN_LINE = ((0x09, 0x0D), (0x85, 0x85), (0x2028, 0x2029))
_BLANKED_IN_BLOCK = ((0x09, 0x09), (0x0B, 0x0D), (0x85, 0x85), (0x2028, 0x2029))
_DROPPED = (
    *((code, code) for code in (0xAD, 0x34F, 0x61C, 0x180E, 0x200B, 0x3164, 0xFEFF, 0xFFA0)),
    *((0x115F, 0x1160), (0x200E, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFFF9, 0xFFFB)),
    (0xE0000, 0xE007F),
)


# Latin, Greek, Cyrillic, punctuation, symbols and East Asian letters: nothing to do, for most of all texts.
_ORDINARY = (
    *((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2FF), (0x370, 0x482), (0x48A, 0x590), (0x1E00, 0x200A)),
    *((0x2010, 0x2027), (0x202F, 0x205F), (0x2070, 0x20CF), (0x2100, 0x2CEE), (0x3001, 0x3029)),
    *((0x3030, 0x3098), (0x309B, 0x3163), (0x3165, 0xA66E), (0xAC00, 0xD7AF), (0xFF01, 0xFF9F)),
)

_Ranges = tuple[tuple[int, int], ...]


@cache  # most texts need none, and a start of the loader needs all its time
def _table(blanked: _Ranges) -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for ranges, stand_in in ((_REPLACED, REPLACEMENT), (blanked, " "), (_DROPPED, None)):
        for first, last in ranges:
            table.update(dict.fromkeys(range(first, last + 1), stand_in))
    return table


def _between(ranges: _Ranges) -> _Ranges:
    """All characters that are in none of the ranges, which are in order."""
    firsts = (0, *(last + 1 for _, last in ranges))
    lasts = (*(first - 1 for first, _ in ranges), sys.maxunicode)
    return tuple(gap for gap in zip(firsts, lasts, strict=True) if gap[0] <= gap[1])


def _class_of(ranges: _Ranges) -> str:
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


# Whatever may take no room of its own: marks and format characters are neither letters, digits nor blanks,
# which is all that a regular expression can recognise; conjoining jamo are letters that stack on the one before.
_PERHAPS_STACKED = r"(?:[^\w\s\x00-\x7f]|[\u1161-\u11ff\ud7b0-\ud7ff])"
_STACKS = late(rf"(?<!\S){_PERHAPS_STACKED}+|{_PERHAPS_STACKED}{{{MARKS_PER_BASE + 1},}}")

# One for lines and blocks alike, named by what it holds, for compiling takes time for each character in a class: 2 ms.
_EXTRAORDINARY = late(f"[{_class_of(_between(((0x0A, 0x0A), *_ORDINARY)))}]")


def clean_line(value: str, limit: int = TITLE_LIMIT) -> str:
    """Any text as one line of at most `limit` characters that no terminal acts upon.

    Controls and lone surrogates become U+FFFD, line breaks and tabs a blank, bidirectional and invisible
    characters go (joiners and variation selectors stay), at most four marks stay on a character and none
    without one. Blanks at the ends go; a longer text is cut and ends in an ellipsis. Entities stay.
    """
    if value.isascii() and value.isprintable() and len(value) <= limit:
        return value.strip()
    return _cut(_clean(value[: limit * _SEEN_PER_KEPT], one_line=True).strip(), limit)


def clean_block(value: str, limit: int = EXCERPT_LIMIT) -> str:
    """Any text of several lines, cleaned like `clean_line` but for line feeds, which stay (CR LF is one)."""
    if value.isascii() and value.isprintable() and len(value) <= limit:
        return value.strip()
    return _cut(_clean(value[: limit * _SEEN_PER_KEPT], one_line=False).strip(), limit)


def clean_preformatted(value: str, limit: int = BODY_LIMIT) -> str:
    """Source text or code, cleaned like `clean_block` without losing its indentation.

    Tabs reach to the next multiple of four columns, and of the ends only empty lines go.
    """
    text = value[: limit + 1].replace("\r\n", "\n").expandtabs(_TAB_WIDTH)
    text = _clean(text, one_line=False).rstrip()
    empty = _EMPTY_FIRST_LINES().match(text)
    return _cut(text[empty.end() :] if empty else text, limit)


def clean_path(name: bytes | str) -> str:
    """A file name or path as it may be shown; what is not UTF-8 (also as `os.fsdecode` gives it) is U+FFFD.

    Unlike in other texts blanks at the ends stay, for two files may differ by them. What comes out is for the
    eye, not for opening the file.
    """
    text = name.decode("utf-8", "replace") if isinstance(name, bytes) else name
    if text.isascii() and text.isprintable() and len(text) <= PATH_LIMIT:
        return text
    return _cut(_clean(text[: PATH_LIMIT * _SEEN_PER_KEPT], one_line=True), PATH_LIMIT)


def decode_entities(value: str) -> str:
    """`value` with its HTML character references resolved, once. What comes out is not clean.

    Only what ends in a semicolon is one: `&copy=1` in a URL and `AT&T` stay as they are written.
    """
    return _ENTITY().sub(_decoded, value) if "&" in value else value


def _decoded(entity: re.Match[str]) -> str:
    from html import unescape  # a table of 2,231 names that most starts never need
    from html.entities import html5

    whole = entity[0]
    # The longest name that a longer one begins with would do for HTML.
    return unescape(whole) if whole[1] == "#" or whole[1:] in html5 else whole


def is_ordinary(text: str) -> bool:
    """Whether cleaning would change nothing about a text beyond its ASCII characters and the blanks at its ends."""
    return text.isascii() or _EXTRAORDINARY().search(text) is None


def _clean(value: str, *, one_line: bool) -> str:
    if _EXTRAORDINARY().search(value) is None:
        return value.replace("\n", " ") if one_line else value
    table = _table(_BLANKED_IN_LINE if one_line else _BLANKED_IN_BLOCK)
    return _STACKS().sub(_fewer_marks, value.replace("\r\n", "\n").translate(table))


def _fewer_marks(match: re.Match[str]) -> str:
    """The run with at most four marks behind each character, and none on a blank."""
    run = match.group()
    on_blank = match.start() == 0 or match.string[match.start() - 1].isspace()
    room = 0 if on_blank else MARKS_PER_BASE
    kept: list[str] = []
    for character in run:
        if not _takes_no_room(character):
            room = MARKS_PER_BASE
        elif room == 0:
            continue
        else:
            room -= 1
        kept.append(character)
    return "".join(kept)


def _takes_no_room(character: str) -> bool:
    jamo = "\u1161" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff"
    return jamo or unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}


def _cut(value: str, limit: int) -> str:
    return value if len(value) <= limit else value[: limit - 1].rstrip() + ELLIPSIS
