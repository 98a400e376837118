"""No two modules need each other, wherever in them the imports stand: one that is put off hides a circle only."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT


def modules(package: Path) -> dict[str, Path]:
    """The modules of a package by their names."""
    found = {}
    for file in package.rglob("*.py"):
        parts = file.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def imported(file: Path) -> Iterator[tuple[str, str]]:
    """What a module imports at its top, in functions and for types alone: a module, and a name in it or nothing."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from ((name.name, "") for name in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield from ((module, name.name) for name in names)


def circle(files: dict[str, Path]) -> list[str]:
    """Modules that import each other in turn, or nothing."""
    needs = {name: set[str]() for name in files}
    for name, file in files.items():
        for module, part in imported(file):
            whole = f"{module}.{part}"
            needs[name].update({whole if whole in files else module} & files.keys() - {name})
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_imports_make_no_circle() -> None:
    assert circle(modules(ROOT / "tui")) == []


@pytest.mark.parametrize(
    "back",
    [
        "import p.a",
        "from p import a",
        "from p.a import f",
        "def g():\n    from p.a import f",
        "if T:\n    from p import a",
    ],
)
def test_a_circle_is_found_wherever_the_import_stands(tmp_path: Path, back: str) -> None:
    package = tmp_path / "p"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "a.py").write_text("from p.b import x\n", encoding="utf-8")
    (package / "b.py").write_text(f"x = 1\n{back}\n", encoding="utf-8")
    assert set(circle(modules(package))) == {"p.a", "p.b"}
