"""Links, pictures and bold words that are written in Markdown where only HTML is read, such as in a table of tags."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_SAID: Final = r"(?:[ ]+(?:\"[^\"]{0,300}\"|'[^']{0,300}'))?[ ]*"
_IMAGE: Final = rf"!\[([^\[\]]{{0,300}})\]\([ ]*<?[^()\s<>]{{0,1000}}>?{_SAID}\)"
_TARGET: Final = (
    r"(?:https?:)?//(?:[^\s()<>]|\([^\s()<>]{0,200}\)){1,1000}|[/#.](?:[^\s()<>]{0,1000})|mailto:[^\s()<>]{1,300}"
)
_WORDS: Final = r"(?:!\[[^\[\]]{0,300}\]\([^()\s]{0,1000}\)|[^\[\]]){1,300}"
_WRITTEN: Final = re.compile(rf"{_IMAGE}|\[({_WORDS})\]\([ ]*<?({_TARGET})>?{_SAID}\)", re.IGNORECASE)
_BOLD: Final = re.compile(r"(?<![\w*/(])\*\*(?=[^\s*])([^*\n]{1,300})(?<![\s*])\*\*(?![\w*/])")
_ANY_IMAGE: Final = re.compile(_IMAGE)


class Written(NamedTuple):
    """A piece of a text: plain `words`, the words of a link with its `target`, or what a picture `is_image` of."""

    words: str
    target: str = ""
    is_image: bool = False


def written_pieces(text: str) -> Iterator[Written]:
    """The pieces of a text of one line, those that are neither a link nor a picture as they are."""
    at = 0
    for match in _WRITTEN.finditer(text) if "](" in text else ():
        yield Written(text[at : match.start()])
        if match[2] is None:
            yield Written(match[1].strip(), is_image=True)
        else:
            yield Written(_ANY_IMAGE.sub(r"\1", match[2]).strip(), match[3])
        at = match.end()
    yield Written(text[at:])


def bold_words(text: str) -> Iterator[tuple[str, bool]]:
    """The pieces of a text of one line, and whether each is bold."""
    at = 0
    for match in _BOLD.finditer(text) if "**" in text else ():
        yield text[at : match.start()], False
        yield match[1], True
        at = match.end()
    yield text[at:], False
