"""Loads a content folder in batches, newest cards first: in this process, or in a worker that may die of them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from msgspec import structs

from tui.cards.batches import Batch, read_batches
from tui.cards.process import SILENCE, Command, WorkerProcess, worker_command
from tui.cards.reader import StoryReader
from tui.cards.scan import place_behind, scan
from tui.cards.wire import Frame
from tui.errors import FolderError
from tui.model import Problem

MAX_WORKERS: Final = 20
"""Workers started for one folder; what is left then is read in this process, in the way that nothing can crash."""


def _never() -> bool:
    return False


def load(root: Path, should_stop: Callable[[], bool] = _never) -> Iterator[Batch]:
    """Reads, in this process, every card file below `root`, or the one that `root` is; at least one batch comes.

    `should_stop` is asked before each file: then no more batches come. Raises FolderError as `scan` does, when the
    first batch is asked for.
    """
    return _load_here(root, should_stop, _Progress(), StoryReader())


class FolderLoader:
    """Loads a folder in a worker process, which starts as soon as `start` is called.

    A worker that dies or hangs is replaced; the file it died of becomes a problem with the rule `worker-died`. Where
    no worker can run, the folder is read in this process. `command` starts a worker.
    """

    def __init__(self, root: Path, command: Command | None = None) -> None:
        self._root = root.absolute()
        self._command = worker_command() if command is None else command
        self._worker: WorkerProcess | None = None

    def start(self) -> Self:
        """Start reading; the batches wait until they are asked for."""
        self._worker = self._new_worker(_Progress(), carefully=False)
        return self

    def close(self) -> None:
        """End the worker, if one runs."""
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def batches(self, should_stop: Callable[[], bool] = _never) -> Iterator[Batch]:
        """What `load` gives, from the worker; to be asked for once. Batches go on while `should_stop` says no."""
        progress = _Progress()
        try:
            yield from self._from_workers(progress, should_stop)
            if not progress.complete and not should_stop():
                reader = StoryReader(only_guarded=progress.failed)
                yield from _load_here(self._root, should_stop, progress, reader)
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
            return WorkerProcess(self._command, self._root, progress.last, carefully=carefully, silence=SILENCE)
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


def _load_here(
    root: Path, should_stop: Callable[[], bool], progress: _Progress, reader: StoryReader
) -> Iterator[Batch]:
    """Reads what is behind the last file of `progress`, in this process."""
    found = scan(root)
    done = place_behind(found.entries, progress.last) if progress.last else 0
    problems = () if progress.last else found.problems
    for batch in read_batches(found.entries, reader, should_stop, done=done):
        yield structs.replace(batch, problems=problems + batch.problems, not_cards=progress.not_cards + batch.not_cards)
        problems = ()
