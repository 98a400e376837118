"""Rows of the database to values, and back. Every function is given a connection in the right transaction."""

import sqlite3
from contextlib import suppress
from typing import Any

import msgspec

from tui.state.ledger import CHANGES_KEPT, STEPS_KEPT
from tui.state.mark_keys import beginnings
from tui.state.merge import Contents
from tui.state.values import (
    Change,
    Flag,
    Folder,
    LastPosition,
    Mark,
    MarkChange,
    Mute,
    MuteKind,
    Note,
    PieceBatch,
    Seen,
)

APPLICATION_ID = 0x6E647374
"""`ndst`."""

_MARKS = """
CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES ('revision', 0);
CREATE TABLE mark (
  key TEXT PRIMARY KEY,
  read INTEGER NOT NULL DEFAULT 0, read_at INTEGER NOT NULL DEFAULT 0,
  starred INTEGER NOT NULL DEFAULT 0, starred_at INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '', note_at INTEGER NOT NULL DEFAULT 0,
  first_at INTEGER NOT NULL DEFAULT 0, first_count INTEGER NOT NULL DEFAULT 0,
  last_at INTEGER NOT NULL DEFAULT 0, seen BLOB NOT NULL DEFAULT x'',
  revision INTEGER NOT NULL
) STRICT;
CREATE INDEX mark_revision ON mark (revision);
"""

_STEPS = """
CREATE TABLE step (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  changes INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
"""

_PLACES = """
CREATE TABLE folder (
  id TEXT PRIMARY KEY, path BLOB NOT NULL, sketch BLOB NOT NULL, visited INTEGER NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE place (folder TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE mute (
  kind TEXT NOT NULL, folded TEXT NOT NULL, value TEXT NOT NULL, until INTEGER, active INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (kind, folded)
) STRICT, WITHOUT ROWID;
"""

# What was marked before marks belonged to folders stays where it may have been made: see `marks.Marks`.
_FOLDERS = """
ALTER TABLE folder ADD COLUMN inherits INTEGER NOT NULL DEFAULT 0;
UPDATE folder SET inherits = EXISTS (SELECT 1 FROM mark WHERE key NOT LIKE 'card:%');
INSERT INTO folder (id, path, sketch, visited, at, inherits)
  SELECT '', x'', x'', 0, 0, 1
  WHERE EXISTS (SELECT 1 FROM mark WHERE key NOT LIKE 'card:%') AND NOT EXISTS (SELECT 1 FROM folder);
CREATE TABLE piece (
  folder TEXT NOT NULL, entry TEXT NOT NULL, at INTEGER NOT NULL, numbers BLOB NOT NULL, revision INTEGER NOT NULL,
  PRIMARY KEY (folder, entry, at)
) STRICT;
CREATE INDEX piece_revision ON piece (revision);
"""

MIGRATIONS: tuple[str, ...] = (_MARKS, _STEPS, _PLACES, _FOLDERS)
"""`MIGRATIONS[n]` makes version n + 1 out of version n."""
VERSION = len(MIGRATIONS)


def version_of(connection: sqlite3.Connection) -> int:
    """The schema version of an open database; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, upto: int = VERSION) -> None:
    """Bring a database that is not newer than `upto` to it, in one transaction of the caller's."""
    for version in range(version_of(connection), upto):
        for statement in filter(str.strip, MIGRATIONS[version].split(";")):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {upto}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


_NO_FLAG, _NO_NOTE, _NOT_SEEN = Flag(), Note(), Seen()
_MUTE_KINDS = {kind.value for kind in MuteKind}
_MARK_COLUMNS = "key, read, read_at, starred, starred_at, note, note_at, first_at, first_count, last_at, seen"
_UPSERT_READ = (
    "INSERT INTO mark (key, read, read_at, revision) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
    " read = excluded.read, read_at = excluded.read_at, revision = excluded.revision"
)
_UPSERT_STARRED = (
    "INSERT INTO mark (key, starred, starred_at, revision) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE"
    " SET starred = excluded.starred, starred_at = excluded.starred_at, revision = excluded.revision"
)
_UPSERT_NOTE = (
    "INSERT INTO mark (key, note, note_at, revision) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET"
    " note = excluded.note, note_at = excluded.note_at, revision = excluded.revision"
)
_UPSERT_SEEN = (
    "INSERT INTO mark (key, first_at, first_count, last_at, seen, revision) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (key) DO UPDATE SET first_at = excluded.first_at, first_count = excluded.first_count,"
    " last_at = excluded.last_at, seen = excluded.seen, revision = excluded.revision"
)
_FORGET_OLD_STEPS = """
DELETE FROM step WHERE number < (SELECT max(number) FROM step) AND number IN (
  SELECT number FROM (
    SELECT number, count(*) OVER newest AS place, sum(changes) OVER newest AS held
    FROM step WINDOW newest AS (ORDER BY number DESC)
  ) WHERE place > ? OR held > ?
)"""


def revision_of(connection: sqlite3.Connection) -> int:
    """The number of the last write; it grows with every one."""
    return int(connection.execute("SELECT value FROM counter WHERE name = 'revision'").fetchone()[0])


def write(connection: sqlite3.Connection, entry: Change) -> int:
    """Write an entry, inside a transaction; gives the revision it made."""
    revision = revision_of(connection) + 1
    connection.execute("UPDATE counter SET value = ? WHERE name = 'revision'", (revision,))
    _write_marks(connection, entry.marks, revision)
    connection.executemany(
        "INSERT OR REPLACE INTO mute (kind, folded, value, until, active, at) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (*mute.identity, mute.value, mute.until, mute.active, mute.at)
            for mute in (change.after for change in entry.mutes)
        ],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO folder (id, path, sketch, visited, at, inherits) VALUES (?, ?, ?, ?, ?, ?)",
        [(each.id, each.path, each.sketch, each.visited, each.at, each.inherits) for each in entry.folders],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO place (folder, body) VALUES (?, ?)",
        [(place.folder, msgspec.json.encode(place)) for place in entry.places],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO piece (folder, entry, at, numbers, revision) VALUES (?, ?, ?, ?, ?)",
        [(each.folder, entry.id, each.at, each.numbers, revision) for each in entry.pieces],
    )
    for folder_id, into in entry.renamed:
        _rename(connection, folder_id, into)
    if entry.undoable:
        write_step(connection, entry)
        connection.execute(_FORGET_OLD_STEPS, (STEPS_KEPT, CHANGES_KEPT))
    if entry.undoes:
        connection.execute("DELETE FROM step WHERE id = ?", (entry.undoes,))
    return revision


def write_step(connection: sqlite3.Connection, entry: Change) -> None:
    """Keep an action to be undone later; one that is kept already stays as it is."""
    connection.execute(
        "INSERT OR IGNORE INTO step (id, changes, body) VALUES (?, ?, ?)",
        (entry.id, len(entry.marks), msgspec.json.encode(entry)),
    )


def read_all(connection: sqlite3.Connection) -> Contents:
    """Everything in the database."""
    return _contents(connection, _steps(connection), 0, is_all=True)


def read_sound(connection: sqlite3.Connection) -> Contents:
    """The marks and folders of a damaged database, up to where it cannot be read, without rows that make no sense."""
    found: dict[str, Mark] = {}
    with suppress(sqlite3.Error):
        for row in connection.execute(f"SELECT {_MARK_COLUMNS} FROM mark"):  # noqa: S608
            with suppress(msgspec.ValidationError):
                found[row[0]] = msgspec.convert(msgspec.to_builtins(_mark(row)), Mark)
    folders: list[Folder] = []
    with suppress(sqlite3.Error):
        for row in connection.execute("SELECT * FROM folder"):
            with suppress(msgspec.ValidationError):
                folders.append(msgspec.convert(msgspec.to_builtins(_folder(row)), Folder))
    # Of a version without that column every folder may be one in which the marks were made.
    return Contents(found, folders=tuple(folders))


def read_since(connection: sqlite3.Connection, revision: int) -> Contents:
    """What was written after `revision`."""
    return _contents(connection, (), revision, is_all=False)


def _contents(connection: sqlite3.Connection, steps: tuple[Change, ...], revision: int, is_all: bool) -> Contents:
    columns = "kind, value, until, active, at"
    marks = connection.execute(f"SELECT {_MARK_COLUMNS} FROM mark WHERE revision > ?", (revision,))  # noqa: S608
    mutes = connection.execute(f"SELECT {columns} FROM mute")  # noqa: S608
    folders = connection.execute("SELECT id, path, sketch, visited, at, inherits FROM folder")
    pieces = connection.execute("SELECT folder, at, numbers FROM piece WHERE revision > ? ORDER BY at", (revision,))
    return Contents(
        marks={row[0]: _mark(row) for row in marks},
        mutes=tuple(
            Mute(MuteKind(kind), value, until, bool(active), at)
            for kind, value, until, active, at in mutes
            if kind in _MUTE_KINDS
        ),
        folders=tuple(map(_folder, folders)),
        places=_places(connection),
        steps=steps,
        step_ids=frozenset(row[0] for row in connection.execute("SELECT id FROM step")),
        is_all=is_all,
        pieces=tuple(PieceBatch(*row) for row in pieces),
    )


def _folder(row: tuple[Any, ...]) -> Folder:
    """A folder; it may inherit where the row is of a version that does not say."""
    folder_id, path, sketch, visited, at, *said = row
    return Folder(folder_id, path, sketch, visited, at, bool(said[0]) if said else True)


def _rename(connection: sqlite3.Connection, folder_id: str, into: str) -> None:
    """Take the marks of a folder away, which are those of another by now, and let the steps name that one."""
    for before, after in zip(beginnings(folder_id), beginnings(into), strict=True):
        connection.execute("DELETE FROM mark WHERE substr(key, 1, ?) = ?", (len(before), before))
        connection.execute(
            "UPDATE step SET body = CAST(replace(CAST(body AS TEXT), ?, ?) AS BLOB) WHERE instr(CAST(body AS TEXT), ?)",
            (f'"{before}', f'"{after}', f'"{before}'),
        )


def _write_marks(connection: sqlite3.Connection, changes: tuple[MarkChange, ...], revision: int) -> None:
    connection.executemany(_UPSERT_READ, [(c.key, c.read[1].on, c.read[1].at, revision) for c in changes if c.read])
    connection.executemany(
        _UPSERT_STARRED, [(c.key, c.starred[1].on, c.starred[1].at, revision) for c in changes if c.starred]
    )
    connection.executemany(_UPSERT_NOTE, [(c.key, c.note[1].text, c.note[1].at, revision) for c in changes if c.note])
    connection.executemany(
        _UPSERT_SEEN,
        [
            (c.key, c.seen[1].first_at, c.seen[1].first_count, c.seen[1].last_at, c.seen[1].digests, revision)
            for c in changes
            if c.seen
        ],
    )


def _mark(row: tuple[Any, ...]) -> Mark:
    return Mark(
        Flag(bool(row[1]), row[2]) if row[2] else _NO_FLAG,
        Flag(bool(row[3]), row[4]) if row[4] else _NO_FLAG,
        Note(row[5], row[6]) if row[6] else _NO_NOTE,
        Seen(row[7], row[8], row[9], row[10]) if row[9] else _NOT_SEEN,
    )


def _steps(connection: sqlite3.Connection) -> tuple[Change, ...]:
    decoder = msgspec.json.Decoder(Change)
    found: list[Change] = []
    for (body,) in connection.execute("SELECT body FROM step ORDER BY number"):
        try:
            found.append(decoder.decode(body))
        except msgspec.DecodeError:  # a step that cannot be read cannot be undone; the marks are all there
            continue
    return tuple(found)


def _places(connection: sqlite3.Connection) -> tuple[LastPosition, ...]:
    decoder = msgspec.json.Decoder(LastPosition)
    found: list[LastPosition] = []
    for (body,) in connection.execute("SELECT body FROM place"):
        try:
            found.append(decoder.decode(body))
        except msgspec.DecodeError:  # the reader starts at the top of that folder
            continue
    return tuple(found)
