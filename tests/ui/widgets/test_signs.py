"""Signs: each has a meaning, and plain ASCII of the same width stands for whatever newsdeck draws with."""

import ast
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT
from tui.ui.widgets.lines import cell_width, to_ascii
from tui.ui.widgets.signs import LEGEND, PICKED, STARRED, UNREAD, Sign


@pytest.mark.parametrize("sign", LEGEND, ids=lambda sign: sign.drawn)
def test_a_sign_of_the_legend_is_explained_and_has_plain_ascii_of_its_width(sign: Sign) -> None:
    assert sign.meaning
    assert sign.plain.isascii()
    assert to_ascii(sign.drawn) == sign.plain
    assert cell_width(sign.drawn) == cell_width(sign.plain)


def test_the_marks_of_a_row_differ_in_plain_ascii_too() -> None:
    assert len({to_ascii(sign.drawn) for sign in (UNREAD, STARRED, PICKED)}) == 3


def drawn_texts() -> Iterator[tuple[str, str]]:
    """Every text in the code of the reader that is no docstring, with where it stands.

    What knows the toolkit's own parts draws nothing, and looks for characters of every script.
    """
    files = {*(ROOT / "tui" / "ui").rglob("*.py")} - {ROOT / "tui" / "ui" / "toolkit.py"}
    for file in sorted(files):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
                yield f"{file.relative_to(ROOT)}:{node.lineno}", node.value


def test_whatever_the_reader_draws_with_has_plain_ascii() -> None:
    strange = [(place, text) for place, text in drawn_texts() if not to_ascii(text).isascii()]
    assert strange == []
