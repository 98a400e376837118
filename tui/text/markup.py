"""Texts of feeds, which bring HTML where plain words belong, perhaps escaped twice: what a reader would see of them."""

import re
from collections.abc import Iterator

from tui.text.sanitize import decode_entities

_INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins"),
        *("kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong"),
        *("sub", "sup", "time", "tt", "u", "var"),
    }
)
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "figcaption", "figure"),
        *("footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "li", "main", "nav", "ol", "p", "pre", "section"),
        *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    }
)
_VOID = frozenset({"br", "hr", "img", "wbr"})
_UNSEEN = frozenset({"script", "style"})
_BREAKING = _BLOCKS | {"br", "hr"}
_KNOWN = _INLINE | _BLOCKS | _VOID | _UNSEEN
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})(?=[\s/>])([^<>]*)>|<!--")
_COMMENT_END = "-->"
# More than any text keeps.
_SEEN = 32 * 1024
# A tag between these is spoken of, not used.
_SPOKEN_OF = frozenset("\"'`()[]{}“”‘’«»")


def plain_text(value: str) -> str:
    """What a text of one or more lines shows that may be HTML, escaped up to twice. What comes out is not clean.

    Only what is used as markup goes: elements with both their tags, line breaks, images, tags with attributes. `<head>`
    and a lone `<b>` are words, and so is a `<` beside a number. Paragraphs and line breaks become line feeds. At most
    32 KiB are looked at.
    """
    value = value[:_SEEN]
    if "&" in value:
        value = decode_entities(decode_entities(value))
    return _shown(value) if "<" in value and _TAG.search(value) else value


def _shown(value: str) -> str:
    kept: list[str] = []
    at = 0
    for start, end, breaks in _marked(value):
        if start < at:
            continue
        _add(kept, value[at:start])
        if breaks and kept:
            _add_break(kept)
        at = end
    _add(kept, value[at:])
    return "".join(kept)


def _add(kept: list[str], text: str) -> None:
    if kept and kept[-1] == "\n":
        text = text.lstrip()
    if text:
        kept.append(text)


def _add_break(kept: list[str]) -> None:
    while kept and not (last := kept.pop().rstrip()):
        pass
    if last:
        kept += [last, "\n"]


def _marked(value: str) -> Iterator[tuple[int, int, bool]]:
    """What of a text is markup: from where to where, and whether a line ends there. Ascending; some lie in others."""
    tags = list(_TAG.finditer(value))
    partners = _partners(tags)
    for number, tag in enumerate(tags):
        name = (tag[2] or "").lower()
        if not name:
            end = value.find(_COMMENT_END, tag.end())
            if end < 0:
                return
            yield tag.start(), end + len(_COMMENT_END), False
        elif name in _UNSEEN:
            if not tag[1] and number in partners:
                yield tag.start(), tags[partners[number]].end(), False
        elif name in _VOID or number in partners or "=" in tag[3] or (name in _BLOCKS and _is_used(value, tag)):
            yield tag.start(), tag.end(), name in _BREAKING


def _partners(tags: list[re.Match[str]]) -> dict[int, int]:
    """Which tag closes which, by their numbers, and the other way round; the known ones only."""
    open_tags: dict[str, list[int]] = {}
    partners: dict[int, int] = {}
    for number, tag in enumerate(tags):
        name = (tag[2] or "").lower()
        if name not in _KNOWN:
            continue
        if not tag[1]:
            open_tags.setdefault(name, []).append(number)
        elif open_tags.get(name):
            other = open_tags[name].pop()
            partners |= {number: other, other: number}
    return partners


def _is_used(value: str, tag: re.Match[str]) -> bool:
    """Whether the lone tag of a block touches a text that it begins or ends."""
    beside = value[max(tag.start() - 1, 0) : tag.start()], value[tag.end() : tag.end() + 1]
    return not any(side in _SPOKEN_OF for side in beside if side) and any(
        bool(side) and not side.isspace() for side in beside
    )
