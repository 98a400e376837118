"""Starts the loader's worker process and takes its frames.

Loads next to nothing, so that the worker can be at work while the rest of the reader is still loading.
"""

import os
import select
import subprocess  # noqa: TID251  the loader's own worker runs this package, not a program of the reader's
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from tui.cards.wire import Frame

SILENCE: Final = 30.0
"""Seconds without a frame, after the first one, that mean the worker hangs on a file."""

_POLL_MILLISECONDS: Final = 100
_READ_BYTES: Final = 1024 * 1024
# With -P the folder the reader was started in, which may hold anything, is never looked into for modules.
_BOOTSTRAP: Final = (
    "import sys; home = sys.argv.pop(1); home in sys.path or sys.path.insert(0, home); "
    "from tui.cards.worker import main; sys.exit(main(sys.argv[1:]))"
)

Command = Sequence[str]


class WorkerStart(NamedTuple):
    """What a worker is to follow, and how: `root` is a folder or a card file.

    `cache` is the cache file of that folder; with the `token` of the one that is shown the start is warm. `indexer` is
    the command of a process that writes it anew when a SnapshotRequest comes on its standard input, and prints its
    token on a line; without one, or without `cache`, no snapshots are made.
    """

    root: Path
    cache: Path | None = None
    token: str = ""
    indexer: tuple[str, ...] = ()


def worker_command() -> Command:
    """What starts a worker; its arguments follow."""
    home = Path(__file__).resolve().parents[2]
    return sys.executable, "-P", "-c", _BOOTSTRAP, str(home)


def start_worker(start: WorkerStart | Path) -> "WorkerProcess | None":
    """A worker at work from now on, for a CardFeed to take over; None if none can be started."""
    root = start if isinstance(start, Path) else start.root
    try:
        return WorkerProcess(worker_command(), root.absolute(), b"", carefully=False, silence=SILENCE)
    except OSError:
        return None


class WorkerProcess:
    """One worker, started at once. Raises OSError if it cannot be started."""

    def __init__(self, command: Command, root: Path, last: bytes, *, carefully: bool, silence: float) -> None:
        arguments = [str(root), os.fsdecode(last), *(["carefully"] if carefully else [])]
        self._silence = silence
        self._process = subprocess.Popen(  # noqa: S603  no shell, and the command is our own
            [*command, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            pipesize=_READ_BYTES,
            process_group=0,
        )

    def frames(self, should_stop: Callable[[], bool]) -> Iterator["Frame"]:
        """The frames as they come, until the last one, the worker's end, its silence, or `should_stop`."""
        from tui.cards.wire import Receiver  # not needed to start a worker

        assert self._process.stdout is not None
        receiver = Receiver()
        poll = select.poll()
        poll.register(self._process.stdout, select.POLLIN)
        silent_from: float | None = None
        while not should_stop():
            if not poll.poll(_POLL_MILLISECONDS):
                if silent_from is not None and time.monotonic() - silent_from > self._silence:
                    return
                continue
            data = os.read(self._process.stdout.fileno(), _READ_BYTES)
            if not data:
                return
            silent_from = time.monotonic()
            try:
                yield from receiver.feed(data)
            except ValueError:
                return

    def stop(self) -> None:
        """End the worker, whatever it is doing; may be called more than once."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
