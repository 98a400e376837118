"""Loads a content folder in a process of its own, which may die of what it reads."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from msgspec import structs

from tui.cards.batches import Batch
from tui.cards.load import load_behind, never
from tui.cards.process import SILENCE, Command, WorkerProcess, worker_command
from tui.cards.reader import StoryReader
from tui.cards.scan import place_behind, scan
from tui.cards.wire import Frame
from tui.errors import FolderError
from tui.model import Problem

MAX_WORKERS: Final = 20
"""Workers started for one folder; what is left then is read in this process, in the way that nothing can crash."""


class FolderLoader:
    """Loads a folder in a worker process: in `worker`, if one was started for this root, else in one of its own.

    A worker that dies, or says nothing for `silence` seconds, is replaced; the file it died of becomes a problem with
    the rule `worker-died`. Where no worker can run, the folder is read in this process. `command` starts a worker.
    """

    def __init__(
        self,
        root: Path,
        worker: WorkerProcess | None = None,
        *,
        command: Command | None = None,
        silence: float = SILENCE,
    ) -> None:
        self._root = root.absolute()
        self._worker = worker
        self._command = worker_command() if command is None else command
        self._silence = silence

    def close(self) -> None:
        """End the worker, if one runs."""
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def batches(self, should_stop: Callable[[], bool] = never) -> Iterator[Batch]:
        """What `load` gives, from the worker; to be asked for once. Batches go on while `should_stop` says no."""
        progress = _Progress()
        try:
            yield from self._from_workers(progress, should_stop)
            if not progress.complete and not should_stop():
                reader = StoryReader(only_guarded=progress.failed)
                for batch in load_behind(self._root, progress.last, should_stop, reader):
                    yield structs.replace(batch, not_cards=progress.not_cards + batch.not_cards)
        finally:
            self.close()

    def _from_workers(self, progress: "_Progress", should_stop: Callable[[], bool]) -> Iterator[Batch]:
        carefully = False
        for _ in range(MAX_WORKERS):
            worker = self._worker or self._new_worker(progress, carefully=carefully)
            if worker is None:
                return
            self._worker = worker
            heard = False
            for frame in worker.frames(should_stop):
                heard = True
                yield from progress.take(frame)
            self.close()
            if progress.complete or should_stop():
                return
            progress.failed = True
            if carefully and not heard:
                return
            if carefully:
                yield from progress.leave_out_next(self._root)
            carefully = not carefully

    def _new_worker(self, progress: "_Progress", *, carefully: bool) -> WorkerProcess | None:
        try:
            return WorkerProcess(self._command, self._root, progress.last, carefully=carefully, silence=self._silence)
        except OSError:
            return None


class _Progress:
    """How far a folder was read, over one worker after another."""

    def __init__(self) -> None:
        self.last = b""
        self.complete = False
        self.failed = False
        self.not_cards = 0

    def take(self, frame: Frame) -> Iterator[Batch]:
        """The batch in a frame, if it tells anything new. Raises FolderError if the frame says so."""
        if frame.failure:
            raise FolderError(frame.failure)
        self.last = frame.last
        self.complete = frame.final
        self.not_cards += frame.not_cards
        if frame.stories or frame.problems or frame.not_cards or frame.final:
            yield Batch(tuple(frame.stories), tuple(frame.problems), frame.done, frame.total, self.not_cards)

    def leave_out_next(self, root: Path) -> Iterator[Batch]:
        """Blame the file behind the last one that was read: a worker that wrote down each file died of it."""
        found = scan(root)
        entries = found.entries
        problems = () if self.last else found.problems
        place = place_behind(entries, self.last) if self.last else 0
        if place == len(entries):
            return
        culprit = entries[place]
        self.last = culprit.path
        message = "Reading this file ended the process that reads cards; it is left out. Check it or remove it."
        problem = Problem(file=culprit.id, rule="worker-died", message=message)
        yield Batch((), (*problems, problem), place + 1, len(entries), self.not_cards)
