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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 20.0
_QUIET = 0.08
_QUIET_AFTER_ESCAPE = 0.4


class PtyReader:
    """newsdeck with a terminal made of bytes; `output` is all it has written."""

    def __init__(self, process: int, descriptor: int) -> None:
        self._process = process
        self._descriptor = descriptor
        self.output = bytearray()

    def wait_for(self, text: str) -> None:
        """Read until a text has been written; fails if that takes too long."""
        deadline = time.monotonic() + DEADLINE
        while text.encode() not in self.output:
            if not self._read(deadline - time.monotonic()):
                raise AssertionError(f"{text!r} was never written; the end was {bytes(self.output[-3000:])!r}")

    def press(self, *keys: str) -> None:
        """Send keys one after the other, each once the answer to the one before has come to rest."""
        for key in keys:
            os.write(self._descriptor, key.encode())
            # What follows an escape too soon is taken for one key with it.
            self.rest(_QUIET_AFTER_ESCAPE if key == "\x1b" else _QUIET)

    def rest(self, seconds: float = _QUIET) -> None:
        """Read until nothing more comes for this long."""
        while self._read(seconds):
            pass

    def resize(self, columns: int, lines: int) -> None:
        """Make the terminal another size."""
        set_size(self._descriptor, columns, lines)
        os.kill(self._process, signal.SIGWINCH)
        self.rest()

    def end(self) -> int:
        """Wait for the end; the exit status."""
        deadline = time.monotonic() + DEADLINE
        while self._read(deadline - time.monotonic()):
            pass
        if time.monotonic() > deadline:
            raise AssertionError(f"it does not end; the end was {bytes(self.output[-3000:])!r}")
        return os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._descriptor], [], [], max(seconds, 0))
        if not ready:
            return False
        try:
            data = os.read(self._descriptor, 65536)
        except OSError:  # the other side is gone
            return False
        self.output += data
        return bool(data)


def set_size(descriptor: int, columns: int, lines: int) -> None:
    """Tell a terminal its size."""
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


@contextmanager
def run_reader(folder: Path, size: tuple[int, int]) -> Iterator[PtyReader]:
    """newsdeck on a folder, in a terminal of `size` (columns, lines); killed at the end if it still runs."""
    environ = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "TMUX")}
    environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    environ |= {"BROWSER": "true"}
    process, descriptor = pty.fork()
    if process == 0:
        try:
            os.chdir(ROOT)
            set_size(0, *size)
            os.execve(sys.executable, [sys.executable, "-m", "tui", str(folder)], environ)
        finally:
            os._exit(127)
    reader = PtyReader(process, descriptor)
    try:
        yield reader
    finally:
        try:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(descriptor)
