"""Expressions for whole heads of one shape, which take a third of the time that cutting such heads takes.

To compile one takes as long as reading a few hundred cards, so only shapes that come very often get one.
"""

import re
from collections.abc import Callable
from typing import Final

from tui.cards.fast.sections import BETWEEN
from tui.cards.fast.shapes.forms import BLANK, DATED, DAY, LIST, NOTHING, NULL, SWITCH, TABLE, TEXT, WORDS, CutHead
from tui.cards.fast.toml import TOML_BETWEEN, TOML_DATE, TOML_LIST, TOML_TEXT, TOML_WHOLE
from tui.cards.fast.yaml import CONTROL, FIRST_UNQUOTED, QUOTED, WORD_LIST
from tui.cards.format.fields import NULLS
from tui.text.patterns import compiled

_END: Final = r" *+\n"
_COLONLESS: Final = r"(?![^\n]*[:\\])"
_BEGINS_DATED: Final = r"(?=[\"']?[0-9]{4}-)"
_GUARDS: Final = {WORDS: _COLONLESS, DATED: _BEGINS_DATED}
_SIMPLE: Final = {BLANK: "\"\"|''", NOTHING: r"\[\]|\{\}", SWITCH: "true|false"}

# Without blanks at its end, which few have: to look at each word for them takes as long as all the rest.
_UNQUOTED: Final = rf"{FIRST_UNQUOTED}(?:[^{CONTROL}:#]++|:(?![ \n])|(?<! )#)*+(?<! )"
_YAML_TEXT: Final = rf"{QUOTED}|{_UNQUOTED}"
_NO_NULL: Final = rf"(?!(?:{'|'.join(sorted(map(re.escape, NULLS - {''})))}) *\n)"
_MORE_LINES: Final = rf"(?: *+\n ++{_UNQUOTED})*+"
_ITEM: Final = compiled(rf"( {{0,16}}+)- (?:{_YAML_TEXT}) *+\n(?:\1- (?:{_YAML_TEXT}) *+\n)*+")


def yaml_template(head: CutHead) -> re.Pattern[str] | None:
    """The expression for cards whose heads in YAML are of the shape of this one, a group for each value.

    It ends behind the head. None where a value is written in a way of its own.
    """
    return _template(head, _yaml_leaf, "---", BETWEEN)


def toml_template(head: CutHead) -> re.Pattern[str] | None:
    """The same for heads in TOML."""
    return _template(head, _toml_leaf, r"\+\+\+", TOML_BETWEEN)


def _template(head: CutHead, leaf: Callable[[str, str, str], str], mark: str, between: str) -> re.Pattern[str] | None:
    parts = [f"{mark}\n"]
    for key, form, written in zip(head.shape[::2], head.shape[1::2], head.written[1:], strict=True):
        expression = leaf(re.escape(key), form, written)
        if not expression:
            return None
        parts.append(expression)
    return compiled(between.join([*parts, rf"{mark}(?:\n|\Z)"]))


def _yaml_leaf(key: str, form: str, written: str) -> str:
    """An expression for the lines of a key whose value is of this form, empty where it is `written` in its own way."""
    if form == NULL:
        return f"{key}:(?: ++{re.escape(written)})?+(){_END}" if written else f"{key}:(){_END}"
    if "\n" in written[:-1] and written[-1] != "\n" and written[0] not in "\"'":
        return f"{key}: ++{_NO_NULL}({QUOTED}|{_UNQUOTED}{_MORE_LINES}){_END}" if form == TEXT else ""
    if written[-1] == "\n":
        items = _ITEM.fullmatch(written)
        return f"{key}: *+\n((?:{items[1]}- (?:{_YAML_TEXT}){_END})++)" if items else ""
    if form == LIST:
        return f"{key}: ++({WORD_LIST}){_END}"
    if form in _SIMPLE:
        return f"{key}: ++({_SIMPLE[form]}){_END}"
    return f"{key}: ++{_NO_NULL}{_GUARDS.get(form, '')}({_YAML_TEXT}){_END}"


def _toml_leaf(key: str, form: str, written: str) -> str:
    if form == TABLE:
        return rf"\[{key}\](){_END}"
    if form in _SIMPLE:
        value = _SIMPLE[form]
    elif form == LIST:
        value = TOML_LIST
    elif form == DAY:
        value = TOML_DATE
    else:
        value = TOML_TEXT if written[0] in "\"'" else TOML_WHOLE
    return f"{key} *+= *+{_GUARDS.get(form, '')}({value}){_END}"
