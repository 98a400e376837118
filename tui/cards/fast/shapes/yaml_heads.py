"""Heads in plain YAML, cut into their values."""

from collections.abc import Sequence
from typing import Final

from tui.cards.fast.parts import PartReader
from tui.cards.fast.sections import Section, bare_text, text_of_lines, without_comments
from tui.cards.fast.shapes.forms import BLANK, LIST, NOTHING, NULL, SWITCH, TEXT, CutHead, form_of_text, is_finer
from tui.cards.fast.yaml import scalar
from tui.cards.format.fields import NULLS, Node

_QUOTES: Final = "\"'"
_FORMS: Final = {
    **dict.fromkeys(NULLS, NULL),
    **dict.fromkeys(("''", '""'), BLANK),
    **dict.fromkeys(("[]", "{}"), NOTHING),
    **dict.fromkeys(("true", "false"), SWITCH),
}


class YamlHeads:
    """Cuts heads in YAML, and says what is written in them; `blocks` reads and remembers lists."""

    is_shared: Final = True

    def __init__(self, blocks: PartReader) -> None:
        self._blocks = blocks

    def cut(self, sections: Sequence[Section]) -> CutHead | None:
        """The head in its sections; None where one is of no known form."""
        shape: list[str] = []
        written: list[str] = [""]
        for key, value, opening, block in sections:
            if block or opening:
                value = self._in_lines(value, opening, block)
                if not value:
                    return None
            form = _FORMS.get(value)
            if form is None:
                is_list = value[0] == "[" or value[-1] == "\n"
                form = LIST if is_list else form_of_text(value) if is_finer(key) else TEXT
            shape.append(key)
            shape.append(form)
            written.append(value)
        return CutHead(tuple(shape), written)

    def _in_lines(self, value: str, opening: str, block: str) -> str:
        """A list as its lines, a bare text as its lines without the last line end, and others as one in quotes.

        Empty for anything else.
        """
        if not (value or opening):
            lines = without_comments(block)
            return "" if self._blocks.values(lines) is None else lines
        joined = text_of_lines(value, opening, block)
        if not joined or "\\" in joined:
            return ""
        return f"{value}\n{block[:-1]}" if value else f'"{joined}"'

    def node(self, written: str) -> Node:
        """What is written in a leaf."""
        if written[-1] == "\n":
            return self._blocks.values(written)
        return bare_text(written) if "\n" in written and written[0] not in _QUOTES else scalar(written)
