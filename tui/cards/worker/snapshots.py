"""Has the cache file written anew when there is something to write, by a process of its own.

Loads next to nothing, for a worker needs it before its first frame is out.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Final, Protocol

from tui.cards.protocol import Changes, ChangeSet, EventsFound, SnapshotWritten
from tui.cards.worker.start import WorkerStart
from tui.model import Problem

if TYPE_CHECKING:
    from tui.cards.sync.tracked import TrackedFiles
    from tui.cards.worker.keeping import KeptStories
    from tui.cards.worker.request import Awaited, Remainder, SnapshotRequest

QUIET: Final = 1.0
"""Seconds without changes after which they are written."""
LATEST: Final = 30.0
"""Seconds after the first of changes that never cease at which they are written all the same."""
SPARING: Final = 3
"""How many times as long as it takes to write a snapshot no other is begun after it."""
MOST_DEATHS: Final = 3
"""Writers that may be killed by others, after each of which another is started without waiting for changes."""
MANY: Final = 256
"""Files that were read again and found unchanged, after which that is worth to be written down."""

_NEVER: Final = float("inf")


class Writing(Protocol):
    """A snapshot that is being written."""

    def token(self) -> str | None:
        """The token of the snapshot; empty if it failed, None while it is not known. Does not wait."""
        ...

    def events(self) -> dict[str, bytes] | None:
        """The events that go into it as blocks, told once, when they are found; None before and after."""
        ...

    def was_killed(self) -> bool:
        """Whether it failed for no fault of its own, so that another may fare better."""
        ...

    def kill(self) -> None:
        """End it."""
        ...


class SnapshotSchedule:
    """Gathers what differs from the newest snapshot, and has new ones written when that has come to rest.

    `start` names the folder, the cache file and the token of the one that exists, empty for none. `write` starts to
    write a snapshot, and raises OSError if it cannot. `clock` gives seconds that never go back.
    """

    def __init__(
        self,
        start: WorkerStart,
        write: "Callable[[Sequence[str], SnapshotRequest], Writing]",
        clock: Callable[[], float],
    ) -> None:
        self._start = start
        self._write = write
        self._clock = clock
        self._base = start.token
        self._changes = ChangeSet()
        self._loaded: KeptStories | None = None
        self._state: tuple[tuple[Problem, ...], int, int] | None = None
        self._dirty_from = _NEVER
        self._changed_at = self._not_before = -_NEVER
        self._serial = self._settled = 0
        self._writing: Writing | None = None
        self._rest: Awaited | None = None
        self._deaths = 0
        self._lock = Lock()
        self._is_closed = False
        self._began = 0.0
        self._sent_serial = 0
        self._sent = ChangeSet()

    @property
    def wanted(self) -> bool:
        """Whether snapshots are to be written at all."""
        return bool(self._start.indexer) and self._start.cache is not None

    @property
    def is_busy(self) -> bool:
        """Whether one is being written, or will be soon."""
        return self._writing is not None or (self.wanted and self._dirty_from < _NEVER)

    def kept(self) -> "KeptStories | None":
        """What keeps all stories of a cold load until they are written; None where they are not to be."""
        if self.wanted and self._start.cache is not None:
            from tui.cards.worker.keeping import KeptStories

            self._loaded = KeptStories(self._start.cache.parent)
        return self._loaded

    def prepare(self) -> None:
        """Have the writer take in what is kept of a cold load, now and as it comes; to be called more than once."""
        if self._writing is None and self._loaded is not None:
            self._start_writer()

    def begin(self) -> None:
        """Have what was kept of a cold load written soon, for that is all there is."""
        if self._loaded is not None:
            self._loaded.finish()
        if self.wanted:
            self._base = ""
            self._changes = ChangeSet()
            self._dirty_from = self._changed_at

    def take(self, changes: Changes) -> None:
        """Apply changes that were sent."""
        self._serial = changes.serial
        if not self.wanted or changes.folder_error:
            return
        self._changes.add(changes.stories, changes.removed)
        state = changes.problems, changes.not_cards, changes.files
        is_other = state != (self._state or state)
        self._state = state
        if changes.stories or changes.removed or changes.data_changed or is_other:
            self._changed_at = self._clock()
            self._dirty_from = min(self._dirty_from, self._changed_at)

    def poll(self, files: "TrackedFiles") -> EventsFound | SnapshotWritten | None:
        """Begin to write what has come to rest, or report the events in it, that it was written, or could not be."""
        if self._writing is not None:
            blocks = self._writing.events()
            if blocks is not None:
                return EventsFound(blocks, 0)
            if self._rest is None:
                return self._finished(self._writing)
        now = self._clock()
        is_dirty = self._dirty_from < _NEVER or files.settled - self._settled >= MANY
        is_due = now - self._changed_at >= QUIET or now - self._dirty_from >= LATEST
        if self.wanted and is_dirty and is_due and now >= self._not_before:
            self._settled = files.settled
            return self._begin(files, now)
        return None

    def close(self) -> None:
        """End what is being written, and begin nothing more; from any thread."""
        with self._lock:
            self._is_closed = True
            writing, rest, loaded = self._writing, self._rest, self._loaded
        if writing is not None:
            writing.kill()
        if rest is not None:
            rest.give_up()
        if loaded is not None:
            loaded.close()

    def _begin(self, files: "TrackedFiles", now: float) -> SnapshotWritten | None:
        self._dirty_from = _NEVER
        self._began = now
        self._sent_serial = self._serial
        self._sent, self._changes = self._changes, ChangeSet()
        if self._rest is not None and self._writing is not None and self._writing.token() is not None:
            self._rest.give_up()
            self._writing = None  # it ended before it knew all that it should write
        if self._writing is None and not self._start_writer():
            return self._take_back()
        rest, self._rest = self._rest, None
        if rest is not None:
            rest.give(self._remainder(files))
        return None

    def _start_writer(self) -> bool:
        """Whether a process runs that takes in what was loaded, and waits for the remainder."""
        from tui.cards.worker.request import Awaited, Order, SnapshotRequest

        self._rest = Awaited()
        order = Order(os.path.realpath(self._start.root), str(self._start.cache), self._base, self._start.rules.text)
        loaded = self._loaded.coming() if self._loaded is not None else ()
        request = SnapshotRequest(order, loaded, self._rest)
        with suppress(OSError), self._lock:
            # Whoever closes meanwhile has to know of what is just being started.
            if not self._is_closed:
                self._writing = self._write(self._start.indexer, request)
            return True
        return False

    def _remainder(self, files: "TrackedFiles") -> "Remainder":
        from tui.cards.worker.request import Remainder

        return Remainder(
            files=files.block(),
            problems=files.problems,
            not_cards=files.table.not_cards,
            stories=list(self._sent.stories.values()),
            removed=sorted(self._sent.removed),
        )

    def _finished(self, writing: Writing) -> SnapshotWritten | None:
        token = writing.token()
        if token is None:
            return None
        self._writing = None
        now = self._clock()
        if not token and writing.was_killed():
            return self._take_back(again=True)
        self._not_before = now + SPARING * (now - self._began)
        if not token:
            return self._take_back()
        self._sent = ChangeSet()
        if self._loaded is not None:
            self._loaded.close()
        self._loaded = None
        self._base = token
        return SnapshotWritten(token, self._sent_serial)

    def _take_back(self, *, again: bool = False) -> SnapshotWritten | None:
        """Have what was not written written with the next changes, or at once `again`; the message that it was not."""
        later, self._changes, self._sent = self._changes, self._sent, ChangeSet()
        self._changes.add(later.stories.values(), later.removed)
        if again and self._deaths < MOST_DEATHS:
            self._deaths += 1
            self._dirty_from = min(self._dirty_from, self._changed_at)
            return None
        return SnapshotWritten("", self._sent_serial)
