"""Reads what stands below `provider`, `topics` and `images` in plain YAML, remembering what comes again and again."""

import re
from typing import Final, TypeVar

from tui.cards.fast.yaml import VALUE, plain_mapping, scalar
from tui.cards.format.fields import Fields, Node
from tui.cards.format.problems import Warnings
from tui.cards.format.story import MAX_IMAGES, read_images, read_outlet, read_topics
from tui.model import ImageRef, Outlet
from tui.text.patterns import late
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
_IMAGE: Final = late(
    rf"( {{2,14}}+)- url: ({VALUE})\n"
    r"(?:\1  width: ([0-9]{1,9})\n)?+"
    r"(?:\1  height: ([0-9]{1,9})\n)?+"
    r"(?:\1  isCached: (true|false)\n)?+"
    r"|((?s:.+))"
)

# An entry of a list of plain values.
_ITEM: Final = late(rf"^( {{0,16}}+)- ({VALUE}) *+\n", re.MULTILINE)


class PartReader:
    """Reads blocks of lines, each with its line feed, that belong to the key above them and are indented further.

    A block is of a text that `is_plain_text`, of no more lines than are taken. What would be refused by `plain_mapping`
    or gives a warning is None.
    """

    def __init__(self) -> None:
        self._outlets: TextMemo[str, Outlet] = TextMemo(_MEMO_LIMIT)
        self._topics: TextMemo[str, tuple[str, ...]] = TextMemo(_MEMO_LIMIT)
        self._lists: TextMemo[str, list[Node]] = TextMemo(_MEMO_LIMIT)

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

    def values(self, block: str) -> list[Node] | None:
        """A list of plain values, which nobody may change; None for any other block."""
        values = self._lists.get(block)
        if values is None:
            items = _ITEM().findall(block)
            if len(items) != block.count("\n") or any(indent != items[0][0] for indent, _ in items):
                return None
            values = [scalar(value) for _, value in items]
            self._lists.keep(block, values)
        return values


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
    found = _IMAGE().findall(block)
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
