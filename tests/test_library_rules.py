"""Private names of libraries stand in few modules, where a test pins each of them."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

ALLOWED = {"tui/ui/toolkit.py", "tui/ui/toolkit_field.py", "tui/cards/sync/notify.py", "tui/hashing.py"}
"""The toolkit modules, the listener of the operating system in the one place that starts it, and a hash function that
`hashlib` has, too, but loads more slowly."""

LIBRARIES = ("textual", "rich", "watchfiles")
NOT_PRIVATE = {"_exit", "_replace", "_asdict", "_fields", "_actions"}
"""Names of the standard library that are documented, or (of argparse) have no public counterpart."""


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in NOT_PRIVATE


def sources() -> list[Path]:
    return sorted((ROOT / "tui").rglob("*.py"))


def names_of_ours() -> set[str]:
    """Every private name that is defined anywhere in our own code."""
    ours: set[str] = set()
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    ours.add(name)
                case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()) | ast.arg(arg=name):
                    ours.add(name)
                case ast.Constant(value=str(name)):  # in __slots__
                    ours.add(name)
    return ours


def uses_of_libraries(file: Path, ours: set[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Attribute(attr=name) if is_private(name) and name not in ours:
                yield f"{file.relative_to(ROOT)}:{node.lineno}: {name}"
            case ast.ImportFrom(module=str(module), names=names) if not module.startswith("tui"):
                parts = [*module.split("."), *(alias.name for alias in names)]
                yield from (f"{file.relative_to(ROOT)}:{node.lineno}: {part}" for part in parts if is_private(part))
            case ast.Import(names=names):
                parts = [part for alias in names for part in alias.name.split(".")]
                yield from (f"{file.relative_to(ROOT)}:{node.lineno}: {part}" for part in parts if is_private(part))


def test_private_names_of_libraries_are_used_in_their_places_alone() -> None:
    ours = names_of_ours()
    found = {file.relative_to(ROOT).as_posix(): list(uses_of_libraries(file, ours)) for file in sources()}
    assert [use for path, uses in found.items() if path not in ALLOWED for use in uses] == []
    assert [path for path in sorted(ALLOWED) if not found[path]] == []


def test_no_class_replaces_a_private_name_of_a_library_elsewhere() -> None:
    """Also not by accident: a name of ours that Textual uses too would break it without a word."""
    paths = [file for file in sources() if file.name != "__main__.py"]
    assert [
        found for file in paths if file.relative_to(ROOT).as_posix() not in ALLOWED for found in clashes(file)
    ] == []


def clashes(file: Path) -> Iterator[str]:
    path = file.relative_to(ROOT).with_suffix("")
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and any(map(is_private, own := set(names_in(node)))):
            kind = getattr(importlib.import_module(".".join(path.parts)), node.name)
            theirs = [base for base in kind.__mro__ if base.__module__.split(".")[0] in LIBRARIES]
            taken = {name for name in own if is_private(name) and any(name in vars(base) for base in theirs)}
            yield from (f"{path}: {node.name}.{name}" for name in sorted(taken))


def names_in(node: ast.ClassDef) -> Iterator[str]:
    """What a class defines in its body or sets on itself."""
    for inner in ast.walk(node):
        match inner:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.Attribute(attr=name, ctx=ast.Store()) | ast.Name(id=name, ctx=ast.Store()):
                yield name
