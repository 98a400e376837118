"""Formulas in Markdown: what stands between dollars is no Markdown, and is shown as it is written."""

import re
from typing import Final

FORMULA: Final = (
    r"(?P<formula>(?<![\\$])\$\$(?=[^$]{0,4000}[\\^_=])(?P<shown>(?:[^$`]|\\\$){1,4000})\$\$(?!\$))"
    r"|(?P<within>(?<![\w$\\])\$(?=[^\s$])(?=[^$\n]{0,400}[\\^_={])(?P<said>(?:[^$`\n]|\\\$){1,400})(?<![\s\\])\$(?![\w$]))"
)
"""A formula that stands alone, or one within a text; amounts of money are none."""
_FORMULA: Final = re.compile(FORMULA)
LETTER: Final = r"(?P<letter>(?<![\w$\\])\$(?P<named>[^\s$`]{1,40})\$(?![\w$]))"
"""One without any of the signs that formulas have, which is one where there are others."""
_BEFORE: Final = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?")
_QUOTED: Final = re.compile(r"[ \t]*>")


def has_formulas(text: str) -> bool:
    """Whether a text, code included, has a formula that is surely one."""
    return "$" in text and _FORMULA.search(text) is not None


def written(match: re.Match[str]) -> str:
    """A formula as code: of lines of its own if it stands alone, else within its line."""
    if match["shown"] is None:
        return f"`{match['said'] or match['named']}`"
    text, formula = match.string, match["shown"].strip()
    start = text.rfind("\n", 0, match.start()) + 1
    before, end = text[start : match.start()], text.find("\n", match.end())
    behind = text[match.end() : end if end >= 0 else len(text)]
    if before.strip() or behind.strip(" \t.,;") or _QUOTED.match(before):
        return f"`{' '.join(line.lstrip('> ') for line in formula.split(chr(10)))}`"
    lines = [line.strip() for line in formula.split("\n")]
    return f"\n{before}".join(("```", *lines, "```"))
