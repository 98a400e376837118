"""Reads front matter in TOML that is plain: texts, numbers, dates, lists of texts, and tables of these.

What holds anything else (dotted keys, tables in tables, texts of several lines, floats) is refused here and left to the
guarded reader; of what is taken, that one would make the same tree. It is many times as fast as a parser in Python.
"""

import re
from datetime import date, datetime
from typing import Final

from tui.cards.fast.yaml import CONTROL, NUMBERED, scalar
from tui.cards.format.fields import Node

# What is a text here is one in YAML as well, and says the same.
_ESCAPE: Final = rf"\\(?:[\\\"nrt]|{NUMBERED})"
_TEXT: Final = rf"\"[^{CONTROL}\"\\]*+(?:{_ESCAPE}[^{CONTROL}\"\\]*+)*+\"|'[^{CONTROL}']*+'"
_LIST: Final = rf"\[[ \n]*+(?:(?:{_TEXT})[ \n]*+,[ \n]*+)*+(?:(?:{_TEXT})[ \n]*+)?+\]"
_WHOLE: Final = r"0|-?[1-9][0-9]{0,17}+"
_DATE: Final = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ][0-2][0-9]:[0-5][0-9]:[0-5][0-9](?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?+)?+"
)
_VALUE: Final = rf"({_TEXT})|({_LIST})|({_DATE})|({_WHOLE})|(true|false)"  # each kind in a group
# A key with its value, or the name of a table; what is neither comes last.
_LINE: Final = re.compile(
    rf"(?:\n|#[^{CONTROL}]*+\n)*+"
    rf"(?:([A-Za-z0-9_-]{{1,64}}+) *+= *+(?:{_VALUE}) *+\n|\[([A-Za-z0-9_-]{{1,64}}+)\] *+\n|\Z|((?s:.+)))"
)
# The guarded reader refuses more of them in a row, wherever they stand.
_MOST_DOTS: Final = 63
_find_texts: Final = re.compile(_TEXT).findall


def plain_toml(text: str) -> dict[str, Node] | None:
    """The mapping in lines of plain TOML, each with its line feed; None if they are refused."""
    if text.count(".") > _MOST_DOTS:
        return None
    root: dict[str, Node] = {}
    table = root
    for key, quoted, listed, moment, whole, switch, name, other in _LINE.findall(text):
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


def _moment(written: str) -> str | None:
    """The date or time as it is written in ISO 8601; None for one that does not exist."""
    try:
        return (date if len(written) == len("2020-02-26") else datetime).fromisoformat(written).isoformat()
    except ValueError:
        return None
