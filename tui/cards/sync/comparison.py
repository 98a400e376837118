"""One pass over a folder beside the table of what is known of its files: what is new, was touched or was removed.

Where a folder lists the names that are known, in the order that is known, its files cost a stat call each and the
whole of it a comparison of bytes: no object is made for a file that did not change.
"""

import os
import stat
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, compress
from operator import attrgetter
from typing import Final, NamedTuple

import msgspec

from tui.cards.folder.order import FileEntry, newest_first
from tui.cards.folder.scan import OpenFolder, Walk, plain_id
from tui.cards.format.problems import refused
from tui.cards.sync.table import NEW, STAMP_BYTES, TELLING, UNKNOWN, FileRow, FileTable, FolderTable, joined_names
from tui.errors import FolderError
from tui.model import Problem

RACY_NS: Final = 2_000_000_000
"""A file that changed this short a time before it was looked at may change again and keep its times (FAT: 2 s)."""

_CHUNK: Final = 1024
_STAMP: Final[Callable[[object], tuple[int, int, int, int]]] = attrgetter(
    "st_mtime_ns", "st_size", "st_ino", "st_ctime_ns"
)
_UNREAD: Final = FileRow(NEW)
_SEARCH_FLAGS: Final = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A file that is new or was touched, with the stamp it has now.

    `is_recent` says that it was touched so short a time ago that it may still be written, and that its
    stamp says nothing.
    """

    relative: bytes
    entry: FileEntry
    stamp: bytes
    is_recent: bool


class Gone(msgspec.Struct, frozen=True, gc=False):
    """A card file that was removed, and whether it had a story."""

    id: str
    is_story: bool


class Difference(msgspec.Struct, frozen=True):
    """Files to be read, newest first, and files that were removed."""

    candidates: tuple[Candidate, ...] = ()
    gone: tuple[Gone, ...] = ()


class Facts(NamedTuple):
    """What stat says of a file that counts here; as it stands, of one that cannot be asked for."""

    st_mtime_ns: int = -1
    st_size: int = -1
    st_ino: int = -1
    st_ctime_ns: int = -1
    st_mode: int = stat.S_IFREG


class Window(msgspec.Struct, frozen=True, gc=False):
    """The time, in ns since 1970, from which on a change may have come after what is known of a file."""

    first: int
    last: int

    @staticmethod
    def around(since_ns: int, now_ns: int) -> "Window":
        """For files that were read from `since_ns` on, asked for at `now_ns`."""
        return Window(since_ns - RACY_NS, now_ns + RACY_NS)

    def has(self, facts: Facts | os.stat_result) -> bool:
        """Whether a file changed in it."""
        return self.first <= facts.st_mtime_ns <= self.last or self.first <= facts.st_ctime_ns <= self.last


class Comparison:
    """Brings a table up to what is there now and gathers the difference; to be used once.

    Every candidate has an unknown stamp in the table from then on, until what was read is put there. What is not in the
    table may have been `just_read`: then the row under its id goes there, and it is a candidate only if it may have
    changed since. `unmet` are those rows whose files were not found by their ids.
    """

    def __init__(
        self, table: FileTable, top: bytes, window: Window, just_read: Mapping[str, FileRow] | None = None
    ) -> None:
        self.unmet = dict(just_read or {})
        self._table = table
        self._top = top
        self._walk = Walk(top)
        self._window = window
        self._left = table.folders
        self._folders: dict[bytes, FolderTable] = {}
        self._touched: dict[bytes, tuple[bytes, bool]] = {}
        self._gone: list[tuple[bytes, int]] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with folders, and with what has the name of a card and is no file."""
        return tuple(self._walk.problems)

    def run(self) -> Difference:
        """Compare everything below the folder, or the one file that was opened instead of a folder.

        Raises FolderError if that cannot be asked for.
        """
        if os.path.isdir(self._top):
            for listing in self._walk.listings():
                self._take(listing)
        else:
            self._top = self._take_file(self._top)
        for relative, folder in self._left.items():
            self._gone += ((relative + name, row.mark) for name, row in folder.rows().items())
        return self._finish()

    def _take_file(self, path: bytes) -> bytes:
        above, name = os.path.split(path)
        try:
            descriptor = os.open(above, _SEARCH_FLAGS)
        except OSError as error:
            raise FolderError(str(refused(error))) from error
        try:
            names = [os.fsdecode(name)]
            listing = OpenFolder(above, b"", 0, descriptor, [], names, frozenset())
            self._rebuild(listing, names, self._left.pop(b"", None))
        finally:
            os.close(descriptor)
        return above

    def _take(self, listing: OpenFolder) -> None:
        known = self._left.pop(listing.relative, None)
        names = joined_names(listing.names)
        if known is None or known.names != names:
            cards = self._walk.cards(listing)
        else:
            others = compress(listing.entries, known.others())
            new = {entry.name for entry in others if self._walk.look(listing, entry)}
            if not new and self._walk.fits(known.count):
                self._refresh(listing, known)
                return
            cards = [
                entry
                for entry, mark in zip(listing.entries, known.marks, strict=True)
                if (entry.name in new if not mark else self._walk.look(listing, entry))
            ]
        admitted = [entry.name for entry in self._walk.admit(cards)]
        self._rebuild(listing, admitted, known)

    def _refresh(self, listing: OpenFolder, known: FolderTable) -> None:
        """Compare the files of a folder that has the same names as before."""
        entries = self._walk.admit(list(compress(listing.entries, known.marks)))
        names = [entry.name for entry in entries]
        self._folders[listing.relative] = known
        lost: list[str] = []
        for start in range(0, len(names), _CHUNK):
            facts = _facts(names[start : start + _CHUNK], listing.descriptor)
            stamps = stamp_of(*facts)
            place = slice(start * STAMP_BYTES, start * STAMP_BYTES + len(stamps))
            if stamps == known.stamps[place]:
                continue
            for number in _differing(stamps, known.stamps[place]):
                row, fact = start + number, facts[number]
                if stat.S_ISREG(fact.st_mode) or self._walk.look(listing, entries[row]):
                    known.stamps[row * STAMP_BYTES : (row + 1) * STAMP_BYTES] = UNKNOWN
                    self._touch(listing.relative + os.fsencode(names[row]), fact)
                else:
                    lost.append(names[row])
        for name in map(os.fsencode, lost):
            if before := known.get(name):
                self._gone.append((listing.relative + name, before.mark))
            known.drop(name)

    def _rebuild(self, listing: OpenFolder, cards: Sequence[str], known: FolderTable | None) -> None:
        """Compare the files of a folder by their names."""
        before = known.rows() if known else {}
        places = {name: place for place, name in enumerate(listing.names)}
        marks, stamps, digests = bytearray(len(listing.names)), bytearray(), bytearray()
        is_odd = False
        for start in range(0, len(cards), _CHUNK):
            chunk = cards[start : start + _CHUNK]
            facts = _facts(chunk, listing.descriptor)
            found = stamp_of(*facts)
            for number, (name, fact) in enumerate(zip(chunk, facts, strict=True)):
                encoded = os.fsencode(name)
                relative = listing.relative + encoded
                id = plain_id(relative)
                row = before.pop(encoded, _UNREAD)
                stamp = found[number * STAMP_BYTES : (number + 1) * STAMP_BYTES]
                was_read = self.unmet.pop(id, None) if id is not None and row is _UNREAD else None
                row = was_read or row
                if self._window.has(fact) if was_read else row.stamp != stamp:
                    stamp = UNKNOWN
                    self._touch(relative, fact)
                marks[places[name]] = row.mark
                stamps += stamp
                digests += row.digest
                is_odd = is_odd or id is None
        self._gone += ((listing.relative + name, row.mark) for name, row in before.items())
        names = joined_names(listing.names)
        self._folders[listing.relative] = FolderTable(names, marks, stamps, digests, is_odd=is_odd)

    def _touch(self, relative: bytes, facts: Facts | os.stat_result) -> None:
        self._touched[relative] = stamp_of(facts), self._window.has(facts)

    def _finish(self) -> Difference:
        """Give ids to what was found, by the names that there are now."""
        table = self._table
        gone = [Gone(table.id_of(relative), mark in TELLING) for relative, mark in self._gone]
        before = table.odd
        table.folders = self._folders
        table.content_roots = [os.path.relpath(root, self._top) for root in self._walk.content_roots]
        table.odd = table.find_odd()
        for relative, id in before.items():
            row = table.get(relative)
            if row is not None and table.odd.get(relative) != id:
                # A file came or went by which this one has another id.
                gone.append(Gone(id, row.mark in TELLING))
                table.put(relative, _UNREAD)
                self._touched.setdefault(relative, (UNKNOWN, False))
        prefix = os.path.join(self._top, b"")
        candidates = [
            Candidate(relative, FileEntry(prefix + relative, table.id_of(relative)), stamp, is_recent)
            for relative, (stamp, is_recent) in self._touched.items()
        ]
        candidates.sort(key=lambda candidate: newest_first(candidate.entry), reverse=True)
        table.forget_indexes()
        return Difference(tuple(candidates), tuple(gone))


def stamp_of(*facts: Facts | os.stat_result) -> bytes:
    """All by which a changed file is known; for several files one after the other."""
    return array("q", chain.from_iterable(map(_STAMP, facts))).tobytes()


def facts_of(stamp: bytes) -> Facts:
    """What a stamp of one file is made of."""
    return Facts(*array("q", stamp))


def _facts(names: Iterable[str], folder: int) -> list[os.stat_result] | list[Facts | os.stat_result]:
    """What stat says of the files of an open folder."""
    ask = os.stat
    try:
        return [ask(name, dir_fd=folder, follow_symlinks=False) for name in names]
    except OSError:
        return [_facts_or_nothing(name, folder) for name in names]


def _facts_or_nothing(name: str, folder: int) -> Facts | os.stat_result:
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError:
        # Reading it will show what is wrong.
        return Facts()


def _differing(now: bytes, before: bytes | bytearray) -> list[int]:
    """The numbers of the stamps that differ, or are unknown."""
    return [
        start // STAMP_BYTES
        for start in range(0, len(now), STAMP_BYTES)
        if now[start : start + STAMP_BYTES] != before[start : start + STAMP_BYTES]
    ]
