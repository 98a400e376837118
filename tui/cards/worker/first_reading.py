"""Reads a whole folder for the first time: the newest files at once, the others in as many processes as help."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from tui.cards.folder.folder_data import FolderData
from tui.cards.folder.order import FileEntry, place_behind
from tui.cards.folder.scan import Scan, scan
from tui.cards.protocol import Batch, BatchRead, Failure, Outcome, Reader, ReadingFile
from tui.cards.reader import StoryReader
from tui.cards.worker.packing import FilesRead, PackingReader
from tui.cards.worker.sizes import FIRST_BATCH, LATER_BATCH, SOON_IN_ORDER, WORTH_HELP
from tui.cards.worker.start import Plan
from tui.cards.worker.wire import Sent
from tui.errors import FolderError
from tui.model import Problem
from tui.work import ShouldStop, never

if TYPE_CHECKING:
    from tui.cards.worker.keeping import KeptStories


class FirstReading:
    """Reads the folder of a plan, in this process and in `helpers` others at most.

    `reader` reads cards here; a new StoryReader if there is none. The stories that were found are added to `kept`, in
    order; there are digests of them only where the folder `is_followed`. One of the others waits while the reading
    `spares_core`.
    """

    def __init__(
        self,
        plan: Plan,
        helpers: int,
        reader: Reader | None = None,
        *,
        kept: "KeptStories | None" = None,
        spares_core: Callable[[], bool] = never,
        is_followed: bool = True,
    ) -> None:
        self._plan = plan
        self._helpers = helpers
        self._reader = reader or StoryReader(plan.start.rules)
        self._kept = kept
        self._spares_core = spares_core
        self._is_followed = is_followed
        self._sources = 0
        self._entries: Sequence[FileEntry] = ()
        self._marks = bytearray()
        self._digests = bytearray()
        self._problems: list[Problem] = []
        self.is_complete = False

    def outcome(self, since_ns: int) -> Outcome:
        """What became of the files, which were read from `since_ns` on, in ns since 1970."""
        ids = [entry.id for entry in self._entries]
        return Outcome(since_ns, ids, bytes(self._marks), bytes(self._digests), tuple(self._problems))

    def messages(self, should_stop: ShouldStop) -> Iterator[Sent]:
        """The batches, in order, until `should_stop` says so; or that the folder cannot be read."""
        try:
            found = scan(self._plan.start.root)
        except FolderError as error:
            yield Failure(str(error))
            return
        yield from self.read(found, should_stop)

    def read(self, found: Scan, should_stop: ShouldStop) -> Iterator[Sent]:
        """The same where it is known what the folder holds."""
        last = self._plan.last
        self._entries = found.entries
        total = len(found.entries)
        done = place_behind(found.entries, last) if last else 0
        # Says how much there is, and that the worker is alive.
        yield BatchRead(Batch((), (), done, total, 0), last)
        if done:
            for read in self._read(0, done, should_stop):
                # What is known already has to be known here as well.
                self._note(read)
                yield BatchRead(Batch((), (), done, total, 0), last)
        if len(self._marks) == done:
            yield from self._batches(found, done, should_stop)

    def _batches(self, found: Scan, done: int, should_stop: ShouldStop) -> Iterator[Sent]:
        """The files from the one after `done` on."""
        entries = found.entries
        problems = () if self._plan.last else found.problems
        begins = self._is_followed and not (self._plan.last or self._plan.careful)
        near_data = cache(self._near_data)
        reads = (
            self._read_carefully(done, len(entries), should_stop)
            if self._plan.careful
            else self._read(done, len(entries), should_stop, near_data if begins else never)
        )
        for read in reads:
            if isinstance(read, ReadingFile):
                yield read
                continue
            self._note(read)
            self.is_complete = len(self._marks) == len(entries)
            yield read.batch(entries, len(self._marks), problems, near_data() if begins else None)
            problems, begins = (), False

    def _near_data(self) -> FolderData:
        """What the folder says near its top: whoever shows the first stories would have to load what reads it."""
        from tui.cards.folder.data import load_near_data

        return load_near_data(self._plan.start.root)

    def _note(self, read: FilesRead) -> None:
        self._marks += read.marks
        self._digests += read.digests
        self._problems += read.problems
        if self._kept is not None:
            self._kept.add(read.stories)

    def _read(
        self, start: int, stop: int, should_stop: ShouldStop, meanwhile: Callable[[], object] = never
    ) -> Iterator[FilesRead]:
        """These files, at least one part: in other processes where that is worth it, and `meanwhile` is done here.

        Of very many the first are read here, before all are put in order; so they are where a core is spared.
        """
        behind = min(start + FIRST_BATCH, stop)
        is_worth_help = self._helpers > 0 and stop - behind >= WORTH_HELP
        if not is_worth_help or len(self._entries) > SOON_IN_ORDER or self._spares_core():
            reader = self._new_reader(guarded=False)
            yield from reader.read(self._entries, start, behind, should_stop)
            start = behind
        if is_worth_help:
            from tui.cards.worker.helpers import Team  # few files need none of it

            team = Team(
                self._entries, self._helpers, lambda guarded: self._new_reader(guarded=guarded), self._spares_core
            )
            yield from team.read(start, stop, should_stop, meanwhile)
            return
        for at in range(start, stop, LATER_BATCH):
            yield from reader.read(self._entries, at, min(at + LATER_BATCH, stop), should_stop)

    def _read_carefully(self, start: int, stop: int, should_stop: ShouldStop) -> Iterator[FilesRead | ReadingFile]:
        """Each file by itself, announced before it is read."""
        reader = self._new_reader(guarded=False)
        if start == stop:
            yield from reader.read(self._entries, start, stop, should_stop)
        for at in range(start, stop):
            if should_stop():
                return
            yield ReadingFile(self._entries[at].id)
            yield from reader.read(self._entries, at, at + 1, should_stop)

    def _new_reader(self, *, guarded: bool) -> PackingReader:
        """What packs for itself, as everything that is read apart has to; `guarded` it crashes nothing."""
        self._sources += 1
        reader = StoryReader(self._plan.start.rules, only_guarded=True) if guarded else self._reader
        return PackingReader(reader, self._plan.left_out, self._sources, digests=self._is_followed)
