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
    data = _first_bytes(path, limit + 1)
    if len(data) > limit:
        raise too_big(limit)
    return data


def _first_bytes(path: bytes, most: int) -> bytes:
    """At most so many bytes of a regular file, mostly in one call."""
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        raise _refusal(path, error) from error
    try:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise not_regular(facts.st_mode)
        # One byte more than it had, unless it has changed since.
        data = os.read(descriptor, min(facts.st_size + 1, most))
        return data if len(data) in (facts.st_size, most) else data + _read_up_to(descriptor, most - len(data))
    except OSError as error:
        raise refused(error) from error
    finally:
        os.close(descriptor)


def read_card_file(path: bytes) -> tuple[bytes, bool]:
    """The content of a card file, and whether that is all of it: a file over the limit is cut there.

    It is cut between two characters of UTF-8. Raises FileRefusedError as `read_file` does, but not for the size.
    """
    data = _first_bytes(path, FILE_LIMIT + 1)
    return (data, True) if len(data) <= FILE_LIMIT else (_whole_characters(data[:FILE_LIMIT]), False)


def too_big(limit: int = FILE_LIMIT) -> FileRefusedError:
    """Why a file of more than `limit` bytes is not read."""
    return FileRefusedError(
        "file-size", f"This file is larger than {limit // 1024} KiB, too large for a card. Make it smaller."
    )


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


def _read_up_to(descriptor: int, size: int) -> bytes:
    """At most `size` bytes from where the file stands, fewer only at its end."""
    chunks = []
    while size > 0 and (data := os.read(descriptor, size)):
        chunks.append(data)
        size -= len(data)
    return b"".join(chunks)


def _whole_characters(data: bytes) -> bytes:
    """The bytes without a character of UTF-8 that is cut at their end."""
    for length in range(1, min(4, len(data)) + 1):
        lead = data[-length]
        if lead >= 0xC0:
            wanted = 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
            return data[:-length] if wanted > length else data
        if lead < 0x80:
            break
    return data
