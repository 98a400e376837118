"""Starts a worker process and takes its frames.

Loads next to nothing, so that the worker can be at work while the rest of the reader is still loading.
"""

import os
import select
import signal
import subprocess  # noqa: TID251  the worker runs this package, not a program of the reader's
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Final

from tui.cards.worker.start import Plan, WorkerStart
from tui.terminal_modes import terminal_state
from tui.work import ShouldStop, module_command, unread_bytes

if TYPE_CHECKING:
    from tui.cards.protocol import Message

__all__ = ["HANG_SECONDS", "Command", "WorkerProcess", "WorkerStart", "start_worker", "worker_command"]

HANG_SECONDS: Final = 30.0
"""Seconds without a word while a worker reads that mean it hangs on a file."""

_POLL_MILLISECONDS: Final = 100
_POLL_AT_REST_MILLISECONDS: Final = 1000
_READ_BYTES: Final = 1024 * 1024
# More than what a worker says before it has read anything.
_OPENING_BYTES: Final = 120
Command = Sequence[str]
"""What starts a worker; its arguments follow."""


def worker_command() -> Command:
    """What starts a worker of this very package."""
    return module_command("tui.cards.worker.main")


def start_worker(start: WorkerStart) -> "WorkerProcess | None":
    """A worker at work from now on, for a CardFeed with the same `start` to take over; None if none can be started."""
    try:
        return WorkerProcess(worker_command(), Plan(start), HANG_SECONDS)
    except OSError:
        return None


_RUNNING: Final[set[int]] = set()


def end_workers() -> None:
    """End every worker and what it started; for a reader that ends at once, from a signal handler."""
    for process in tuple(_RUNNING):
        with suppress(OSError):
            os.killpg(process, signal.SIGKILL)


class WorkerProcess:
    """One worker, started at once with `command`. Raises OSError if it cannot be started.

    One that says nothing for `silence` seconds while it reads counts as dead.
    """

    def __init__(self, command: Command, plan: Plan, silence: float) -> None:
        self._silence = silence
        terminal = terminal_state()
        plan = plan._replace(
            start=plan.start._replace(root=plan.start.root.absolute()), terminal=terminal.text if terminal else ""
        )
        self._process = subprocess.Popen(  # noqa: S603  no shell, and the command is our own
            [*command, *plan.arguments()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            pipesize=_READ_BYTES,
            process_group=0,
        )
        if not plan.start.leaves_nothing:  # else it has to clear away what it made, once it notices
            _RUNNING.add(self._process.pid)
        assert self._process.stdout is not None
        self._output = self._process.stdout
        self._lock = Lock()
        self._is_read = self._is_stopped = False

    def messages(self, should_stop: ShouldStop) -> Generator["Message", None, None]:
        """The messages as they come, until the worker's end, its silence, or `should_stop`; to be asked for once."""
        with self._lock:
            if self._is_stopped:
                return
            self._is_read = True
        try:
            yield from self._received(should_stop)
        finally:
            with self._lock:
                self._is_read = False
                self._let_go()

    @property
    def has_batch(self) -> bool:
        """Whether it has sent stories by now, or why there are none, so that whoever asks for messages hardly waits."""
        return not self._output.closed and unread_bytes(self._output.fileno()) > _OPENING_BYTES

    def rescan(self) -> None:
        """Ask the worker to compare everything; from any thread."""
        assert self._process.stdin is not None
        with suppress(OSError, ValueError):
            self._process.stdin.write(b"\n")

    def stop(self) -> None:
        """End the worker and what it started, whatever they are doing; from any thread, and more than once."""
        with self._lock:
            if self._is_stopped:
                return
            self._is_stopped = True
            _RUNNING.discard(self._process.pid)
            with suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
            self._process.wait()
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._let_go()

    def _let_go(self) -> None:
        """Close the worker's output once nobody waits for it any more."""
        if self._is_stopped and not self._is_read:
            self._output.close()

    def _received(self, should_stop: ShouldStop) -> Iterator["Message"]:
        from tui.cards.worker.wire import Receiver

        receiver = Receiver(leaves_packed=True)
        poll = select.poll()
        poll.register(self._output, select.POLLIN)
        silent_from: float | None = None
        while not should_stop():
            if not poll.poll(_POLL_AT_REST_MILLISECONDS if silent_from is None else _POLL_MILLISECONDS):
                if silent_from is not None and time.monotonic() - silent_from > self._silence:
                    return
                continue
            data = os.read(self._output.fileno(), _READ_BYTES)
            if not data:
                return
            try:
                for message in receiver.feed(data):
                    silent_from = time.monotonic() if _is_reading(message) else None
                    yield message
            except ValueError:
                return


def _is_reading(message: "Message") -> bool:
    """Whether a worker that sends this reads a file next."""
    from tui.cards.protocol import BatchRead, ReadingFile

    return (isinstance(message, BatchRead) and not message.final) or (
        isinstance(message, ReadingFile) and bool(message.id)
    )
