"""Follows a folder: loads it, or starts from its cache file, and then watches it. What a worker does, in any process.

What is not needed before the first stories are out is loaded later.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from threading import Event
from typing import TYPE_CHECKING

from tui.cards.protocol import Changes, Reader
from tui.cards.worker.snapshots import SnapshotSchedule, Writing
from tui.cards.worker.start import Plan
from tui.errors import DamagedCacheError
from tui.work import give_memory_back, never

if TYPE_CHECKING:
    from tui.cards.protocol import Outcome
    from tui.cards.sync.tracked import TrackedFiles
    from tui.cards.sync.watcher import Watcher
    from tui.cards.worker.request import SnapshotRequest
    from tui.cards.worker.wire import Sent

Stop = Callable[[], bool]


class FolderService:
    """Follows the folder of a plan. `reader` reads cards at a cold load, a new StoryReader if there is none.

    Where the process `is_own`, which nobody else has anything to do in, others are forked from it to read many cards.
    One of them waits as long as it `spares_core`, where otherwise none is left.
    """

    def __init__(
        self, plan: Plan, reader: Reader | None = None, *, is_own: bool = False, spares_core: Stop = never
    ) -> None:
        self._plan = plan
        self._root = plan.start.root
        self._reader = reader
        self._is_own = is_own
        self._spares_core = spares_core
        self._snapshots = SnapshotSchedule(plan.start, _write, time.monotonic)
        self._asked = Event()

    def rescan(self) -> None:
        """Have every file compared at once; from any thread."""
        self._asked.set()

    def close(self) -> None:
        """End what was started; from any thread."""
        self._snapshots.close()

    def messages(self, should_stop: Stop) -> "Iterator[Sent | None]":
        """All messages, and None once a second or more often, until `should_stop` says so; to be asked for once."""
        try:
            files = self._known()
            if files is not None:
                yield from self._watch(self._watcher(files), files, should_stop)
                return
            yield from self._load_and_watch(should_stop)
        finally:
            self.close()

    def _known(self) -> "TrackedFiles | None":
        """What the cache file knows of the folder, if it can be used."""
        start = self._plan.start
        if not start.token or start.cache is None:
            return None
        from tui.cache.file import open_cache
        from tui.cards.protocol import decode_problems
        from tui.cards.sync.tracked import TrackedFiles

        cache = open_cache(start.cache, start.root, start.token)
        if cache is None:
            return None
        with cache:
            try:
                problems, _ = decode_problems(cache.block("problems"))
                return TrackedFiles.of_blocks(start.root, cache.block("files"), problems)
            except (ValueError, KeyError, DamagedCacheError):
                return None

    def _load_and_watch(self, should_stop: Stop) -> "Iterator[Sent | None]":
        from tui.cards.worker.first_reading import FirstReading
        from tui.cards.worker.sizes import cores, helpers_for_cores  # a worker that only compares reads no card
        from tui.cards.worker.wire import PackedBatch

        since_ns = time.time_ns()
        helpers = helpers_for_cores() if self._is_own else 0
        spares_core = self._spares_core if helpers >= cores() else never  # else one is left free as it is
        first = FirstReading(self._plan, helpers, self._reader, kept=self._snapshots.kept(), spares_core=spares_core)
        parts = 0
        for message in first.messages(should_stop):
            yield message
            parts += isinstance(message, PackedBatch)
            if parts > 1:
                # The newest stories are out, and those who help to read the others were forked from this process.
                self._snapshots.prepare()
        if not first.is_complete or should_stop():
            return
        from tui.cards.sync.table import FileTable
        from tui.cards.sync.tracked import TrackedFiles

        files = TrackedFiles(self._root, FileTable())
        watcher = self._watcher(files, first.outcome(since_ns))
        self._snapshots.begin()
        # From here on only what has to be written holds the stories, and the watcher what became of the files.
        self._reader = None
        del first
        yield from self._watch(watcher, files, should_stop)

    def _watcher(self, files: "TrackedFiles", outcome: "Outcome | None" = None) -> "Watcher":
        from tui.cards.sync.watcher import Watcher

        plan = self._plan
        return Watcher(
            self._root,
            files,
            outcome,
            left_out=plan.left_out,
            rules=plan.start.rules,
            asked=self._asked,
            is_awaited=lambda: self._snapshots.is_busy,
        )

    def _watch(self, watcher: "Watcher", files: "TrackedFiles", should_stop: Stop) -> "Iterator[Sent | None]":
        for message in watcher.messages(should_stop):
            if isinstance(message, Changes):
                self._snapshots.take(message)
            yield message
            if message is None and watcher.is_current and (snapshot := self._snapshots.poll(files)):
                yield snapshot
                give_memory_back()  # of all that was read, or told whoever wrote it, which comes in threads


def _write(command: Sequence[str], request: "SnapshotRequest") -> Writing:
    from tui.cards.worker.indexing import IndexerProcess

    return IndexerProcess(command, request)
