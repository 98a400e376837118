"""A reader that follows a folder through real workers, and writers of the cache file to go with them."""

import sys
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import cast

from msgspec import structs

from tui.cache.file import cache_path
from tui.cards.protocol import Batch, Changes, SnapshotWritten
from tui.cards.worker.feed import CardFeed, News
from tui.cards.worker.process import HANG_SECONDS, Command, WorkerProcess
from tui.cards.worker.start import WorkerStart
from tui.cards.worker.wire import Unpacker
from tui.model import Problem, Story
from tui.work import never

HOME = str(Path(__file__).resolve().parents[3])

# Writes what the worker needs to start from, and beside it the ids of the stories it was told.
_INDEXER = """
import sys
sys.path.insert(0, {home!r})
from pathlib import Path
from tui.cache.file import open_cache, write_cache
from tui.cards.protocol import encode_problems
from tui.cards.worker.indexing import write_events
from tui.cards.worker.request import ReceivedRequest
from tui.cards.worker.wire import Unpacker
request = ReceivedRequest(sys.stdin.buffer)
order = request.order
unpacker = Unpacker()
ids = {{story.id for packed in request.loaded() for story in unpacker.stories(packed)}}
write_events(sys.stdout.buffer, {{}})
rest = request.rest()
if order.base:
    with open_cache(Path(order.path), Path(order.root), order.base) as cache:
        ids = set(bytes(cache.block("ids")).decode().split())
ids = (ids - set(rest.removed)) | {{story.id for story in rest.stories}}
blocks = dict(files=rest.files, problems=encode_problems(rest.problems, rest.not_cards))
print(write_cache(Path(order.path), Path(order.root), blocks | dict(ids=" ".join(sorted(ids)).encode())))
"""

# A worker that runs the real one, but does something else when it comes to certain files.
_DOOMED = """
import os, sys, time
sys.path.insert(0, {home!r})
from tui.cards import reader
from tui.cards.worker import main
read = reader.read_card_file
def read_card_file(path):
    {action}
    return read(path)
reader.read_card_file = read_card_file
sys.exit(main.main(sys.argv[1:]))
"""


def indexer() -> tuple[str, ...]:
    """The command of a process that writes the cache file."""
    return sys.executable, "-c", _INDEXER.format(home=HOME)


def worker_that(action: str) -> Command:
    """The command of a worker that does this before it reads the file `path`."""
    return sys.executable, "-c", _DOOMED.format(home=HOME, action=action)


class Follower:
    """What a reader knows of the folder `root`, who follows it to the letter.

    The cache file lies in `caches`; without that no snapshots are made. A context manager.
    """

    def __init__(
        self,
        root: Path,
        caches: Path | None = None,
        *,
        token: str = "",
        shown: dict[str, Story] | None = None,
        command: Command | None = None,
        writer: tuple[str, ...] | None = None,
        worker: Callable[[WorkerStart], WorkerProcess | None] | None = None,
        silence: float = HANG_SECONDS,
    ) -> None:
        cache = cache_path(caches, root) if caches else None
        self.start = WorkerStart(root, cache, token, writer or indexer() if caches else ())
        self.feed = CardFeed(self.start, worker(self.start) if worker else None, command=command, silence=silence)
        self.stories: dict[str, Story] = dict(shown or {})
        self.problems: tuple[Problem, ...] = ()
        self.batches: list[Batch] = []
        self._whole = Whole()
        self.changes: list[Changes] = []
        self.snapshots: list[SnapshotWritten] = []
        self._stored = dict(shown or {})
        self._told: dict[int, dict[str, Story]] = {0: self._stored}
        self._deadline = 0.0
        news = self.feed.news(lambda: time.monotonic() > self._deadline)
        self._news = cast(Generator[News, None, None], news)

    def __enter__(self) -> "Follower":
        return self

    def __exit__(self, *_: object) -> None:
        self.feed.close()
        self._news.close()

    def until(self, has_enough: Callable[["Follower"], bool], seconds: float = 20) -> "Follower":
        """Take in news until there is enough of it; fails if that takes too long."""
        self._deadline = time.monotonic() + seconds
        while not has_enough(self):
            news = next(self._news, None)
            assert news is not None, f"no more news: {self.titles}, {len(self.changes)} changes, {self.problems}"
            self._take(news)
        return self

    def loaded(self) -> "Follower":
        """Take in news until the folder is loaded, or a warm start is over."""
        return self.until(lambda reader: reader.is_whole)

    @property
    def is_whole(self) -> bool:
        """Whether everything was told."""
        batches, changes = self.batches, self.changes
        return any(change.validated for change in changes) or any(batch.done == batch.total for batch in batches)

    @property
    def titles(self) -> set[str]:
        """The headlines that are shown."""
        return {story.title for story in self.stories.values()}

    def _take(self, news: News) -> None:
        match news:
            case Batch():
                batch = self._whole.batch(news)
                self.batches.append(batch)
                self.stories |= {story.id: story for story in batch.stories}
                self.problems += batch.problems
                self._told[0] = dict(self.stories)
            case Changes():
                self._take_changes(news)
            case SnapshotWritten():
                self.snapshots.append(news)
                self._stored = self._told[news.serial]

    def _take_changes(self, news: Changes) -> None:
        if news.fresh:
            self.stories = dict(self._stored) if news.base else {}
        assert not self.changes or news.serial > self.changes[-1].serial
        self.changes.append(news)
        for id in news.removed:
            self.stories.pop(id, None)
        self.stories |= {story.id: story for story in news.stories}
        self.problems = news.problems
        self._told[news.serial] = dict(self.stories)


class Whole:
    """Makes the stories of batches whole, as they come."""

    def __init__(self) -> None:
        self._unpacker = Unpacker()

    def batch(self, batch: Batch) -> Batch:
        """The batch with its stories as values."""
        if batch.packed is None:
            return batch
        return structs.replace(batch, stories=tuple(self._unpacker.stories(batch.packed)), packed=None)


class ColdLoad:
    """The batches of a cold start alone: in `worker`, if one was started for this root. A context manager."""

    def __init__(
        self,
        root: Path,
        worker: WorkerProcess | None = None,
        *,
        command: Command | None = None,
        silence: float = HANG_SECONDS,
    ) -> None:
        self._feed = CardFeed(WorkerStart(root), worker, command=command, silence=silence)

    def __enter__(self) -> "ColdLoad":
        return self

    def __exit__(self, *_: object) -> None:
        self._feed.close()

    def batches(self, should_stop: Callable[[], bool] = never) -> Iterator[Batch]:
        """What `load` gives, from the worker."""
        whole = Whole()
        for news in self._feed.news(should_stop):
            if isinstance(news, Batch):
                yield whole.batch(news)
                if news.done == news.total:
                    return
