"""newsdeck as a shell starts it: in a session of the shell's, on a terminal that outlives it."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.hostile.left import descendants, is_cooked, modes_left, runs
from tests.hostile.pty_reader import DEADLINE, PtyReader, reader_command, run_program

HOMES = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")
# It stays when the reader has ended, so that the terminal does.
_SCRIPT = '"$@"; echo "ended with $?."; exec sleep 600'
_ENDED = re.compile(rb"ended with (\d+)\.")
_STEP = 0.005


class ShellReader:
    """The reader, with the terminal that it shares with the shell in `terminal`."""

    def __init__(self, terminal: PtyReader) -> None:
        self.terminal = terminal
        while not (children := descendants(terminal.process)):
            terminal.rest(_STEP)
        self.process = min(children)

    def signal(self, number: int) -> None:
        """Send a signal to the reader alone."""
        os.kill(self.process, number)

    def end(self, number: int) -> float | None:
        """Send a signal; seconds until neither the reader nor what it started runs, None if they go on for long."""
        started = {self.process} | descendants(self.process)
        since = time.monotonic()
        try:
            self.signal(number)
        except ProcessLookupError:
            return 0.0
        while any(map(runs, started)):
            if time.monotonic() - since > DEADLINE:
                return None
            self.terminal.rest(_STEP)
        return time.monotonic() - since

    def faults(self, *statuses: int) -> list[str]:
        """What is not as it should be after the end: the status is one of these, and the terminal as it was."""
        self.terminal.wait_for("ended with ")
        self.terminal.rest()
        told = _ENDED.search(self.terminal.output)
        status = int(told[1]) if told is not None else None
        faults = [] if status in statuses else [f"status {status}"]
        if left := modes_left(bytes(self.terminal.output)):
            faults.append(f"modes left: {sorted(left)}")
        if not is_cooked(self.terminal.descriptor):
            faults.append("keys are not shown")
        return faults + (["a traceback was printed"] if b"Traceback" in self.terminal.output else [])


@contextmanager
def reader_of_shell(folder: Path, home: Path) -> Iterator[ShellReader]:
    """newsdeck on a folder, with caches, marks and settings in `home`."""
    environ = {name: str(home / name) for name in HOMES}
    command = ["/bin/sh", "-c", _SCRIPT, "sh", *reader_command(folder)]
    with run_program(command, (120, 36), environ) as terminal:
        yield ShellReader(terminal)
