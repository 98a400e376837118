"""Opens files of a content folder without being held up or led astray by what they are."""

import os
import stat
from pathlib import Path
from typing import Final

from tui.cards.format.front_matter import FILE_LIMIT
from tui.cards.format.problems import FileRefusedError, refused


def find_content_root(folder: Path, holding: str) -> Path | None:
    """The nearest of `folder` and the folders above it that has a folder (not a link) named `holding`."""
    for candidate in (folder, *folder.parents):
        try:
            mode = os.lstat(candidate / holding).st_mode
        except (OSError, ValueError):
            continue
        if stat.S_ISDIR(mode):
            return candidate
    return None


_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_KINDS: Final = (
    (stat.S_ISLNK, "link", "a symbolic link"),
    (stat.S_ISFIFO, "fifo", "a named pipe"),
    (stat.S_ISSOCK, "socket", "a socket"),
    (stat.S_ISCHR, "device", "a device"),
    (stat.S_ISBLK, "device", "a device"),
    (stat.S_ISDIR, "folder", "a folder"),
)


def read_file(path: bytes, limit: int = FILE_LIMIT) -> bytes:
    """The content of a regular file of at most `limit` bytes.

    Never waits for a pipe or device and never follows a link in the last part of the path. Raises
    FileRefusedError, which says what to do about it.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        raise _refusal(path, error) from error
    try:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise not_regular(facts.st_mode)
        return _read(descriptor, facts.st_size, limit)
    except OSError as error:
        raise refused(error) from error
    finally:
        os.close(descriptor)


def not_regular(mode: int) -> FileRefusedError:
    """Why something that is no regular file is not read, from the mode that stat gives."""
    named = ((rule, said) for is_kind, rule, said in _KINDS if is_kind(mode))
    rule, said = next(named, ("not-a-file", "not a regular file"))
    advice = "Links are not followed: put the file itself here." if rule == "link" else "Remove or rename it."
    return FileRefusedError(rule, f"This is {said}, not a card file. {advice}")


def _refusal(path: bytes, error: OSError) -> FileRefusedError:
    """Sockets and links refuse to be opened with errors that say little: look what they are."""
    try:
        mode = os.lstat(path).st_mode
    except (OSError, ValueError):
        return refused(error)
    return refused(error) if stat.S_ISREG(mode) else not_regular(mode)


def _read(descriptor: int, size: int, limit: int) -> bytes:
    if size > limit:
        raise _too_big(limit)
    data = os.read(descriptor, size + 1)
    if len(data) == size:
        return data
    chunks = [data]
    length = len(data)
    while data and length <= limit:
        data = os.read(descriptor, limit + 1 - length)
        chunks.append(data)
        length += len(data)
    if length > limit:
        raise _too_big(limit)
    return b"".join(chunks)


def _too_big(limit: int) -> FileRefusedError:
    return FileRefusedError(
        "file-size", f"This file is larger than {limit // 1024} KiB, too large for a card. Make it smaller."
    )
