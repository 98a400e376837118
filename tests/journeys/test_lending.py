"""Whatever happens to the terminal, lent or torn: the reader takes it back, and the next key works."""

import os
import sys
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal

KILLED = "sh -c 'kill -TERM $$' sh"
EDITORS = {
    "none": ("", "No editor is known"),
    "fails": ("false", "false failed with status 1; the text stays as it was."),
    "not there": ("not-there", "could not be started"),
    "open quotation mark": ('vim "', "cannot be understood"),
    "ended by a signal": (KILLED, "was ended by SIGTERM"),
    "takes the note away": ("rm -f", "could not be passed through rm"),
    "makes it a folder": ("sh -c 'rm $1; mkdir $1' sh", "could not be passed through sh"),
    "not executable": ("{file}", "could not be started"),
    "leaves the terminal raw": ("sh -c 'stty raw -echo; exit 3' sh", "failed with status 3"),
}


@pytest.mark.parametrize("case", EDITORS)
def test_an_editor_that_fails_in_any_way_leaves_a_reader_that_works(
    terminal: Terminal, tmp_path: Path, case: str
) -> None:
    editor, said = EDITORS[case]
    plain = tmp_path / "plain"
    plain.write_text("no program")
    environ = {"EDITOR": editor.format(file=plain), "VISUAL": ""}
    terminal.newsdeck("demo", size=(120, 36), environ=environ)
    terminal.wait_for("1 of 15")
    terminal.press("e")
    terminal.wait_for("Stories", said.split()[0])
    assert said in " ".join(terminal.screen().replace("│", " ").split()) or terminal.wait_for(said.split()[-1])
    terminal.press("j")
    terminal.wait_for("2 of 15")


def test_ctrl_c_while_the_editor_has_the_terminal_ends_only_the_editor(terminal: Terminal) -> None:
    environ = {"EDITOR": "sh -c 'echo editing; exec sleep 60' sh", "VISUAL": ""}
    terminal.newsdeck("demo", size=(120, 36), environ=environ)
    terminal.wait_for("1 of 15")
    terminal.press("e")
    terminal.wait_for("editing")
    terminal.press("C-c")
    terminal.wait_for("Stories", "SIGINT")
    terminal.press("j")
    terminal.wait_for("2 of 15")


@pytest.mark.parametrize("script", ["exit 4", "kill -KILL $$"], ids=["status", "signal"])
def test_a_console_browser_that_fails_is_reported(terminal: Terminal, tmp_path: Path, script: str) -> None:
    browser = tmp_path / "lynx"
    browser.write_text(f"#!/bin/sh\n{script}\n")
    browser.chmod(0o700)
    terminal.newsdeck("demo", size=(120, 36), environ={"BROWSER": str(browser)})
    terminal.wait_for("1 of 15")
    terminal.press("o")
    terminal.wait_for("Stories", "lynx", "4" if "exit" in script else "SIGKILL")
    terminal.press("j")
    terminal.wait_for("2 of 15")


def test_a_torn_arrow_key_marks_and_opens_nothing(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(120, 36))
    terminal.wait_for("1 of 15")
    for tail in (b"[A", b"OA", b"[1;2A"):
        terminal.send_bytes(b"\x1b")
        terminal.pause(0.15)
        terminal.send_bytes(tail)
    terminal.press("j")
    screen = terminal.wait_for("2 of 15")
    assert "Marked" not in screen
    assert "Open " not in screen


def test_ctrl_z_suspends_and_fg_returns(terminal: Terminal) -> None:
    terminal.start("bash", "--norc", "-i", size=(120, 36), environ={"PS1": "ready> "})
    terminal.wait_for("ready>")
    terminal.type(f"{sys.executable} -m tui demo\n")
    terminal.wait_for("1 of 15")
    terminal.press("C-z")
    terminal.wait_for("Stopped", "ready>")
    assert terminal.is_given_back()
    terminal.type("fg\n")
    terminal.wait_for("1 of 15")
    terminal.press("j")
    terminal.wait_for("2 of 15")


def test_ctrl_z_without_a_shell_to_go_back_to_stops_nothing(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(120, 36))
    terminal.wait_for("1 of 15")
    terminal.press("C-z")
    terminal.wait_for("no shell here")
    terminal.press("j")
    terminal.wait_for("2 of 15")


@pytest.mark.parametrize("claimed", [("40", "10"), ("500", "200"), ("0", "x")])
def test_the_size_is_what_the_terminal_says(terminal: Terminal, claimed: tuple[str, str]) -> None:
    command = f'COLUMNS={claimed[0]} LINES={claimed[1]} exec "{sys.executable}" -m tui demo'
    terminal.start("sh", "-c", command, size=(120, 36), environ={"PATH": os.environ["PATH"]})
    screen = terminal.wait_for("1 of 15", "Topics", "Stories", "Story")
    assert "help" in screen.rstrip().splitlines()[-1]
