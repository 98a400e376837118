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
before = set(sys.modules)
from tui.lean import _LEFT_OUT, lean_libraries
with lean_libraries():
    import tui.session, tui.ui.app
unused = {"textual.fuzzy", "textual.widgets._tree", *_LEFT_OUT}
print(sorted(unused & set(sys.modules) - before))
"""
LATER = """
from tui.lean import lean_libraries
with lean_libraries():
    import tui.ui.app
import ssl, typing_extensions
from rich.table import Table
from textual.command import CommandPalette, Provider
from textual.widget import Widget
print(issubclass(CommandPalette, Widget), callable(ssl.create_default_context), callable(Table().add_row))
print(hasattr(typing_extensions, "deprecated"))
"""
USED = """
from tui.lean import lean_libraries
with lean_libraries():
    import tui.ui.app
    import inspect, pathlib, urllib.parse
    from fractions import Fraction
    import platformdirs.unix, rich.style, textual.app, textual.css.stylesheet, textual.layout, textual.suggestions
    lines, start = inspect.getsourcelines(inspect.getsource)  # loads what tokenizes while others are left out
    print(lines[0].startswith("def getsource"))
print(urllib.parse.urlsplit("http://[::1]/").hostname == "::1")
print(platformdirs.unix.gettempdir().startswith("/"))
print(textual.suggestions.get_close_matches("heihgt", ["height"]) == ["height"])
print(textual.css.stylesheet.parse_style("bold").bold)
print(textual.layout.Canvas(3, 1).width == 3)
print(rich.style.Style(meta={"a": 1}).meta == {"a": 1})
print(textual.app.mimetypes.guess_type("a.txt")[0] == "text/plain", len(textual.app.uuid.uuid4().hex) == 32)
print(Fraction("0.5") == Fraction(1, 2) == Fraction(0.5))
import msgspec, uuid, decimal
print(msgspec.inspect.type_info(int) == msgspec.inspect.IntType(), msgspec.json.schema(int) == {"type": "integer"})
print(uuid.UUID(int=1).int == 1, decimal.Decimal(1) + 1 == 2)
"""
BEFORE = """
import ssl, textual.command
from tui.lean import lean_libraries
with lean_libraries():
    import ssl as again, textual.command as command
print(again is ssl, command.CommandPalette.__name__)
"""
NEWER = """
from tui.lean import lean_libraries
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


def test_what_is_loaded_later_does_what_it_should() -> None:
    assert set(told_by(USED).split()) == {"True"}


def test_what_is_there_already_stays() -> None:
    assert told_by(BEFORE).split() == ["True", "CommandPalette"]


def test_a_library_may_ask_for_what_only_a_newer_standard_library_has() -> None:
    assert told_by(NEWER).split() == ["True", "True"]
