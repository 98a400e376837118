"""What the one thread does that touches the disk: opens, writes what waits, and looks for what other readers wrote."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from tui.state.backlog import Backlog
from tui.state.database import Database, read_copy
from tui.state.database_file import StateError, trouble_of
from tui.state.merge import Contents
from tui.state.values import Change, Notice, Trouble

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
    """The thread's work, which lasts until the backlog is closed."""

    def __init__(self, path: Path, backlog: Backlog, memory: Memory) -> None:
        self._path = path
        self._backlog = backlog
        self._memory = memory
        self._database: Database | None = None
        self._is_loaded = False
        self._is_backed_up = False
        self._tries = 0
        self._told: set[Trouble] = set()

    def run(self) -> None:
        """Open the database and write what comes."""
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
