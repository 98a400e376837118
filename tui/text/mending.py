"""What writers and clippers leave in Markdown that Markdown does not read, put as it reads it.

Links around several lines, links with blanks, links whose target stands in no file, words that are marked, and what an
outline says of its own lines. Every expression is linear in its text, or is tried in few places.
"""

import re
from typing import Final
from urllib.parse import quote

from tui.text.urls import host_of

# A link whose words begin on a line of their own, or that ends on one.
_LATE_END: Final = re.compile(
    r"(?m)^[ \t]*\]\([ ]*<?(https?://(?:[^\s()<>]|\([^\s()<>]{0,200}\)){1,2000})>?(?:[ ]+\"[^\"\n]{0,300}\")?[ ]*\)"
)
_WORDS_OF_LINE: Final = re.compile(r"([ \t>]*(?:[-*+][ ]+|#{1,6}[ ]+)?)(\S[^\n]*?)[ \t]*")
_BULLET: Final = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_LONGEST_LINK: Final = 3000
_MOST_LINKS: Final = 200

_DEFINED: Final = re.compile(r"(?m)^[ ]{0,3}\[((?:[^\[\]\n\\]|\\.){1,300})\]:[ \t]*\S")
_REFERENCE: Final = re.compile(
    r"(?<![)\]!\\])\[((?![\^ ])(?:[^\[\]\n]|\n(?![ \t]*\n)){2,300})\]"
    r"\[((?:[^\[\]\n]|\n(?![ \t]*\n)){0,200})\](?![(\[]|::)"
)
_CODE_SIGN: Final = "\ue0ff"
"""What begins what stands for a piece of code, while the text around it is read."""
_BLANKS: Final = re.compile(r"\s+")
_LETTER: Final = re.compile(r"[^\W\d_]")

TO_DO: Final = "\u2610"
"""Stands before what is still to be done."""
DONE: Final = "\u2611"
"""Stands before what is done."""
_TASK: Final = re.compile(r"(?m)^([ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\[([ xX])\][ \t]+(?=\S)")
_IN_TWO_BRACKETS: Final = re.compile(r"\]\([ ]?\([ ]?(https?://[^()\s<>]{1,1000})\)\)?")
_SAID_TO_BE_LINK: Final = re.compile(r"<url:[ ]?(https?://[^\s<>]{1,1000})>", re.IGNORECASE)
_TWICE: Final = re.compile(r"\[(\[[^\[\]\n]{1,200}\]\((https?://[^\s()<>]{1,1000})\))\]\((?(2)\2)\)")
_SET_APART: Final = re.compile(r"(?<![\]!\\])(\[[^\[\]\n]{2,300}\])[ ](\(https?://[^\s()<>]{4,1000}\))")
_WITH_BLANKS: Final = re.compile(
    r"(!?\[[^\[\]\n]{0,300}\]\()((?:(?:https?:|mailto:|\.{0,2}/|\{\w{1,20}\})[^()\n\"'<>]{0,500}"
    r"|[^()\n\"'<>]{1,300}\.(?:png|jpe?g|gif|svg|webp|pdf)))(?=\))",
    re.IGNORECASE,
)
_MARKED: Final = re.compile(r"(?<![\w=])==(?=[^\s=])((?:[^=\n]|=(?!=)){1,500})(?<![\s=])==(?![\w=])")
_BLOCK_NAME: Final = re.compile(r"(?m)[ \t]+\^[a-z0-9]{6}[ \t]*$")
_TABLE_LINE: Final = re.compile(r"(?m)^[ \t]+(?=</?(?:table|thead|tbody|tfoot|tr|t[dh])\b)")

# What an outline notes of a line: its name, when it was made, how it is shown.
_NOTE: Final = (
    r"(?:id|collapsed|created-at|updated-at|card-[\w-]{1,30}|background-color|heading|template|ls-type|hl-[\w-]{1,30}"
    r"|logseq\.[\w.-]{1,60}|query-[\w-]{1,30}|exclude-from-graph-view)::[^\n]*"
)
_NOTED: Final = re.compile(rf"(?m)^([ \t]*(?:-[ ])?){_NOTE}(?:\n[ \t]*{_NOTE})*(?:\n[ \t]*(?![-*][ ])(?=\S)|$)")
_FRAMED: Final = re.compile(
    r"(?mi)^([ \t]*(?:-[ ])?)#\+(?:BEGIN|END)_(?:QUOTE|NOTE|TIP|IMPORTANT|WARNING|CAUTION|PINNED)[ \t]*$"
)
_MACRO: Final = re.compile(
    r"\{\{[ ]?(embed|cloze|video|youtube|tweet|query|renderer)[ ]+((?:[^{}\n]|\{(?!\{)|\}(?!\})){1,500})\}\}",
    re.IGNORECASE,
)
_POINTED_AT: Final = re.compile(r"\(\([0-9a-f]{8}-[0-9a-f-]{20,30}\)\)")
_LOGBOOK: Final = re.compile(r"(?m)^[ \t]*:LOGBOOK:[ \t]*\n(?:[ \t]*(?!:END:)[^\n]*\n){0,100}?[ \t]*:END:[ \t]*$")


def mended(text: str) -> str:
    """A text in Markdown, without code, with its links and marks as Markdown reads them."""
    if "[x] " in text or "[ ] " in text or "[X] " in text:
        text = _TASK.sub(_ticked, text)
    if "](" in text:
        text = _IN_TWO_BRACKETS.sub(r"](\1)", text)
        text = _TWICE.sub(r"\1", text)
        text = _with_spread_links(text)
        text = _WITH_BLANKS.sub(lambda match: match[1] + match[2].strip().replace(" ", "%20"), text)
    if "] (" in text:
        text = _SET_APART.sub(r"\1\2", text)
    if "][" in text:
        text = _without_loose_references(text)
    if "<URL:" in text or "<url:" in text:
        text = _SAID_TO_BE_LINK.sub(r"<\1>", text)
    if "==" in text:
        text = _MARKED.sub(r"<mark>\1</mark>", text)
    if "^" in text:
        text = _BLOCK_NAME.sub("", text)
    if "</t" in text:
        text = _TABLE_LINE.sub("", text)
    return _without_notes(text) if "::" in text or "#+" in text or "{{" in text or "((" in text else text


def _ticked(task: re.Match[str]) -> str:
    return f"{task[1]}{TO_DO if task[2] == ' ' else DONE} "


def _without_notes(text: str) -> str:
    """A text without what an outline notes of its lines."""
    text = _LOGBOOK.sub("", _NOTED.sub(r"\1", text))
    text = _POINTED_AT.sub("", _FRAMED.sub(r"\1", text))
    return _MACRO.sub(_macro, text)


def _macro(match: re.Match[str]) -> str:
    name, said = match[1].lower(), match[2].strip()
    if name in ("query", "renderer"):
        return ""
    return f"<{said}>" if host_of(said) else said


def _without_loose_references(text: str) -> str:
    """A text in which a link whose target is told nowhere in it is its words alone."""
    known = {_folded(match[1]) for match in _DEFINED.finditer(text)}

    def shown(match: re.Match[str]) -> str:
        words, label = match[1], match[2] or match[1]
        before = text[match.start() - 1 : match.start()]
        is_index = before.isascii() and (before.isalnum() or before == "_")
        says = " " in label or (not is_index and (_LETTER.search(words) or _CODE_SIGN in words))
        is_loose = _folded(label) not in known and _LETTER.search(label) and says
        return words if is_loose else match[0]

    return _REFERENCE.sub(shown, text)


def _folded(label: str) -> str:
    return _BLANKS.sub(" ", label).strip().casefold()


def _with_spread_links(text: str) -> str:
    """A text in which a link around several lines is one around the first of them that has words."""
    pieces: list[str] = []
    at = 0
    for count, match in enumerate(_LATE_END.finditer(text)):
        start = _opening(text, match.start(), at)
        if start < 0 or count >= _MOST_LINKS:
            continue
        before = text[at:start]
        inner = text[start + 1 : match.start()]
        if _BULLET.fullmatch(before, before.rfind("\n") + 1):
            inner = inner.lstrip()
        elif before.rstrip(" \t")[-1:] not in ("", "\n"):
            before += "\n\n"
        pieces += (before, _linked(inner, match[1]))
        at = match.end()
        pieces.append("" if text[at : at + 1] in ("", "\n") else "\n\n")
    return "".join((*pieces, text[at:])) if at else text


def _opening(text: str, end: int, least: int) -> int:
    """Where the bracket stands that the one behind `end` closes; -1 if it stands before `least`, or too far off."""
    depth = 0
    for place in range(end - 1, max(least, end - _LONGEST_LINK) - 1, -1):
        sign = text[place]
        if sign == "]":
            depth += 1
        elif sign == "[":
            if depth == 0:
                return place if text[place - 1 : place] not in ("!", "\\") else -1
            depth -= 1
    return -1


def _linked(inner: str, url: str) -> str:
    """The lines of a link, of which the first with words leads to it."""
    lines = inner.strip("\n").split("\n")
    for number, line in enumerate(lines):
        match = _WORDS_OF_LINE.fullmatch(line)
        if match and not any(sign in match[2] for sign in "[]"):
            lines[number] = f"{match[1]}[{match[2]}]({url})"
            break
    else:
        if len(lines) == 1 and lines[0].strip():
            return f"[{lines[0].strip()}]({url})"
        lines.append(f"\n[{host_of(url) or url}]({quote(url, safe='%/:?#@!$&*+,;=~')})")
    return "\n".join(lines)
