"""The folder of the cache files: only its owner may put anything there, and it does not grow for ever.

Caches are for one's own user alone, since they hold what the cards hold. They are read and written by way of a
descriptor of the folder, so that a folder that is exchanged meanwhile leads nowhere else.
"""

import errno
import fcntl
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from tui.cache.header import MAGIC, START_BYTES, Header, decode_header, header_length
from tui.errors import UnusableCacheError
from tui.private_files import NEW_FILE, NotOursError, must_be_ours, others_may_write, own_folder
from tui.text.patterns import late

SUFFIX: Final = ".deck"
UNUSED_DAYS: Final = 90
"""Days without being opened after which a cache goes."""
MOST_BYTES: Final = 2 * 1024**3
"""What all caches together may take; those that were opened longest ago go first."""
DAY: Final = 86400

_NAME: Final = late(rf"[0-9a-f]{{32}}{re.escape(SUFFIX)}\Z")
_UNFINISHED: Final = late(r"\.[0-9a-f]{32}\.new\Z")
_READ: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FIRST_READ: Final = 64 * 1024


class Kept(NamedTuple):
    """A file that is, or is named as if it were, a cache.

    `used_at` is when it was last opened, in seconds since 1970; `header` is None where it cannot be read, and
    `refusal` says why then.
    """

    path: Path
    size: int
    used_at: float
    header: Header | None
    refusal: str = ""


@contextmanager
def opened(path: Path) -> Iterator[tuple[int, os.stat_result]]:
    """A descriptor of the file at `path` and what it is, if it is a plain file that only we can write.

    Raises UnusableCacheError.
    """
    folder = file = None
    try:
        folder = os.open(path.parent, _FOLDER)
        _must_be_ours(os.fstat(folder), "its folder")
        file = os.open(path.name, _READ, dir_fd=folder)
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode):
            raise UnusableCacheError("it is no regular file")
        _must_be_ours(found, "it")
        yield file, found
    except OSError as error:
        raise UnusableCacheError(_told(error, of_folder=folder is None)) from error
    finally:
        for descriptor in (folder, file):
            if descriptor is not None:
                os.close(descriptor)


def read_header(file: int, found: os.stat_result) -> Header:
    """The header of an opened file, which is as long as the header says. Raises UnusableCacheError or OSError."""
    data = os.pread(file, _FIRST_READ, 0)
    length = header_length(data[:START_BYTES])
    if length > found.st_size:
        raise UnusableCacheError("it is cut off")
    header = decode_header((data if length <= len(data) else os.pread(file, length, 0))[:length])
    if header.size != found.st_size:
        raise UnusableCacheError("it is cut off, or something was added to it")
    return header


@contextmanager
def new_file(path: Path) -> Iterator[int]:
    """A descriptor of a file that is at `path` afterwards, whole or not at all, also after a power cut.

    The folder is made where it is missing. Where the system can, nothing is left behind even by a process that is
    killed meanwhile. Raises OSError, and then leaves nothing behind.
    """
    folder = own_folder(path.parent)
    try:
        name, file = _unfinished(folder)
        try:
            yield file
            name = name or _named(folder, file)
            os.fsync(file)
            os.replace(name, path.name, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            with suppress(OSError):
                os.unlink(name, dir_fd=folder)
            raise
        finally:
            os.close(file)
        with suppress(OSError):
            # The file is whole either way; not every file system can do this for folders.
            os.fsync(folder)
    finally:
        os.close(folder)


def kept_files(folder: Path) -> list[Kept]:
    """All files of the folder that are named as caches are, opened longest ago first; none if it cannot be read."""
    found = []
    with suppress(OSError), os.scandir(folder) as entries:
        found = [entry.name for entry in entries if _NAME().match(entry.name)]
    kept = (look_at(folder / name) for name in found)
    return sorted((file for file in kept if file is not None), key=lambda file: file.used_at)


def look_at(path: Path) -> Kept | None:
    """What there is at `path`; None if there is nothing. Only the header is read."""
    try:
        found = path.lstat()
    except OSError:
        return None
    try:
        with opened(path) as (file, found):
            return Kept(path, found.st_size, found.st_mtime, read_header(file, found))
    except UnusableCacheError as error:
        return Kept(path, found.st_size, found.st_mtime, None, str(error))


def remove_file(path: Path) -> None:
    """Remove a file that is named as caches are. Raises UnusableCacheError for any other; OSError if it stays."""
    if not _NAME().match(path.name):
        raise UnusableCacheError("it is no cache file of newsdeck")
    os.unlink(path)


def tidy(folder: Path, keep: Path, now: float, *, most_bytes: int = MOST_BYTES) -> list[Path]:
    """Remove the caches that nobody needs, but `keep`, and what dead writers left; gives the caches removed.

    Nobody needs those of cards that were removed, those unused for `UNUSED_DAYS`, and, oldest first, those beyond
    `most_bytes` in all. Files that are no caches, belong to somebody else or cannot be removed stay. `now` is in
    seconds since 1970.
    """
    remove_left_overs(folder, now)
    files = [file for file in kept_files(folder) if file.path.name != keep.name and _is_cache(file.path)]
    total = sum(file.size for file in files)
    with suppress(OSError):
        total += keep.lstat().st_size
    removed = []
    for file in files:
        if file.used_at < now - UNUSED_DAYS * DAY or total > most_bytes or _is_orphan(file.header):
            with suppress(OSError):
                os.unlink(file.path)
                total -= file.size
                removed.append(file.path)
    return removed


def remove_left_overs(folder: Path, now: float) -> None:
    """Remove what dead writers left; `now` is in seconds since 1970."""
    with suppress(OSError), os.scandir(folder) as entries:
        for name in [entry.name for entry in entries if _UNFINISHED().match(entry.name)]:
            _remove_left_over(folder / name, now)


def _unfinished(folder: int) -> tuple[str, int]:
    """The name, empty if it has none so far, and a descriptor of a new file. Raises OSError.

    It is locked so that `tidy` knows somebody is writing it.
    """
    with suppress(OSError, AttributeError):
        file = os.open(".", os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, 0o600, dir_fd=folder)
        if os.path.exists(_by_descriptor(file)) and _is_locked(file):
            return "", file
        os.close(file)
    while True:
        name = _new_name()
        file = os.open(name, NEW_FILE, 0o600, dir_fd=folder)
        # Else somebody who tidies was faster and is about to remove it.
        if _is_locked(file) and os.fstat(file).st_nlink:
            return name, file
        os.close(file)


def _is_locked(file: int) -> bool:
    """Whether nobody else has locked a file, which is then locked; not every file system has locks."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _named(folder: int, file: int) -> str:
    """The name that a file without one is given. Raises OSError."""
    name = _new_name()
    os.link(_by_descriptor(file), name, dst_dir_fd=folder, follow_symlinks=True)
    return name


def _by_descriptor(file: int) -> str:
    return f"/proc/self/fd/{file}"


def _new_name() -> str:
    return f".{os.urandom(16).hex()}.new"


def _must_be_ours(found: os.stat_result, what: str) -> None:
    try:
        must_be_ours(found, what)
    except NotOursError as error:
        raise UnusableCacheError(str(error)) from error
    if others_may_write(found):
        raise UnusableCacheError(f"others may write to {what}")


def _is_cache(path: Path) -> bool:
    """Whether a file begins as caches of any version do, and is ours."""
    with suppress(UnusableCacheError), opened(path) as (file, _found):
        return os.pread(file, len(MAGIC), 0) == MAGIC
    return False


def _is_orphan(header: Header | None) -> bool:
    """Whether the cards of a cache were certainly removed: what cannot be examined may come back."""
    if header is None:
        return False
    try:
        os.lstat(header.root)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        pass
    return False


def _remove_left_over(path: Path, now: float) -> None:
    """Remove what a writer left that is not at work any more: it lets go of its lock when it ends."""
    with suppress(OSError, UnusableCacheError), opened(path) as (file, found):
        if found.st_mtime > now - DAY:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.unlink(path)


def _told(error: OSError, *, of_folder: bool) -> str:
    what = "its folder" if of_folder else "it"
    if isinstance(error, FileNotFoundError):
        return "there is none"
    if error.errno in (errno.ELOOP, errno.ENOTDIR):
        return f"{what} is a link, or no {'folder' if of_folder else 'file'}"
    return f"{what} cannot be read: {os.strerror(error.errno) if error.errno else type(error).__name__}"
