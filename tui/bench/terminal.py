"""Programs on a pseudo terminal that is read all the time, so that they never wait for it: when they paint, and what
they use of the processor and of memory."""

import fcntl
import os
import re
import select
import struct
import subprocess  # noqa: TID251  what is measured is this program itself, as a reader would start it
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tui.errors import ProgramError
from tui.text.sanitize import clean_line

COLUMNS: Final = 120
LINES: Final = 40
PATIENCE: Final = 60.0
"""Seconds to wait for what must come."""

_READ_BYTES: Final = 65536
_CONTROLS: Final = re.compile(rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b.")
_SHOWN: Final = 200
_MEMORY: Final = re.compile(r"^VmRSS:\s+(\d+) kB$", re.MULTILINE)
_MOST_MEMORY: Final = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


class Terminal:
    """A program that runs on a terminal of its own; a context manager that ends it. Raises ProgramError throughout.

    `started` is the moment before its start, `output` all that it wrote. Moments are those of `time.monotonic`.
    """

    def __init__(self, command: Sequence[str], environ: Mapping[str, str], folder: Path) -> None:
        self.output = bytearray()
        self._ended = False
        self._descriptor, other = os.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.started = time.monotonic()
        try:
            self._process = subprocess.Popen(  # noqa: S603  no shell, and the commands are our own
                command, stdin=other, stdout=other, stderr=other, env=dict(environ), cwd=folder, start_new_session=True
            )
        except OSError as error:
            os.close(self._descriptor)
            raise ProgramError(f"{clean_line(command[0])} could not be started: {error.strerror}.") from error
        finally:
            os.close(other)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._descriptor)

    @property
    def now(self) -> float:
        """This moment."""
        return time.monotonic()

    def wait_for(self, mark: bytes, begin: int | None = None) -> float:
        """Read until `mark` comes, looked for from the place `begin` of the output on (from here by default).

        Returns the moment the last byte of it came. Raises ProgramError if it does not come.
        """
        begin = len(self.output) if begin is None else begin
        deadline = time.monotonic() + PATIENCE
        while self.output.find(mark, begin) < 0:
            begin = max(begin, len(self.output) - len(mark))
            if not self.read(deadline - time.monotonic()) and (self._ended or time.monotonic() > deadline):
                shown = clean_line(plain(bytes(self.output[-_READ_BYTES:]))[-_SHOWN:])
                raise ProgramError(f"what is measured did not go on; it ended with: {shown}")
        return time.monotonic()

    def press(self, key: bytes, mark: bytes) -> float:
        """Seconds from a key to the `mark` in its answer."""
        begin = len(self.output)
        pressed = time.monotonic()
        self.send(key)
        return self.wait_for(mark, begin) - pressed

    def send(self, key: bytes) -> None:
        """Press a key."""
        os.write(self._descriptor, key)

    def rest(self, quiet: float) -> None:
        """Read until nothing came for `quiet` seconds."""
        while self.read(quiet):
            pass

    def read_for(self, seconds: float) -> None:
        """Read whatever comes in this time."""
        deadline = time.monotonic() + seconds
        while not self._ended and (left := deadline - time.monotonic()) > 0:
            self.read(left)

    def read(self, seconds: float) -> bool:
        """Read what comes next, for which to wait `seconds` at most; whether something came."""
        if self._ended or not select.select([self._descriptor], [], [], max(seconds, 0))[0]:
            return False
        try:
            data = os.read(self._descriptor, _READ_BYTES)
        except OSError:  # the program has closed its side
            data = b""
        self._ended = not data
        self.output += data
        return bool(data)

    def end_with(self, key: bytes) -> bool:
        """Press the key that ends the program; whether it has ended, within a while."""
        self.send(key)
        deadline = time.monotonic() + PATIENCE
        while not self._ended and time.monotonic() < deadline:
            self.read(deadline - time.monotonic())
        return self._ended

    def processor_seconds(self) -> float | None:
        """Processor time of the program so far, all its threads together; None where the system does not say."""
        return _seconds(self._process.pid)

    def memory(self) -> int | None:
        """Bytes of memory that the program itself has now (resident); None where the system does not say."""
        return _told_memory(self._process.pid, _MEMORY)

    def memory_of_all(self) -> int | None:
        """The same of the program and all that it started together."""
        told = [_told_memory(process, _MEMORY) for process in _with_children(self._process.pid)]
        return sum(memory or 0 for memory in told) if any(told) else None

    def most_memory_of(self, module: str) -> int | None:
        """The most that a process had so far that runs this module of ours; None while there is none."""
        called = f"from {module} import".encode()
        running = (process for process in _with_children(self._process.pid) if called in _read(process, "cmdline"))
        return max((memory for process in running if (memory := _told_memory(process, _MOST_MEMORY))), default=None)

    def seconds_of_all(self) -> dict[int, float]:
        """Processor time so far of the program and of each process that it started and that still runs, by number.

        Empty as above, and without those that end just now.
        """
        told = {process: _seconds(process) for process in _with_children(self._process.pid)}
        return {process: seconds for process, seconds in told.items() if seconds is not None}


def _with_children(process: int) -> list[int]:
    """A process and all that it has started, as far as the system says."""
    found = [process]
    for one in found:
        for thread in _listed(f"/proc/{one}/task"):
            found += map(int, _read(one, f"task/{thread}/children").split())
    return found


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _read(process: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{process}/{name}").read_bytes()
    except OSError:
        return b""


def _told_memory(process: int, pattern: re.Pattern[str]) -> int | None:
    found = pattern.search(_read(process, "status").decode("ascii", "replace"))
    return int(found[1]) * 1024 if found else None


def _seconds(process: int) -> float | None:
    if not os.path.isdir(f"/proc/{process}"):
        return None
    try:
        # The clock of another process, as the kernel numbers it: clock_getcpuclockid(3) does the same.
        return time.clock_gettime((~process << 3) | 2)
    except OSError:  # it has just ended
        return None


def plain(output: bytes) -> str:
    """What a program wrote, without escape sequences."""
    return _CONTROLS.sub(b"", output).decode("utf-8", "replace")
