"""The toolkit is loaded without what the reader never uses of it, and works all the same."""

import subprocess
import sys

from tests.conftest import ROOT


def told_by(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


LOADED = """
import sys
from tui.ui.lean import lean_libraries
with lean_libraries():
    import tui.session, tui.ui.app
unused = {"ssl", "rich.table", "textual.command", "textual.fuzzy", "textual.widgets._tree", "typing_extensions"}
print(sorted(unused & set(sys.modules)))
"""
LATER = """
from tui.ui.lean import lean_libraries
with lean_libraries():
    import tui.ui.app
import ssl, typing_extensions
from rich.table import Table
from textual.command import CommandPalette, Provider
from textual.widget import Widget
print(issubclass(CommandPalette, Widget), callable(ssl.create_default_context), callable(Table().add_row))
print(hasattr(typing_extensions, "deprecated"))
"""
BEFORE = """
import ssl, textual.command
from tui.ui.lean import lean_libraries
with lean_libraries():
    import ssl as again, textual.command as command
print(again is ssl, command.CommandPalette.__name__)
"""
NEWER = """
from tui.ui.lean import lean_libraries
with lean_libraries():
    from typing_extensions import Self, deprecated
    import textual.app
import typing
print(Self is typing.Self, callable(deprecated))
"""


def test_what_the_reader_never_uses_is_not_loaded() -> None:
    assert told_by(LOADED) == "[]"


def test_what_was_left_out_can_be_loaded_later() -> None:
    assert told_by(LATER).split() == ["True"] * 4


def test_what_is_there_already_stays() -> None:
    assert told_by(BEFORE).split() == ["True", "CommandPalette"]


def test_a_library_may_ask_for_what_only_a_newer_standard_library_has() -> None:
    assert told_by(NEWER).split() == ["True", "True"]
