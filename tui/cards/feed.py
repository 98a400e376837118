"""What the reader hears of a folder: stories as they are read, what changes from then on, and written snapshots."""

from collections.abc import Callable, Iterator
from typing import Self

from tui.cards.batches import Batch
from tui.cards.changes import Changes, Snapshot
from tui.cards.process import SILENCE, Command, WorkerProcess, WorkerStart

__all__ = ["Batch", "CardFeed", "Changes", "Snapshot"]

News = Batch | Changes | Snapshot
"""What comes out of a feed."""


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
        silence: float = SILENCE,
    ) -> None:
        self._start = start

    def news(self, should_stop: Callable[[], bool]) -> Iterator[News]:
        """What happens, as it happens, until `should_stop` says so, which is asked several times a second.

        Blocks while nothing happens; for a thread of its own, and to be asked for once. Raises FolderError if the
        folder cannot be read at a cold start; later that is told as `Changes.folder_error`.
        """
        raise NotImplementedError

    def rescan(self) -> None:
        """Have every file compared at once; changes marked `asked` answer, even if nothing changed. From any thread."""
        raise NotImplementedError

    def close(self) -> None:
        """End the worker; from any thread, and more than once if need be."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
