"""Follows a folder: loads it, or starts from its cache file, and then watches it. What a worker does, in any process.

What is not needed before the first stories are out is loaded later.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from threading import Event
from typing import TYPE_CHECKING

from msgspec import structs

from tui.cards.folder.order import FileEntry, place_behind
from tui.cards.folder.scan import scan
from tui.cards.format.problems import ParsedStory
from tui.cards.protocol import Batch, BatchRead, Changes, Failure, Message, Reader, ReadingFile, died_of
from tui.cards.sync.table import FAILED, NO_DIGEST, NOT_CARD, STORY, FileTable
from tui.cards.worker.batches import LATER_BATCH, read_batches
from tui.cards.worker.snapshots import SnapshotSchedule, Writing
from tui.cards.worker.start import Plan
from tui.errors import DamagedCacheError, FolderError
from tui.model import Problem, Story

if TYPE_CHECKING:
    from tui.cards.sync.tracked import TrackedFiles
    from tui.cards.sync.watcher import Outcome
    from tui.cards.worker.request import SnapshotRequest

Stop = Callable[[], bool]


class FolderService:
    """Follows the folder of a plan. `reader` reads cards at a cold load, a new StoryReader if there is none."""

    def __init__(self, plan: Plan, reader: Reader | None = None) -> None:
        self._plan = plan
        self._root = plan.start.root
        self._reader = reader
        self._snapshots = SnapshotSchedule(plan.start, _write, time.monotonic)
        self._asked = Event()
        self._is_complete = False

    def rescan(self) -> None:
        """Have every file compared at once; from any thread."""
        self._asked.set()

    def close(self) -> None:
        """End what was started; from any thread."""
        self._snapshots.close()

    def messages(self, should_stop: Stop) -> Iterator[Message | None]:
        """All messages, and None once a second or more often, until `should_stop` says so; to be asked for once."""
        try:
            files = self._known()
            if files is not None:
                yield from self._watch(files, None, should_stop)
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

    def _load_and_watch(self, should_stop: Stop) -> Iterator[Message | None]:
        from tui.cards.reader import StoryReader

        since_ns = time.time_ns()
        reader = _NotingReader(self._reader or StoryReader(self._plan.start.rules), self._plan.left_out)
        yield from self._load(reader, should_stop)
        if not self._is_complete or should_stop():
            return
        from tui.cards.sync.tracked import TrackedFiles

        outcome = _outcome(reader, since_ns)
        self._snapshots.begin(reader.stories)
        # From here on only what has to be written holds the stories.
        self._reader = None
        del reader
        yield from self._watch(TrackedFiles(self._root, FileTable()), outcome, should_stop)

    def _load(self, reader: "_NotingReader", should_stop: Stop) -> Iterator[Message]:
        last, careful = self._plan.last, self._plan.careful
        try:
            found = scan(self._root)
        except FolderError as error:
            yield Failure(str(error))
            return
        entries = found.entries
        done = place_behind(entries, last) if last else 0
        # Says how much there is, and that the worker is alive.
        yield BatchRead(Batch((), (), done, len(entries), 0), last)
        for place, entry in enumerate(islice(entries, done), 1):
            # What is known already has to be known here as well.
            reader.read(entry)
            if place % LATER_BATCH == 0:
                yield BatchRead(Batch((), (), done, len(entries), 0), last)
        problems = () if last else found.problems
        read: Iterator[Batch | ReadingFile] = (
            _read_carefully(entries, reader, should_stop, done)
            if careful
            else read_batches(entries, reader, should_stop, done=done)
        )
        for message in read:
            if isinstance(message, ReadingFile):
                yield message
                continue
            self._is_complete = message.done == len(entries)
            behind = entries[message.done - 1].path if message.done else b""
            yield BatchRead(structs.replace(message, problems=problems + message.problems), behind, self._is_complete)
            problems = ()

    def _watch(self, files: "TrackedFiles", outcome: "Outcome | None", should_stop: Stop) -> Iterator[Message | None]:
        from tui.cards.sync.watcher import Watcher

        plan = self._plan
        watcher = Watcher(
            self._root,
            files,
            outcome,
            left_out=plan.left_out,
            rules=plan.start.rules,
            asked=self._asked,
            is_awaited=lambda: self._snapshots.is_busy,
        )
        for message in watcher.messages(should_stop):
            if isinstance(message, Changes):
                self._snapshots.take(message)
            yield message
            if message is None and watcher.is_current and (snapshot := self._snapshots.poll(files)):
                yield snapshot


class _NotingReader:
    """Reads through another reader, and notes what came of each file."""

    def __init__(self, reader: Reader, left_out: Sequence[str]) -> None:
        self._reader = reader
        self._left_out = frozenset(left_out)
        self.stories: dict[str, Story] = {}
        self.others: dict[str, int] = {}
        self.problems: list[Problem] = []

    def read(self, entry: FileEntry) -> ParsedStory:
        id = entry.id
        parsed = ParsedStory(problems=(died_of(id),)) if id in self._left_out else self._reader.read(entry)
        if parsed.story is not None:
            self.stories[id] = parsed.story
        else:
            self.others[id] = FAILED if parsed.problems else NOT_CARD
        self.problems += parsed.problems
        return parsed


def _outcome(reader: _NotingReader, since_ns: int) -> "Outcome":
    """What became of the files that were read from `since_ns` on, in ns since 1970."""
    from tui.cards.sync.updates import StoryDigests
    from tui.cards.sync.watcher import Outcome

    digests = StoryDigests()
    outcomes = {id: (STORY, digests.of(story)) for id, story in reader.stories.items()}
    outcomes |= {id: (mark, NO_DIGEST) for id, mark in reader.others.items()}
    return Outcome(since_ns, outcomes, tuple(reader.problems))


def _read_carefully(
    entries: Sequence[FileEntry], reader: Reader, should_stop: Stop, done: int
) -> Iterator[Batch | ReadingFile]:
    """Each file by itself, announced before it is read."""
    total = len(entries)
    if done == total:
        yield Batch((), (), total, total, 0)
    while done < total and not should_stop():
        yield ReadingFile(entries[done].id)
        parsed = reader.read(entries[done])
        done += 1
        stories = () if parsed.story is None else (parsed.story,)
        yield Batch(stories, parsed.problems, done, total, int(not stories and not parsed.problems))


def _write(command: Sequence[str], request: "SnapshotRequest") -> Writing:
    from tui.cards.worker.indexing import IndexerProcess

    return IndexerProcess(command, request)
