"""Reads what stands below `provider`, `topics` and `images` in plain YAML, remembering what comes again and again."""

import re
from typing import Final, NamedTuple, TypeVar

from tui.cards.fast.yaml import KEY, VALUE, plain_mapping, scalar
from tui.cards.format.dialects.table import is_usual
from tui.cards.format.fields import Fields, Node
from tui.cards.format.problems import Warnings
from tui.cards.format.story import MAX_IMAGES, Known, read_images, read_outlet, read_topics
from tui.model import ImageRef, Outlet
from tui.text.sanitize import URL_LIMIT, clean_line

_Key = TypeVar("_Key", str, bytes)
_Value = TypeVar("_Value")


class TextMemo(dict[_Key, _Value]):
    """What texts were found to say; all is forgotten when the texts kept have more than `limit` characters or bytes.

    A folder that repeats little gains little from being remembered.
    """

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit
        self._size = 0

    def keep(self, text: _Key, value: _Value) -> None:
        """Remember what a text says that is not known yet."""
        self._size += len(text)
        if self._size > self._limit:
            self.clear()
            self._size = len(text)
        self[text] = value


_MEMO_LIMIT: Final = 4 * 1024 * 1024

# An image as most are written; what is not like that comes out as the last group.
_IMAGE: Final = re.compile(
    rf"( {{2,14}}+)- url: ({VALUE})\n"
    r"(?:\1  width: ([0-9]{1,9})\n)?+"
    r"(?:\1  height: ([0-9]{1,9})\n)?+"
    r"(?:\1  isCached: (true|false)\n)?+"
    r"|((?s:.+))"
)


class PartReader:
    """Reads blocks of lines, each with its line feed, that belong to the key above them and are indented further.

    A block is of a text that `is_plain_text`, of no more lines than are taken. What would be refused by `plain_mapping`
    or gives a warning is None.
    """

    def __init__(self) -> None:
        self._outlets: TextMemo[str, Outlet] = TextMemo(_MEMO_LIMIT)
        self._topics: TextMemo[str, tuple[str, ...]] = TextMemo(_MEMO_LIMIT)

    def outlet(self, block: str) -> Outlet | None:
        """The outlet below `provider`."""
        outlet = self._outlets.get(block)
        if outlet is None and (fields := _fields("provider", block)):
            outlet = read_outlet(fields, "provider")
            if fields.warned:
                return None
            self._outlets.keep(block, outlet)
        return outlet

    def topics(self, block: str) -> tuple[str, ...] | None:
        """The texts below `topics`."""
        topics = self._topics.get(block)
        if topics is None and (fields := _fields("topics", block)):
            topics = read_topics(fields)
            if fields.warned:
                return None
            self._topics.keep(block, topics)
        return topics

    def images(self, block: str) -> tuple[ImageRef, ...] | None:
        """The images below `images`."""
        return _usual_images(block) or _any_images(block)


def _fields(key: str, block: str) -> Fields | None:
    mapping = plain_mapping(f"{key}:\n{block}")
    return None if mapping is None else Fields(mapping, Warnings(""))


def _any_images(block: str) -> tuple[ImageRef, ...] | None:
    fields = _fields("images", block)
    if fields is None:
        return None
    images = read_images(fields, "images")
    return None if fields.warned else images


def _usual_images(block: str) -> tuple[ImageRef, ...] | None:
    """The images, if all are written as most are, and have an address."""
    found = _IMAGE.findall(block)
    if len(found) > MAX_IMAGES:
        return None
    images: list[ImageRef] = []
    for indent, token, width, height, cached, other in found:
        if other or indent != found[0][0]:
            return None
        url = scalar(token)
        if not isinstance(url, str) or len(url) > URL_LIMIT:
            return None
        address = clean_line(url, URL_LIMIT)
        if not address:
            return None
        images.append(ImageRef(address, int(width or 0), int(height or 0), cached=cached == "true"))
    return tuple(images)


# A key with its value, and the lines that belong to it; what is no key comes out as the last group.
_SECTION: Final = re.compile(
    rf"({KEY}):(?: ++(?:({VALUE}) *+)?+)?+\n((?:\n*+[ -][^\n]*+\n)*+)\n*+"
    r"|((?s:.+))"
)


# An entry of a list of plain values.
_ITEM: Final = re.compile(rf"^( {{0,16}}+)- ({VALUE}) *+\n", re.MULTILINE)
_NOTHING_KNOWN: Final = Known()


class Sections(NamedTuple):
    """The top-level mapping, and the parts that are known and therefore stand as None in it.

    Of a card that is not of the usual dialect nothing is known: all its parts are in the mapping.
    """

    mapping: dict[str, Node]
    known: Known
    is_usual: bool = True


def read_sections(text: str, blocks: PartReader) -> Sections | None:
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
    if not is_usual(mapping):
        is_taken = all(_take_block(key, block, mapping) for key, block in nested)
        return Sections(mapping, _NOTHING_KNOWN, is_usual=False) if is_taken else None
    known = _read_nested(nested, mapping, blocks)
    return None if known is None else Sections(mapping, known)


def _take_block(key: str, block: str, mapping: dict[str, Node]) -> bool:
    """Reads the lines below a key into the mapping; false if they are refused."""
    items = _ITEM.findall(block)
    if items and len(items) == block.count("\n") and len({indent for indent, _value in items}) == 1:
        mapping[key] = [scalar(value) for _indent, value in items]
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
