"""Heads in plain TOML, cut into their values."""

import re
from typing import Final

from tui.cards.fast.shapes.leaves import HeadLanguage, Leaf
from tui.cards.fast.toml import BETWEEN, DATE, LIST, TEXT, WHOLE, cut_lines, toml_node
from tui.cards.format.fields import Node

_END: Final = r" *+\n"
_BLANKS: Final = frozenset(('""', "''"))


def _leaves(text: str) -> list[Leaf] | None:
    leaves: list[Leaf] = []
    outer = ""
    for key, quoted, listed, moment, whole, switch, name, other in cut_lines(text):
        if other:
            return None
        if name:
            outer = name
            leaves.append(Leaf("", name, "mapping", None, rf"\[{re.escape(name)}\] *+\n", "", ""))
        elif key:
            leaves.append(_leaf(outer, key, quoted, listed, moment, whole, switch))
    return leaves or None


def _leaf(outer: str, key: str, quoted: str, listed: str, moment: str, whole: str, switch: str) -> Leaf:
    opening = f"{re.escape(key)} *+= *+"
    node: Node = toml_node(quoted or listed or moment or whole or switch)
    if quoted in _BLANKS:
        return Leaf(outer, key, "blank", "", opening, "\"\"|''", _END)
    if quoted:
        return Leaf(outer, key, "text", node, opening, TEXT, _END)
    if listed:
        return Leaf(outer, key, "list" if node else "nothing", node, opening, LIST if node else r"\[\]", _END)
    if moment:
        return Leaf(outer, key, "text", node, opening, DATE, _END, is_checked=True)
    if switch:
        return Leaf(outer, key, "switch", switch, opening, "true|false", _END)
    return Leaf(outer, key, "text", whole, opening, WHOLE, _END)


TOML_HEAD: Final = HeadLanguage(r"\+\+\+\n", r"\+\+\+(?:\n|\Z)", BETWEEN, _leaves, toml_node, is_shared=False)
"""Lines between `+++`."""
