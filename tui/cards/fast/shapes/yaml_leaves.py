"""Heads in plain YAML, cut into their values."""

import re
from typing import Final

from tui.cards.fast.sections import BETWEEN, cut_sections
from tui.cards.fast.shapes.leaves import HeadLanguage, Leaf
from tui.cards.fast.yaml import KEY, QUOTED, UNQUOTED, VALUE, WORDS, scalar
from tui.cards.format.fields import NULLS, Node

_TEXT: Final = rf"{QUOTED}|{UNQUOTED}"
_NO_NULL: Final = r"(?!(?:~|null|Null|NULL) *\n)"
_SWITCHES: Final = frozenset(("true", "false"))
_END: Final = r" *+\n"
_ITEM: Final = re.compile(rf"( {{0,16}}+)- ({_TEXT}) *+\n")
_PAIR: Final = re.compile(rf"( {{1,16}}+)({KEY}):(?: ++({_TEXT})?+)?+ *+\n")
_find_items: Final = re.compile(rf"^ *+- ({_TEXT})", re.MULTILINE).findall


def _leaves(text: str) -> list[Leaf] | None:
    leaves: list[Leaf] = []
    for key, value, opening, block in cut_sections(text) or ():
        if opening or (value and block):
            return None
        found = _of_block(key, block) if block else [_of_value("", key, value, "")]
        if not found:
            return None
        leaves += found
    return leaves or None


def _of_value(outer: str, key: str, value: str, indent: str) -> Leaf:
    opening = f"{indent}{re.escape(key)}:"
    if value in NULLS:
        empty = f" ++{re.escape(value)}" if value else ""
        return Leaf(outer, key, "null", None, opening, empty, _END)
    opening += " ++"
    if value in ("''", '""'):
        return Leaf(outer, key, "blank", "", opening, "\"\"|''", _END)
    if value in ("[]", "{}"):
        return Leaf(outer, key, "nothing", scalar(value), opening, re.escape(value), _END)
    if value[0] == "[":
        return Leaf(outer, key, "list", scalar(value), opening, WORDS, _END)
    if value in _SWITCHES:
        return Leaf(outer, key, "switch", value, opening, "|".join(sorted(_SWITCHES)), _END)
    return Leaf(outer, key, "text", scalar(value), opening + _NO_NULL, _TEXT, _END)


def _of_block(key: str, block: str) -> list[Leaf]:
    """The values in the lines below a key; none where they are of no known form."""
    opening = f"{re.escape(key)}: *+\n"
    first = _ITEM.match(block)
    if first is not None:
        line = f"{first[1]}- (?:{_TEXT}) *+\n"
        if re.fullmatch(f"(?:{line})+", block) is None:
            return []
        return [Leaf("", key, "list", _items(block), opening, f"(?:{line})++", "")]
    pairs = [_PAIR.fullmatch(f"{line}\n") for line in block.split("\n")[:-1]]
    leaves = [Leaf("", key, "mapping", None, opening, "", "")]
    seen: set[str] = set()
    for pair in pairs:
        if pair is None or pairs[0] is None or pair[1] != pairs[0][1] or pair[2] in seen:
            return []
        seen.add(pair[2])
        leaves.append(_of_value(key, pair[2], pair[3] or "", pair[1]))
    return leaves


def _items(block: str) -> list[Node]:
    return [scalar(item) for item in _find_items(block)]


def _node(token: str) -> Node:
    return _items(token) if token[-1] == "\n" else scalar(token)


UNREAD: Final = rf"(?: ++(?:{VALUE})?+)?+"
"""Any value on one line, of a key that means nothing."""
YAML_HEAD: Final = HeadLanguage(r"---\n", r"---(?:\n|\Z)", BETWEEN, _leaves, _node, is_shared=True)
"""Lines between `---`."""
