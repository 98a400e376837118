"""However the real program ends, it gives the terminal back and tells by its status how it ended."""

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.hostile.left import is_cooked
from tests.hostile.shell import reader_of_shell
from tests.journeys.folders import Cards
from tests.journeys.terminal import Terminal, python_file

SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGXCPU]
CRASHES = ["ABRT", "SEGV", "BUS", "FPE", "ILL", "KILL", "SYS", "TRAP"]
MEANINGLESS = ["USR1", "USR2", "ALRM", "VTALRM", "PROF", "PWR", "IO", "WINCH", "CONT", "URG", "CHLD"]
# A key that is to be broken has to be there.
IS_THERE = "assert s.DeckScreen.action_help"
BROKEN_KEY = ["import tui.ui.deck.screen as s", IS_THERE, "s.DeckScreen.action_help = lambda self: 1 / 0"]
BROKEN_LOAD = ["import tui.session as s", "s.Session.follow = lambda *_: 1 / 0"]
STUCK_KEY = [
    "import time",
    "import tui.ui.deck.screen as s",
    IS_THERE,
    "s.DeckScreen.action_help = lambda self: time.sleep(99)",
]


def start_stuck_load(terminal: Terminal, folder: Path) -> None:
    """Run a reader that hangs while it reads the folder, and wait until it is on the screen and hangs.

    What the screen shows by then depends on how fast the first cards were read.
    """
    hangs = folder / "hangs"
    stuck = f"s.Session.follow = lambda *_: (open({str(hangs)!r}, 'w').close(), threading.Event().wait())"
    lines = ["import threading", "import tui.session as s", stuck]
    terminal.start(sys.executable, str(python_file(folder, lines)), "demo", size=(120, 36))
    terminal.wait_for("newsdeck  demo", "? help")
    terminal.wait_until(hangs.exists, "the reader to hang")


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_signal_ends_it_cleanly(terminal: Terminal, number: signal.Signals) -> None:
    terminal.newsdeck("demo", size=(120, 36))
    terminal.wait_for("1 of 15")
    assert not terminal.is_given_back()
    terminal.kill(number)
    terminal.wait_for(f"ended with {128 + number}.")
    assert terminal.is_given_back()


@pytest.mark.parametrize("name", CRASHES)
def test_a_reader_that_dies_without_a_word_leaves_the_terminal_whole(terminal: Terminal, name: str) -> None:
    terminal.newsdeck("demo", size=(120, 36))
    terminal.wait_for("1 of 15")
    assert not terminal.is_given_back()
    terminal.kill(signal.Signals[f"SIG{name}"])
    terminal.wait_until(terminal.is_given_back, "the terminal to be whole")
    terminal.wait_until(terminal.is_cooked, "keys to be shown again")


@pytest.mark.parametrize("name", [name for name in MEANINGLESS if hasattr(signal, f"SIG{name}")])
def test_a_signal_without_a_meaning_does_not_end_it(terminal: Terminal, name: str) -> None:
    terminal.newsdeck("demo", size=(120, 36))
    terminal.wait_for("1 of 15")
    terminal.kill(signal.Signals[f"SIG{name}"])
    terminal.press("j")
    terminal.wait_for("2 of 15")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_a_signal_ends_it_while_it_loads(terminal: Terminal, tmp_path: Path, number: signal.Signals) -> None:
    start_stuck_load(terminal, tmp_path)
    terminal.kill(number)
    terminal.wait_for(f"ended with {128 + number}.")
    assert terminal.is_given_back()


def test_a_signal_ends_it_while_it_hangs(terminal: Terminal, tmp_path: Path) -> None:
    terminal.start(sys.executable, str(python_file(tmp_path, STUCK_KEY)), "demo", size=(120, 36))
    terminal.wait_for("1 of 15")
    terminal.press("?")
    terminal.kill(signal.SIGTERM)
    terminal.wait_for(f"ended with {128 + signal.SIGTERM}.")
    assert terminal.is_given_back()


def test_it_can_be_left_while_a_thread_is_stuck(terminal: Terminal, tmp_path: Path) -> None:
    start_stuck_load(terminal, tmp_path)
    terminal.press("q")
    terminal.wait_for("ended with 0.")
    assert terminal.is_given_back()


@pytest.mark.parametrize("lines", [BROKEN_KEY, BROKEN_LOAD], ids=["on a key", "in the background"])
def test_a_mistake_of_ours_is_told_in_a_line_and_logged(terminal: Terminal, tmp_path: Path, lines: list[str]) -> None:
    terminal.start(sys.executable, str(python_file(tmp_path, lines)), "demo", size=(250, 36))
    if lines is BROKEN_KEY:
        terminal.wait_for("1 of 15")
        terminal.press("?")
    screen = terminal.wait_for("ended with 1.", "ZeroDivisionError", "crash.log")
    assert terminal.is_given_back()
    assert "Traceback" not in screen
    log = Path(os.environ["XDG_STATE_HOME"]) / "newsdeck" / "crash.log"
    assert "1 / 0" in log.read_text()


def test_stopping_and_going_on_draws_it_again(terminal: Terminal) -> None:
    terminal.shell()
    terminal.type(f"sh -c 'echo $$ >{terminal.pid_file}; exec {sys.executable} -m tui demo'\n")
    terminal.wait_for("1 of 15")
    terminal.kill(signal.SIGTSTP)
    terminal.wait_for("Stopped", "ready>")
    assert terminal.is_given_back()
    terminal.type("fg\n")
    terminal.wait_for("1 of 15")


def test_a_stop_that_nothing_can_take_is_survived(terminal: Terminal) -> None:
    terminal.shell()
    terminal.type(f"sh -c 'echo $$ >{terminal.pid_file}; exec {sys.executable} -m tui demo'\n")
    terminal.wait_for("1 of 15")
    terminal.kill(signal.SIGSTOP)
    terminal.wait_for("Stopped")
    terminal.type("fg\n")
    terminal.wait_for("Stories", "1 of 15")
    terminal.press("j")
    terminal.wait_for("2 of 15")


@pytest.mark.parametrize("name", ["STOP", "TSTP", "CONT", "WINCH"])
def test_a_signal_that_comes_while_something_is_drawn_does_not_hang_it(
    terminal: Terminal, tmp_path: Path, name: str
) -> None:
    lines = [
        "import os, queue, signal",
        "import tui.ui.deck.screen as s",
        IS_THERE,
        f"put, numbers = queue.Queue._put, [signal.SIG{name}]",
        "put_and_signal = lambda *of: (put(*of), numbers and os.kill(os.getpid(), numbers.pop()))",
        "s.DeckScreen.action_help = lambda self: (setattr(queue.Queue, '_put', put_and_signal), self.app.bell())",
    ]
    terminal.shell()
    program = python_file(tmp_path, lines)
    terminal.type(f"sh -c 'echo $$ >{terminal.pid_file}; exec {sys.executable} {program} demo'\n")
    terminal.wait_for("1 of 15")
    terminal.press("?")
    if name in {"STOP", "TSTP"}:
        terminal.wait_for("Stopped")
        terminal.type("fg\n")
        terminal.wait_for("Stories", "1 of 15")
    terminal.press("j")
    terminal.wait_for("2 of 15")


def test_a_stop_that_is_taken_back_at_once_does_not_stop_it(terminal: Terminal, tmp_path: Path) -> None:
    lines = [
        "import os, signal",
        "import tui.ui.deck.screen as s",
        IS_THERE,
        "send = lambda *numbers: [os.kill(os.getpid(), number) for number in numbers]",
        "s.DeckScreen.action_help = lambda self: send(signal.SIGTSTP, signal.SIGCONT)",
    ]
    terminal.start(sys.executable, str(python_file(tmp_path, lines)), "demo", size=(120, 36))
    terminal.wait_for("1 of 15")
    terminal.press("?")
    terminal.press("j")
    terminal.wait_for("2 of 15")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_a_terminal_that_takes_nothing_more_is_given_back_all_the_same(tmp_path: Path, number: signal.Signals) -> None:
    with reader_of_shell(Cards(tmp_path / "cards").root, tmp_path) as reader:
        reader.terminal.wait_for("12 stories")
        for _ in range(40):
            os.write(reader.terminal.descriptor, b"\x0c")  # have it painted again and again, unread
        reader.terminal.wait_until_full()
        reader.signal(number)
        reader.terminal.wait_while(lambda: not is_cooked(reader.terminal.descriptor))
        assert reader.faults(128 + number) == []
