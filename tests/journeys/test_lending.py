"""Whatever happens to the terminal, lent or torn: the reader takes it back, and the next key works."""

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal, python_file

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
    terminal.shell()
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


def from_a_shell(terminal: Terminal, editor: str) -> None:
    """Start the reader from a shell that gives it a job of its own, and lend the terminal to an editor."""
    terminal.shell({"EDITOR": editor, "VISUAL": ""})
    terminal.type(f"sh -c 'echo $$ >{terminal.pid_file}; exec {sys.executable} -m tui demo'\n")
    terminal.wait_for("1 of 15")
    terminal.press("e")
    terminal.wait_for("editing")


def bring_back(terminal: Terminal) -> None:
    """Bring back from the shell what was stopped; it says which command that is, as it does when it stops."""
    terminal.type("fg\n")
    terminal.wait_until(lambda: terminal.screen().count("-m tui demo") == 3, "the reader to go on")


def sees_note(terminal: Terminal) -> None:
    """The note is there, and keys work."""
    terminal.wait_for("Stories")
    terminal.press("i")
    terminal.wait_for("Note", "kept")
    terminal.press("q", "j")
    terminal.wait_for("2 of 15")


@pytest.mark.parametrize(("key", "name"), [("C-c", "SIGINT"), ("C-\\", "SIGQUIT")])
def test_a_key_that_ends_an_editor_ends_only_the_editor(terminal: Terminal, key: str, name: str) -> None:
    from_a_shell(terminal, "sh -c 'echo editing; exec sleep 60' sh")
    terminal.press(key)
    terminal.wait_for("Stories", name)
    terminal.press("j")
    terminal.wait_for("2 of 15")


@pytest.mark.parametrize(("key", "name"), [("C-c", "INT"), ("C-\\", "QUIT")])
def test_an_editor_that_goes_on_keeps_the_terminal_and_loses_nothing(terminal: Terminal, key: str, name: str) -> None:
    wait = "until read x; do :; done"
    from_a_shell(terminal, f"sh -c 'trap \"echo heard\" {name}; echo editing; {wait}; echo kept >$1' sh")
    terminal.press(key)
    terminal.wait_for("heard")
    terminal.kill(signal.Signals[f"SIG{name}"])
    terminal.press("Enter")
    sees_note(terminal)


def test_stopping_an_editor_stops_both_and_fg_brings_both_back(terminal: Terminal) -> None:
    from_a_shell(terminal, "sh -c 'echo editing; read x; echo kept >$1' sh")
    terminal.press("C-z")
    terminal.wait_for("Stopped")
    assert terminal.is_given_back()
    bring_back(terminal)
    terminal.press("Enter")
    sees_note(terminal)


def test_a_stop_of_the_reader_alone_while_an_editor_has_the_terminal_loses_nothing(terminal: Terminal) -> None:
    from_a_shell(terminal, "sh -c 'echo editing; read x; echo kept >$1' sh")
    terminal.kill(signal.SIGTSTP)
    terminal.wait_for("Stopped")
    bring_back(terminal)
    terminal.press("Enter")
    sees_note(terminal)


SAVING_EDITOR = """
import signal, sys
ends = {signal.SIGTERM, signal.SIGHUP}
signal.pthread_sigmask(signal.SIG_BLOCK, ends)
print("editing", flush=True)
signal.sigwait(ends)
open(sys.argv[1], "w").close()
sys.exit(1)
"""
# To the main thread, which waits for the editor, this is as if the signal had come the moment before it began to.
UNINTERRUPTED = [
    "import signal",
    "import tui.programs as p",
    "lend = p.Programs.run_in_terminal",
    "hide = lambda: signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGHUP})",
    "p.Programs.run_in_terminal = lambda *of: (hide(), lend(*of))[1]",
]


@pytest.mark.parametrize("lines", [[], UNINTERRUPTED], ids=["while it waits", "as it begins to wait"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_what_ends_the_reader_ends_the_editor_first(
    terminal: Terminal, tmp_path: Path, number: signal.Signals, lines: list[str]
) -> None:
    saved, editor = tmp_path / "saved", tmp_path / "editor.py"
    editor.write_text(SAVING_EDITOR)
    environ = {"EDITOR": f"{sys.executable} {editor} {saved}", "VISUAL": ""}
    terminal.start(sys.executable, str(python_file(tmp_path, lines)), "demo", size=(120, 36), environ=environ)
    terminal.wait_for("1 of 15")
    terminal.press("e")
    terminal.wait_for("editing")
    terminal.kill(number)
    terminal.wait_for(f"ended with {128 + number}.")
    assert saved.exists()
    assert terminal.is_given_back()
