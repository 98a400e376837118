"""Heads that are no YAML between `---`: TOML, JSON, YAML never opened, lines of `Key: value`, and marked lines.

Each becomes the same tree, whose scalars are texts as they are written.
"""

import json
import re
import tomllib
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final, NamedTuple

from tui.cards.format.dialects.marked_lines import read_marked_lines
from tui.cards.format.dialects.table import KNOWN, folded
from tui.cards.format.fields import MarkedMapping, Node
from tui.cards.format.front_matter import DELIMITER, FRONT_MATTER_LIMIT, TOML_LIMIT
from tui.cards.format.problems import CardSyntaxError
from tui.cards.format.yaml import MAX_DEPTH, MAX_NODES, Document, build
from tui.text.sanitize import clean_line

_PLUS: Final = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
_FENCE: Final = re.compile(r"^```[ \t]*$", re.MULTILINE)
_FENCED: Final = re.compile(r"```[ \t]*toml[ \t]*\n")
_JSON: Final = re.compile(r"\{\s*(?:\"|\}|\n)")
_KEY: Final = r"[^\W\d][\w-]{0,63}"
_UNOPENED: Final = re.compile(rf"{_KEY}:(?:[ \t]|$)", re.MULTILINE)
_UNOPENED_LINE: Final = re.compile(rf"(?:{_KEY}:(?:[ \t].*)?|[ \t]+\S.*|-[ \t].*|#.*|[ \t]*)")
_PAIR: Final = re.compile(r"([^\W\d_][\w .-]{0,40}?)[ \t]*:(?:[ \t]+(.*))?")
_TOML_KEY: Final = re.compile(r"^[ \t]*(?:\"([^\"\n]+)\"|([A-Za-z0-9_-]+))[ \t]*=", re.MULTILINE)
_TOML_PLACE: Final = re.compile(r"\(at line (\d+), column (\d+)\)")
_MAX_PAIRS: Final = 200
_LONGEST_PATH: Final = re.compile(r"(?:[A-Za-z0-9_\"'-]+[ \t]*\.[ \t]*){64}")


class Head(NamedTuple):
    """A head that was read: what kind it is of, its tree, and the body behind it without blanks around it."""

    kind: str
    document: Document
    body: str


def read_other_head(text: str) -> Head | None:
    """The head that a text with line feeds as line ends begins with, if it is none of YAML between `---`.

    None if it begins with none. Raises CardSyntaxError for a head that cannot be read.
    """
    if text.startswith("+++"):
        return _toml(text, _PLUS, _PLUS, "+++")
    if text.startswith("```"):
        return _toml(text, _FENCED, _FENCE, "```")
    if _JSON.match(text):
        return _json_head(text)
    if marked := read_marked_lines(text):
        return Head(marked.kind, Document(marked.root, marked.duplicates), marked.body)
    if _UNOPENED.match(text):
        return _unopened(text) or _lines(text)
    return _lines(text) if _PAIR.match(text) else None


def why_no_head(text: str) -> str:
    """Why a text is no card, in a few words that follow the name of its file."""
    stripped = text.lstrip()
    if not stripped:
        return "is empty"
    bare = stripped.lstrip("\u200b\u200c\u200d\u2060\ufeff")
    if DELIMITER.match(bare) or _PLUS.match(bare):
        what = "blank lines" if bare is stripped or bare == stripped else "an invisible character"
        return f"has {what} before its first {bare[:3]}"
    return f"begins with “{clean_line(stripped.splitlines()[0], 40)}”, which is no head"


def _toml(text: str, opening: re.Pattern[str], closing: re.Pattern[str], mark: str) -> Head | None:
    start = opening.match(text)
    if start is None:
        return None
    end = closing.search(text, start.end())
    if end is None:
        message = f"The front matter is never closed; put a line with only {mark} behind its last key."
        raise CardSyntaxError("front-matter-open", message, line=1, column=1)
    first_line = 2
    head = text[text.index("\n", start.start()) + 1 : end.start()]
    if len(head) > TOML_LIMIT or _LONGEST_PATH.search(head):
        raise CardSyntaxError(
            "front-matter-size", f"The TOML is longer than {TOML_LIMIT // 1024} KiB or nested too deep.", 1, 1
        )
    root = _marked(_tree(_parsed(lambda: tomllib.loads(head), "TOML", first_line)), head, first_line)
    return Head("fenced" if mark == "```" else "toml", Document(root, ()), text[end.end() :].strip())


def _json_head(text: str) -> Head | None:
    read: list[tuple[object, int]] = []

    def load() -> dict[str, object]:
        decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
        read.append(decoder.raw_decode(text[: FRONT_MATTER_LIMIT + 1]))
        return {}

    _parsed(load, "JSON", 1)
    value, end = read[0]
    if not isinstance(value, dict) or text[end:].lstrip()[:1] == "{":
        # Lines of JSON are data, and no card.
        return None
    return Head("json", Document(_marked(_tree(value), "", 1), ()), text[end:].strip())


def _parsed(load: Callable[[], dict[str, object]], language: str, first_line: int) -> dict[str, object]:
    """What `load` gives; CardSyntaxError, with line and column where they are known, where it cannot be read."""
    rule = f"{language.lower()}-syntax"
    try:
        return load()
    except json.JSONDecodeError as error:
        message = f"This is not valid {language}: {clean_line(error.msg)}."
        raise CardSyntaxError(rule, message, error.lineno + first_line - 1, error.colno) from error
    except (ValueError, RecursionError, OverflowError) as error:
        said = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
        place = _TOML_PLACE.search(said)
        line, column = (int(place[1]) + first_line - 1, int(place[2])) if place else (first_line, 1)
        message = f"This is not valid {language}: {clean_line(_TOML_PLACE.sub('', said), 200).rstrip(' .')}."
        raise CardSyntaxError(rule, message, line, column) from error


def _tree(root: dict[str, object]) -> MarkedMapping:
    """The tree with texts as scalars. Raises CardSyntaxError where it is too deep or too large. Without recursion."""
    top = MarkedMapping()
    waiting: list[tuple[object, Node, int]] = [(root, top, 1)]
    nodes = 0
    while waiting:
        source, target, depth = waiting.pop()
        pairs = list(source.items()) if isinstance(source, dict) else [("", item) for item in _listed(source)]
        nodes += len(pairs)
        if nodes > MAX_NODES or depth > MAX_DEPTH:
            raise CardSyntaxError(
                "front-matter-size", "The front matter has too many or too deeply nested values.", 1, 1
            )
        for key, value in pairs:
            node: Node = _scalar(value)
            if isinstance(value, dict | list):
                node = MarkedMapping() if isinstance(value, dict) else []
                waiting.append((value, node, depth + 1))
            if isinstance(target, dict):
                target[str(key)] = node
            elif isinstance(target, list):
                target.append(node)
    return top


def _listed(source: object) -> list[object]:
    return source if isinstance(source, list) else []


def _scalar(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return None if value is None else str(value)


def _marked(root: MarkedMapping, head: str, first_line: int) -> MarkedMapping:
    """Notes where the keys at the top stand, as far as that can be seen."""
    root.marks.update(dict.fromkeys(root, (first_line, 1)))
    line, at = first_line, 0
    for match in reversed(list(_TOML_KEY.finditer(head))):
        key = match[1] or match[2]
        if key in root:
            line = first_line + head.count("\n", 0, match.start())
            at = match.start(1 if match[1] else 2) - head.rfind("\n", 0, match.start(2 if match[2] else 1))
            root.marks[key] = (line, at)
    return root


def _unopened(text: str) -> Head | None:
    """YAML that is closed by `---` and never opened, if all before that line looks like it and says something."""
    closing = DELIMITER.search(text)
    if closing is None or closing.start() > FRONT_MATTER_LIMIT:
        return None
    head = text[: closing.start()]
    if not all(map(_UNOPENED_LINE.fullmatch, head.splitlines())):
        return None
    keys = (match[1] for match in re.finditer(rf"^({_KEY}):", head, re.MULTILINE))
    if not any(folded(key) in KNOWN for key in keys):
        return None
    document = build(head)
    return Head("unopened", document, text[closing.end() :].strip()) if isinstance(document.value, dict) else None


def _lines(text: str) -> Head | None:
    """Lines of `Key: value` up to an empty one, with further lines indented; None if they say too little."""
    end = text.find("\n\n", 0, FRONT_MATTER_LIMIT)
    head = text if end < 0 else text[:end]
    root = MarkedMapping()
    duplicates: list[tuple[str, tuple[int, int]]] = []
    last = ""
    for number, line in enumerate(head.rstrip("\n").split("\n"), 1):
        match = _PAIR.fullmatch(line)
        if number > _MAX_PAIRS or not (match or (last and line[:1] in " \t" and line.strip())):
            return None
        if match is None:
            root[last] = f"{root[last]}\n{line.strip()}"
            continue
        last = match[1].strip().lower().replace(" ", "_")
        if last in root:
            duplicates.append((last, (number, 1)))
        root[last] = (match[2] or "").strip()
        root.marks[last] = (number, 1)
    known = {one for key in root if (one := folded(key)) in KNOWN}
    if "title" not in known and len(known) < 2:
        return None
    return Head("lines", Document(root, tuple(duplicates)), "" if end < 0 else text[end:].strip())
