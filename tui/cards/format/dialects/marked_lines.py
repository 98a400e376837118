"""Heads whose lines bear a mark of their tool: `key:: value`, `.. key: value`, and a list under “Metadata”.

Each becomes a tree of texts like any other head.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from tui.cards.format.dialects.table import KNOWN, folded
from tui.cards.format.fields import NULLS, MarkedMapping
from tui.cards.format.front_matter import FRONT_MATTER_LIMIT

_OUTLINED: Final = re.compile(r"(?:-[ ])?([^\W\d_][\w.-]{0,60})::(?:[ \t]+(.*))?")
_DOTTED: Final = re.compile(r"\.\.[ ]([^\W\d_][\w -]{0,60}?):(?:[ \t]+(.*))?")
_LISTED: Final = re.compile(r"[-*][ ]([^\W\d_][\w -]{0,60}?):(?:[ \t]+(.*))?")
_COMMENT: Final = re.compile(r"<!--[ \t]*\n(?=\.\.[ ])")
_END_OF_COMMENT: Final = re.compile(r"\s*-->[ \t]*")
_METADATA: Final = re.compile(
    r"#[ \t]+(?P<title>\S[^\n]*)\n(?:[ \t]*\n|!\[[^\[\]\n]*\]\((?P<cover>[^()\s]+)\)[ \t]*\n){0,8}"
    r"##[ \t]+Metadata[ \t]*\n"
)
_SYNCED: Final = re.compile(r"Highlights first synced by \[\[Readwise\]\] \[\[([^\[\]\n]{6,40})\]\]")
_MOST: Final = 200
_TOP: Final = 4096


class MarkedLines(NamedTuple):
    """A head of marked lines: what kind it is of, its tree, the keys that came twice, and the body behind it."""

    kind: str
    root: MarkedMapping
    duplicates: tuple[tuple[str, tuple[int, int]], ...]
    body: str


def read_marked_lines(text: str) -> MarkedLines | None:
    """The head of marked lines that a text begins with; None if it has none, or one that says too little."""
    if text.startswith("# "):
        return _under_metadata(text)
    comment = _COMMENT.match(text)
    if comment or text.startswith(".. "):
        return _dotted(text, comment.end() if comment else 0)
    return _outlined(text) if _OUTLINED.match(text) else None


def _outlined(text: str) -> MarkedLines | None:
    """The properties that a page of an outline begins with, and when highlights in it were brought."""
    gathered = _gathered(text, 0, 1, _OUTLINED)
    if not gathered.says(1):
        return None
    found = _SYNCED.search(text, gathered.end, gathered.end + _TOP)
    if found:
        gathered.root.setdefault("first_synced", found[1])
        gathered.root.marks.setdefault("first_synced", (text.count("\n", 0, found.start()) + 1, 1))
    return MarkedLines("outline", gathered.root, tuple(gathered.duplicates), text[gathered.end :].strip("\n"))


def _dotted(text: str, start: int) -> MarkedLines | None:
    """Lines behind two dots each, perhaps in a comment."""
    gathered = _gathered(text, start, 2 if start else 1, _DOTTED)
    if "title" not in gathered.root and not gathered.says(2):
        return None
    end = gathered.end
    if start:
        closing = _END_OF_COMMENT.match(text, end)
        if closing is None:
            return None
        end = closing.end()
    return MarkedLines("dotted", gathered.root, tuple(gathered.duplicates), text[end:].strip())


def _under_metadata(text: str) -> MarkedLines | None:
    """A heading, perhaps a cover, and a list under the heading “Metadata”."""
    start = _METADATA.match(text[:_TOP])
    if start is None:
        return None
    gathered = _gathered(text, start.end(), text.count("\n", 0, start.end()) + 1, _LISTED)
    if not gathered.says(1):
        return None
    root = gathered.root
    if not any(folded(key) == "fulltitle" and value for key, value in root.items()):
        root.setdefault("title", start["title"].strip())
        root.marks.setdefault("title", (1, 1))
    if start["cover"]:
        root.setdefault("cover", start["cover"])
        root.marks.setdefault("cover", (text.count("\n", 0, start.start("cover")) + 1, 1))
    return MarkedLines("metadata", root, tuple(gathered.duplicates), text[gathered.end :].strip())


class _Gathered:
    """The values of lines, and where the first line begins that is none of them."""

    def __init__(self, root: MarkedMapping, duplicates: list[tuple[str, tuple[int, int]]], end: int) -> None:
        self.root = root
        self.duplicates = duplicates
        self.end = end

    def says(self, least: int) -> bool:
        """Whether so many of the keys have a meaning."""
        return len({one for key in self.root if (one := folded(key)) in KNOWN}) >= least


def _gathered(text: str, start: int, first_line: int, form: re.Pattern[str]) -> _Gathered:
    root = MarkedMapping()
    duplicates: list[tuple[str, tuple[int, int]]] = []
    end = start
    for number, (at, line) in enumerate(_lines(text, start), first_line):
        match = form.fullmatch(line.rstrip())
        if match is None or number - first_line >= _MOST:
            break
        key = match[1].strip().lower().replace(" ", "_")
        if key in root:
            duplicates.append((key, (number, 1)))
        root[key] = _unquoted((match[2] or "").strip())
        root.marks[key] = (number, 1)
        end = at + len(line)
    return _Gathered(root, duplicates, end)


def _lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    """The lines from a place on, each with where it begins; the heads of few cards are longer than this looks."""
    at = start
    while at < min(len(text), start + FRONT_MATTER_LIMIT):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield at, text[at:end]
        at = end + 1


def _unquoted(value: str) -> str | None:
    """A value without the quotes around it; None for one that says nothing."""
    if len(value) > 1 and value[0] == value[-1] == '"':
        value = value.strip('"').strip()
    return None if value in NULLS else value
