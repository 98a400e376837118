"""Texts of cards as Markdown that shows them as they are (CommonMark 0.31 and the tables and strikes of GitHub)."""

import re

from tui.text.urls import followable

_SIGNS = re.compile(r"[\\\[\]*_`<>~|]|&(?=#?\w+;)")
_BLOCK_START = re.compile(r"^(\s*)([-+=#]|\d+(?=[.)]))")


def escaped(text: str) -> str:
    """One line of text with everything escaped that Markdown would take for markup, wherever the line stands."""
    return _BLOCK_START.sub(_held, _SIGNS.sub(r"\\\g<0>", text))


def link(text: str, url: str) -> str:
    """A text that leads to `url`, which must be safe to follow; the text alone where it is empty."""
    return f"[{escaped(text)}]({url})" if url else escaped(text)


def story_link(title: str, url: str) -> str:
    """A headline that leads to its page, made safe to follow; the headline alone where the page must not be opened."""
    return link(title, followable(url))


def _held(found: re.Match[str]) -> str:
    """The start of a line that is no list, heading or underline any more; a number is kept apart from its dot."""
    blanks, sign = found.groups()
    return f"{blanks}{sign}\\" if sign.isdigit() else f"{blanks}\\{sign}"
