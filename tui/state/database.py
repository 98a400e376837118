"""One connection to the database, for the one thread that owns it."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote_from_bytes
from uuid import uuid4

from tui.private_files import own_folder
from tui.state import rows
from tui.state.database_file import (
    StateError,
    backup_of,
    identity_of,
    opening,
    prepare_file,
    put_aside,
    trouble_of,
)
from tui.state.entries import Stamp
from tui.state.merge import Contents, additions
from tui.state.values import Change, Folder, Notice, Trouble

BUSY_SECONDS = 0.2
"""How long SQLite itself waits for a lock; beyond that the writer waits, where it can be woken."""


class Database:
    """An open, checked database of today's schema.

    `notices` says what had to be done to open it. Every method may raise sqlite3.Error.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, notices: tuple[Notice, ...]) -> None:
        self.notices = notices
        self._path = path
        self._connection = connection
        self._identity = identity_of(path)
        self._revision = rows.revision_of(connection)
        self._data_version = self._current_data_version()

    @classmethod
    def open(cls, path: Path) -> "Database":
        """Open, check, and if needed make or migrate the database; a broken one is put aside.

        Raises NotOursError (a link, somebody else's file), StateError (a newer schema), sqlite3.Error or OSError.
        """
        os.close(own_folder(path.parent))
        with opening(path):
            notices: list[Notice] = []
            connection = _sound_connection(path, notices)
            if connection is not None:
                return cls(path, connection, tuple(notices))
            aside = put_aside(path)
            prepare_file(path)
            database = cls(path, _connect_checked(path, notices), ())
            saved = database._restore_from(backup_of(path), aside)
            database.notices = (_told_aside(aside, saved),)
            return database

    def read_all(self) -> Contents:
        """Everything that is kept; `read_news` goes on from there."""
        return self._read(whole=True)

    def read_news(self) -> Contents | None:
        """What others wrote since the last reading; None if nobody did."""
        self._check_identity()
        return None if self._current_data_version() == self._data_version else self._read(whole=False)

    def write(self, entry: Change) -> None:
        """Write one entry in one transaction; once this returns it is on disk."""
        self._check_identity()
        with _transaction(self._connection):
            before = rows.revision_of(self._connection)
            written = rows.write(self._connection, entry)
        if before == self._revision:
            self._revision = written

    def restore(self, entry: Change, steps: tuple[Change, ...]) -> None:
        """Write what a database that took the place of another one lacks."""
        with _transaction(self._connection):
            if not entry.is_empty:
                rows.write(self._connection, entry)
            for step in steps:
                rows.write_step(self._connection, step)

    def back_up(self) -> None:
        """Keep a copy beside the database, unless the one there is of the same revision; a failed one leaves the old.

        It is what a damaged database is restored from.
        """
        backup, unfinished = backup_of(self._path), self._path.with_name(f"{self._path.name}.backup-new")
        with opening(self._path):
            if _revision_in(backup) == rows.revision_of(self._connection):
                return
            try:
                unfinished.unlink(missing_ok=True)
                prepare_file(unfinished)
                self._connection.execute("VACUUM INTO ?", (str(unfinished),))
                unfinished.replace(backup)
            finally:
                unfinished.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the connection; the last one to do so folds the log into the database."""
        self._connection.close()

    def _restore_from(self, *sources: Path) -> int:
        """Take over what can still be read of `sources`; gives the number of stories with marks."""
        for source in sources:
            found = salvage(source)
            entry = additions(self.read_all(), found, Stamp(uuid4().hex, 0))
            self.restore(entry, found.steps)
        return len(self.read_all().marks)

    def _check_identity(self) -> None:
        if identity_of(self._path) != self._identity:
            raise StateError(Trouble.REPLACED, f"{self._path} was replaced by another file")

    def _current_data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _read(self, whole: bool) -> Contents:
        data_version = self._current_data_version()
        with _transaction(self._connection, "DEFERRED"):
            revision = rows.revision_of(self._connection)
            found = rows.read_all(self._connection) if whole else rows.read_since(self._connection, self._revision)
        self._revision, self._data_version = revision, data_version
        return found


def read_copy(path: Path) -> Contents:
    """Everything in a database that cannot be written, by way of a copy that can; nothing if there is none.

    SQLite needs to write even for reading where a crash left a log behind. Raises sqlite3.Error, OSError,
    StateError.
    """
    with _copied(path) as copy:
        if not copy.exists():
            return Contents()
        with closing(_connect_checked(copy, [])) as connection:
            return rows.read_all(connection)


def folders_in(path: Path) -> tuple[Folder, ...]:
    """The folders that were open before, as a database has them that is left as it is; none where it cannot be read."""
    try:
        return read_copy(path).folders
    except (sqlite3.Error, OSError, StateError):
        return ()


def salvage(path: Path) -> Contents:
    """What can still be read of a database that may be damaged or missing, by way of a copy."""
    try:
        return read_copy(path)
    except (sqlite3.Error, StateError, OSError):
        pass
    try:
        with _copied(path) as copy, closing(_connect(copy)) as connection:
            return rows.read_sound(connection)
    except (sqlite3.Error, OSError):
        return Contents()


@contextmanager
def _copied(path: Path) -> Iterator[Path]:
    with TemporaryDirectory(prefix="newsdeck-") as directory:
        copy = Path(directory) / path.name
        for suffix in ("", "-wal"):
            source = path.with_name(path.name + suffix)
            if source.is_file() and not source.is_symlink():
                shutil.copyfile(source, copy.with_name(copy.name + suffix))
        yield copy


def _revision_in(path: Path) -> int | None:
    """The revision of a database that nobody writes; None if it is not known."""
    if not path.is_file():
        return None
    try:
        with closing(_connect(path)) as connection:
            return rows.revision_of(connection)
    except sqlite3.Error:
        return None


def _sound_connection(path: Path, notices: list[Notice]) -> sqlite3.Connection | None:
    """A connection to the database, which is made if there is none; None if what is there is of no use."""
    if not prepare_file(path):
        return None
    try:
        return _connect_checked(path, notices)
    except (sqlite3.Error, StateError) as error:
        if trouble_of(error) is not Trouble.CORRUPT:
            raise
        return None


def _connect_checked(path: Path, notices: list[Notice]) -> sqlite3.Connection:
    connection = _connect(path)
    try:
        _check(connection)
        _bring_up_to_date(connection, notices)
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(path: Path) -> sqlite3.Connection:
    uri = f"file:{quote_from_bytes(bytes(path.absolute()))}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    # With FULL an acknowledged mark outlives a power cut too; the cost is the writer thread's alone.
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _check(connection: sqlite3.Connection) -> None:
    """Raise unless this is a sound database, of ours, that this program understands."""
    verdict = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != ("ok",):
        raise StateError(Trouble.CORRUPT, "the reading state is damaged")
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables and owner != rows.APPLICATION_ID:
        raise StateError(Trouble.CORRUPT, "the reading state is another program's database")
    version = rows.version_of(connection)
    if version > rows.VERSION:
        raise StateError(
            Trouble.NEWER,
            f"the reading state was written by a newer newsdeck (version {version}, not {rows.VERSION})",
        )


def _bring_up_to_date(connection: sqlite3.Connection, notices: list[Notice]) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    if (version := rows.version_of(connection)) == rows.VERSION:
        return
    with _transaction(connection):
        rows.migrate(connection)
    if version:
        notices.append(Notice(f"The reading state was brought from version {version} to {rows.VERSION}."))


def _told_aside(aside: Path, saved: int) -> Notice:
    rest = f"the marks of {saved:,} stories were restored" if saved else "nothing could be restored from it"
    said = f"The reading state was damaged and is kept as {aside.name}; {rest}."
    return Notice(said, Trouble.CORRUPT)


@contextmanager
def _transaction(connection: sqlite3.Connection, mode: str = "IMMEDIATE") -> Iterator[None]:
    connection.execute(f"BEGIN {mode}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
