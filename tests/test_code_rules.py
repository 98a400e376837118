"""The house rules that no linter knows: how long things may be, and that nothing is left for later."""

import ast
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

MAX_FILE = 400
MAX_FUNCTION = 40
MAX_CLASS = 300
MOST_FILES_OF_A_NAME = 2
UNCOUNTED = ("tui/bench/", "tui/cli/commands/")
"""Rooms whose files are called after what they serve, so that their names come up elsewhere too."""
UNDONE = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b|\bfor now\b", re.IGNORECASE)

SOURCES = sorted(file for folder in ("tui", "tests") for file in (ROOT / folder).rglob("*.py"))


def too_long(file: Path) -> Iterator[str]:
    text = file.read_text(encoding="utf-8")
    name = file.relative_to(ROOT)
    if len(text.splitlines()) > MAX_FILE:
        yield f"{name}: {len(text.splitlines())} lines, {MAX_FILE} at most"
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                limit = MAX_FUNCTION
            case ast.ClassDef():
                limit = MAX_CLASS
            case _:
                continue
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > limit:
            yield f"{name}:{node.lineno}: {node.name} has {lines} lines, {limit} at most"


def left_for_later(file: Path) -> Iterator[str]:
    with file.open("rb") as stream:
        for token in tokenize.tokenize(stream.readline):
            if token.type == tokenize.COMMENT and UNDONE.search(token.string):
                yield f"{file.relative_to(ROOT)}:{token.start[0]}: {token.string}"


def test_files_functions_and_classes_stay_small() -> None:
    assert [finding for file in SOURCES for finding in too_long(file)] == []


def test_nothing_is_left_for_later() -> None:
    assert [finding for file in SOURCES for finding in left_for_later(file)] == []


def test_data_folders_hold_no_code() -> None:
    """One module in there would break the editable install."""
    for folder in ("styles", "sample_content"):
        assert not list((ROOT / folder).rglob("*.py"))


def test_a_class_name_stands_for_one_thing() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for file in (ROOT / "tui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{file.relative_to(ROOT)}:{node.lineno}")
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_a_file_name_comes_at_most_twice() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for file in (ROOT / "tui").rglob("*.py"):
        path = file.relative_to(ROOT).as_posix()
        if file.name != "__init__.py" and not path.startswith(UNCOUNTED):
            places[file.name].append(path)
    assert {name: found for name, found in places.items() if len(found) > MOST_FILES_OF_A_NAME} == {}


def test_a_class_with_its_bases_stays_small() -> None:
    lines: dict[str, int] = {}
    bases: dict[str, list[str]] = {}
    for file in (ROOT / "tui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                lines[node.name] = (node.end_lineno or node.lineno) - node.lineno + 1
                bases[node.name] = [name for base in node.bases for name in names_in_base(base)]

    def chain(name: str) -> set[str]:
        return {name}.union(*(chain(base) for base in bases[name] if base in lines))

    sums = {name: sum(lines[each] for each in chain(name)) for name in lines}
    assert {name: total for name, total in sums.items() if total > MAX_CLASS} == {}


def names_in_base(base: ast.expr) -> list[str]:
    """What a class is based on: `Screen` of `Screen[None]`, `App` of `app.App`."""
    match base:
        case ast.Subscript(value=value):
            return names_in_base(value)
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return [name]
    return []
