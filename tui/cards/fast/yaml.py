"""Reads front matter that is plain YAML: only what a regular expression can recognise line by line.

Real cards use a small part of YAML. Lines outside of it (anchors, aliases, tags, flow collections, block and folded
scalars, tabs, comments, documents, keys of other shapes, odd escapes, characters that YAML forbids) are refused here
and left to the guarded builder; of what is taken, that one would make the same tree. It is several times as fast,
and nothing in it recurses or allocates beyond its input.
"""

import re
from typing import Final, TypeVar

import msgspec

from tui.cards.format.fields import NULLS, Node
from tui.text.patterns import late

MAX_LINES: Final = 10_000
"""Lines of front matter that are taken. No line gives more than three values, so the guarded limit holds too."""
MAX_LINES_BESIDE_ENTRIES: Final = 2_000
"""The same for front matter whose `related` is read entry by entry."""
MIN_BYTES_A_LINE: Final = 20
"""How long the lines of an entry are on average at least, so that front matter full of entries holds few enough."""
_SPECIAL: Final = NULLS | {"[]", "{}"}

_Container = TypeVar("_Container", list[Node], dict[str, Node])

# What no line may hold: the expressions below know ASCII, and the rest is looked for where there is any.
CONTROL: Final = r"\x00-\x1f\x7f"
"""The inside of a class of characters that no line of plain YAML may hold."""
_FORBIDDEN: Final = late(r"[\x80-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
KEY: Final = r"[A-Za-z_][A-Za-z0-9_-]{0,63}+"
"""An expression for a plain key."""
NUMBERED: Final = r"u(?:[0-9A-Ca-cEFef][0-9A-Fa-f]|[Dd][0-7])[0-9A-Fa-f]{2}"
"""An expression for the escape of a character by its number, without its backslash, but for surrogates."""
# The escapes that JSON has too.
_ESCAPE: Final = rf"\\(?:[\\\"/nrt]|{NUMBERED})"
QUOTED: Final = rf"\"[^{CONTROL}\"\\]*+(?:{_ESCAPE}[^{CONTROL}\"\\]*+)*+\"|'[^{CONTROL}']*+(?:''[^{CONTROL}']*+)*+'"
"""An expression for a plain value in quotes."""
FIRST_UNQUOTED: Final = rf"(?:[^{CONTROL} \-?:,\[\]{{}}#&*!|>'\"%@`]|-(?=[^ \n]))"
"""An expression for what such a value may begin with."""
UNQUOTED: Final = (
    rf"{FIRST_UNQUOTED}"
    rf"(?:[^{CONTROL}:# ]++|:(?![ \n])|(?<! )#| ++(?=[^ \n#]))*+"
)
"""An expression for a plain value without quotes, or for a line of one."""
# A list of words on one line, each quoted without escapes or of letters that mean nothing else.
_WORD: Final = (
    r"(?:\"[^\x00-\x1f\x7f\"\\]*+\"|'[^\x00-\x1f\x7f']*+'|[A-Za-z0-9_/][A-Za-z0-9_/.+-]*+(?: [A-Za-z0-9_/.+-]++)*+)"
)
WORD_LIST: Final = rf"\[ ?{_WORD}(?: ?, ?{_WORD})*+ ?\]"
"""An expression for a list of plain words on one line."""
VALUE: Final = rf"{QUOTED}|{UNQUOTED}|\[\]|\{{\}}|{WORD_LIST}"
"""An expression for a plain value in a text that `is_plain_text`; `scalar` says what it stands for."""
_SPLIT_WORDS: Final = late(_WORD)
# Indentation, dash, key and value; each may be missing, and a line of blanks has none.
_LINE: Final = late(
    rf"^( {{0,16}}+)(- )?+(?:({KEY}):(?: ++|(?=\n)))?+({VALUE})?+ *+\n",
    re.MULTILINE,
)

_from_json: Final = msgspec.json.Decoder(str).decode


def plain_mapping(text: str, max_lines: int = MAX_LINES) -> dict[str, Node] | None:
    """The mapping in plain front matter of at most `max_lines`, each with its line feed; None if it is refused."""
    tree = _tree(text, max_lines)
    return tree if isinstance(tree, dict) else None


def plain_entry(text: str) -> dict[str, Node] | None:
    """The mapping in a plain list of one entry, indented by two blanks; None if it is refused."""
    tree = _tree(text, len(text) // MIN_BYTES_A_LINE)
    if not isinstance(tree, list) or len(tree) != 1:
        return None
    return tree[0] if isinstance(tree[0], dict) else None


def _tree(text: str, max_lines: int) -> Node:
    """The tree of plain YAML; None if it is refused, or empty."""
    lines = _LINE().findall(text)
    if not (len(lines) == text.count("\n") <= max_lines and is_plain_text(text)):
        return None
    outline = _Outline()
    mapping: dict[str, Node] | None = None
    # Where keys still belong to `mapping`; -1 where the outline must be asked.
    column = -1
    for indent, dash, key, value in lines:
        if key:
            if dash or len(indent) != column:
                column = len(indent) + len(dash)
                mapping = outline.mapping_at(column, dash)
            if mapping is None or key in mapping:
                return None
            if value:
                mapping[key] = scalar(value)
            else:
                mapping[key] = None
                outline.wait_for(mapping, key, column)
                column = -1
        elif dash and value:
            items = outline.list_at(len(indent))
            if items is None:
                return None
            items.append(scalar(value))
            column = -1
        elif dash or value:
            return None
    return outline.root()


def is_plain_text(text: str) -> bool:
    """Whether a text holds none of the characters beyond ASCII that YAML forbids or takes for line ends."""
    return text.isascii() or _FORBIDDEN().search(text) is None


def scalar(value: str) -> Node:
    """What a match of `VALUE` stands for: a text, None, or an empty list or mapping."""
    if value[0] == '"':
        return _from_json(value) if "\\" in value else value[1:-1]
    if value[0] == "'":
        return value[1:-1].replace("''", "'")
    if value in _SPECIAL:
        return None if value in NULLS else [] if value == "[]" else {}
    return [scalar(word) for word in _SPLIT_WORDS().findall(value)] if value[0] == "[" else value


class _Outline:
    """Which lists and mappings a line may belong to, by the column it starts in."""

    def __init__(self) -> None:
        self._open: list[tuple[int, list[Node] | dict[str, Node]]] = []
        # The last key without a value, which takes what is indented further.
        self._holder: dict[str, Node] = {"": None}
        self._waiting: dict[str, Node] | None = self._holder
        self._key = ""
        self._column = -1

    def root(self) -> Node:
        """What the lines have built."""
        return self._holder[""]

    def wait_for(self, mapping: dict[str, Node], key: str, column: int) -> None:
        """Let what follows, if it is indented so, become the value of a key in this column."""
        self._waiting, self._key, self._column = mapping, key, column

    def mapping_at(self, column: int, dash: str) -> dict[str, Node] | None:
        """The mapping that a key in this column belongs to, behind a dash a new one; None if there is none."""
        if dash:
            items = self.list_at(column - len(dash))
            if items is None:
                return None
            new: dict[str, Node] = {}
            items.append(new)
            self._open.append((column, new))
            return new
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            if column > self._column:
                new = {}
                waiting[self._key] = new
                self._open.append((column, new))
                return new
        return self._back_to(column, dict)

    def list_at(self, column: int) -> list[Node] | None:
        """The list that a dash belongs to; None if there is none at this column."""
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            if column >= self._column:
                new: list[Node] = []
                waiting[self._key] = new
                self._open.append((column, new))
                return new
        return self._back_to(column, list)

    def _back_to(self, column: int, kind: type[_Container]) -> _Container | None:
        """Leave what is open further in than a list or mapping whose entries start in this column."""
        while self._open:
            at, container = self._open[-1]
            if at == column and isinstance(container, kind):
                return container
            if at < column:
                return None
            self._open.pop()
        return None
