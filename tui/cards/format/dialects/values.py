"""What kind of value stands under a key, whatever the key is called: a link, a name, names, topics, a switch."""

import re
from collections.abc import Iterator
from typing import Final

from tui.cards.format.fields import Node
from tui.cards.format.wordings import listed, unhashed, unlinked, yes_or_no
from tui.text.markup import plain_text

_WEB: Final = re.compile(r"\s*<?(https?://[^\s<>]+)>?\s*", re.IGNORECASE)
_MARKDOWN_LINK: Final = re.compile(r"\s*\[[^\[\]\n]*\]\(\s*<?(https?://[^\s<>()]+)>?[^()\n]*\)\s*", re.IGNORECASE)
_SCHEME: Final = re.compile(r"\s*(?:javascript|data|file|vbscript|ftp|mailto|about|blob|https?)\s*:", re.IGNORECASE)
_LINK_KEYS: Final = ("url", "href", "link", "src", "webUrl", "image", "path", "relative")
_NAME_KEYS: Final = ("name", "title", "label", "term")
_MAX_LEAVES: Final = 1000


def leaves(node: Node, keys: tuple[str, ...] = _NAME_KEYS) -> Iterator[str]:
    """The texts of a value in their order: of a list each, of a mapping the first of `keys`. Without recursion."""
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
    for text in leaves(node, _LINK_KEYS):
        match = _WEB.fullmatch(text) or _MARKDOWN_LINK.fullmatch(text)
        if match:
            return match[1]
    return ""


def is_odd_link(node: Node) -> bool:
    """Whether a value is a link that leads elsewhere than to the web, or one that cannot be read."""
    return isinstance(node, str) and _SCHEME.match(node) is not None


def address_in(node: Node) -> str:
    """The first address or path of an image that a value holds; `[[q.png]]` is `q.png`."""
    return unlinked(first_text(node, _LINK_KEYS))


def topics_in(node: Node) -> Iterator[str]:
    """The topics of a value: of a list each, of one text what it lists."""
    if isinstance(node, str):
        yield from listed(plain_text(node))
        return
    for part in leaves(node):
        if topic := unhashed(unlinked(part)):
            yield topic


def switch_in(node: Node) -> bool | None:
    """True or false as tools write them; None for anything else."""
    return yes_or_no(node) if isinstance(node, str) else None
