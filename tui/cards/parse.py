"""Turns the bytes of a file into a story or a whole card. Any bytes give a result, nothing is raised."""

import re
from typing import Final

from tui.cards.coerce import Fields
from tui.cards.details import sealed_bytes
from tui.cards.front_matter import decode
from tui.cards.handler import Source, read_source
from tui.cards.nodes import MarkedMapping, flatten
from tui.cards.parsed import ParsedCard, ParsedStory
from tui.cards.problems import CardError, Warnings
from tui.cards.story import read_story
from tui.model import Card, Problem, Story
from tui.text.sanitize import BODY_LIMIT, EXCERPT_LIMIT, NAME_LIMIT, clean_block, clean_line

MAX_FIELDS: Final = 5000
"""Rows of fields kept for the inspector."""

_HTML_SUFFIX: Final = re.compile(r"\.html?$", re.IGNORECASE)
_HTML_START: Final = re.compile(r"<(?:!--|!doctype\b|/?[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)


def parse_story(data: bytes, id: str) -> ParsedStory:
    """The story in the bytes of the file with this id."""
    warnings = Warnings(id)
    try:
        source = _source(data, warnings)
        if source is None:
            return ParsedStory()
        story = _story(source, id, warnings)
    except Exception as error:
        return ParsedStory(problems=(_problem(error, id),))
    return ParsedStory(story, tuple(warnings))


def parse_card(data: bytes, id: str) -> ParsedCard:
    """The card in the bytes of the file with this id: its story, body and fields as they are written."""
    warnings = Warnings(id)
    try:
        source = _source(data, warnings)
        if source is None:
            return ParsedCard()
        card = Card(
            story=_story(source, id, warnings),
            body=_body(source.body, warnings),
            body_format=_format(source.body, id),
            fields=_rows(source.mapping),
        )
    except Exception as error:
        return ParsedCard(problems=(_problem(error, id),))
    return ParsedCard(card, tuple(warnings))


def _source(data: bytes, warnings: Warnings) -> Source | None:
    source = read_source(decode(data))
    for key, mark in source.document.duplicates if source else ():
        shown = clean_line(key, NAME_LIMIT)
        warnings.add("duplicate-key", f"The key “{shown}” comes twice; the last one counts.", shown, mark)
    return source


def _story(source: Source, id: str, warnings: Warnings) -> Story:
    return read_story(Fields(source.mapping, warnings), id, len(source.body.encode("utf-8", "replace")))


def _body(body: str, warnings: Warnings) -> str:
    if len(body) > BODY_LIMIT:
        warnings.add("too-long", f"The body has {len(body):,} characters; it is cut at {BODY_LIMIT:,}.")
    return clean_block(body, BODY_LIMIT)


def _format(body: str, id: str) -> str:
    return "html" if _HTML_SUFFIX.search(id) or _HTML_START.match(body) else "markdown"


def _rows(mapping: MarkedMapping) -> tuple[tuple[str, str], ...]:
    shown = dict(mapping)
    if "secured" in shown:
        shown["secured"] = f"sealed, {sealed_bytes(shown['secured']):,} bytes"
    rows = [
        (clean_line(path), clean_line(node if isinstance(node, str) else "", EXCERPT_LIMIT))
        for path, node in flatten(shown, MAX_FIELDS + 1)
    ]
    if len(rows) > MAX_FIELDS:
        rows[MAX_FIELDS:] = [("…", f"Only the first {MAX_FIELDS:,} values are shown.")]
    return tuple(rows)


def _problem(error: Exception, id: str) -> Problem:
    if isinstance(error, CardError):
        return error.problem(id)
    # Whatever a parser lets slip must cost one card and not the folder.
    message = f"It could not be read ({type(error).__name__}). Check its front matter."
    return Problem(file=id, rule="unreadable-card", message=message)
