"""What kind of value stands under a key, whatever the key is called: a link, a name, names, topics, a switch."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, cast

from tui.cards.format.fields import Node
from tui.cards.format.wordings import listed, unhashed, unlinked, yes_or_no
from tui.text.markup import plain_text
from tui.text.sanitize import EXCERPT_LIMIT, NAME_LIMIT, TOPIC_LIMIT, clean_block, clean_line

_WEB: Final = re.compile(r"\s*<?(https?://[^\s<>]+)>?\s*", re.IGNORECASE)
_BLANKS_AROUND: Final = re.compile(r"\A(?:\s|%20)+|(?:\s|%20){1,100}\Z")
_MARKDOWN_LINK: Final = re.compile(r"\s*\[[^\[\]\n]*\]\(\s*<?(https?://[^\s<>()]+)>?[^()\n]*\)\s*", re.IGNORECASE)
_SCHEME: Final = re.compile(r"\s*(?:javascript|data|file|vbscript|ftp|mailto|about|blob|https?)\s*:", re.IGNORECASE)
_LINK_KEYS: Final = ("url", "href", "link", "src", "webUrl", "image", "path", "relative")
_NAME_KEYS: Final = ("name", "title", "label", "term")
_BOLD: Final = re.compile(r"(?<![\w*\\])\*\*(?=[^\s*])([^*\n]{1,300})(?<=\S)\*\*(?![\w*])")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_WIDE: Final = re.compile(r"[ ]{2,}")
_ANY_KIND: Final = frozenset(("text", "post", "posts", "blog post", "page", "default", "normal"))
_MAX_LEAVES: Final = 1000
_ONLY_TEXTS: Final = frozenset((str,))


def leaves(node: Node, keys: tuple[str, ...] = _NAME_KEYS) -> Iterable[str]:
    """The texts of a value in their order: of a list each, of a mapping the first of `keys`."""
    if isinstance(node, str):
        return (node,)
    if isinstance(node, list) and len(node) < _MAX_LEAVES and _ONLY_TEXTS.issuperset(map(type, node)):
        return cast("list[str]", node)
    return _walked(node, keys)


def _walked(node: Node, keys: tuple[str, ...]) -> Iterator[str]:
    """The texts of any value. Without recursion."""
    waiting = [node]
    seen = 0
    while waiting and seen < _MAX_LEAVES:
        seen += 1
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, list):
            waiting.extend(reversed(one[:_MAX_LEAVES]))
        elif isinstance(one, dict):
            waiting.extend([value for key in keys if (value := one.get(key)) is not None][:1])


def first_text(node: Node, keys: tuple[str, ...] = _NAME_KEYS) -> str:
    """The first text of a value that is not blank; empty without one."""
    if isinstance(node, str):
        return node if node.strip() else ""
    return next((text for text in leaves(node, keys) if text.strip()), "")


def link_in(node: Node) -> str:
    """The web link that a value holds, alone, in a list or mapping, or as `[words](link)`; empty if it holds none."""
    if isinstance(node, str):
        return _link_of(node)
    return next(filter(None, map(_link_of, leaves(node, _LINK_KEYS))), "")


def _link_of(text: str) -> str:
    if text.lstrip().startswith("%20"):
        text = _BLANKS_AROUND.sub("", text)
    match = _WEB.fullmatch(text) or _MARKDOWN_LINK.fullmatch(text)
    return match[1] if match else ""


def is_odd_link(node: Node) -> bool:
    """Whether a value is a link that leads elsewhere than to the web, or one that cannot be read."""
    return isinstance(node, str) and _SCHEME.match(node) is not None


def address_in(node: Node) -> str:
    """The first address or path of an image that a value holds; `[[q.png]]` is `q.png`."""
    return unlinked(first_text(node, _LINK_KEYS))


def topics_in(node: Node) -> Iterator[str]:
    """The topics of a value as clean lines, some of them empty: of a list each, of one text what it lists."""
    if isinstance(node, str):
        for topic in listed(plain_text(node)):
            yield line_of(topic, TOPIC_LIMIT)
        return
    for part in leaves(node):
        yield _topic(part) if len(part) <= TOPIC_LIMIT else _topic.__wrapped__(part)


@lru_cache(maxsize=8192)  # the same few hundred topics stand in the cards of a folder
def _topic(text: str) -> str:
    return line_of(unhashed(unlinked(text)), TOPIC_LIMIT)


def name_in(text: str) -> str:
    """The name that a text is, or shows as `[[Name]]`, as one clean line."""
    return _name(text) if len(text) <= NAME_LIMIT else _name.__wrapped__(text)


@lru_cache(maxsize=8192)  # so do the same few people
def _name(text: str) -> str:
    return line_of(unlinked(text), NAME_LIMIT)


def kind_in(text: str) -> str:
    """The kind that a text names; empty for those that makers of sites call everything."""
    name = name_in(text)
    return "" if name.lower() in _ANY_KIND else name


def line_of(text: str, limit: int) -> str:
    """A text of the head as one clean line, without markup."""
    return clean_line(plain_text(text), limit)


def block_of(text: str) -> str:
    """A text of the head as clean text of several lines, without markup."""
    return clean_block(plain_text(text[: EXCERPT_LIMIT * 4]), EXCERPT_LIMIT)


def switch_in(node: Node) -> bool | None:
    """True or false as tools write them; None for anything else."""
    return yes_or_no(node) if isinstance(node, str) else None


def plain_line(text: str) -> str:
    """A clean line of a head as the words it shows: names without brackets, no marks of bold words, no escapes."""
    if "[[" in text:
        text = unlinked(text)
    if "**" in text:
        text = _BOLD.sub(r"\1", text)
    if "  " in text:
        text = _WIDE.sub(" ", text)
    return unescaped(text)


def unescaped(text: str) -> str:
    """A text in which signs that are not meant as marks stand for themselves."""
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text
