"""What the body of a card says where its head does not: a title, a link, an excerpt."""

import os
import re
from typing import Final, NamedTuple

from tui.cards.format.dialects.values import unescaped
from tui.cards.format.wordings import unlinked
from tui.text.sanitize import TITLE_LIMIT, clean_line, decode_entities

_SEEN: Final = 64 * 1024
_HEADING: Final = re.compile(r"(#{1,2})[ \t]+(\S[^\n]*)")
_RULE: Final = re.compile(r"(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}")
_FENCE: Final = re.compile(r"```|~~~")
_NO_WORDS: Final = re.compile(
    r"!\[[^\]\n]*\]|<!--|\[\[?toc\]?\]|\{[%{]|<(?:img|figure|br|hr|a\s+name)\b", re.IGNORECASE
)
_IMAGE: Final = re.compile(r"!\[([^\[\]\n]*)\]\([^()\n]*\)")
_LINKED: Final = re.compile(r"\[([^\[\]\n]*)\]\(\s*<?([^()\s<>]*)>?(?:\s+\"[^\"\n]*\")?\s*\)")
_WIKI: Final = re.compile(r"\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]*)\]\]")
_TAG: Final = re.compile(r"</?[A-Za-z][^<>\n]*>")
_EMPHASIS: Final = re.compile(r"(?<![\w\\])([*_]{1,3})(?=\S)([^\n]*?\S)\1(?!\w)|`([^`\n]+)`|~~([^~\n]+)~~")
_CLOSING: Final = re.compile(r"[ \t]+#+[ \t]*$|[ \t]*\{[#.:][^{}\n]*\}[ \t]*$")
_LINE_LINK: Final = re.compile(
    r"^[ \t>*+-]*(?:URL|Link|Source|Original)\**:\**[ \t]*(?:\[[^\[\]\n]*\]\()?<?(https?://[^\s<>()]+)",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED_EXCERPT: Final = re.compile(r"^>[ \t]*#{1,6}[ \t]*Excerpt[ \t]*\n((?:>[^\n]*(?:\n|$))+)", re.MULTILINE)
_PAGE_TITLE: Final = re.compile(r"<(title|h1)\b[^<>]{0,200}>(.{1,2000}?)</\1>", re.IGNORECASE | re.DOTALL)
_MARKS: Final = re.compile(r"\*\*|\]\(|</?[A-Za-z]|`|(?<!\w)[*_]\w")
# What makers of sites put in: the target of a link, a tag, the mark of a footnote.
_PUT_IN_TARGET: Final = re.compile(r"(?<=\]\()[^()\n{}]{0,300}\{[{%][^{}\n]{0,300}[%}]\}[^()\n]{0,300}(?=\))")
_PUT_IN: Final = re.compile(r"\{%[^{}\n]{0,300}%\}|\{\{[<%][^{}\n]{0,1000}[%>]\}\}|\{[:#.][A-Za-z][^{}\n]{0,200}\}")
_NOTE_MARK: Final = re.compile(r"[ \t]?\[\^[^\[\]\n]{1,60}\]")
_BEHIND_TITLE: Final = re.compile(r"[ \t]*(?:[\u2014\u2013|:\n]|-(?=[ ]))[\s\u2014\u2013|:-]*|\s*[.!\u2026]*\s*\Z")
_SIGNS: Final = re.compile(r"[*\]<`_]")
# Words without any of these are shown as they are written.
_WRITTEN: Final = re.compile(r"[#{\[<*_`~&]")
_WIDE: Final = re.compile(r"[ ]{2,}")
_LEAD: Final = 100


class Heading(NamedTuple):
    """A heading of a body: its words, the link in it (empty without one), and where its line lies."""

    title: str
    url: str
    start: int
    end: int


def first_heading(body: str) -> Heading | None:
    """The first `#` heading, or a `##` one with no words before it; None if the body has none.

    One with nothing below it but a rule is no title.
    """
    seen = body[:_SEEN]
    if "#" not in seen:
        return None
    before = False
    fence = ""
    for match in re.finditer(r"[^\n]+", seen):
        line = match[0].strip()
        mark = _FENCE.match(line)
        if mark or fence:
            fence = "" if mark and mark[0] == fence else fence or (mark[0] if mark else "")
            before = True
            continue
        heading = _HEADING.fullmatch(line)
        if heading and not (before and len(heading[1]) > 1):
            if found := _titled(body, heading, match.start(), match.end()):
                return found
        elif line and not heading and not _RULE.fullmatch(line) and not _NO_WORDS.match(line):
            before = True
            if "```" not in seen and "~~~" not in seen:
                return _first_main_heading(body, seen, match.end())
    return None


def _first_main_heading(body: str, seen: str, at: int) -> Heading | None:
    """The first `#` heading behind the place `at` of a text without fences, looking at few of its lines."""
    while (at := seen.find("#", at)) >= 0:
        start, end = seen.rfind("\n", 0, at) + 1, seen.find("\n", at)
        end = len(seen) if end < 0 else end
        heading = _HEADING.fullmatch(seen[start:end].strip())
        if heading and len(heading[1]) == 1 and (found := _titled(body, heading, start, end)):
            return found
        at = end
    return None


def _titled(body: str, heading: re.Match[str], start: int, end: int) -> Heading | None:
    """The heading whose line lies there, if it has words and more than a rule below it."""
    title, url = ("", "") if _is_empty(body, end) else _words(heading[2])
    return Heading(title, url, start, end) if title else None


def titling_heading(body: str, id: str) -> Heading | None:
    """The heading that is the title of the card with this id, if its body has one.

    A file that is named in words is a note of that name, and a `##` in it only the first of its parts.
    """
    heading = first_heading(body)
    if heading and body.startswith("##", heading.start) and " " in os.path.splitext(os.path.basename(id))[0].strip():
        return None
    return heading


def said_twice(body: str, title: str) -> Heading | None:
    """The heading that the body begins with, if it only says the title of the head once more.

    Comments and pictures may stand before it.
    """
    lines = re.finditer(r"[^\n]+", body[:_SEEN])
    first = next((line for line in lines if line[0].strip() and not _NO_WORDS.match(line[0].lstrip())), None)
    match = _HEADING.match(body, first.start()) if first else None
    if match is None or _words(match[2])[0].casefold() != title.casefold():
        return None
    return Heading(title, "", match.start(), match.end())


def without(body: str, heading: Heading | None) -> str:
    """The body without the line of a heading that became the title."""
    return body if heading is None else (body[: heading.start] + body[heading.end :]).strip("\n")


def line_link(body: str) -> str:
    """The link of a line such as `URL: https://…` near the top; empty without one."""
    top = body[:4096]
    at = top.find("://")
    # Few lines hold an address, and to try the expression on all others takes long.
    while at >= 0:
        match = _LINE_LINK.match(top, top.rfind("\n", 0, at) + 1)
        if match:
            return match[1]
        end = top.find("\n", at)
        at = top.find("://", end) if end >= 0 else -1
    return ""


def quoted_excerpt(body: str) -> str:
    """The text quoted under a heading “Excerpt”; empty without one."""
    match = _QUOTED_EXCERPT.search(body[:_SEEN]) if "Excerpt" in body else None
    return "\n".join(line.lstrip("> \t") for line in match[1].splitlines()).strip() if match else ""


def first_words(body: str) -> str:
    """The first line with words, cut behind a word, as the title of a post without one; empty without any."""
    for match in re.finditer(r"[^\n]+", body[:4096]):
        line = match[0].strip().lstrip("> ")
        if not line or _RULE.fullmatch(line) or _FENCE.match(line):
            continue
        words = _words(line.lstrip("#*-+ "))[0]
        if words:
            return words if len(words) <= _LEAD else f"{words[:_LEAD].rsplit(' ', 1)[0]}…"
    return ""


def first_line(body: str) -> Heading | None:
    """The first line with words as a heading of a text without any; one that is too long is cut, and stays.

    None without any words.
    """
    for match in re.finditer(r"[^\n]+", body[:4096]):
        words = _words(match[0].strip().lstrip("> "))[0]
        if words and not _RULE.fullmatch(match[0].strip()):
            if len(words) <= _LEAD:
                return Heading(words, "", match.start(), match.end())
            return Heading(f"{words[:_LEAD].rsplit(' ', 1)[0]}…", "", 0, 0)
    return None


def page_title(body: str) -> str:
    """What a body in HTML says is its title; empty for any other body."""
    match = _PAGE_TITLE.search(body[:_SEEN]) if body[:1] == "<" else None
    return _words(" ".join(match[2].split()))[0] if match else ""


def plain_block(text: str) -> str:
    """A text in Markdown or HTML of several lines as the words it shows."""
    if "[[" in text:
        text = unlinked(text)
    if "   " in text:
        text = _WIDE.sub(" ", text)
    return unescaped(_unmarked(text))


def _unmarked(text: str) -> str:
    if not _SIGNS.search(text) or not _MARKS.search(text):
        return text
    text = _TAG.sub("", _LINKED.sub(r"\1", _IMAGE.sub("", text)))
    for _ in range(2):
        text = _EMPHASIS.sub(lambda match: match[2] or match[3] or match[4] or "", text)
    return text.strip()


def beyond(text: str, title: str) -> str:
    """What a text says beyond the title that it begins with, and that it sets apart; empty where that is all."""
    if not title or text[: len(title)].casefold() != title.casefold():
        return text
    behind = _BEHIND_TITLE.match(text, len(title))
    return text if behind is None else text[behind.end() :]


def _is_empty(body: str, end: int) -> bool:
    rest = body[end : end + 400].lstrip().split("\n", 1)
    return bool(rest[0]) and _RULE.fullmatch(rest[0].strip()) is not None and len(rest) > 1 and "#" in body[end:_SEEN]


def _words(text: str) -> tuple[str, str]:
    """The words that a line of Markdown shows, and the first link in it."""
    if not _WRITTEN.search(text):
        return clean_line(text), ""
    text = _CLOSING.sub("", text[: 4 * TITLE_LIMIT])
    if "{" in text:
        text = _PUT_IN.sub("", _PUT_IN_TARGET.sub("#", text))
    text = _NOTE_MARK.sub("", text)
    text = _IMAGE.sub("", text)
    linked = _LINKED.search(text)
    text = _WIKI.sub(r"\1", _LINKED.sub(r"\1", text))
    text = _TAG.sub("", text)
    for _ in range(3):
        text = _EMPHASIS.sub(lambda match: match[2] or match[3] or match[4] or "", text)
    return clean_line(decode_entities(text)), linked[2] if linked else ""
