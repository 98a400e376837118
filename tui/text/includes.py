"""What the tags of Jekyll put in by an include: of the texts in them what a reader is meant to read.

The file that is put in is not looked at, but sentences, the labels of links and films are written beside its name.
"""

import re
from typing import Final

from tui.text.patterns import compiled
from tui.text.urls import host_of

_VALUE: Final = r"(?:\"((?:[^\"\\]|\\.){0,6000})\"|'([^']{0,6000})'|([^\s\"'%{}]{1,200}))"
_PAIR: Final = re.compile(rf"([\w-]{{1,40}})[ ]?[=:][ ]?{_VALUE}")
_INCLUDE: Final = compiled(
    r"\{%-?[ \t]*include(?:_relative|_cached)?[ \t]+[\"']?[\w./-]{1,200}[\"']?"
    r"((?>[\s,]{1,50}[\w-]{1,40}[ ]?[=:][ ]?(?>\"(?:[^\"\\]|\\.){0,6000}+\"|'[^']{0,6000}'|[^\s\"'%{}]{1,200})){1,60}+)"
    r"\s{0,20}-?%\}"
)
_TEXTS: Final = re.compile(
    r"(?:text|content|quote|body|message|title|heading|question|answer|description|note|summary|label|[qa]\d{1,3})",
    re.IGNORECASE,
)
_LINKS: Final = re.compile(r"(?:[a-z]{0,20}\d{0,3}[_-]?)(?:link|url|href)", re.IGNORECASE)
_LABELS: Final = ("text", "label", "title")
_SENTENCE: Final = re.compile(r"(?:\S+\s+){3,}\S*[.!?\u2026:\"\u201d]")
_INDENTED: Final = re.compile(r"\n[ \t]+")
_FILM: Final = re.compile(r"[\w-]{1,40}")
_SITES: Final = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}


def with_included(text: str) -> str:
    """A text in Markdown, without code, in which what includes say stands in their place; others stay as they are."""
    return _INCLUDE.sub(_said, text) if "include" in text else text


def _said(tag: re.Match[str]) -> str:
    pairs = {
        key: _INDENTED.sub("\n", a.replace('\\"', '"') or b or c).strip() for key, a, b, c in _PAIR.findall(tag[1])
    }
    if pairs.keys() & {"alt", "caption"}:
        return tag[0]
    film = _SITES.get(pairs.get("provider", "").lower())
    if film and _FILM.fullmatch(pairs.get("id", "")):
        return f"[{pairs['provider']}]({film.format(pairs['id'])})"
    label = next((key for key in _LABELS if pairs.get(key)), "")
    link = next((key for key in ("link", "url", "href") if host_of(pairs.get(key, ""))), "")
    if label and link:
        pairs[label] = f"[{' '.join(pairs[label].split())}](<{pairs.pop(link)}>)"
    shown = [one for key, value in pairs.items() if (one := _shown(key, value))]
    return "\n\n" + "\n\n".join(shown) + "\n\n" if shown else tag[0]


def _shown(key: str, value: str) -> str:
    """What a reader is meant to read of one value; empty for what only says how something looks."""
    if _LINKS.fullmatch(key):
        return f"<{value}>" if host_of(value) else ""
    return value if _TEXTS.fullmatch(key) or _SENTENCE.fullmatch(value) else ""
