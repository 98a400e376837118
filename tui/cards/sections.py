"""Cuts plain front matter into its top-level keys, each with its value or the block of lines below it."""

import re
from typing import Final, NamedTuple

from tui.cards.blocks import BlockReader
from tui.cards.nodes import Node
from tui.cards.plain import KEY, VALUE, plain_mapping, scalar
from tui.cards.story import Known

# A key with its value, and the lines that belong to it; what is no key comes out as the last group.
_SECTION: Final = re.compile(
    rf"({KEY}):(?: ++(?:({VALUE}) *+)?+)?+\n((?:\n*+[ -][^\n]*+\n)*+)\n*+"
    r"|((?s:.+))"
)


class Sections(NamedTuple):
    """The top-level mapping, and the parts that are known and therefore stand as None in it."""

    mapping: dict[str, Node]
    known: Known


def read_sections(text: str, blocks: BlockReader) -> Sections | None:
    """The sections of lines, each with its line feed, of a text that `is_plain_text`; None where it is refused.

    It is refused as well if one of the blocks that `blocks` reads gives a warning.
    """
    found = _SECTION.findall(text)
    if not found or found[-1][3]:
        return None
    mapping: dict[str, Node] = {}
    nested: list[tuple[str, str]] = []
    for key, value, block, _other in found:
        if not block:
            mapping[key] = scalar(value) if value else None
        elif value:
            return None
        else:
            mapping[key] = None
            nested.append((key, block))
    if len(mapping) < len(found):
        return None
    known = _read_nested(nested, mapping, blocks)
    return None if known is None else Sections(mapping, known)


def _read_nested(nested: list[tuple[str, str]], mapping: dict[str, Node], blocks: BlockReader) -> Known | None:
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
