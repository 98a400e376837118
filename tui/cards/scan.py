"""Finds the card files of a content folder, newest first, and what lies beside them."""

import os
import re
import stat
from collections.abc import Sequence
from typing import Final

import msgspec

from tui.cards.files import not_regular
from tui.cards.problems import CardError, refused
from tui.errors import FolderError
from tui.model import Problem
from tui.text.sanitize import clean_path

SUFFIXES: Final = (b".md", b".markdown", b".html", b".htm", b".txt")
"""Suffixes of card files, in lower case; in a name they may be written in any."""
MAX_DEPTH: Final = 16
"""Folders inside folders that are looked into, below the one that was opened."""
MAX_FILES: Final = 200_000
"""Card files of one folder that are read."""

_NEVER: Final = frozenset((b"node_modules", b"_data"))
_BESIDE_CONTENT: Final = frozenset((b"api", b"assets"))
_PLAIN_NAME: Final = re.compile(r"[!-~]+(?: [!-~]+)*")
_DATED_NAME: Final = re.compile(rb"\d{4}-\d\d-\d\d")


class FileEntry(msgspec.Struct, frozen=True, gc=False):
    """A card file: `path` is absolute and opens it, `id` names it everywhere else and is fit to be shown."""

    path: bytes
    id: str


class Scan(msgspec.Struct, frozen=True):
    """What a folder holds: card files newest first, problems, and the folders that have a `_data`."""

    entries: tuple[FileEntry, ...]
    problems: tuple[Problem, ...]
    content_roots: tuple[bytes, ...]


def scan(root: str | os.PathLike[str]) -> Scan:
    """The card files below a folder, or the one card file that `root` is.

    Newest first means by file name, descending, for names of cards begin with their date; those that do not
    come last. Links below `root` are not followed. Raises FolderError if `root` is missing or is neither a
    readable folder nor a regular file.
    """
    top = _opened(root)
    if stat.S_ISREG(os.stat(top).st_mode):
        name = os.path.basename(top)
        return Scan(tuple(_named([(top, name)])), (), ())
    walk = _Walk(top)
    walk.run()
    named = _named(walk.found)
    named.sort(key=lambda entry: _newest_first(entry.path), reverse=True)
    return Scan(tuple(named), tuple(walk.problems), tuple(walk.content_roots))


def place_behind(entries: Sequence[FileEntry], last: bytes) -> int:
    """The index of the first of the scanned `entries` that comes after the path `last`, which may be gone by now."""
    order = _newest_first(last)
    return next((index for index, entry in enumerate(entries) if _newest_first(entry.path) < order), len(entries))


def find_entry(root: str | os.PathLike[str], id: str) -> FileEntry | None:
    """The card file below `root` that `scan` would give this id; None if there is none.

    Raises FolderError like `scan`.
    """
    top = _opened(root)
    if not os.path.isdir(top):
        only = _named([(top, os.path.basename(top))])[0]
        return only if only.id == id else None
    entry = _by_plain_id(top, id)
    if entry is None and "~" in id:
        entry = next((found for found in scan(root).entries if found.id == id), None)
    return entry


def is_card_name(name: bytes) -> bool:
    """Whether a file of this name is a card file, by its suffix."""
    return os.path.splitext(name)[1].lower() in SUFFIXES


def _opened(root: str | os.PathLike[str]) -> bytes:
    """The real path of what was opened by hand, which may be a link; FolderError if it cannot be used."""
    shown = clean_path(os.fsencode(root))
    try:
        top = os.path.realpath(os.fsencode(root), strict=True)
        mode = os.stat(top).st_mode
        if stat.S_ISDIR(mode):
            os.scandir(top).close()
    except FileNotFoundError as error:
        raise FolderError(f"There is no folder or file {shown}. Check the path.") from error
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno or 0) if isinstance(error, OSError) else "not a usable path"
        raise FolderError(f"{shown} cannot be read: {reason}.") from error
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise FolderError(f"{shown} is neither a folder nor a regular file.")
    return top


def _by_plain_id(top: bytes, id: str) -> FileEntry | None:
    """The file an id names, if `scan` would come to it and its path needed no change."""
    *folders, name = id.split("/")
    if any(part in {"", ".."} or _is_skipped(part.encode("utf-8", "replace")) for part in folders):
        return None
    try:
        relative = id.encode()
        folder = os.path.join(top, os.path.dirname(relative)).removesuffix(b"/")
        # Equal only where no link leads the way.
        if os.path.realpath(folder, strict=True) != folder or not is_card_name(relative):
            return None
        path = os.path.join(folder, name.encode())
        os.lstat(path)
    except (OSError, ValueError):
        return None
    return FileEntry(path, id) if _shown(relative)[1] else None


def _is_skipped(folder: bytes) -> bool:
    return folder.startswith(b".") or folder in _NEVER


class _Walk:
    """One pass over a tree of folders, without recursion."""

    def __init__(self, top: bytes) -> None:
        self.found: list[tuple[bytes, bytes]] = []
        self.problems: list[Problem] = []
        self.content_roots: list[bytes] = []
        self._waiting: list[tuple[bytes, bytes, int]] = [(top, b"", 0)]

    def run(self) -> None:
        while self._waiting:
            path, relative, depth = self._waiting.pop()
            try:
                with os.scandir(path) as listing:
                    entries = list(listing)
            except OSError as error:
                self._refuse(relative, refused(error))
                continue
            skipped = self._skipped(path, entries)
            for entry in entries:
                self._take(entry, relative, depth, skipped)
            if len(self.found) >= MAX_FILES:
                self._stop_at_limit()

    def _skipped(self, path: bytes, entries: list[os.DirEntry[bytes]]) -> frozenset[bytes]:
        by_name = {entry.name: entry for entry in entries}
        data = by_name.get(b"_data")
        if data is not None and data.is_dir(follow_symlinks=False):
            self.content_roots.append(path)
        elif b"_config.yml" not in by_name:
            return frozenset()
        return _BESIDE_CONTENT

    def _take(self, entry: os.DirEntry[bytes], above: bytes, depth: int, skipped: frozenset[bytes]) -> None:
        name = entry.name
        relative = above + name
        if entry.is_dir(follow_symlinks=False):
            if name not in skipped and not _is_skipped(name):
                self._enter(entry.path, relative, depth)
        elif not is_card_name(name):
            return
        elif entry.is_file(follow_symlinks=False):
            self.found.append((entry.path, relative))
        else:
            self._refuse(relative, _why_not(entry))

    def _enter(self, path: bytes, relative: bytes, depth: int) -> None:
        if depth >= MAX_DEPTH:
            message = f"Folders are read {MAX_DEPTH} deep; move the cards in this one further up."
            self._refuse(relative, CardError("too-deep", message))
            return
        self._waiting.append((path, relative + b"/", depth + 1))

    def _refuse(self, relative: bytes, error: CardError) -> None:
        self.problems.append(error.problem(clean_path(relative.removesuffix(b"/")) or "."))

    def _stop_at_limit(self) -> None:
        if len(self.found) > MAX_FILES or self._waiting:
            message = f"More than {MAX_FILES:,} card files: the others are not read. Open a folder further down."
            self._refuse(b"", CardError("too-many", message))
        del self.found[MAX_FILES:]
        self._waiting.clear()


def _why_not(entry: os.DirEntry[bytes]) -> CardError:
    try:
        return not_regular(entry.stat(follow_symlinks=False).st_mode)
    except OSError as error:
        return refused(error)


def _newest_first(path: bytes) -> tuple[bool, bytes, bytes]:
    """Sorts dated names before others; to be used in descending order."""
    name = os.path.basename(path)
    return _DATED_NAME.match(name) is not None, name, path


def _named(found: list[tuple[bytes, bytes]]) -> list[FileEntry]:
    """Gives every file an id of its own, though different names may look the same once they are cleaned."""
    plain: list[FileEntry] = []
    altered: list[tuple[bytes, bytes, str]] = []
    for path, relative in found:
        shown, as_it_is = _shown(relative)
        if as_it_is:
            plain.append(FileEntry(path, shown))
        else:
            altered.append((path, relative, shown))
    if not altered:
        return plain
    from hashlib import blake2b  # slow to load, and hardly ever needed

    taken = {entry.id for entry in plain}
    for path, relative, shown in altered:
        stem, suffix = os.path.splitext(shown)
        name = f"{stem}~{blake2b(relative, digest_size=4).hexdigest()}{suffix}"
        while name in taken:
            name = f"~{name}"
        taken.add(name)
        plain.append(FileEntry(path, name))
    return plain


def _shown(relative: bytes) -> tuple[str, bool]:
    """The path as it may be shown, and whether that is what its bytes say."""
    text = relative.decode("utf-8", "replace")
    if _PLAIN_NAME.fullmatch(text):
        return text, True
    shown = clean_path(relative)
    return shown, shown.encode() == relative
