"""Heads in plain TOML, cut into their values."""

from collections.abc import Iterable
from typing import Final

from tui.cards.fast.shapes.forms import (
    BLANK,
    DAY,
    LIST,
    NOTHING,
    SWITCH,
    TABLE,
    TEXT,
    WORDS,
    CutHead,
    form_of_text,
    is_finer,
)
from tui.cards.fast.toml import Line, toml_node
from tui.cards.format.fields import Node

_BLANKS: Final = frozenset(('""', "''"))


class TomlHeads:
    """Cuts heads in TOML, and says what is written in them."""

    is_shared: Final = False

    def cut(self, lines: Iterable[Line]) -> CutHead | None:
        """The head in its lines; None where one is of no known form."""
        shape: list[str] = []
        written: list[str] = [""]
        for key, quoted, listed, moment, whole, switch, name, other in lines:
            if key:
                if quoted:
                    form = BLANK if quoted in _BLANKS else form_of_text(quoted) if is_finer(key) else TEXT
                elif listed:
                    form = NOTHING if listed == "[]" else LIST
                else:
                    form = DAY if moment else SWITCH if switch else WORDS
                shape += key, form
                written.append(quoted or listed or moment or whole or switch)
            elif name:
                shape += name, TABLE
                written.append("")
            elif other:
                return None
        return CutHead(tuple(shape), written)

    def node(self, written: str) -> Node:
        """What is written in a leaf; None for a date or time that does not exist."""
        return toml_node(written)
