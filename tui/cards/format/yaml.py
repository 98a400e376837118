"""Builds the front matter's tree from libyaml's events, in a loop and within limits.

A composer recurses until the stack ends, follows aliases that grow without bound, and makes objects that
raise whatever they like. The event parser below it does none of that.
"""

from typing import Final, NamedTuple, NoReturn

from yaml import CSafeLoader
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.reader import ReaderError

from tui.cards.format.fields import NOWHERE, NULLS, Mark, MarkedMapping, Node
from tui.cards.format.problems import CardSyntaxError
from tui.text.sanitize import clean_line

MAX_DEPTH: Final = 32
"""Lists and mappings inside one another."""
MAX_NODES: Final = 50_000
"""Scalars, keys, lists and mappings together."""

_TEXT_TAG: Final = "tag:yaml.org,2002:str"
_HINTS: Final = (
    ("mapping values are not allowed", "put the text in double quotes: it holds a colon and a blank"),
    ("found unexpected end of stream", "a quotation mark is opened and never closed"),
    ("did not find expected ',' or", "a bracket or brace is opened here and never closed"),
    ("did not find expected node content", "a value is missing, or a bracket or brace is never closed"),
    ("cannot start any token", "put the text in double quotes, and indent with blanks, not tabs"),
    ("did not find expected key", "check the indentation, and quote texts that hold quotation marks"),
    ("could not find expected ':'", "each line needs a key, a colon and a blank; check the one above"),
    ("found invalid Unicode character", "the escape stands for no character; write the character itself"),
    ("did not find expected <document start>", "the line above or this one is indented wrongly"),
)


class Document(NamedTuple):
    """One YAML document: its value, and the keys that it holds more than once with the place of the last."""

    value: Node
    duplicates: tuple[tuple[str, Mark], ...]


def build(text: str, first_line: int = 1) -> Document:
    """The tree of one YAML document whose first line is `first_line` of its file.

    Of a key that comes twice the last one stays. Raises CardSyntaxError for what is no YAML, and for anchors,
    aliases, tags other than `!!str`, keys that are no scalars, a second document and what exceeds the limits.
    """
    builder = _Builder(first_line)
    # Only the event parser in it is used: PyYAML does not export that one by itself.
    parser = CSafeLoader(text)
    try:
        while True:
            event = parser.get_event()
            if event is None or isinstance(event, StreamEndEvent):
                return Document(builder.root, tuple(builder.duplicates))
            builder.take(event)
    except MarkedYAMLError as error:
        raise _syntax_error(error, first_line) from error
    except ReaderError as error:
        raise _character_error(error, text, first_line) from error
    finally:
        parser.dispose()


class _Builder:
    """Takes events one by one; `root` is the tree as far as it is known."""

    def __init__(self, first_line: int) -> None:
        self.root: Node = None
        self.duplicates: list[tuple[str, Mark]] = []
        self._first_line = first_line
        self._open: list[MarkedMapping | list[Node]] = []
        self._keys: list[str | None] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: Event) -> None:
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, MappingStartEvent):
            self._start(event, MarkedMapping())
        elif isinstance(event, SequenceStartEvent):
            self._start(event, [])
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._open.pop()
            self._keys.pop()
        elif isinstance(event, AliasEvent):
            self._refuse(event, "yaml-alias", f"The alias *{_name(event)} is not followed; repeat the text itself.")
        elif isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse(event, "yaml-documents", "A second YAML document starts here; a card holds one.")

    def _scalar(self, event: ScalarEvent) -> None:
        self._check(event)
        container = self._open[-1] if self._open else None
        if isinstance(container, MarkedMapping) and self._keys[-1] is None:
            self._key(container, event)
        elif event.implicit[0] and event.value in NULLS:
            self._place(None)
        else:
            self._place(event.value)

    def _key(self, mapping: MarkedMapping, event: ScalarEvent) -> None:
        key: str = event.value
        mark = self._mark(event)
        if key in mapping:
            self.duplicates.append((key, mark))
        mapping.marks[key] = mark
        self._keys[-1] = key

    def _start(self, event: NodeEvent, container: MarkedMapping | list[Node]) -> None:
        self._check(event)
        if len(self._open) >= MAX_DEPTH:
            self._refuse(event, "yaml-depth", f"Values are nested more than {MAX_DEPTH} deep; flatten them.")
        if self._open and isinstance(self._open[-1], MarkedMapping) and self._keys[-1] is None:
            self._refuse(event, "yaml-key", "A list or mapping stands where a key belongs; use plain text.")
        self._place(container)
        self._open.append(container)
        self._keys.append(None)

    def _place(self, node: Node) -> None:
        container = self._open[-1] if self._open else None
        if container is None:
            self.root = node
        elif isinstance(container, list):
            container.append(node)
        else:
            key = self._keys[-1]
            assert key is not None
            container[key] = node
            self._keys[-1] = None

    def _check(self, event: NodeEvent) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._refuse(event, "yaml-size", f"More than {MAX_NODES:,} values; make the card smaller.")
        if event.anchor is not None:
            self._refuse(event, "yaml-anchor", f"The anchor &{_name(event)} is not allowed; take it out.")
        tag: str | None = getattr(event, "tag", None)
        if tag is not None and tag != _TEXT_TAG:
            self._refuse(event, "yaml-tag", f"The tag {clean_line(tag, 60)} is not allowed; take it out.")

    def _mark(self, event: Event) -> Mark:
        mark = event.start_mark
        return NOWHERE if mark is None else (mark.line + self._first_line, mark.column + 1)

    def _refuse(self, event: Event, rule: str, message: str) -> NoReturn:
        line, column = self._mark(event)
        raise CardSyntaxError(rule, message, line, column)


def _name(event: NodeEvent) -> str:
    return clean_line(str(event.anchor), 60)


def _syntax_error(error: MarkedYAMLError, first_line: int) -> CardSyntaxError:
    problem = str(error.problem or "it cannot be read")
    hint = next((f"; {advice}" for part, advice in _HINTS if part in problem), "")
    # What is never closed is mended where it was opened.
    never_closed = "end of stream" in problem or "expected ',' or" in problem
    mark = (error.context_mark if never_closed else None) or error.problem_mark
    line, column = NOWHERE if mark is None else (mark.line + first_line, mark.column + 1)
    return CardSyntaxError("yaml-syntax", f"This is not valid YAML: {clean_line(problem)}{hint}.", line, column)


def _character_error(error: ReaderError, text: str, first_line: int) -> CardSyntaxError:
    before = text.encode("utf-8", "replace")[: error.position].decode("utf-8", "replace")
    line = before.count("\n") + first_line
    column = len(before) - (before.rfind("\n") + 1) + 1
    message = "A control character stands here, which YAML does not allow; take it out."
    return CardSyntaxError("yaml-character", message, line, column)
