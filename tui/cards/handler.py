"""The python-frontmatter handler that reads front matter under guard."""

from typing import NamedTuple

import frontmatter
from frontmatter.default_handlers import BaseHandler

from tui.cards.front_matter import DELIMITER, split
from tui.cards.nodes import MarkedMapping
from tui.cards.problems import CardSyntaxError
from tui.cards.yaml_events import Document, build


class Source(NamedTuple):
    """A card as it is written: the top-level mapping, doubled keys, and the body without blanks around it."""

    mapping: MarkedMapping
    document: Document
    body: str


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

    FM_BOUNDARY = DELIMITER
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
