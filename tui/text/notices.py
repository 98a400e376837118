"""Boxes that makers of sites draw around a notice, in the ways they are written, as quotations under their title.

`:::` of VuePress and Docusaurus, `> [!NOTE]` of GitHub and Obsidian, `!!!` of MkDocs. Tables of contents, which are
made only where a site is, are left out with them. Code stays as it is.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

_PERHAPS: Final = re.compile(r"(?im)^[ \t>]*(?::::|!!!|\?\?\?|\[!|@?\[\[?_?toc|\{:)")
_FENCE: Final = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_COLONS: Final = re.compile(
    r"[ ]{0,3}:{3,}[ ]*([A-Za-z][\w-]{0,30})?(?:\[([^\[\]]{0,200})\])?[ ]*(?:\{([^{}]{0,300})\})?[ ]*(.{0,200}?)[ :]*"
)
_CLOSING: Final = re.compile(r"[ ]{0,3}:{3,}[ \t]*")
_CALLOUT: Final = re.compile(
    r"([ \t]{0,3}>(?:[ \t]*>)*[ ]?)\[!([A-Za-z][\w -]{0,30})(?:\|[^\]]{0,30})?\][+-]?[ \t]*(.{0,200})"
)
_MARKED: Final = re.compile(
    r"[ ]{0,3}(?:!!!|\?\?\?\+?)[ ]+([A-Za-z][\w-]{0,30})(?:[ ]+(?:\"([^\"]{0,200})\"|[a-z -]{1,60}))?[ \t]*"
)
_INDENTED: Final = re.compile(r"(?:[ ]{4}|\t)")
_TITLE: Final = re.compile(r"\btitle[ ]*=[ ]*[\"']([^\"']{1,200})[\"']")
_CONTENTS: Final = re.compile(r"(?i)[ \t]*@?\[\[?_?toc_?\]?\][ \t]*")
_CONTENTS_OF_LIST: Final = re.compile(r"(?i)[ \t]*\{:[^{}]{0,40}\btoc\b[^{}]{0,40}\}[ \t]*")
_ITEM: Final = re.compile(r"(?:[-*+]|\d+\.)[ ]")
_KINDS: Final = frozenset(
    (
        *("note", "tip", "info", "hint", "important", "warning", "caution", "danger", "error", "success", "question"),
        *("example", "abstract", "summary", "todo", "bug", "failure", "details", "attention", "seealso", "spoiler"),
    )
)
"""What a box is called in the place of a title; others only change how a text looks."""


def framed(source: str) -> str:
    """A text in Markdown with its boxes as quotations, and without tables of contents."""
    return "\n".join(_framed(source.split("\n"))) if _PERHAPS.search(source) else source


def _framed(lines: Sequence[str]) -> Iterator[str]:
    fence = ""
    boxes: list[bool] = []
    number = -1
    while (number := number + 1) < len(lines):
        line = lines[number]
        mark = _FENCE.match(line)
        if mark or fence:
            fence = (
                ("" if mark[1].startswith(fence) else fence) if mark and fence else fence or mark[1] if mark else fence
            )
            yield line
        elif boxes and _CLOSING.fullmatch(line):
            yield from ("", "</blockquote>", "") if boxes.pop() else ("",)
        elif (colons := _COLONS.fullmatch(line)) and any(colons.groups()):
            title = _title_of_box(colons)
            boxes.append(bool(title))
            yield from _opening(title)
        elif callout := _CALLOUT.fullmatch(line):
            yield f"{callout[1]}**{callout[3].strip() or callout[2].capitalize()}**"
            yield callout[1].rstrip()
        elif (marked := _MARKED.fullmatch(line)) and (end := _end_of_indented(lines, number + 1)) > number + 1:
            inside = [_INDENTED.sub("", each, count=1) for each in lines[number + 1 : end]]
            yield from (*_opening(marked[2] or marked[1].capitalize()), *_framed(inside), "", "</blockquote>", "")
            number = end - 1
        elif _ITEM.match(line) and number + 1 < len(lines) and _CONTENTS_OF_LIST.fullmatch(lines[number + 1]):
            number += 1
        elif not _CONTENTS.fullmatch(line):
            yield line
    for is_quotation in reversed(boxes):
        yield from ("", "</blockquote>") if is_quotation else ()


def _title_of_box(colons: re.Match[str]) -> str:
    """The title of a box, else what it is called; empty where it only changes how a text looks."""
    name, bracketed, attributes, rest = colons.groups(default="")
    named = _TITLE.search(attributes)
    said = bracketed or (named[1] if named else "") or (rest if name.lower() in _KINDS else "")
    return said.strip() or (name.capitalize() if name.lower() in _KINDS else "")


def _opening(title: str) -> tuple[str, ...]:
    return ("", "<blockquote>", "", f"**{title}**", "") if title else ("",)


def _end_of_indented(lines: Sequence[str], start: int) -> int:
    """Where the lines end that stand to the right, from a line on; empty ones before the next of them count."""
    end = number = start
    while number < len(lines) and (not lines[number].strip() or _INDENTED.match(lines[number])):
        number += 1
        if lines[number - 1].strip():
            end = number
    return end
