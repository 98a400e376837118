"""The one thread that touches the disk: opens, writes what waits, and looks for what other readers wrote."""

import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from threading import Condition, RLock, Thread
from typing import Protocol

from tui.state.database import Database, read_copy
from tui.state.database_file import StateError, trouble_of
from tui.state.merge import Contents
from tui.state.values import Change, Notice, Trouble


class Backlog:
    """Entries in the order they were made; `lock` also guards the ledger that they were entered into."""

    def __init__(self) -> None:
        self.lock = RLock()
        self._changed = Condition(self.lock)
        self._entries: deque[Change] = deque()
        self._closing_at: float | None = None
        self._hopeless = self._stuck = False

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, entry: Change) -> None:
        """Add an entry, and wake the writer."""
        with self._changed:
            self._entries.append(entry)
            self._changed.notify_all()

    def all(self) -> tuple[Change, ...]:
        """What waits, oldest first."""
        with self.lock:
            return tuple(self._entries)

    def put_anew(self, entries: Iterable[Change]) -> None:
        """Let the same entries, as they read now, wait in place of the old ones."""
        with self.lock:
            self._entries = deque(entries)

    def head(self, seconds: float) -> Change | None:
        """The oldest entry, waiting at most `seconds` for one; None without, or when closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._entries) or self._closing_at is not None, seconds)
            return self._entries[0] if self._entries else None

    def done(self) -> None:
        """The oldest entry is on disk."""
        with self._changed:
            self._entries.popleft()
            self._changed.notify_all()

    def flush(self, seconds: float, *, patient: bool = True) -> bool:
        """Wait until everything entered is on disk; false if it is not in time, or never will be.

        Whoever is not `patient` waits for a disk that works alone.
        """

        def is_over() -> bool:
            return not self._entries or self._hopeless or (self._stuck and not patient)

        return self._wait(is_over, seconds) and not self._entries

    def be_stuck(self, *, stuck: bool) -> None:
        """Whether the disk takes nothing for now, so that there is nothing to wait for."""
        with self._changed:
            self._stuck = stuck
            self._changed.notify_all()

    def pause(self, seconds: float) -> None:
        """Let some time pass before the next try; a new entry or the end wakes the writer at once."""
        with self._changed:
            if self._closing_at is not None:
                seconds = min(seconds, max(0.0, self._closing_at - time.monotonic()))
            self._changed.wait(seconds)

    def give_up(self) -> None:
        """Nothing will be written any more."""
        with self._changed:
            self._hopeless = True
            self._changed.notify_all()

    def close(self, seconds: float) -> None:
        """Ask the writer to end: when all is written, or after `seconds`."""
        with self._changed:
            if self._closing_at is None:
                self._closing_at = time.monotonic() + seconds
            self._changed.notify_all()

    @property
    def is_over(self) -> bool:
        """Whether the writer should end: closed, and either nothing is left or the time is up."""
        with self.lock:
            return self._closing_at is not None and (not self._entries or time.monotonic() >= self._closing_at)

    def _wait(self, condition: Callable[[], bool], seconds: float) -> bool:
        with self._changed:
            return self._changed.wait_for(condition, seconds)


POLL_SECONDS = 1.0
"""How often the writer looks for the marks of other readers."""
_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = {Trouble.BUSY: 0.4}
_LONGEST_PAUSE_ELSE = 5.0
_TRIES_BEFORE_BUSY_IS_TOLD = 6
_FOR_GOOD = {Trouble.REFUSED, Trouble.NEWER}
_KEEPS_CONNECTION = {Trouble.BUSY, Trouble.FULL}
_READS_A_COPY = {Trouble.READ_ONLY, Trouble.FULL}
_SAID = {
    Trouble.BUSY: "Another program holds the reading state; marks are kept in memory until it lets go.",
    Trouble.FULL: "The disk is full or failing; marks are kept in memory and written when there is room.",
    Trouble.READ_ONLY: "The reading state cannot be written; marks are kept in memory and tried again.",
    Trouble.CORRUPT: "The reading state is damaged; what is in memory is written to a new one.",
    Trouble.REPLACED: "The reading state was removed or replaced; what is in memory is added to it again.",
}


class Memory(Protocol):
    """What the writer reports to the store, and asks it."""

    def absorb(self, found: Contents) -> None:
        """Take over what was found on disk."""

    def addition_to(self, found: Contents) -> tuple[Change, tuple[Change, ...]]:
        """What memory holds beyond `found`, and the steps that can be undone."""

    def publish(self, notice: Notice) -> None:
        """Pass a notice on to the reader."""

    def settle(self) -> None:
        """The marks are loaded, or it is plain that they cannot be."""


class Writer:
    """The thread's work; `start` begins it and `join` waits for its end."""

    def __init__(self, path: Path, backlog: Backlog, memory: Memory) -> None:
        self._path = path
        self._backlog = backlog
        self._memory = memory
        self._database: Database | None = None
        self._is_loaded = False
        self._is_backed_up = False
        self._tries = 0
        self._told: set[Trouble] = set()
        self._thread = Thread(target=self._run, name="newsdeck-state", daemon=True)

    def start(self) -> None:
        """Open the database and begin to write, in the background."""
        self._thread.start()

    def join(self, seconds: float) -> None:
        """Wait for the thread to end."""
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            while not self._backlog.is_over:
                try:
                    self._turn()
                except Exception as error:  # the thread must outlive whatever the disk does: marks wait meanwhile
                    if not self._goes_on_after(error):
                        return
        finally:
            self._backlog.give_up()
            self._memory.settle()
            self._back_up()
            self._drop_connection()

    def _turn(self) -> None:
        database = self._opened()
        entry = self._backlog.head(POLL_SECONDS)
        if entry is not None:
            database.write(entry)
            self._backlog.done()
        elif (news := database.read_news()) is not None:
            self._memory.absorb(news)
        elif not self._is_backed_up:
            self._back_up()
        self._calm()

    def _opened(self) -> Database:
        if self._database is None:
            database = Database.open(self._path)
            try:
                for notice in database.notices:
                    self._memory.publish(notice)
                self._load(database)
            except BaseException:
                database.close()
                raise
            self._database = database
        return self._database

    def _load(self, database: Database) -> None:
        found = database.read_all()
        if self._is_loaded:
            database.restore(*self._memory.addition_to(found))
            found = database.read_all()
        self._memory.absorb(found)
        self._is_loaded = True
        self._memory.settle()

    def _goes_on_after(self, error: Exception) -> bool:
        trouble = trouble_of(error)
        if trouble not in _KEEPS_CONNECTION:
            self._drop_connection()
        if not self._is_loaded and trouble in _READS_A_COPY:
            self._load_copy()
        self._publish(trouble, error)
        self._backlog.be_stuck(stuck=self._is_stuck(trouble))
        if trouble in _FOR_GOOD:
            return False
        if trouble is not Trouble.BUSY:
            self._memory.settle()
        longest = _LONGEST_PAUSE.get(trouble, _LONGEST_PAUSE_ELSE)
        self._backlog.pause(min(longest, _FIRST_PAUSE * 2.0 ** min(self._tries, 10)))
        self._tries += 1
        return True

    def _is_stuck(self, trouble: Trouble) -> bool:
        """Whether it is more than another reader that is writing just now."""
        return trouble is not Trouble.BUSY or self._tries > 0

    def _load_copy(self) -> None:
        try:
            found = read_copy(self._path)
        except (sqlite3.Error, OSError, StateError):
            return  # marks begin empty then; the notice about the disk says enough
        self._memory.absorb(found)
        self._is_loaded = True

    def _publish(self, trouble: Trouble, error: Exception) -> None:
        if trouble in self._told or (trouble is Trouble.BUSY and self._tries < _TRIES_BEFORE_BUSY_IS_TOLD):
            return
        self._told.add(trouble)
        said = _SAID.get(trouble)
        if said is None:
            said = f"Marks are kept in memory only: {error}."
        self._memory.publish(Notice(said, trouble))

    def _calm(self) -> None:
        self._tries = 0
        self._backlog.be_stuck(stuck=False)
        if self._told and not len(self._backlog):
            self._told.clear()
            self._memory.publish(Notice("The reading state is written again."))

    def _back_up(self) -> None:
        """Keep a copy: once when all is quiet, and at the end."""
        if self._database is None:
            return
        self._is_backed_up = True
        # It is the second line of defence: where it cannot be written the marks themselves still are.
        with suppress(sqlite3.Error, OSError, StateError):
            self._database.back_up()

    def _drop_connection(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None
