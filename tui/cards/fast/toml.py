"""Reads front matter in TOML that is plain: texts, numbers, dates, lists of texts, and tables of these.

What holds anything else (dotted keys, tables in tables, texts of several lines, floats) is refused here and left to the
guarded reader; of what is taken, that one would make the same tree. It is many times as fast as a parser in Python.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, TypeAlias

from tui.cards.fast.yaml import CONTROL, NUMBERED, scalar
from tui.cards.format.fields import Node
from tui.text.patterns import compiled

# What is a text here is one in YAML as well, and says the same.
_ESCAPE: Final = rf"\\(?:[\\\"nrt]|{NUMBERED})"
TOML_TEXT: Final = rf"\"[^{CONTROL}\"\\]*+(?:{_ESCAPE}[^{CONTROL}\"\\]*+)*+\"|'[^{CONTROL}']*+'"
"""An expression for a text in quotes."""
TOML_LIST: Final = rf"\[[ \n]*+(?:(?:{TOML_TEXT})[ \n]*+,[ \n]*+)*+(?:(?:{TOML_TEXT})[ \n]*+)?+\]"
"""An expression for a list of such texts."""
TOML_WHOLE: Final = r"0|-?[1-9][0-9]{0,17}+"
"""An expression for a whole number."""
TOML_DATE: Final = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ][0-2][0-9]:[0-5][0-9]:[0-5][0-9](?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?+)?+"
)
"""An expression for a date, or for a date and a time."""
TOML_BETWEEN: Final = rf"(?:\n|#[^{CONTROL}]*+\n)*+"
"""An expression for what may stand before a line: empty lines and lines of comment."""
_VALUE: Final = rf"({TOML_TEXT})|({TOML_LIST})|({TOML_DATE})|({TOML_WHOLE})|(true|false)"  # each kind in a group
# A key with its value, or the name of a table; what is neither comes last.
_LINE: Final = compiled(
    rf"{TOML_BETWEEN}"
    rf"(?:([A-Za-z0-9_-]{{1,64}}+) *+= *+(?:{_VALUE}) *+\n|\[([A-Za-z0-9_-]{{1,64}}+)\] *+\n|\Z|((?s:.+)))"
)
MOST_DOTS: Final = 63
"""Dots in a head that is taken: the guarded reader refuses more of them in a row, wherever they stand."""
_find_texts: Final = compiled(TOML_TEXT).findall


Line: TypeAlias = tuple[str, str, str, str, str, str, str, str]
"""A key, and its text, list, date, whole number or switch, of which one is there; or the name of a table.

What is of no known form comes last, in a place of its own.
"""


def cut_lines(text: str) -> list[Line]:
    """The lines of a head."""
    return _LINE.findall(text)


def toml_tree(lines: Iterable[Line]) -> dict[str, Node] | None:
    """The mapping in the lines of a head; None if they are refused."""
    root: dict[str, Node] = {}
    table = root
    for key, quoted, listed, moment, whole, switch, name, other in lines:
        if key:
            value = _value(quoted, listed, moment, whole or switch)
            if value is None or key in table:
                return None
            table[key] = value
        elif name:
            if name in root:
                return None
            table = {}
            root[name] = table
        elif other:
            return None
    return root


def _value(quoted: str, listed: str, moment: str, written: str) -> Node:
    if quoted:
        return scalar(quoted)
    if listed:
        return [scalar(one) for one in _find_texts(listed)]
    return _moment(moment) if moment else written


def toml_node(token: str) -> Node:
    """What a value that is written so stands for; None for a date or time that does not exist."""
    if token[0] in "\"'":
        return scalar(token)
    if token[0] == "[":
        return [scalar(one) for one in _find_texts(token)]
    return _moment(token) if token[4:5] == "-" else token


def _moment(written: str) -> str | None:
    """The date or time as it is written in ISO 8601; None for one that does not exist."""
    try:
        return (date if len(written) == len("2020-02-26") else datetime).fromisoformat(written).isoformat()
    except ValueError:
        return None
