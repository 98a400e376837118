"""Front matter: where it lies in a file, and the python-frontmatter handler that reads it under guard."""

import re
from typing import Final, NamedTuple

import frontmatter
from frontmatter.default_handlers import BaseHandler

from tui.cards.files import FRONT_MATTER_LIMIT
from tui.cards.nodes import MarkedMapping
from tui.cards.problems import CardSyntaxError
from tui.cards.yaml_events import Document, build

_DELIMITER: Final = re.compile(r"^---[ \t]*$", re.MULTILINE)


class Parts(NamedTuple):
    """A card's text, cut at its two delimiter lines."""

    front_matter: str
    body: str


class Source(NamedTuple):
    """A card as it is written: the top-level mapping, doubled keys, and the body without blanks around it."""

    mapping: MarkedMapping
    document: Document
    body: str


def split(text: str) -> Parts | None:
    """Front matter and body of a text with line feeds as line ends; None if its first line is not `---`.

    Raises CardSyntaxError if no other line is `---`, or if what lies between is too long.
    """
    opening = _DELIMITER.match(text)
    if opening is None:
        return None
    closing = _DELIMITER.search(text, opening.end())
    if closing is None:
        message = "The front matter is never closed; put a line with only --- behind its last key."
        raise CardSyntaxError("front-matter-open", message, line=1, column=1)
    if closing.start() - opening.end() > FRONT_MATTER_LIMIT:
        message = f"The front matter is longer than {FRONT_MATTER_LIMIT // 1024} KiB; make it shorter."
        raise CardSyntaxError("front-matter-size", message, line=1, column=1)
    return Parts(text[opening.end() + 1 : closing.start()], text[closing.end() + 1 :])


def read_source(text: str) -> Source | None:
    """Reads a text with line feeds as line ends under guard; None if it is not a card.

    Raises CardSyntaxError for front matter that cannot be read.
    """
    # python-frontmatter strips the text first and would find front matter further down.
    if split(text) is None:
        return None
    handler = CardHandler()
    _, body = frontmatter.parse(text, handler=handler)
    assert handler.document is not None
    mapping = handler.document.value
    assert isinstance(mapping, MarkedMapping)
    return Source(mapping, handler.document, body)


class CardHandler(BaseHandler):
    """A handler for one call of `frontmatter.parse(text, handler=CardHandler())`.

    python-frontmatter keeps neither the places of keys nor a mapping of another type than dict, so `document`
    holds the whole result of `load`. `split` and `load` raise CardSyntaxError, which python-frontmatter lets
    through (it swallows ValueError); `load` raises it too for front matter that is no mapping, which
    python-frontmatter would drop without a word.
    """

    FM_BOUNDARY = _DELIMITER
    START_DELIMITER = "---"
    END_DELIMITER = "---"

    def __init__(self) -> None:
        super().__init__()
        self.document: Document | None = None

    def split(self, text: str) -> tuple[str, str]:
        """Front matter and body; CardSyntaxError where there is no front matter."""
        parts = split(text)
        if parts is None:
            raise CardSyntaxError("front-matter-missing", "The first line is not ---.", line=1, column=1)
        return parts.front_matter, parts.body

    def load(self, fm: str) -> dict[str, object]:
        """The top-level mapping; CardSyntaxError where the front matter is none."""
        self.document = build(fm, first_line=2)
        value = self.document.value
        if isinstance(value, dict):
            return dict(value)
        if value is None:
            raise CardSyntaxError("front-matter-empty", "The front matter is empty; give it a title.", 1, 1)
        said = "a list" if isinstance(value, list) else "a single text"
        message = f"The front matter is {said}; write keys and values, such as “title: …”."
        raise CardSyntaxError("front-matter-type", message, line=2, column=1)
