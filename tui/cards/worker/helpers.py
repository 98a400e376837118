"""Reads files in several processes at once, and gives what became of them in order, as if one had read them.

The processes are forked from one that has loaded all that is needed, and perhaps learnt from what it has read. They end
with it: when it closes their pipes, or is killed, which closes them. One that dies, or does not come back from a file,
costs nothing but time: what it did not finish is read in the process that asked, in the way that no input can crash.
"""

import os
import select
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from struct import Struct
from typing import Final

import msgspec

from tui.cards.folder.order import FileEntry
from tui.cards.sync.table import DIGEST_BYTES
from tui.cards.worker.packing import FilesRead, PackingReader
from tui.cards.worker.sizes import FIRST_BATCH, LATER_BATCH
from tui.cards.worker.wire import Frames, head_of
from tui.forks import end_process, fork, leave_all_else, pipe, widen, write_all
from tui.work import ShouldStop, never

HANG_SECONDS: Final = 20
"""Seconds after which a helper that does not begin, or does not come back from a file, ends."""

_TOLD_AFTER: Final = 1 / 16
_AHEAD: Final = 2
_PIECES_FOR_EACH: Final = 4
_LEAST_CHUNK: Final = 32
_POLL_MILLISECONDS: Final = 100
_READ_BYTES: Final = 1024 * 1024
_TASK: Final = Struct("=II")


class Team:
    """Reads `entries` in `count` processes at once, or in this one alone where none can be started.

    `new_reader` makes what each of them reads with; with True what crashes no process, for what others died of. While
    the team `spares_core`, one of them has nothing to do.
    """

    def __init__(
        self,
        entries: Sequence[FileEntry],
        count: int,
        new_reader: Callable[[bool], PackingReader],
        spares_core: Callable[[], bool] = never,
    ) -> None:
        self._entries = entries
        _ = entries[-1]  # so that they are in order before there are others who would have to do that, too
        self._count = count
        self._new_reader = new_reader
        self._spares_core = spares_core
        self._helpers: list[_Helper] = []
        self._parts: dict[int, FilesRead] = {}
        self._lost: dict[int, int] = {}
        self._chunks: deque[tuple[int, int]] = deque()

    def read(
        self, start: int, stop: int, should_stop: ShouldStop, meanwhile: Callable[[], object] = never
    ) -> Iterator[FilesRead]:
        """The files from `start` up to `stop`, in order; nothing more comes when `should_stop` says so.

        While the first of them are read `meanwhile` is done here, where there is nothing else to do yet.
        """
        self._chunks.extend(_chunks(start, stop, self._count))
        guarded: PackingReader | None = None
        try:
            self._call_helpers()
            self._give_out()
            meanwhile()
            while start < stop and not should_stop():
                if (part := self._parts.pop(start, None)) is not None:
                    start += part.files
                    yield part
                elif (end := self._lost.pop(start, None)) is not None:
                    guarded = guarded or self._new_reader(True)
                    yield from guarded.read(self._entries, start, end, should_stop)
                    start = end
                else:
                    self._give_out()
                    self._take_in()
        finally:
            self._dismiss(self._helpers)

    def _call_helpers(self) -> None:
        with suppress(OSError):
            for _ in range(self._count):
                reader = self._new_reader(False)
                self._helpers.append(_Helper(self._entries, reader))

    def _give_out(self) -> None:
        """Give each as much to read as it should have before it; where there is nobody, all is left to do here."""
        called = self._helpers[:-1] if len(self._helpers) > 1 and self._spares_core() else self._helpers
        for waiting in range(_AHEAD if len(self._chunks) > _AHEAD * len(self._helpers) else 1):
            for helper in called:
                if self._chunks and len(helper.tasks) == waiting and helper.give(*self._chunks[0]):
                    self._chunks.popleft()
        if not self._helpers:
            self._lost.update(self._chunks)
            self._chunks.clear()

    def _take_in(self) -> None:
        """Take in what was read, and do without those who have ended."""
        if not self._helpers:
            return
        poll = select.poll()
        for helper in self._helpers:
            poll.register(helper.results, select.POLLIN)
        ready = {descriptor for descriptor, _ in poll.poll(_POLL_MILLISECONDS)}
        lost = [helper for helper in self._helpers if helper.results in ready and not helper.take(self._parts)]
        for helper in lost:
            self._lost.update(helper.tasks)
        self._dismiss(lost)

    def _dismiss(self, helpers: "Sequence[_Helper]") -> None:
        for helper in tuple(helpers):
            self._helpers.remove(helper)
            helper.end()


def _chunks(start: int, stop: int, count: int) -> Iterator[tuple[int, int]]:
    """The files from `start` up to `stop` in pieces for so many processes, smaller ones in the beginning and the end.

    Thus the first stories come soon, and none has much left to read when the others are done.
    """
    soon, first = start + FIRST_BATCH, FIRST_BATCH // count
    while start < stop:
        fair = (stop - start) // (_PIECES_FOR_EACH * count)
        end = min(start + min(max(fair, _LEAST_CHUNK), first if start < soon else LATER_BATCH), stop)
        yield start, end
        start = end


class _Helper:
    """One process that reads with `reader`. Raises OSError if it cannot be started.

    `tasks` are the places (first, end) of files that it has to read and of which nothing came yet.
    """

    def __init__(self, entries: Sequence[FileEntry], reader: PackingReader) -> None:
        self.tasks: deque[tuple[int, int]] = deque()
        self._frames = Frames()
        with ExitStack() as undo:
            tasks, self._give = pipe(undo)
            self.results, results = pipe(undo)
            widen(results)
            self._process = fork(tasks, results)
            undo.pop_all()
        if not self._process:
            _live(tasks, results, entries, reader)
        os.close(tasks)
        os.close(results)

    def give(self, start: int, stop: int) -> bool:
        """Have it read the files from `start` up to `stop`; whether it still takes anything."""
        try:
            os.write(self._give, _TASK.pack(start, stop))
        except OSError:
            return False
        self.tasks.append((start, stop))
        return True

    def take(self, parts: dict[int, FilesRead]) -> bool:
        """Put what it has read into `parts`, by the place of the first file; false once it has ended."""
        data = os.read(self.results, _READ_BYTES)
        try:
            for packed in self._frames.feed(data):
                self._accept(_decode(packed), parts)
        except (ValueError, IndexError):  # it writes what makes no sense
            return False
        return bool(data)

    def _accept(self, part: FilesRead, parts: dict[int, FilesRead]) -> None:
        start, stop = self.tasks[0]
        end = start + part.files
        if not start < end <= stop or len(part.digests) != part.files * DIGEST_BYTES:
            raise ValueError("more was read than asked for")
        parts[start] = part
        self.tasks.popleft()
        if end < stop:
            self.tasks.appendleft((end, stop))

    def end(self) -> None:
        """End it, whatever it is doing."""
        os.close(self._give)
        os.close(self.results)
        end_process(self._process)


_decode: Final = msgspec.msgpack.Decoder(FilesRead).decode


def _live(tasks: int, results: int, entries: Sequence[FileEntry], reader: PackingReader) -> None:
    """What a helper does until there is nothing more to do. Never returns: nothing of its parent's is its own."""
    status = 1
    try:
        watch = _Watch()
        watch.goes_on()
        leave_all_else(tasks, results)
        encode = msgspec.msgpack.Encoder().encode
        watch.rests()
        while task := os.read(tasks, _TASK.size):
            start, stop = _TASK.unpack(task)
            for part in reader.read(entries, start, stop, watch.goes_on):
                watch.rests()
                packed = encode(part)
                write_all(results, head_of(len(packed)), packed)
        status = 0
    finally:
        os._exit(status)


class _Watch:
    """Has the system end this process unless it says in time that it goes on: nothing else gets it out of some loops.

    The system is told now and then only, for that costs more than a small file, so that of its time a part may be gone.
    """

    def __init__(self) -> None:
        self._due = 0.0

    def goes_on(self) -> bool:
        """Something is done from now on that may hang; always false."""
        now = time.monotonic()
        if now > self._due:
            signal.alarm(HANG_SECONDS)
            self._due = now + HANG_SECONDS * _TOLD_AFTER
        return False

    def rests(self) -> None:
        """Nothing is done for now that may hang."""
        signal.alarm(0)
        self._due = 0.0
