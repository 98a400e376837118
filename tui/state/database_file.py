"""The file under the database: for its owner only, never reached through a link, put aside when broken."""

import errno
import fcntl
import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tui.errors import NewsdeckError
from tui.private_files import NotOursError, must_be_ours
from tui.state.values import Trouble

_OPENING_SECONDS = 5.0
_OPENING_STEP = 0.02
_SIDE_FILES = ("-wal", "-shm", "-journal")
_FULL = {errno.ENOSPC, errno.EDQUOT}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: Trouble.BUSY,
    sqlite3.SQLITE_LOCKED: Trouble.BUSY,
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_IOERR: Trouble.FULL,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Trouble.CORRUPT,
    sqlite3.SQLITE_NOTADB: Trouble.CORRUPT,
}


class StateError(NewsdeckError):
    """The database cannot be used now, or not at all; `trouble` says which."""

    def __init__(self, trouble: Trouble, said: str) -> None:
        super().__init__(said)
        self.trouble = trouble


def trouble_of(error: Exception) -> Trouble:
    """What kind of trouble an error stands for; `FAULT` for what nobody foresaw."""
    if isinstance(error, StateError):
        return error.trouble
    if isinstance(error, NotOursError):
        return Trouble.REFUSED
    if isinstance(error, sqlite3.Error):
        code: int | None = getattr(error, "sqlite_errorcode", None)
        return Trouble.FAULT if code is None else _OF_SQLITE.get(code & 0xFF, Trouble.FAULT)
    if isinstance(error, OSError):
        return (
            Trouble.FULL if error.errno in _FULL else Trouble.READ_ONLY if error.errno in _READ_ONLY else Trouble.FAULT
        )
    return Trouble.FAULT


def prepare_file(path: Path) -> bool:
    """Make the file of the database, empty and for its owner only, or make sure that it is such a file.

    Gives false if something that is neither a file nor a link is in its place. Raises NotOursError for a link or a
    file of somebody else's.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        os.close(os.open(path, flags, 0o600))
    except FileExistsError:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            raise NotOursError(f"{path} is a link") from None
        must_be_ours(found, str(path))
        if not stat.S_ISREG(found.st_mode):
            return False
        if found.st_nlink > 1:
            raise NotOursError(f"{path} has a second name") from None
        if found.st_mode & 0o177:
            path.chmod(0o600)
    return True


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """Keep other readers from opening the same database meanwhile: only one may judge it and put it aside.

    Raises StateError (`BUSY`) if another reader takes longer than five seconds.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(path.with_name(path.name + ".lock"), flags, 0o600)
    try:
        _lock(descriptor)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    give_up = time.monotonic() + _OPENING_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > give_up:
                raise StateError(Trouble.BUSY, "another newsdeck is opening the reading state") from None
            time.sleep(_OPENING_STEP)
        else:
            return


def put_aside(path: Path) -> Path:
    """Rename a broken database and SQLite's files beside it to a free `.corrupt-N`; gives that path."""
    number = 1
    while os.path.lexists(aside := path.with_name(f"{path.name}.corrupt-{number}")):
        number += 1
    path.rename(aside)
    for suffix in _SIDE_FILES:
        beside = path.with_name(path.name + suffix)
        if os.path.lexists(beside):
            beside.rename(aside.with_name(aside.name + suffix))
    return aside


def backup_of(path: Path) -> Path:
    """Where the copy of a database lies that a damaged one is restored from."""
    return path.with_name(f"{path.name}.backup")


def identity_of(path: Path) -> tuple[int, int] | None:
    """What distinguishes a file from another one of the same name; None if there is none."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
