"""Programs that are measured run on a terminal of their own and are ended with it."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.bench.lab import Lab
from tui.bench.terminal import COLUMNS, LINES, Terminal, plain
from tui.errors import ProgramError

ECHO = """
import os, sys, termios, tty
tty.setraw(0)
columns, lines = os.get_terminal_size()
os.write(1, f"\\x1b[1mready\\x1b[0m {columns}x{lines}".encode())
while (key := os.read(0, 1)) != b"q":
    os.write(1, b"<" + key + b">")
"""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    with Terminal([sys.executable, "-c", ECHO], {}, tmp_path) as terminal:
        terminal.wait_for(f"{COLUMNS}x{LINES}".encode())
        yield terminal


def test_the_program_sees_a_terminal_of_the_usual_size(terminal: Terminal) -> None:
    assert plain(bytes(terminal.output)) == f"ready {COLUMNS}x{LINES}"


def test_a_key_is_timed_up_to_its_own_answer(terminal: Terminal) -> None:
    assert terminal.press(b"a", b"<a>") > 0
    assert terminal.press(b"a", b"<a>") > 0
    assert terminal.output.count(b"<a>") == 2


def test_the_program_can_be_ended_by_its_key(terminal: Terminal) -> None:
    assert terminal.end_with(b"q")


def test_what_ends_early_is_told_with_its_last_words(terminal: Terminal) -> None:
    terminal.send(b"q")
    with pytest.raises(ProgramError, match=f"did not go on; it ended with: ready {COLUMNS}x{LINES}"):
        terminal.wait_for(b"never comes")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell it")
def test_memory_and_processor_are_those_of_the_program(terminal: Terminal) -> None:
    memory, before = terminal.memory(), terminal.processor_seconds()
    terminal.press(b"a", b"<a>")
    after = terminal.processor_seconds()
    assert memory is not None
    assert memory > 1024 * 1024
    assert before is not None
    assert after is not None
    assert after > before


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell it")
def test_the_processor_time_of_each_process_never_falls_when_another_one_ends(tmp_path: Path) -> None:
    lines = (
        "import subprocess, sys",
        "busy = 'for _ in range(10**6): pass\\nprint(flush=True)\\ninput()'",
        "child = subprocess.Popen([sys.executable, '-c', busy], stdin=-1, stdout=-1)",
        "child.stdout.readline(); print('<begun>', flush=True); input()",
        "child.kill(); child.wait(); print('<ended>', flush=True); input()",
    )
    with Terminal([sys.executable, "-c", "\n".join(lines)], dict(os.environ), tmp_path) as terminal:
        terminal.wait_for(b"<begun>", 0)
        both = terminal.seconds_of_all()
        terminal.press(b"\n", b"<ended>")
        alone = terminal.seconds_of_all()
    assert len(both) == 2
    assert len(alone) == 1
    assert all(both[process] <= seconds for process, seconds in alone.items())


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell it")
def test_a_process_that_ends_just_now_tells_no_time_at_all(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(clock: int) -> float:
        raise OSError(clock)

    monkeypatch.setattr("tui.bench.terminal.time.clock_gettime", ended)
    assert terminal.seconds_of_all() == {}
    assert terminal.processor_seconds() is None


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProgramError, match="could not be started"):
        Terminal([str(tmp_path / "nothing")], {}, tmp_path)


def test_what_is_measured_runs_as_for_any_reader(tmp_path: Path) -> None:
    """Settings of whoever measures would change what is found: modules that are compiled at each start, say."""
    own = {"PYTHONDONTWRITEBYTECODE": "1", "NEWSDECK_ASCII": "1", "NO_COLOR": "1", "XDG_STATE_HOME": "/own"}
    lab = Lab(tmp_path, {"PATH": "/usr/bin", "TZ": "UTC", **own})
    first, second = lab.environment(), lab.environment(tmp_path / "cache")
    assert not {name for name in own if first.get(name) == own[name]}
    assert (first["PATH"], first["TZ"]) == ("/usr/bin", "UTC")
    assert first["XDG_STATE_HOME"] != second["XDG_STATE_HOME"]
    assert second["XDG_CACHE_HOME"] == str(tmp_path / "cache")
