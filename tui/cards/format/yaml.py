"""Builds the front matter's tree from libyaml's events, in a loop and within limits.

A composer recurses until the stack ends, follows aliases that grow without bound, and makes objects that
raise whatever they like. The event parser below it does none of that. Aliases are followed, and `<<` merges as YAML 1.1
has it; what all of them expand to counts against the limits.
"""

import re
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
from tui.cards.format.front_matter import FRONT_MATTER_LIMIT
from tui.cards.format.problems import CardSyntaxError
from tui.text.sanitize import clean_line

MAX_DEPTH: Final = 32
"""Lists and mappings inside one another."""
MAX_NODES: Final = 30_000
"""Scalars, keys, lists and mappings together, those that aliases repeat among them."""
MAX_CHARACTERS: Final = 4 * FRONT_MATTER_LIMIT
"""Characters of all texts together, those that aliases repeat among them."""

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


_MERGE: Final = "<<"
_COMMENT: Final = re.compile(r"[ \t]+#")
# The value of a key that begins with a sign which means something to YAML.
_UNQUOTED: Final = re.compile(r"[ \t]*(?:- +)*[\w.-]+:[ \t]+(?P<sign>[\[\]{}!*&@`%|>?,-])")


class _Anchored(NamedTuple):
    """A value with a name: what it is, and the nodes, characters and levels of nesting that it comes to."""

    node: Node
    nodes: int
    characters: int
    depth: int


class _Level:
    """A list or mapping that is open: its `key` that waits for a value, and what counted before it began."""

    __slots__ = ("anchor", "characters", "container", "depth", "key", "merged", "merging", "nodes")

    def __init__(
        self, container: "MarkedMapping | list[Node]", anchor: str | None, nodes: int, characters: int
    ) -> None:
        self.container = container
        self.anchor = anchor
        self.nodes = nodes
        self.characters = characters
        self.depth = 1
        self.key: str | None = None
        self.merging: Event | None = None
        self.merged: list[tuple[Event, Node]] = []


class Document(NamedTuple):
    """One YAML document: its value, and the keys that it holds more than once with the place of the last.

    `unused` are the names of anchors on bare texts that nothing repeats, and `cut_at` is where a comment begins behind
    a bare text of the key `title`: both are signs of a headline that should stand in quotes.
    """

    value: Node
    duplicates: tuple[tuple[str, Mark], ...]
    unused: tuple[tuple[str, Mark], ...] = ()
    cut_at: Mark = NOWHERE


def build(text: str, first_line: int = 1) -> Document:
    """The tree of one YAML document whose first line is `first_line` of its file.

    Of a key that comes twice the last one stays. Raises CardSyntaxError for what is no YAML, and for aliases of
    nothing, tags other than `!!str`, keys that are no scalars, a second document and what exceeds the limits.
    """
    builder = _Builder(text, first_line)
    # Only the event parser in it is used: PyYAML does not export that one by itself.
    parser = CSafeLoader(text)
    try:
        while True:
            event = parser.get_event()
            if event is None or isinstance(event, StreamEndEvent):
                return Document(builder.root, tuple(builder.duplicates), tuple(builder.unused.items()), builder.cut_at)
            builder.take(event)
    except MarkedYAMLError as error:
        raise _advised(_syntax_error(error, first_line), text, first_line) from error
    except CardSyntaxError as error:
        raise _advised(error, text, first_line) from error
    except ReaderError as error:
        raise _character_error(error, text, first_line) from error
    finally:
        parser.dispose()


class _Builder:
    """Takes events one by one; `root` is the tree as far as it is known."""

    def __init__(self, text: str, first_line: int) -> None:
        self.root: Node = None
        self.unused: dict[str, Mark] = {}
        self.cut_at = NOWHERE
        self._text = text
        self.duplicates: list[tuple[str, Mark]] = []
        self._first_line = first_line
        self._open: list[_Level] = []
        self._anchors: dict[str, _Anchored] = {}
        self._nodes = 0
        self._characters = 0
        self._documents = 0

    def take(self, event: Event) -> None:
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, MappingStartEvent):
            self._start(event, MarkedMapping())
        elif isinstance(event, SequenceStartEvent):
            self._start(event, [])
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._end()
        elif isinstance(event, AliasEvent):
            self._alias(event)
        elif isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._refuse(event, "yaml-documents", "A second YAML document starts here; a card holds one.")

    def _scalar(self, event: ScalarEvent) -> None:
        # Before a text in quotes, where some tools leave it, a lone ! says what the quotes do.
        if not (event.style and event.tag == "!"):
            self._check_tag(event)
        self._count(event, 1, len(event.value))
        node = None if event.implicit[0] and event.value in NULLS else event.value
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(node, 1, len(event.value), 0)
            if not event.style:
                self.unused[event.anchor] = self._mark(event)
        if self._awaits_key:
            self._key(event, event.value, is_merging=event.implicit[0] and event.value == _MERGE)
        else:
            if not event.style and len(self._open) == 1 and self._open[0].key == "title":
                self._look_for_comment(event)
            self._place(node)

    def _look_for_comment(self, event: ScalarEvent) -> None:
        mark = event.end_mark
        if mark is not None and (found := _COMMENT.match(self._text, mark.index)):
            self.cut_at = (mark.line + self._first_line, mark.column + found.end() - mark.index)

    def _alias(self, event: AliasEvent) -> None:
        name = event.anchor or ""
        if any(level.anchor == name for level in self._open):
            self._refuse(event, "yaml-alias", f"The alias *{_name(event)} stands inside the value it repeats.")
        known = self._anchors.get(name)
        if known is None:
            self._refuse(event, "yaml-alias", f"There is nothing before the alias *{_name(event)} that it repeats.")
        self.unused.pop(name, None)
        self._count(event, known.nodes, known.characters)
        if self._awaits_key:
            if not isinstance(known.node, str):
                self._refuse(event, "yaml-key", "A list or mapping stands where a key belongs; use plain text.")
            self._key(event, known.node, is_merging=False)
            return
        self._deepen(event, known.depth)
        self._place(known.node)

    @property
    def _awaits_key(self) -> bool:
        level = self._open[-1] if self._open else None
        return level is not None and isinstance(level.container, MarkedMapping) and level.key is None

    def _key(self, event: Event, key: str, *, is_merging: bool) -> None:
        level = self._open[-1]
        assert isinstance(level.container, MarkedMapping)
        level.key, level.merging = key, event if is_merging else None
        if is_merging:
            return
        mark = self._mark(event)
        if key in level.container:
            self.duplicates.append((key, mark))
        level.container.marks[key] = mark

    def _start(self, event: NodeEvent, container: MarkedMapping | list[Node]) -> None:
        self._check_tag(event)
        if self._awaits_key:
            self._refuse(event, "yaml-key", "A list or mapping stands where a key belongs; use plain text.")
        level = _Level(container, event.anchor, self._nodes, self._characters)
        self._count(event, 1, 0)
        self._place(container)
        self._open.append(level)
        self._deepen(event, 0)

    def _deepen(self, event: Event, depth: int) -> None:
        """Learn that so many levels lie below the open ones."""
        if len(self._open) + depth > MAX_DEPTH:
            self._refuse(event, "yaml-depth", f"Values are nested more than {MAX_DEPTH} deep; flatten them.")
        if self._open:
            self._open[-1].depth = max(self._open[-1].depth, depth + 1)

    def _end(self) -> None:
        level = self._open[-1]
        for key, node in level.merged:
            self._merge(key, level.container, node)
        self._open.pop()
        if self._open:
            self._open[-1].depth = max(self._open[-1].depth, level.depth + 1)
        if level.anchor is not None:
            nodes, characters = self._nodes - level.nodes, self._characters - level.characters
            self._anchors[level.anchor] = _Anchored(level.container, nodes, characters, level.depth)

    def _merge(self, event: Event, into: MarkedMapping | list[Node], node: Node) -> None:
        """Add the keys of one mapping, or of each in a list, that are not there yet."""
        assert isinstance(into, MarkedMapping), "only mappings have keys"
        for mapping in node if isinstance(node, list) else [node]:
            if not isinstance(mapping, MarkedMapping):
                self._refuse(event, "yaml-merge", "The key << takes a mapping, or a list of them; write its keys out.")
            self._count(event, len(mapping), 0)
            for key, value in mapping.items():
                if key not in into:
                    into[key] = value
                    into.marks[key] = mapping.marks[key]

    def _place(self, node: Node) -> None:
        level = self._open[-1] if self._open else None
        if level is None:
            self.root = node
        elif isinstance(level.container, list):
            level.container.append(node)
        else:
            assert level.key is not None
            if level.merging is not None:
                level.merged.append((level.merging, node))
            else:
                level.container[level.key] = node
            level.key = None

    def _count(self, event: Event, nodes: int, characters: int) -> None:
        self._nodes += nodes
        self._characters += characters
        if self._nodes > MAX_NODES:
            self._refuse(event, "yaml-size", f"More than {MAX_NODES:,} values; make the card smaller.")
        if self._characters > MAX_CHARACTERS:
            self._refuse(event, "yaml-size", f"Aliases repeat more than {MAX_CHARACTERS:,} characters; use fewer.")

    def _check_tag(self, event: NodeEvent) -> None:
        tag: str | None = getattr(event, "tag", None)
        if tag is not None and tag != _TEXT_TAG:
            self._refuse(event, "yaml-tag", f"The tag {clean_line(tag, 60)} is not allowed; take it out.")

    def _mark(self, event: Event) -> Mark:
        mark = event.start_mark
        return NOWHERE if mark is None else (mark.line + self._first_line, mark.column + 1)

    def _refuse(self, event: Event, rule: str, message: str) -> NoReturn:
        line, column = self._mark(event)
        raise CardSyntaxError(rule, message, line, column)


def _advised(error: CardSyntaxError, text: str, first_line: int) -> CardSyntaxError:
    """The error, with the commonest cause of it where the line has that: a headline that needs quotes."""
    lines = text.split("\n")
    at = error.line - first_line
    found = _UNQUOTED.match(lines[at]) if 0 <= at < len(lines) else None
    if found is None or error.rule in ("yaml-size", "yaml-depth"):
        return error
    if found["sign"] in "[{" and "never closed" in str(error):
        return error
    said = str(error).split("; ")[0].rstrip(".")
    message = f"{said}; put the text in double quotes: it begins with {found['sign']}."
    return CardSyntaxError(error.rule, message, error.line, error.column)


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
