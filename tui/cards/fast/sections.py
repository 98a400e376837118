"""Cuts plain YAML into its keys at the top with what belongs to each, and reads what is written as most is.

Beside values on one line these are lists and mappings below a key, texts of several lines (folded, literal, in quotes
or bare) whose lines are all alike, and lines of comment.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

from tui.cards.fast.parts import PartReader
from tui.cards.fast.yaml import CONTROL, KEY, QUOTED, UNQUOTED, VALUE, plain_mapping, scalar
from tui.cards.format.dialects.table import is_usual
from tui.cards.format.fields import Node
from tui.cards.format.story import Known
from tui.text.patterns import late

_COMMENT: Final = rf"#[^{CONTROL}]*+\n"
BETWEEN: Final = rf"\n*+(?:{_COMMENT}\n*+)*+"
"""An expression for what may stand between two keys at the top: empty lines and lines of comment."""
_LEADING: Final = late(BETWEEN)
# A key with its value, or with what begins a longer one, and the lines that belong to it; what is no key comes last.
_SECTION: Final = late(
    rf"({KEY}):(?: ++(?:({VALUE}) *+|([|>'\"][^{CONTROL}]*+))?+)?+\n"
    rf"((?:{BETWEEN}[ -][^\n]*+\n)*+){BETWEEN}"
    r"|(?s:.+)"
)
_COMMENT_LINE: Final = late(rf"^ *+{_COMMENT}", re.MULTILINE)
# Lines of a text that are all alike: none is empty, and of one that is written as it stands none is further in.
_LINE: Final = rf"[^{CONTROL} ][^{CONTROL}]*+\n"
_ALIKE: Final = late(rf"( {{1,16}}+){_LINE}(?:\1{_LINE})*+")
_IN_QUOTES: Final = late(rf"(?: ++{_LINE})++")
_BARE: Final = late(rf"(?: ++(?:{UNQUOTED}) *+\n)++")
_QUOTED: Final = late(QUOTED)
_JOINED_BY: Final = {"|": "\n", ">": " "}
_BEGINS_ANOTHER: Final = frozenset("\"'[{")
_NOTHING_KNOWN: Final = Known()


Section: TypeAlias = tuple[str, str, str, str]
"""A key with its value, what opens a longer one, and the lines below it."""


class Sections(NamedTuple):
    """The top-level mapping, and the parts that are known and therefore stand as None in it.

    Of a card that is not of the usual dialect nothing is known: all its parts are in the mapping.
    """

    mapping: dict[str, Node]
    known: Known
    is_usual: bool = True


def cut_sections(text: str) -> list[Section] | None:
    """The sections of lines, each with its line feed, of a text that `is_plain_text`; None where it is refused."""
    leading = _LEADING().match(text) if text[:1] in "\n#" else None
    found = _SECTION().findall(text, leading.end()) if leading else _SECTION().findall(text)
    return None if not found or found[-1][0] == "" else found


def read_sections(found: Sequence[Section], blocks: PartReader) -> Sections | None:
    """What the sections of a head say; None where one is refused, or a block that `blocks` reads gives a warning."""
    mapping: dict[str, Node] = {}
    nested: list[tuple[str, str]] = []
    for key, value, opening, block in found:
        if not (block or opening):
            mapping[key] = scalar(value) if value else None
        elif not (value or opening):
            mapping[key] = None
            nested.append((key, without_comments(block)))
        elif (joined := text_of_lines(value, opening, block)) is not None:
            mapping[key] = joined
        else:
            return None
    if len(mapping) < len(found):
        return None
    if not is_usual(mapping):
        is_taken = all(_take_block(key, block, mapping, blocks) for key, block in nested)
        return Sections(mapping, _NOTHING_KNOWN, is_usual=False) if is_taken else None
    known = _read_nested(nested, mapping, blocks)
    return None if known is None else Sections(mapping, known)


def without_comments(block: str) -> str:
    """The lines below a key that are no comment."""
    return _COMMENT_LINE().sub("", block) if "#" in block else block


def text_of_lines(value: str, opening: str, block: str) -> str | None:
    """The text that a value, or what opens one, and the lines below it are together; None where they are refused."""
    if value:
        is_bare = value[0] not in _BEGINS_ANOTHER and _BARE().fullmatch(block)
        return bare_text(f"{value}\n{block[:-1]}") if is_bare else None
    sign = opening[0]
    if sign in _JOINED_BY:
        chomping = opening[1:].rstrip(" ")
        lines = _ALIKE().fullmatch(block)
        if lines is None or chomping not in ("", "-"):
            return None
        text = _JOINED_BY[sign].join(line[len(lines[1]) :] for line in block.split("\n")[:-1])
        return text if chomping else f"{text}\n"
    if not _IN_QUOTES().fullmatch(block):
        return None
    joined = bare_text(f"{opening}\n{block[:-1]}")
    whole = scalar(joined) if _QUOTED().fullmatch(joined) else None
    return whole if isinstance(whole, str) else None


def bare_text(lines: str) -> str:
    """The text that several lines are, the last without its end, where none is empty."""
    return " ".join([line.strip(" ") for line in lines.split("\n")])


def _take_block(key: str, block: str, mapping: dict[str, Node], blocks: PartReader) -> bool:
    """Reads the lines below a key into the mapping; false if they are refused."""
    values = blocks.values(block)
    if values:
        mapping[key] = values
        return True
    tree = plain_mapping(f"{key}:\n{block}")
    mapping.update(tree or {})
    return tree is not None


def _read_nested(nested: list[tuple[str, str]], mapping: dict[str, Node], blocks: PartReader) -> Known | None:
    """Reads blocks into the mapping, or to what is known; None if one is refused."""
    outlet = topics = images = None
    for key, block in nested:
        if key == "provider":
            outlet = blocks.outlet(block)
            refused = outlet is None
        elif key == "topics":
            topics = blocks.topics(block)
            refused = topics is None
        elif key == "images":
            images = blocks.images(block)
            refused = images is None
        else:
            tree = plain_mapping(f"{key}:\n{block}")
            refused = tree is None
            mapping.update(tree or {})
        if refused:
            return None
    return Known(outlet, topics, images)
