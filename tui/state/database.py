"""One connection to the database, for the one thread that owns it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote_from_bytes

from tui.state import rows, schema
from tui.state.disk import (
    StateError,
    identity_of,
    opening,
    prepare_directory,
    prepare_file,
    put_aside,
    trouble_of,
)
from tui.state.merge import Contents
from tui.state.values import Entry, Notice, Trouble

BUSY_SECONDS = 0.2
"""How long SQLite itself waits for a lock; beyond that the writer waits, where it can be woken."""


class Database:
    """An open, checked database of today's schema.

    `notices` tells what had to be done to open it. Every method may raise sqlite3.Error.
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

        Raises StateError (a link, somebody else's file, a newer schema), sqlite3.Error or OSError.
        """
        prepare_directory(path.parent)
        with opening(path):
            notices: list[Notice] = []
            if not prepare_file(path):
                notices.append(_told_aside(path))
            try:
                connection = _connect_checked(path, notices)
            except (sqlite3.Error, StateError) as error:
                if trouble_of(error) is not Trouble.CORRUPT:
                    raise
                notices.append(_told_aside(path))
                connection = _connect_checked(path, notices)
            return cls(path, connection, tuple(notices))

    def read_all(self) -> Contents:
        """Everything that is kept; `read_news` goes on from there."""
        return self._read(whole=True)

    def read_news(self) -> Contents | None:
        """What others wrote since the last reading; None if nobody did."""
        self._check_identity()
        return None if self._current_data_version() == self._data_version else self._read(whole=False)

    def write(self, entry: Entry) -> None:
        """Write one entry in one transaction; once this returns it is on disk."""
        self._check_identity()
        with _transaction(self._connection):
            before = rows.revision_of(self._connection)
            written = rows.write(self._connection, entry)
        if before == self._revision:
            self._revision = written

    def restore(self, entry: Entry, steps: tuple[Entry, ...]) -> None:
        """Write what a database that took the place of another one lacks."""
        with _transaction(self._connection):
            if not entry.is_empty:
                rows.write(self._connection, entry)
            for step in steps:
                rows.write_step(self._connection, step)

    def close(self) -> None:
        """Close the connection; the last one to do so folds the log into the database."""
        self._connection.close()

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
    with TemporaryDirectory(prefix="newsdeck-") as directory:
        copy = Path(directory) / path.name
        for suffix in ("", "-wal"):
            source = path.with_name(path.name + suffix)
            if source.is_file() and not source.is_symlink():
                shutil.copyfile(source, copy.with_name(copy.name + suffix))
        if not copy.exists():
            return Contents()
        with closing(_connect_checked(copy, [])) as connection:
            return rows.read_all(connection)


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
    if tables and owner != schema.APPLICATION_ID:
        raise StateError(Trouble.CORRUPT, "the reading state is another program's database")
    version = schema.version_of(connection)
    if version > schema.VERSION:
        raise StateError(
            Trouble.NEWER,
            f"the reading state was written by a newer newsdeck (version {version}, not {schema.VERSION})",
        )


def _bring_up_to_date(connection: sqlite3.Connection, notices: list[Notice]) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    if (version := schema.version_of(connection)) == schema.VERSION:
        return
    with _transaction(connection):
        schema.migrate(connection)
    if version:
        notices.append(Notice(f"The reading state was brought from version {version} to {schema.VERSION}."))


def _told_aside(path: Path) -> Notice:
    """Put what is at `path` aside, make an empty file in its place, and tell so."""
    aside = put_aside(path)
    prepare_file(path)
    return Notice(f"The reading state could not be read; it was kept as {aside.name} and begun anew.", Trouble.CORRUPT)


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
