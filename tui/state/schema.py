"""The tables, and how an older database becomes one of today.

Each step of `MIGRATIONS` leads from one version to the next; a new database takes them all. `PRAGMA
user_version` holds the version, `PRAGMA application_id` tells our databases from others.
"""

import sqlite3

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

MIGRATIONS: tuple[str, ...] = (_MARKS, _STEPS, _PLACES)
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
