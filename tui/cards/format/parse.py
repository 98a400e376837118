"""Turns the bytes of a file into a story or a whole card. Any bytes give a result, nothing is raised."""

import re
from typing import Final, NamedTuple

import frontmatter
from frontmatter.default_handlers import BaseHandler
from msgspec import structs

from tui.cards.format.dialects.body import said_twice, without
from tui.cards.format.dialects.frames import has_bare_place, is_template, may_stand_for_folder, stands_for_folder
from tui.cards.format.dialects.heads import read_other_head, why_no_head
from tui.cards.format.dialects.reading import Reading, read_any
from tui.cards.format.dialects.table import PLAIN, is_usual, tool_of, unread_keys
from tui.cards.format.fields import NOWHERE, Fields, MarkedMapping, flatten
from tui.cards.format.front_matter import DELIMITER, decode, decode_leniently, split
from tui.cards.format.problems import CardError, CardSyntaxError, ParsedCard, ParsedStory, Warnings
from tui.cards.format.rules import USUAL_RULES, ReadingRules
from tui.cards.format.story import read_story, sealed_bytes
from tui.cards.format.yaml import Document, build
from tui.model import Card, Problem
from tui.text.sanitize import BODY_LIMIT, EXCERPT_LIMIT, NAME_LIMIT, clean_block, clean_line
from tui.text.wording import sealed


class Source(NamedTuple):
    """A card as it is written: the top-level mapping, doubled keys, the body without blanks around it, and the head.

    The kind of head is `yaml`, what `read_other_head` calls it, or `PLAIN` where there is none.
    """

    mapping: MarkedMapping
    document: Document
    body: str
    head: str = "yaml"


def read_source(text: str) -> Source | None:
    """Reads a text with line feeds as line ends under guard; None if it is not a card.

    Raises CardSyntaxError for front matter that cannot be read.
    """
    # python-frontmatter strips the text first and would find front matter further down.
    if split(text) is None:
        other = read_other_head(text)
        if other is None:
            return None
        assert isinstance(other.document.value, MarkedMapping)
        return Source(other.document.value, other.document, other.body, other.kind)
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


MAX_FIELDS: Final = 5000
"""Rows of fields kept for the inspector."""

_HTML_SUFFIX: Final = re.compile(r"\.html?$", re.IGNORECASE)
# A link, a heading or bold words as only Markdown has them, behind an empty line.
_MARKDOWN_SIGN: Final = re.compile(
    r"\n\n(?:#{1,6} \w|[^<>\n]{0,500}(?:\[[^\[\]\n]{1,200}\]\((?:https?:)?//|\*\*\w))", re.IGNORECASE
)
_HTML_START: Final = re.compile(r"<(?:!--|!doctype\b|/?[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)


def parse_story(data: bytes, id: str, rules: ReadingRules = USUAL_RULES) -> ParsedStory:
    """The story in the bytes of the file with this id."""
    warnings = Warnings(id)
    try:
        source = _source(data, warnings, rules)
        if source is None:
            return ParsedStory()
        story = _read(source, id, warnings, rules).story
        if stands_for_folder(story, source.body):
            return ParsedStory()
    except Exception as error:
        return ParsedStory(problems=(_problem(error, id),))
    return ParsedStory(story, tuple(warnings))


def parse_card(data: bytes, id: str, rules: ReadingRules = USUAL_RULES) -> ParsedCard:
    """The card in the bytes of the file with this id: its story, body and fields as they are written."""
    warnings = Warnings(id)
    try:
        source = _source(data, warnings, rules)
        if source is None:
            return ParsedCard()
        reading = _read(source, id, warnings, rules)
        if stands_for_folder(reading.story, source.body):
            return ParsedCard()
        card = Card(
            story=reading.story,
            body=_body(without(source.body, reading.heading or said_twice(source.body, reading.story.title)), warnings),
            body_format=_format(source.body, id),
            fields=_rows(source.mapping),
        )
        card = _with_account(card, source, reading, rules)
    except Exception as error:
        return ParsedCard(problems=(_problem(error, id),))
    return ParsedCard(card, tuple(warnings))


class NoCard(NamedTuple):
    """Why a file is no card, though nothing is wrong with it: what such files are called, and a few words behind it."""

    kind: str
    why: str


def why_no_card(data: bytes, id: str) -> NoCard:
    """Why the file with this id is no card."""
    text, _ = decode_leniently(data)
    is_filled = True
    try:
        source = read_source(text)
    except CardSyntaxError:
        source, is_filled = None, not has_bare_place(_head_of(data))
    if source is not None and may_stand_for_folder(id) and not is_template(source.mapping):
        return NoCard("page of a folder", "only names its folder, and has nothing to read")
    if source is not None or not is_filled:
        return NoCard("template", "is a template, which is filled in when a note is made of it")
    return NoCard("without a head", why_no_head(text))


def _source(data: bytes, warnings: Warnings, rules: ReadingRules) -> Source | None:
    try:
        source = _any_source(decode(data), rules)
    except CardSyntaxError as error:
        if error.rule != "encoding":
            if has_bare_place(_head_of(data)):
                return None
            raise
        source = _with_damaged_body(data, error, warnings, rules)
    if source is not None and is_template(source.mapping):
        return None
    for key, mark in source.document.duplicates if source else ():
        shown = clean_line(key, NAME_LIMIT)
        warnings.add("duplicate-key", f"The key “{shown}” comes twice; the last one counts.", shown, mark)
    if source is not None:
        _warn_of_bare_texts(source.document, warnings)
    return source


def _head_of(data: bytes) -> str:
    """The head of a card, whatever is wrong with it."""
    text, _ = decode_leniently(data)
    parts = split(text)
    return parts.front_matter if parts else text.partition("\n+++")[0] if text.startswith("+++") else ""


def _any_source(text: str, rules: ReadingRules) -> Source | None:
    return read_source(text) or (_headless(text) if rules.plain else None)


def _headless(text: str) -> Source | None:
    """A text without a head as a card that is all body; None for one without a word, and for what is no text."""
    body = text.strip()
    if not body or "\0" in body:
        return None
    root = MarkedMapping()
    return Source(root, Document(root, ()), body, PLAIN)


def _warn_of_bare_texts(document: Document, warnings: Warnings) -> None:
    """Warn of texts that YAML took for something else, so that a part of them is missing."""
    for name, mark in document.unused:
        shown = clean_line(name, NAME_LIMIT)
        message = f"“&{shown}” names a value that nothing repeats; put the text in double quotes: it begins with &."
        warnings.add("yaml-anchor", message, mark=mark)
    if document.cut_at != NOWHERE:
        message = "A comment cuts the headline here; put the text in double quotes: it holds a blank and #."
        warnings.add("comment", message, "title", document.cut_at)


def _with_damaged_body(data: bytes, error: CardSyntaxError, warnings: Warnings, rules: ReadingRules) -> Source:
    """A card of which only the body holds bytes that are not UTF-8; raises `error` for any other."""
    text, damaged_at = decode_leniently(data)
    source = _any_source(text, rules)
    if source is None or damaged_at < len(text.rstrip()) - len(source.body):
        raise error
    message = "A byte in the body is not UTF-8 and is shown as \ufffd; save the file as UTF-8."
    warnings.add("encoding", message, mark=(error.line, error.column))
    return source


def _read(source: Source, id: str, warnings: Warnings, rules: ReadingRules) -> Reading:
    fields = Fields(source.mapping, warnings, zone=rules.zone_info)
    size = len(source.body.encode("utf-8", "replace"))
    if source.head == "yaml" and is_usual(source.mapping):
        return Reading(read_story(fields, id, size), {})
    return read_any(fields, id, source.body, size, head=source.head)


def _with_account(card: Card, source: Source, reading: Reading, rules: ReadingRules) -> Card:
    """The card with what gave its fields, and what gave nothing."""
    is_plain = not reading.origins
    if is_plain:
        # Those that the usual keys alone give are looked up only for who asks.
        again = Fields(source.mapping, Warnings(""), zone=rules.zone_info)
        reading = read_any(again, card.story.id, source.body, card.story.body_bytes)._replace(story=card.story)
    used = frozenset(key for keys in reading.origins.values() for key in keys)
    origins = [(meaning, ", ".join(map(clean_line, keys))) for meaning, keys in reading.origins.items()]
    if reading.naive_time:
        taken = f"local to {clean_line(rules.zone)}" if rules.zone else "UTC"
        origins.append(("zone", f"“{clean_line(reading.naive_time, 40)}” names none; it is taken as {taken}"))
    unread = unread_keys(source.mapping, used, is_usual=is_plain)
    return structs.replace(
        card,
        tool=tool_of(source.mapping, source.head),
        origins=tuple(origins),
        unread=tuple(clean_line(key, NAME_LIMIT) for key in unread[:MAX_FIELDS]),
        links=reading.further,
    )


def _body(body: str, warnings: Warnings) -> str:
    if len(body) > BODY_LIMIT:
        warnings.add("too-long", f"The body has {len(body):,} characters; it is cut at {BODY_LIMIT:,}.")
    # Markdown is read by its indentation, so its tabs keep their columns.
    return clean_block(body[: BODY_LIMIT + 1].expandtabs(4), BODY_LIMIT)


def _format(body: str, id: str) -> str:
    """What a body is written in; many that begin with a tag go on in Markdown."""
    is_html = _HTML_SUFFIX.search(id) or (_HTML_START.match(body) and not _MARKDOWN_SIGN.search(body))
    return "html" if is_html else "markdown"


def _rows(mapping: MarkedMapping) -> tuple[tuple[str, str], ...]:
    shown = dict(mapping)
    if "secured" in shown:
        shown["secured"] = sealed(sealed_bytes(shown["secured"]))
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
