"""Bold words whose signs stand where Markdown takes them for stars: nested, before a blank, or beside a bracket."""

import re
import unicodedata
from typing import Final, NamedTuple

_STARS: Final = re.compile(r"(?<![*\\])\*\*(?!\*)")
_EMPTY_CELL: Final = re.compile(r"(?<=\|)[ ]*\*{4}[ ]*(?=\|)")
_WITHIN: Final = re.compile(r"\*\*([^*\n]{0,200}[ ])\*\*(?=[^\s*])([^*\n]{1,300})(?<!\s)\*{4}(?!\*)")
_MANY: Final = re.compile(r"(?<![*\\\w])\*{4,8}(?=[^\s*])")
_AROUND_NOTHING: Final = re.compile("\\*\\*[\u200b\u200c\u200d\ufeff]+\\*\\*(?!\\*)")
_GAP: Final = r"(?:[ \t]{1,20}\n?|\n)[ \t]{0,20}"
_AROUND_LINK: Final = re.compile(rf"(?<!\S)\*\*{_GAP}(\[[^\[\]\n]{{1,300}}\]\([^()\s]{{1,1000}}\)){_GAP}\*\*(?!\S)")
_OPENING: Final = frozenset("([{“‘«「（")


class _Sign(NamedTuple):
    at: int
    before: str
    after: str

    @property
    def opens(self) -> bool:
        """Whether Markdown lets it begin bold words."""
        return not self.after.isspace() and (not _is_sign(self.after) or self.before.isspace() or _is_sign(self.before))

    @property
    def closes(self) -> bool:
        """Whether Markdown lets it end them."""
        return not self.before.isspace() and (not _is_sign(self.before) or self.after.isspace() or _is_sign(self.after))


def mended_bold(text: str) -> str:
    """A text in Markdown, without code, whose bold words are bold; a line whose signs do not pair stays."""
    if "**" not in text:
        return text
    text = _AROUND_LINK.sub(r"**\1**", _AROUND_NOTHING.sub("", text))
    return "\n".join(_mended(line) if "**" in line else line for line in text.split("\n"))


def _mended(line: str) -> str:
    if "****" in line:
        line = _WITHIN.sub(r"**\1\2**", _EMPTY_CELL.sub(" ", line))
        line = _with_one_opening(line)
    signs = [
        _Sign(match.start(), line[match.start() - 1 : match.start()] or " ", line[match.end() : match.end() + 1] or " ")
        for match in _STARS.finditer(line)
    ]
    pairs = _pairs(signs, len(line.rstrip())) if len(signs) > 1 else []
    written: dict[int, str] = {}
    outer_end = -1
    for first, last in sorted(pairs):
        if first.at < outer_end:
            written |= {first.at: "", last.at: ""}
            continue
        outer_end = last.at
        if not (first.opens and last.closes):
            written |= {first.at: "<strong>", last.at: "</strong>"}
    if not written:
        return line
    pieces: list[str] = []
    at = 0
    for place in sorted(written):
        pieces += (line[at:place], written[place])
        at = place + 2
    return "".join((*pieces, line[at:]))


def _with_one_opening(line: str) -> str:
    """A line in which a run of many stars before a word is one sign, and one of those that it opened twice is left out.

    Two such runs are around the same words, which Markdown reads by itself.
    """
    run = _MANY.search(line) if line.count("****") == 1 else None
    if run is None:
        return line
    rest = line[run.end() :]
    if rest.count("**") % 2 == 0:
        rest = rest.replace("**", "", 1)
    return f"{line[: run.start()]}**{rest}"


def _pairs(signs: list[_Sign], end: int) -> list[tuple[_Sign, _Sign]]:
    """Which sign ends what which begins; none at all where one is left."""
    pairs: list[tuple[_Sign, _Sign]] = []
    waiting: list[_Sign] = []
    for sign in signs:
        begins, ends = not sign.after.isspace(), not sign.before.isspace() or sign.at + 2 == end
        if waiting and ends and not (begins and sign.before in _OPENING):
            pairs.append((waiting.pop(), sign))
        elif begins:
            waiting.append(sign)
        elif ends:
            return []
    return [] if waiting else pairs


def _is_sign(character: str) -> bool:
    """Whether Markdown takes a character for punctuation."""
    return unicodedata.category(character)[0] in "PS"
