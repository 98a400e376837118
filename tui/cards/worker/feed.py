"""What the reader hears of a folder: stories as they are read, what changes from then on, and written snapshots."""

import time
from collections.abc import Iterator
from contextlib import closing
from threading import Lock
from typing import TYPE_CHECKING, Final, Self

from msgspec import structs

from tui.cards.protocol import Batch, BatchRead, Changes, EventsFound, Failure, Message, ReadingFile, SnapshotWritten
from tui.cards.worker.process import HANG_SECONDS, Command, WorkerProcess, WorkerStart, worker_command
from tui.cards.worker.start import Plan
from tui.errors import FolderError
from tui.model import Problem, Story
from tui.work import ShouldStop, pause

if TYPE_CHECKING:
    from tui.cards.worker.service import FolderService

__all__ = ["Batch", "CardFeed", "Changes", "EventsFound", "News", "SnapshotWritten", "WorkerStart"]

News = Batch | Changes | EventsFound | SnapshotWritten
"""What comes out of a feed."""
MAX_WORKERS: Final = 20
"""Workers that may die one after the other; then cards are read in this process, in the way that nothing can crash."""
STEADY: Final = 60.0
"""Seconds of life after which the death of a worker has nothing to do with that of the one before."""
AGAIN_AFTER: Final = 1.0
"""Seconds until a folder is looked for again that was missing when a worker had to start over."""


class CardFeed:
    """Follows a folder through a worker process: `worker`, if one was started with `start`, else one of its own.

    A cold start gives batches, the last of which has `done == total`, and then changes. A warm start, from the cache
    file with the token in `start`, gives changes at once; if the worker cannot use that file it gives batches all the
    same, which then stand for everything. A snapshot comes whenever the cache file was written.

    A worker that dies, or says nothing for `silence` seconds while it reads a file, is replaced; a file that this
    happens with twice becomes a problem with the rule `worker-died`. Where no worker can run, the folder is read in
    this process. `command` starts a worker.
    """

    def __init__(
        self,
        start: WorkerStart,
        worker: WorkerProcess | None = None,
        *,
        command: Command | None = None,
        silence: float = HANG_SECONDS,
    ) -> None:
        self._start = start._replace(root=start.root.absolute())
        self._worker = worker
        self._command = worker_command() if command is None else command
        self._silence = silence
        self._progress = _Progress(start.token)
        self._suspects = _Suspects()
        self._local: FolderService | None = None
        self._lock = Lock()
        self._is_closed = False

    def news(self, should_stop: ShouldStop) -> Iterator[News]:
        """What happens, as it happens, until `should_stop` says so, which is asked once a second or more often.

        Blocks while nothing happens; for a thread of its own, and to be asked for once. Raises FolderError if the
        folder cannot be read at a cold start; later that is reported as `Changes.folder_error`.
        """
        try:
            while not (self._is_closed or should_stop()) and self._suspects.can_go_on:
                worker = self._next_worker()
                if worker is None:
                    break
                began = time.monotonic()
                with closing(worker.messages(should_stop)) as messages:
                    for message in messages:
                        self._suspects.hear(message)
                        yield from self._progress.take(message)
                self._end_worker()
                if self._progress.start_over():
                    pause(AGAIN_AFTER, lambda: self._is_closed or should_stop())
                else:
                    self._suspects.blame(time.monotonic() - began)
            while not (self._is_closed or should_stop()):
                yield from self._read_here(should_stop)
                self._progress.start_over()
                pause(AGAIN_AFTER, lambda: self._is_closed or should_stop())
        finally:
            self.close()

    def rescan(self) -> None:
        """Have every file compared at once; changes marked `asked` answer, even if nothing changed. From any thread."""
        with self._lock:
            if self._worker is not None:
                self._worker.rescan()
            elif self._local is not None:
                self._local.rescan()

    def close(self) -> None:
        """End the worker; from any thread, and more than once if need be."""
        self._is_closed = True
        self._end_worker()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _next_worker(self) -> WorkerProcess | None:
        with self._lock:
            if self._worker is None and not self._is_closed:
                try:
                    self._worker = WorkerProcess(self._command, self._plan(), self._silence)
                except OSError:
                    return None
            return self._worker

    def _end_worker(self) -> None:
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()

    def _plan(self) -> Plan:
        progress, suspects = self._progress, self._suspects
        start = self._start._replace(token=progress.token)
        return Plan(start, progress.last, careful=suspects.careful, left_out=tuple(suspects.guilty))

    def _read_here(self, should_stop: ShouldStop) -> Iterator[News]:
        """Follow the folder in this process, without writing snapshots."""
        from tui.cards.reader import StoryReader  # where a worker reads the cards none of it is needed here
        from tui.cards.worker.service import FolderService
        from tui.cards.worker.wire import received

        plan = self._plan()
        plan = plan._replace(start=plan.start._replace(indexer=()), careful=False)
        reader = StoryReader(plan.start.rules, only_guarded=self._suspects.deaths > 0)
        service = FolderService(plan, reader)
        with self._lock:
            self._local = service
        messages = service.messages(lambda: self._is_closed or should_stop())
        for message in received(messages, leaves_packed=True):
            yield from self._progress.take(message)


class _Progress:
    """How far a folder was reported, over one worker after another; begins with the snapshot `token`, empty for none.

    Each worker counts its changes from 1; whoever listens to the feed needs serials that never repeat. Thus those of a
    worker are added to the last serial of the worker before:

        first worker     Changes 1, 2, 3               reported as 1, 2, 3
                         SnapshotWritten(t, 2)         reported with serial 2: only 3 lies on top of the snapshot t
        it dies, a second one starts from t (`_serial_before` is 3 now)
        second worker    Changes 1                     reported as 4, `fresh` with base t: what came before is dropped
                         SnapshotWritten(u, 1)         reported with serial 4
    """

    def __init__(self, token: str) -> None:
        self.token = token
        self.last = b""
        self._is_whole = False
        self._is_fresh = False
        self._is_gone = False
        self._serial = self._serial_before = 0
        self._again: _Again | None = None

    def start_over(self) -> bool:
        """Another worker begins, with the newest snapshot or behind the last file that was read.

        Whether the one before ended because the folder is missing.
        """
        self._serial_before = self._serial
        self._is_fresh = self._is_whole
        self._again = None
        was_gone, self._is_gone = self._is_gone, False
        return was_gone

    def take(self, message: Message) -> Iterator[News]:
        """What is new in a message. Raises FolderError if it says that nothing can be read."""
        match message:
            case BatchRead():
                yield from self._take_batch(message)
            case Changes():
                yield self._numbered(message)
                self._is_whole = True
                self.last = b""
            case SnapshotWritten():
                self.token = message.token or self.token
                yield SnapshotWritten(message.token, self._serial_before + message.serial)
            case EventsFound():
                yield structs.replace(message, serial=self._serial_before + message.serial)
            case Failure():
                yield from self._fail(message.message)
            case ReadingFile():
                pass

    def _numbered(self, changes: Changes) -> Changes:
        self._serial = self._serial_before + changes.serial
        changes = structs.replace(changes, serial=self._serial)
        if self._is_fresh:
            changes = structs.replace(changes, fresh=True, base=self.token)
        self._is_fresh = False
        return changes

    def _take_batch(self, loaded: BatchRead) -> Iterator[News]:
        batch = loaded.batch
        # The cache file is no use any more.
        self.token = ""
        if self._is_whole:
            # Everything was reported before: what comes now takes its place, in one piece.
            self._again = self._again or _Again()
            self._again.take(batch)
            if loaded.final:
                yield self._replaced(self._again)
            return
        self.last = loaded.last
        self._is_whole = loaded.final
        if batch.count or batch.problems or batch.not_cards or loaded.final:
            yield batch
        if loaded.final:
            self.last = b""

    def _replaced(self, again: "_Again") -> Changes:
        self._serial_before += 1
        self._serial = self._serial_before
        self._is_fresh = False
        self._again = None
        return again.changes(self._serial)

    def _fail(self, reason: str) -> Iterator[News]:
        if not self._is_whole:
            raise FolderError(reason)
        self._is_gone = True
        self._serial_before += 1
        self._serial = self._serial_before
        yield Changes(self._serial, folder_error=reason)


class _Again:
    """A whole folder that is loaded again."""

    def __init__(self) -> None:
        from tui.cards.worker.wire import Unpacker  # not needed before the first stories are out

        self._unpacker = Unpacker()
        self._stories: list[Story] = []
        self._problems: list[Problem] = []
        self._not_cards = 0
        self._files = 0

    def take(self, batch: Batch) -> None:
        """Take in a batch."""
        self._stories += batch.stories if batch.packed is None else self._unpacker.stories(batch.packed)
        self._problems += batch.problems
        self._not_cards += batch.not_cards
        self._files = batch.total

    def changes(self, serial: int) -> Changes:
        """What the batches hold, in place of all that was reported before."""
        return Changes(
            serial, tuple(self._stories), (), tuple(self._problems), self._not_cards, self._files,
            data_changed=True, validated=True, fresh=True,
        )  # fmt: skip


class _Suspects:
    """Which files workers die of, and how to find out."""

    def __init__(self) -> None:
        self.guilty: dict[str, None] = {}
        self.careful = False
        self.deaths = 0
        self._suspected: set[str] = set()
        self._reading = ""
        self._has_spoken = False
        self._was_mute = False

    @property
    def can_go_on(self) -> bool:
        """Whether another worker may fare better."""
        return self.deaths < MAX_WORKERS and not self._was_mute

    def hear(self, message: Message) -> None:
        """Note which file a worker reads, and that it is alive."""
        self._has_spoken = True
        self._reading = message.id if isinstance(message, ReadingFile) else ""

    def blame(self, seconds: float) -> None:
        """Draw conclusions from the death of a worker that lived so long."""
        self.deaths = 1 if seconds > STEADY else self.deaths + 1
        self._was_mute = self.careful and not self._has_spoken
        suspect, self._reading = self._reading, ""
        if suspect and (self.careful or suspect in self._suspected):
            self.guilty[suspect] = None
            self.careful = False
        else:
            self._suspected.add(suspect)
            self.careful = not self.careful
        self._has_spoken = False
