"""What is known of the files of a folder, and how that differs from what is there now.

An event of a notifier only says where to look: here the files themselves are compared, by size, times and inode.
"""

import os
import stat
import time
from collections.abc import Callable, Iterable
from enum import Enum, auto
from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec

from tui.cards.content_root import find_content_root
from tui.cards.files import read_file
from tui.cards.problems import CardError
from tui.cards.scan import FileEntry, is_card_name, scan
from tui.model import Problem
from tui.text.sanitize import clean_path

RACY_NS: Final = 2_000_000_000
"""A file that changed this short a time before it was read may change again and keep its times: FAT counts in 2 s."""

_DATA: Final = b"_data"
_DATA_FOLDERS: Final = (b"topics", b"organizations")
_CHANGES_RULES: Final = frozenset((_DATA, b"_config.yml"))


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A file that is new or was touched; `changed_ns` is the later of its times of change, in ns since 1970."""

    entry: FileEntry
    changed_ns: int


class Difference(msgspec.Struct, frozen=True):
    """Files to be read, ids of files that are gone, and whether topics or outlets were touched."""

    candidates: tuple[Candidate, ...] = ()
    removed: tuple[str, ...] = ()
    data_changed: bool = False


class _Sort(Enum):
    """What a touched path is, where it is not a card file that can be compared by itself."""

    NOTHING = auto()
    DATA = auto()
    EVERYTHING = auto()


class KnownFiles:
    """The files of one folder (or one card file) as they were when last compared.

    Those with `ids` were read from `since_ns` on (ns since 1970): they count as known if they have not changed since
    shortly before that. `now_ns` gives the present moment in ns since 1970.
    """

    def __init__(self, root: Path, ids: Iterable[str], since_ns: int, now_ns: Callable[[], int] = time.time_ns) -> None:
        self._root = root
        self._now_ns = now_ns
        self._settled_ns = since_ns - RACY_NS
        self._top = self._prefix = b""
        # One number for each file, so that knowing 100,000 of them costs little.
        self._stamps: dict[str, int | None] = dict.fromkeys(ids)
        self._digests: dict[str, bytes] = {}
        self._folders: set[bytes] = set()
        self._odd: frozenset[str] = frozenset()
        self._content_roots: tuple[bytes, ...] = ()
        self._data_stamp: int | None = None
        self.problems: tuple[Problem, ...] = ()

    def __contains__(self, id: str) -> bool:
        return id in self._stamps

    def compare_all(self) -> Difference:
        """Compares every file; from then on `problems` are those of the scan. Raises FolderError as `scan` does."""
        found = scan(self._root)
        self._top = os.path.realpath(os.fsencode(self._root))
        self._prefix = os.path.join(self._top, b"")
        self._folders = {self._top, *(entry.path.rpartition(b"/")[0] for entry in found.entries)}
        self._odd = frozenset(problem.file for problem in found.problems)
        self._content_roots = found.content_roots
        self.problems = found.problems
        seen: set[str] = set()
        candidates: list[Candidate] = []
        for entry in found.entries:
            if facts := _facts(entry.path):
                seen.add(entry.id)
                candidates.extend(self._changed(entry, facts))
        removed = tuple(id for id in self._stamps if id not in seen)
        for id in removed:
            self._forget(id)
        return Difference(tuple(candidates), removed, self._data_changed())

    def compare(self, paths: Iterable[bytes]) -> Difference | None:
        """Compares what these paths name; None if everything has to be compared, as when folders come and go."""
        candidates: list[Candidate] = []
        removed: list[str] = []
        sorts = {self._sort(path) for path in paths}
        if _Sort.EVERYTHING in sorts:
            return None
        for entry in sorts:
            if isinstance(entry, FileEntry):
                if facts := _facts(entry.path):
                    candidates.extend(self._changed(entry, facts))
                elif self._forget(entry.id):
                    removed.append(entry.id)
        candidates.sort(key=lambda candidate: candidate.entry.id, reverse=True)
        return Difference(tuple(candidates), tuple(removed), _Sort.DATA in sorts and self._data_changed())

    def is_same(self, candidate: Candidate) -> bool:
        """Whether a file has the very bytes it had when last asked; False where that is not known.

        To be asked before each reading, for what changes while it is read must count as changed.
        """
        id = candidate.entry.id
        before = self._digests.pop(id, None)
        is_racy = abs(self._now_ns() - candidate.changed_ns) < RACY_NS
        if before is None and not is_racy:
            return False
        digest = _digest(candidate.entry.path)
        if is_racy:
            self._digests[id] = digest
        return before == digest

    def _changed(self, entry: FileEntry, facts: os.stat_result) -> tuple[Candidate, ...]:
        """The file, if it is not known as it is; from then on it is."""
        changed_ns = max(facts.st_mtime_ns, facts.st_ctime_ns)
        stamp = _stamp(facts)
        before = self._stamps.get(entry.id, 0)
        self._stamps[entry.id] = stamp
        is_known = changed_ns < self._settled_ns if before is None else before == stamp
        return () if is_known and entry.id not in self._digests else (Candidate(entry, changed_ns),)

    def _forget(self, id: str) -> bool:
        self._digests.pop(id, None)
        return self._stamps.pop(id, 0) != 0

    def _sort(self, path: bytes) -> FileEntry | _Sort:
        """What a touched path is to the scan: the rules are those of `scan`, and in doubt it decides itself."""
        if path == self._top:
            return _Sort.EVERYTHING
        is_inside = path.startswith(self._prefix)
        *folders, name = path[len(self._prefix) :].split(b"/") if is_inside else path.split(b"/")
        if is_inside and any(map(never_holds_cards, folders)):
            return _Sort.NOTHING
        if _DATA in folders or (name == _DATA and not is_inside):
            return _Sort.EVERYTHING if os.path.isdir(path) else _Sort.DATA
        if not is_inside:
            return _Sort.NOTHING
        return _Sort.EVERYTHING if name in _CHANGES_RULES else self._sort_file(path, name)

    def _sort_file(self, path: bytes, name: bytes) -> FileEntry | _Sort:
        facts = _facts(path)
        if facts is None and any(folder == path or folder.startswith(path + b"/") for folder in self._folders):
            return _Sort.EVERYTHING
        if facts and stat.S_ISDIR(facts.st_mode):
            return _Sort.NOTHING if never_holds_cards(name) else _Sort.EVERYTHING
        if not is_card_name(name):
            return _Sort.NOTHING
        folder = path.rpartition(b"/")[0]
        if folder not in self._folders:
            return _Sort.EVERYTHING if os.path.lexists(folder) else _Sort.NOTHING
        relative = path[len(self._prefix) :]
        id = clean_path(relative)
        is_plain = id.encode() == relative and id not in self._odd
        if not is_plain or (facts and not stat.S_ISREG(facts.st_mode)):
            return _Sort.EVERYTHING
        return FileEntry(path, id)

    def _data_changed(self) -> bool:
        """Whether a file that names topics or outlets is not as it was when last asked."""
        top = Path(os.fsdecode(self._top))
        nearest = find_content_root(top if top.is_dir() else top.parent, "_data")
        roots = {*([os.fsencode(nearest)] if nearest else []), *self._content_roots}
        files = [found for root in sorted(roots) for found in _data_files(root)]
        newest_ns = max((max(facts.st_mtime_ns, facts.st_ctime_ns) for _, facts in files), default=0)
        before = self._data_stamp
        self._data_stamp = hash(tuple((path, _stamp(facts)) for path, facts in files))
        return newest_ns >= self._settled_ns if before is None else before != self._data_stamp


def never_holds_cards(folder: bytes) -> bool:
    """Whether nothing in a folder of this name can be a card or name a topic or outlet."""
    return folder.startswith(b".") or folder == b"node_modules"


def _facts(path: bytes) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except (OSError, ValueError):
        return None


def _stamp(facts: os.stat_result) -> int:
    """All by which a changed file is known, in one number that is never 0."""
    return hash((facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino)) or 1


def _digest(path: bytes) -> bytes:
    try:
        return blake2b(read_file(path)[0], digest_size=16).digest()
    except CardError:
        return b""


def _data_files(root: bytes) -> list[tuple[bytes, os.stat_result]]:
    found = []
    for name in _DATA_FOLDERS:
        try:
            with os.scandir(os.path.join(root, _DATA, name)) as listing:
                found += [(entry.path, entry.stat(follow_symlinks=False)) for entry in listing]
        except OSError:
            continue
    return sorted(found, key=lambda file: file[0])
