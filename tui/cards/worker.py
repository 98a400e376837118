"""The loader's own process: reads a folder and writes frames to standard output.

It starts while the reader's own modules are still loading, imports only what it needs, and may die of what it reads
without harm: `tui.cards.loader` starts another and leaves the file out.
"""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from queue import Queue
from threading import Thread
from typing import Final

from msgspec import structs

from tui.cards.batches import FIRST_BATCH, LATER_BATCH, Batch, read_batches
from tui.cards.load import never
from tui.cards.reader import StoryReader
from tui.cards.scan import place_behind, scan
from tui.cards.wire import Sender
from tui.errors import FolderError

_FRAMES_WAITING: Final = 64


def main(arguments: Sequence[str]) -> int:
    """Reads the folder ROOT, or what comes behind the file LAST in it. Arguments are ROOT, and LAST or nothing.

    A third argument, whatever it is, asks for care: each file's frame is written before the next file is touched.
    """
    root, last, *manner = arguments
    output = _claim_stdout()
    # The process is short-lived and makes no cycles.
    gc.disable()
    write = _writer(output)
    if manner:
        _read(root, os.fsencode(last), 1, write)
    else:
        with _in_background(write) as queue:
            _read(root, os.fsencode(last), LATER_BATCH, queue)
    return 0


def _read(root: str, last: bytes, size: int, write: Callable[[bytes], None]) -> None:
    sender = Sender()
    try:
        found = scan(root)
    except FolderError as error:
        write(sender.failure(str(error)))
        return
    entries = found.entries
    done = place_behind(entries, last) if last else 0
    # Says how much there is, and that the worker is alive.
    write(sender.frame(Batch((), (), done, len(entries), 0), last, final=False))
    problems = () if last else found.problems
    first = min(size, FIRST_BATCH)
    for batch in read_batches(entries, StoryReader(), never, done=done, first=first, later=size):
        behind = entries[batch.done - 1].path if batch.done else b""
        batch = structs.replace(batch, problems=problems + batch.problems)
        write(sender.frame(batch, behind, final=batch.done == batch.total))
        problems = ()


def _claim_stdout() -> int:
    """A descriptor for the frames alone; whatever else is printed goes nowhere."""
    output = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return output


def _writer(output: int) -> Callable[[bytes], None]:
    def write(data: bytes) -> None:
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(output, rest) :]
        except OSError:
            # Nobody reads any more.
            os._exit(1)

    return write


@contextmanager
def _in_background(write: Callable[[bytes], None]) -> Iterator[Callable[[bytes], None]]:
    """Goes on reading files while the reader is too busy to take frames."""
    waiting: Queue[bytes] = Queue(maxsize=_FRAMES_WAITING)

    def run() -> None:
        while data := waiting.get():
            write(data)

    thread = Thread(target=run)
    thread.start()
    try:
        yield waiting.put
    finally:
        waiting.put(b"")
        thread.join()
