"""The lexical gate: which front matter is so plain that a fast parser may be trusted with it.

A fast YAML parser crashes, hangs or guesses on what it was not tried with. Real cards use a small part of YAML, of
which every line can be told by a regular expression; whatever does not match takes the guarded way.
"""

import re
from typing import Final, cast

import yaml12

from tui.cards.nodes import Node

MAX_LINES: Final = 10_000
"""Lines of front matter behind the gate. No line gives more than three values, so the guarded limit holds too."""
MAX_LINES_BESIDE_ENTRIES: Final = 2_000
"""The same for front matter whose `related` is read entry by entry."""
MIN_BYTES_A_LINE: Final = 20
"""How long the lines of an entry are on average at least, so that front matter full of entries holds few enough."""

_BAD: Final = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
_KEY: Final = r"(?!(?i:null|true|false):)[A-Za-z_][A-Za-z0-9_-]{0,63}+:"
_ESCAPE: Final = r"\\(?:[\\\"/nrt]|u(?:[0-9A-Ca-cEFef][0-9A-Fa-f]|[Dd][0-7])[0-9A-Fa-f]{2})"
_QUOTED: Final = rf"\"(?:[^{_BAD}\"\\]++|{_ESCAPE})*+\"|'(?:[^{_BAD}']++|'')*+'"
# A scalar without quotes stays text only if no reading of YAML takes it for a number, a boolean or null.
_PLAIN: Final = (
    r"(?!(?i:null|true|false) *\n)(?:[^\W\d_]|/|[0-9]{1,6}+[a-df-np-wyzA-DF-NP-WYZ])"
    rf"(?:[^{_BAD}:# ]++|:(?![ \n])|(?<! )#| ++(?=[^ \n#]))*+"
)
_TYPED: Final = (
    r"(?:quality|heat|width|height|members|followers|count): (?:0|-?[1-9][0-9]{0,8})"
    r"|(?:published|removed|isCached): (?:true|false)"
    r"|average: [0-9](?:\.[0-9]{0,12}[1-9])?"
    r"|[a-z]{1,16}DateTime: [0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?"
)
_PAIR: Final = rf"{_KEY}(?: (?:{_QUOTED}|\[\]|\{{\}}|{_PLAIN}))?|{_TYPED}"
_LINE: Final = rf"(?>(?:(?:- )?(?:{_PAIR})|- (?:{_QUOTED}|{_PLAIN})) *+\n)"
_BLANK: Final = r"\n(?!\n)"
_FRONT_MATTER: Final = re.compile(rf"(?:{_BLANK}| {{0,16}}+{_LINE})*+")
_ENTRY: Final = re.compile(rf"  - (?>(?:{_PAIR}) *+\n)(?:{_BLANK}| {{4,16}}+{_LINE})*+")


def plain_mapping(text: str, max_lines: int = MAX_LINES) -> dict[str, Node] | None:
    """The mapping that plain front matter of at most `max_lines` holds; None if it is refused."""
    if _FRONT_MATTER.fullmatch(text) is None:
        return None
    value = _parsed(text)
    return value if isinstance(value, dict) and _is_whole(value, text, max_lines) else None


def plain_entry(text: str) -> dict[str, Node] | None:
    """The mapping of one list entry, indented by two blanks; None if it is refused."""
    if _ENTRY.fullmatch(text) is None:
        return None
    value = _parsed(text)
    if not isinstance(value, list) or len(value) != 1 or not isinstance(value[0], dict):
        return None
    return value[0] if _is_whole(value[0], text, len(text) // MIN_BYTES_A_LINE) else None


def _parsed(text: str) -> Node:
    try:
        return cast("Node", yaml12.parse_yaml(text))
    except ValueError:
        return None


def _is_whole(mapping: dict[str, Node], text: str, max_lines: int) -> bool:
    """Whether each line became a value of its own: else a key came twice, or lines were folded into one text."""
    blank_lines = text.count("\n\n") + text.startswith("\n")
    lines = text.count("\n") - blank_lines
    return lines <= max_lines and lines == _count(mapping)


def _count(mapping: dict[str, Node]) -> int:
    """Keys and list scalars in a tree; the gate bounds its depth."""
    total = len(mapping)
    for value in mapping.values():
        if isinstance(value, dict):
            total += _count(value)
        elif isinstance(value, list):
            total += sum(_count(item) if isinstance(item, dict) else 1 for item in value)
    return total
