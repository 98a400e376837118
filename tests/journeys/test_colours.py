"""The real program draws with as many colours as the terminal says that it has."""

import re
import sys

import pytest

from tests.journeys.terminal import Terminal


@pytest.mark.parametrize(
    ("environ", "drawn", "never"),
    [
        (["COLORTERM=truecolor"], r"48;2;18;22;31m", r"[34]8;5;\d"),
        (["COLORTERM=", "TERM=xterm-256color"], r"48;5;233m", r"[34]8;2;\d"),
        (["COLORTERM=", "TERM=xterm"], r";40m", r"[34]8;[25];\d"),
    ],
    ids=["all", "256", "16"],
)
def test_colours_are_those_that_the_terminal_has(
    terminal: Terminal, environ: list[str], drawn: str, never: str
) -> None:
    terminal.start("env", *environ, sys.executable, "-m", "tui", "demo", size=(120, 30))
    terminal.wait_for("1 of 15", "Same event")
    file = terminal.record()
    terminal.press("C-l")
    terminal.wait_until(lambda: "1 of 15" in file.read_text(errors="replace"), "the screen to be drawn anew")
    written = file.read_text(errors="replace")
    assert re.search(drawn, written)
    assert not re.search(never, written)
