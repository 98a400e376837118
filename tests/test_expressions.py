"""Expressions that repeat groups possessively are compiled where every Python is made to match them right."""

import ast
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import tui
from tui.text.patterns import with_atomic_turns

ASKED = {"compile", "findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn"}
OWN = ("compiled", "late")


def called(call: ast.Call) -> str:
    """What is called with an expression: a function of `re`, or one of ours; empty for all others."""
    match call.func:
        case ast.Attribute(value=ast.Name("re"), attr=name) if name in ASKED:
            return f"re.{name}"
        case ast.Name(name) if name in OWN:
            return name
    return ""


def expression_of(call: ast.Call, module: ModuleType) -> str:
    """The expression that is given, or how it is written where it is not made up before the call."""
    written = ast.unparse(call.args[0])
    try:
        told = eval(written, vars(module))
    except NameError:
        return written
    return told if isinstance(told, str) else str(told, "latin-1")


def faults(module: ModuleType) -> Iterator[str]:
    assert module.__file__
    for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not (name := called(node)):
            continue
        expression = expression_of(node, module)
        where = f"{module.__name__}:{node.lineno}"
        if name not in OWN and with_atomic_turns(expression) != expression:
            yield f"{where}: a group is repeated possessively, which `compiled` or `late` have to know of"
        if "(?x" in expression or any(flag in ast.unparse(node) for flag in ("re.X", "re.VERBOSE")):
            yield f"{where}: an expression is verbose, which `compiled` and `late` do not understand"


def test_groups_are_repeated_possessively_where_every_python_gets_it_right() -> None:
    names = [module.name for module in pkgutil.walk_packages(tui.__path__, "tui.")]
    modules = [import_module(name) for name in names if not name.endswith("__main__")]
    assert [fault for module in modules for fault in faults(module)] == []


@pytest.mark.parametrize(
    "line",
    [
        'TAG = re.compile("(?:ab?c)*+")',
        'PART = "(?:ab?c)"; TAG = re.compile(f"{PART}*+d", re.DOTALL)',
        'def taken(word): return re.match(rf"({word}|,)++", word)',
        'TAG = re.compile(rb"(?:ab?c){2,4}+")',
        'TAG = late("(a | b)*+", re.VERBOSE)',
    ],
)
def test_an_expression_that_only_some_pythons_get_right_is_found(line: str, tmp_path: Path) -> None:
    file = tmp_path / "made.py"
    file.write_text(f"import re\nfrom tui.text.patterns import late\n{line}\n", encoding="utf-8")
    module = ModuleType("made")
    module.__file__ = str(file)
    exec(file.read_text(encoding="utf-8"), vars(module))
    assert len(list(faults(module))) == 1
