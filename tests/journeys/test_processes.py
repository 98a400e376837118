"""However the reader ends, nothing that it started stays behind."""

import signal
import sys
from pathlib import Path

import pytest

from tests.journeys.folders import Cards, children_of, processes_of
from tests.journeys.terminal import Terminal, python_file

# In the place of the process that writes the cache file, one that never ends by itself.
STUCK = [
    "import sys",
    "import tui.session.starting as f",
    "f.indexer_command = lambda: (sys.executable, '-c', 'import time; time.sleep(600)', sys.argv[1])",
]
ENDS = [None, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL]


def end(terminal: Terminal, number: signal.Signals | None) -> None:
    """Leave the reader with a signal, or as readers do."""
    if number is None:
        terminal.press("q")
    else:
        terminal.kill(number)
    if number == signal.SIGKILL:
        # What the shell prints may still go to the screen that is given back a moment later.
        process = Path(f"/proc/{terminal.pid_file.read_text().strip()}")
        terminal.wait_until(lambda: not process.exists(), "the reader to end")
        return
    terminal.wait_for("ended with")


def name_of(number: signal.Signals | None) -> str:
    return number.name if number is not None else "q"


@pytest.mark.parametrize("number", ENDS, ids=name_of)
def test_the_worker_ends_with_the_reader(terminal: Terminal, tmp_path: Path, number: signal.Signals | None) -> None:
    cards = Cards(tmp_path / "cards")
    terminal.newsdeck(str(cards.root), size=(150, 60))
    terminal.wait_for("12 stories", "1 of 12")
    terminal.wait_until(cards.is_stored, "the cache file")
    started = children_of(int(terminal.pid_file.read_text()))
    assert started & processes_of(cards.root)
    end(terminal, number)
    terminal.wait_until(lambda: not processes_of(cards.root), "the worker to end")


@pytest.mark.parametrize("number", ENDS, ids=name_of)
def test_so_does_the_process_that_writes_the_cache_file(
    terminal: Terminal, tmp_path: Path, number: signal.Signals | None
) -> None:
    cards = Cards(tmp_path / "cards")
    terminal.start(sys.executable, str(python_file(tmp_path, STUCK)), str(cards.root), size=(150, 60))
    terminal.wait_for("12 stories", "1 of 12")
    terminal.wait_until(lambda: len(processes_of(cards.root)) == 3, "the writer to start")
    end(terminal, number)
    terminal.wait_until(lambda: not processes_of(cards.root), "worker and writer to end")
    assert not cards.is_stored()
