"""What Markdown with components in it (MDX, Astro) has for the program that builds a site and not for a reader."""

import re
from typing import Final

from tui.text.patterns import compiled

_IMPORT: Final = re.compile(
    r"(?m)^import[ ]+(?:[\w*{}$, \n]{1,400}?[ \n]from[ ]+)?(?:\"[^\"\n]{1,300}\"|'[^'\n]{1,300}');?[ \t]*$"
)
# What a module exports goes on to the next empty line.
_EXPORT: Final = compiled(
    r"(?m)^export[ ]+(?:const|let|var|default|function|async|class)\b(?=[^\n]*[={(])[^\n]*(?:\n(?![ \t]*$)[^\n]*)*+"
)
_BLANK: Final = re.compile(r"\{[ ]?(?:\"[ ]\"|'[ ]'|`[ ]`)[ ]?\}")
_BRACED: Final = r"\{(?>[^{}]|\{(?>[^{}]|\{[^{}]{0,300}\}){0,300}\}){0,600}\}"
_QUOTED: Final = r"\"[^\"<]{0,500}\"|'[^'<]{0,500}'"
_TAG: Final = re.compile(
    rf"(?m)(^[ \t]*)?<([A-Za-z][\w.]{{0,60}})(?=[\s/>])((?>[^<>{{}}\"']|{_QUOTED}|{_BRACED}){{0,600}})>"
)
_CLOSING: Final = re.compile(r"(?m)^[ \t]*</[A-Z][\w.]{0,60}>[ \t]*$")
_COMPONENT: Final = re.compile(r"[A-Z][\w.]*[a-z]")
_SAID: Final = re.compile(r"\b(?:caption|alt)[ ]*=[ ]*(?:\"([^\"\n]{1,1000})\"|'([^'\n]{1,1000})')")


def without_components(text: str) -> str:
    """A text in Markdown, without code, in which components only frame what they show."""
    if "import " in text:
        text = _IMPORT.sub("", text)
    if "export " in text:
        text = _EXPORT.sub("", text)
    if "<" in text:
        text = _CLOSING.sub("", _TAG.sub(_shown, text))
    return _BLANK.sub(" ", text) if "{" in text else text


def _shown(tag: re.Match[str]) -> str:
    """What a tag is to those who know HTML alone."""
    begins, name, attributes = tag[1], tag[2], tag[3]
    is_braced = "{" in attributes
    if not _COMPONENT.match(name):
        return f"{begins or ''}<{name}>" if is_braced else tag[0]
    if not is_braced and begins is None:
        return tag[0]
    said = _SAID.search(attributes)
    return f"{begins or ''}[image: {said[1] or said[2]}]" if said else begins or ""
