"""Folders and files that are for their owner alone, and files that are replaced whole or not at all."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

NEW_FILE: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
"""How a file is opened that nobody else may have made, or made a link of, before."""

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


class NotOursError(PermissionError):
    """Something is in the place of our own file or folder: a link, or what belongs to somebody else."""

    def __init__(self, reason: str) -> None:
        super().__init__(errno.EPERM, reason)
        self.reason = reason

    def __str__(self) -> str:
        return self.reason


def own_folder(folder: Path) -> int:
    """A descriptor of a folder where only its owner may write, made with its parents (0700) if it is missing.

    A folder of ours that others may write to is closed to them. Raises NotOursError, and OSError if it cannot be made.
    """
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    try:
        descriptor = os.open(folder, _FOLDER)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR):
            raise NotOursError(f"{folder} is not a folder of its own") from error
        raise
    try:
        found = os.fstat(descriptor)
        must_be_ours(found, str(folder))
        if others_may_write(found):
            os.fchmod(descriptor, stat.S_IMODE(found.st_mode) & ~_OTHERS_WRITE)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def must_be_ours(found: os.stat_result, name: str) -> None:
    """Raise NotOursError, which calls it `name`, if a file or folder does not belong to this user."""
    if found.st_uid != os.geteuid():
        raise NotOursError(f"{name} belongs to somebody else")


def others_may_write(found: os.stat_result) -> bool:
    """Whether anybody but its owner may write to a file or folder."""
    return bool(found.st_mode & _OTHERS_WRITE)


def replace_file(path: Path, text: str, *, lasting: bool = False) -> None:
    """Put a text at `path`, in UTF-8 and for its owner only (0600), whole or not at all.

    What was there is replaced, never written through. With `lasting` it outlives a power cut. Text that UTF-8 cannot
    hold is written with question marks. Raises OSError, and then leaves nothing behind.
    """
    name = path.with_name(f".{path.name}.{os.urandom(16).hex()}")
    descriptor = os.open(name, NEW_FILE, 0o600)
    try:
        with open(descriptor, "w", encoding="utf-8", errors="replace", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            if lasting:
                os.fsync(stream.fileno())
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
