"""The real program on a pseudo terminal, for the raw bytes it writes."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 20.0
_STEP = 0.005
_QUIET = 0.08
_QUIET_AFTER_ESCAPE = 0.4


class PtyReader:
    """newsdeck with a terminal made of bytes; `output` is all it has written."""

    def __init__(self, process: int, descriptor: int) -> None:
        self.process = process
        self.descriptor = descriptor
        self.output = bytearray()
        self._status: int | None = None

    def wait_for(self, text: str) -> None:
        """Read until a text has been written; fails if that takes too long."""
        deadline = time.monotonic() + DEADLINE
        while text.encode() not in self.output:
            if not self._read(deadline - time.monotonic()):
                raise AssertionError(f"{text!r} was never written; the end was {bytes(self.output[-3000:])!r}")

    def press(self, *keys: str) -> None:
        """Send keys one after the other, each once the answer to the one before has come to rest."""
        for key in keys:
            os.write(self.descriptor, key.encode())
            # What follows an escape too soon is taken for one key with it.
            self.rest(_QUIET_AFTER_ESCAPE if key == "\x1b" else _QUIET)

    def rest(self, seconds: float = _QUIET) -> None:
        """Read until nothing more comes for this long."""
        while self._read(seconds):
            pass

    def wait_while(self, condition: Callable[[], bool]) -> None:
        """Wait, reading nothing, until something is so no longer; fails if that takes too long."""
        deadline = time.monotonic() + DEADLINE
        while condition():
            if time.monotonic() > deadline:
                raise AssertionError("it stays so")
            time.sleep(_STEP)

    def read_for(self, seconds: float) -> None:
        """Read whatever comes in this time."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self._read(left)

    def wait_until_full(self) -> None:
        """Wait, reading nothing, until no more can be written to the terminal."""
        name = f"/proc/{self.process}/fd/0"
        other = os.open(name, os.O_WRONLY | os.O_NOCTTY)
        try:
            self.wait_while(lambda: bool(select.select([], [other], [], 0)[1]))
        finally:
            os.close(other)

    def resize(self, columns: int, lines: int) -> None:
        """Make the terminal another size."""
        set_size(self.descriptor, columns, lines)
        os.kill(self.process, signal.SIGWINCH)
        self.rest()

    def end(self) -> int:
        """Wait for the end; the exit status."""
        deadline = time.monotonic() + DEADLINE
        while self._read(deadline - time.monotonic()):
            pass
        if time.monotonic() > deadline:
            raise AssertionError(f"it does not end; the end was {bytes(self.output[-3000:])!r}")
        return self.status()

    def status(self) -> int:
        """How it ended, which is waited for: an exit status, below 0 for the number of a signal."""
        if self._status is None:
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])
        return self._status

    def kill(self, number: int) -> None:
        """Send a signal to it, if it has not ended."""
        if self._status is None:
            os.kill(self.process, number)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self.descriptor], [], [], max(seconds, 0))
        if not ready:
            return False
        try:
            data = os.read(self.descriptor, 65536)
        except OSError:  # the other side is gone
            return False
        self.output += data
        return bool(data)


def set_size(descriptor: int, columns: int, lines: int) -> None:
    """Tell a terminal its size."""
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def reader_command(folder: Path, *arguments: str) -> list[str]:
    """What starts newsdeck on a folder."""
    return [sys.executable, "-m", "tui", str(folder), *arguments]


@contextmanager
def run_reader(
    folder: Path, size: tuple[int, int], *arguments: str, environ: Mapping[str, str] | None = None
) -> Iterator[PtyReader]:
    """newsdeck on a folder, in a terminal of `size` (columns, lines); killed at the end if it still runs."""
    with run_program(reader_command(folder, *arguments), size, environ or {}) as reader:
        yield reader


@contextmanager
def run_program(command: Sequence[str], size: tuple[int, int], environ: Mapping[str, str]) -> Iterator[PtyReader]:
    """Any program in a terminal of its own; killed at the end if it still runs."""
    known = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "TMUX")}
    known |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    known |= {"BROWSER": "true", **environ}
    process, descriptor = pty.fork()
    if process == 0:
        try:
            os.chdir(ROOT)
            set_size(0, *size)
            os.execve(command[0], list(command), known)
        finally:
            os._exit(127)
    reader = PtyReader(process, descriptor)
    try:
        yield reader
    finally:
        reader.kill(signal.SIGKILL)
        reader.status()
        os.close(descriptor)
