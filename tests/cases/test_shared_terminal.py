"""Cases of the terminal: lent and torn, suspended, plain, and in scripts whose width it has its own opinion of."""

import sys
from pathlib import Path

import pytest

from tests.cases.shared import open_case
from tests.journeys.terminal import Terminal
from tests.journeys.test_widths import wait_straight
from tests.ui.cards import write_story

LENT = {"": "No editor", "false": "failed with status", "not-there": "could not be started", 'vim "': "understood"}


@pytest.mark.parametrize("editor", LENT)
def test_whatever_happens_to_the_lent_terminal_the_reader_takes_it_back(
    terminal: Terminal, tmp_path: Path, editor: str
) -> None:
    case = open_case("01-suspend-raises", tmp_path)
    write_story(case.folder, "other.md", title="A quiet day at the museum", publishedDateTime="2024-03-01T10:00:00Z")
    terminal.newsdeck(str(case.folder), size=(110, 30), environ={"EDITOR": editor, "VISUAL": ""})
    terminal.wait_for("1 of 2")
    terminal.press("e")
    assert case.right.startswith("reader drawn again within 1 s")
    assert case.quoted()[0].startswith(LENT[""])
    terminal.wait_for("Stories", LENT[editor].split()[-1])
    terminal.press("j")
    terminal.wait_for("2 of 2")


def test_the_border_of_every_pane_stands_in_the_same_column_on_every_row(terminal: Terminal, tmp_path: Path) -> None:
    case = open_case("06-spacing-marks-width", tmp_path)
    terminal.newsdeck(str(case.folder), size=(120, 30))
    terminal.wait_for("1 of 2", "newest · grouped")
    assert case.right == "the border of every pane stands in the same column on every row"
    wait_straight(terminal)
    terminal.press("j")
    terminal.wait_for("2 of 2", "Tue 5 Mar 2024 10:00")
    wait_straight(terminal)


@pytest.mark.parametrize("tail", [b"[A", b"OA"])
def test_the_tail_of_a_cursor_key_spells_no_action_on_everything(
    terminal: Terminal, tmp_path: Path, tail: bytes
) -> None:
    case = open_case("08-split-arrow-marks-all", tmp_path)
    terminal.newsdeck(str(case.folder), size=(110, 30))
    terminal.wait_for("1 of 3")
    terminal.send_bytes(b"\x1b")
    terminal.pause(0.15)
    terminal.send_bytes(tail)
    terminal.press("j")
    screen = terminal.wait_for("2 of 3")
    assert case.right.endswith("no mark changes")
    assert "Marked" not in screen
    assert "Open " not in screen


def test_the_keys_of_the_terminal_that_every_program_knows(terminal: Terminal, tmp_path: Path) -> None:
    case = open_case("10-ctrl-z", tmp_path)
    assert case.right.startswith("shell prompt, terminal whole; fg draws the reader again")
    terminal.shell()
    terminal.type(f"{sys.executable} -m tui {case.folder}\n")
    terminal.wait_for("1 of 1")
    terminal.press("C-z")
    terminal.wait_for("Stopped", "ready>")
    assert terminal.is_given_back()
    terminal.type("fg\n")
    terminal.wait_for("1 of 1", "Stories")


def test_plain_characters_are_promised_for_the_whole_program(terminal: Terminal, tmp_path: Path) -> None:
    case = open_case("15-ascii-leaks", tmp_path)
    terminal.newsdeck("--ascii", str(case.folder), size=(110, 34))
    terminal.wait_for("1 of 1")
    assert "every character of every screen below U+007F" in case.right
    for key in "?:sDWXm":
        before = terminal.screen()
        terminal.press(key)
        terminal.wait_until(lambda seen=before: terminal.screen() != seen, f"something to come of {key}")  # type: ignore[misc]
        screen = terminal.screen()
        assert max(screen) < "\x7f", f"after {key}:\n{screen}"
        terminal.press("Escape")
        terminal.pause(0.3)  # what follows an escape at once might be the rest of a key


def test_an_empty_screen_says_what_is_in_the_folder(terminal: Terminal, tmp_path: Path) -> None:
    case = open_case("26-folder-of-other-front-matter", tmp_path)
    for name in ("a.md", "b.md"):  # which are read by now
        (case.folder / name).unlink()
    terminal.newsdeck(str(case.folder), size=(180, 20))
    terminal.wait_for("No cards here", "None of 2 text files here has a head that can be", ".md", "before its first")
    assert "names the first one and why" in case.right
