"""A process of its own that follows a folder and writes frames to standard output.

It starts while the reader's own modules are still loading, imports only what it needs, and may die of what it reads
without harm: `tui.cards.worker.feed` starts another and leaves the file out. It ends when its standard input is closed;
a line there asks it to compare everything.
"""

import gc
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from queue import Queue
from threading import Lock, Thread
from typing import Final

from tui.cards.protocol import ReadingFile
from tui.cards.worker.service import FolderService
from tui.cards.worker.start import Plan
from tui.cards.worker.wire import PackedBatch, Sender
from tui.terminal_modes import TerminalState, restore_left_terminal
from tui.work import give_way, never, search_new_garbage, search_no_garbage, unread_bytes

_FRAMES_WAITING: Final = 64
_LINE_BYTES: Final = 4096
_AWAITED_SECONDS: Final = 0.5
_PAINT_SECONDS: Final = 0.05


def main(arguments: Sequence[str]) -> int:
    """Follows a folder by the plan in the arguments (`Plan.arguments`) until standard input is closed."""
    output = _claim_stdout()
    # Loading makes no cycles, but a lot that would be searched for them.
    search_no_garbage()
    plan = Plan.of_arguments(arguments)
    screen = _FirstScreen(output) if plan.terminal else None
    service = FolderService(plan, is_own=True, spares_core=screen.is_awaited if screen else never)
    leave = _leaver(plan, service)
    Thread(target=_obey, args=(service, leave), daemon=True).start()
    sender = Sender()
    has_shown = False
    with _in_background(_writer(output, leave)) as frames:
        for message in service.messages(never):
            if message is not None:
                frames.put(sender.frame(message))
                if screen and isinstance(message, PackedBatch) and not has_shown:
                    # The newest stories are out, and whoever looks at them goes before all that is read from now on;
                    # where nobody has a screen to look at, nobody presses keys, and all is waited for.
                    has_shown = True
                    give_way()
            elif not gc.isenabled():
                search_new_garbage()
            if isinstance(message, ReadingFile):
                # Has to be out before the file is touched.
                frames.join()
    return 0


class _FirstScreen:
    """Tells when whoever reads from `output` has painted the first stories: until then that takes a core for itself."""

    def __init__(self, output: int) -> None:
        self._output = output
        self._begun = self._taken = 0.0

    def is_awaited(self) -> bool:
        """Whether it has yet to be painted, by all that can be told here; to be asked now and then, from the start."""
        now = time.monotonic()
        self._begun = self._begun or now
        if self._begun == now or unread_bytes(self._output):
            self._taken = now
        return now - self._begun < _AWAITED_SECONDS and now - self._taken < _PAINT_SECONDS


def _leaver(plan: Plan, service: FolderService) -> Callable[[int], None]:
    """What ends this process with a status once its reader has ended, and with it all that was made for that reader.

    A reader that died is noticed by whichever thread reads from it or writes to it first: any of them may call this.
    """
    is_leaving = Lock()

    def leave(status: int) -> None:
        is_leaving.acquire()  # for good: the process must not end before the first who came here has done
        if plan.terminal:
            restore_left_terminal(TerminalState(plan.terminal))
        service.close()
        if plan.start.leaves_nothing and plan.start.cache is not None:
            from shutil import rmtree

            rmtree(plan.start.cache.parent, ignore_errors=True)
        os._exit(status)

    return leave


def _obey(service: FolderService, leave: Callable[[int], None]) -> None:
    while os.read(0, _LINE_BYTES):
        service.rescan()
    leave(0)


def _claim_stdout() -> int:
    """A descriptor for the frames alone; whatever else is printed goes nowhere."""
    output = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return output


def _writer(output: int, leave: Callable[[int], None]) -> Callable[[bytes], None]:
    def write(data: bytes) -> None:
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(output, rest) :]
        except OSError:
            # Nobody reads any more.
            leave(1)

    return write


@contextmanager
def _in_background(write: Callable[[bytes], None]) -> Iterator["Queue[bytes]"]:
    """Goes on reading files while the reader is too busy to take frames."""
    waiting: Queue[bytes] = Queue(maxsize=_FRAMES_WAITING)

    def run() -> None:
        while data := waiting.get():
            write(data)
            waiting.task_done()

    thread = Thread(target=run)
    thread.start()
    try:
        yield waiting
    finally:
        waiting.put(b"")
        thread.join()
