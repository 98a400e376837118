"""What is known of each file of a folder, in columns: comparing them costs hardly more than asking for the facts."""

import os
from collections.abc import Iterable, Iterator
from itertools import compress
from typing import Final

import msgspec

from tui.cards.folder.scan import odd_ids, plain_id

OTHER: Final = 0
"""The mark of what is no card file."""
STORY: Final = 1
"""The mark of a card file that has a story."""
NOT_CARD: Final = 2
"""The mark of a file without front matter."""
FAILED: Final = 3
"""The mark of a file that cannot be read and gives no story."""
KEPT: Final = 4
"""The mark of a file that cannot be read any more, and whose story from before that is shown."""
NEW: Final = 5
"""The mark of a file that was not read yet."""

TELLING: Final = frozenset((STORY, KEPT))
"""Marks of files whose stories are shown."""
UNKNOWN: Final = bytes(32)
"""The stamp of a file that has to be read again, whatever its stamp is."""
STAMP_BYTES: Final = len(UNKNOWN)
DIGEST_BYTES: Final = 8
NO_DIGEST: Final = bytes(DIGEST_BYTES)
"""The digest of what is no story."""

_VERSION: Final = 2
_LOOKUPS: Final = 16
_MARKS: Final = bytes(range(NEW + 1))
_FLIPPED: Final = bytes([1]) + bytes(255)


class FileRow(msgspec.Struct, frozen=True, gc=False):
    """What is known of one card file: its mark, the digest of its story, and the stamp it had when it was read."""

    mark: int
    digest: bytes = NO_DIGEST
    stamp: bytes = UNKNOWN


class FolderTable:
    """The columns of one folder.

    `names` are those of all that it holds, as the system lists them, between slashes; `marks` has a byte for each.
    `stamps` and `digests` have a row for each card file, in the same order. `is_odd` says that some card file has an
    id that is not its path.
    """

    __slots__ = ("_index", "_lookups", "digests", "is_odd", "marks", "names", "stamps")

    def __init__(
        self,
        names: bytes,
        marks: bytearray,
        stamps: bytearray,
        digests: bytearray,
        *,
        is_odd: bool,
    ) -> None:
        self.names = names
        self.marks = marks
        self.stamps = stamps
        self.digests = digests
        self.is_odd = is_odd
        self._lookups = 0
        self._index: dict[bytes, int] | None = None

    @property
    def count(self) -> int:
        """Card files in this folder."""
        return len(self.digests) // DIGEST_BYTES

    def others(self) -> bytes:
        """For each name 1 if it is no card file, else 0."""
        return bytes(self.marks).translate(_FLIPPED)

    def cards(self) -> Iterator[bytes]:
        """The names of the card files, in order of their rows."""
        return compress(split_names(self.names), self.marks)

    def rows(self) -> dict[bytes, FileRow]:
        """What is known of each card file, by its name."""
        return {
            name: self._row(mark, row)
            for row, (name, mark) in enumerate(zip(self.cards(), self._marked(), strict=True))
        }

    def get(self, name: bytes) -> FileRow | None:
        """What is known of the card file of this name."""
        at = self._find(name)
        return None if at < 0 or not self.marks[at] else self._row(self.marks[at], self.row(at))

    def put(self, name: bytes, row: FileRow) -> None:
        """Know this of the card file of this name, which may be new."""
        at = self._find(name)
        if at < 0:
            at = len(self.marks)
            self.names += name + b"/"
            self.marks.append(OTHER)
            self.forget_index()
        number = self.row(at)
        width = 0 if self.marks[at] == OTHER else 1
        self.marks[at] = row.mark
        self.stamps[number * STAMP_BYTES : (number + width) * STAMP_BYTES] = row.stamp
        self.digests[number * DIGEST_BYTES : (number + width) * DIGEST_BYTES] = row.digest

    def drop(self, name: bytes) -> None:
        """Know that there is no card file of this name any more."""
        at = self._find(name)
        if at < 0 or not self.marks[at]:
            return
        number = self.row(at)
        self.marks[at] = OTHER
        del self.stamps[number * STAMP_BYTES : (number + 1) * STAMP_BYTES]
        del self.digests[number * DIGEST_BYTES : (number + 1) * DIGEST_BYTES]

    def row(self, at: int) -> int:
        """The number of the row of the name at this place."""
        return at - self.marks.count(OTHER, 0, at)

    def forget_index(self) -> None:
        """Free what many lookups made, for no more come soon."""
        self._index = None
        self._lookups = 0

    def is_sound(self) -> bool:
        """Whether the columns fit together."""
        cards = len(self.marks) - self.marks.count(OTHER)
        return (
            self.names.startswith(b"/")
            and self.names.endswith(b"/")
            and self.names.count(b"/") - 1 == len(self.marks)
            and not self.marks.translate(None, _MARKS)
            and len(self.stamps) == cards * STAMP_BYTES
            and len(self.digests) == cards * DIGEST_BYTES
        )

    def _marked(self) -> Iterator[int]:
        return compress(self.marks, self.marks)

    def _row(self, mark: int, row: int) -> FileRow:
        digest = self.digests[row * DIGEST_BYTES : (row + 1) * DIGEST_BYTES]
        return FileRow(mark, bytes(digest), bytes(self.stamps[row * STAMP_BYTES : (row + 1) * STAMP_BYTES]))

    def _find(self, name: bytes) -> int:
        if self._index is None:
            self._lookups += 1
            # An index costs as much as some lookups without.
            if self._lookups <= _LOOKUPS:
                found = self.names.find(b"/%b/" % name)
                return -1 if found < 0 else self.names.count(b"/", 0, found)
            self._index = {name: at for at, name in enumerate(split_names(self.names))}
        return self._index.get(name, -1)


class FileTable:
    """What is known of all card files of one folder, by the folders in it.

    `folders` has their paths below the one that was opened, each with a slash at its end, in the order of the walk.
    `odd` has the ids that are not the paths they stand for, `content_roots` those of the folders that have a `_data`.
    `data_stamp` says in which state topics and outlets were,
    empty where that is not known.
    """

    def __init__(self) -> None:
        self.folders: dict[bytes, FolderTable] = {}
        self.odd: dict[bytes, str] = {}
        self.content_roots: list[bytes] = []
        self.data_stamp = b""

    @property
    def files(self) -> int:
        """Card files in all."""
        return sum(folder.count for folder in self.folders.values())

    @property
    def not_cards(self) -> int:
        """Files without front matter."""
        return sum(folder.marks.count(NOT_CARD) for folder in self.folders.values())

    def get(self, relative: bytes) -> FileRow | None:
        """What is known of the card file with this path below the opened folder."""
        above, _, name = relative.rpartition(b"/")
        folder = self.folders.get(above + b"/" if above else b"")
        return folder.get(name) if folder else None

    def put(self, relative: bytes, row: FileRow) -> None:
        """Know this of a card file in one of the `folders`."""
        above, _, name = relative.rpartition(b"/")
        self.folders[above + b"/" if above else b""].put(name, row)

    def drop(self, relative: bytes) -> None:
        """Record that a card file was removed."""
        above, _, name = relative.rpartition(b"/")
        if folder := self.folders.get(above + b"/" if above else b""):
            folder.drop(name)

    def forget_indexes(self) -> None:
        """Free what many lookups made."""
        for folder in self.folders.values():
            folder.forget_index()

    def id_of(self, relative: bytes) -> str:
        """The id of the card file with this path."""
        return self.odd.get(relative) or relative.decode()

    def find_odd(self) -> dict[bytes, str]:
        """What `odd` has to be for the folders as they are now."""
        odd = [
            above + name
            for above, folder in self.folders.items()
            if folder.is_odd
            for name in folder.cards()
            if plain_id(above + name) is None
        ]
        return odd_ids(odd, self._is_plain) if odd else {}

    def _is_plain(self, id: str) -> bool:
        return self.get(id.encode()) is not None

    def block(self, folder_problems: int, *, data_is_recent: bool) -> bytes:
        """The table as a block of a cache file; the first so many problems are not of card files but of folders.

        What names topics and outlets may change again without another stamp if it changed a short time ago.
        """
        folders = [_StoredFolder.of(relative, folder) for relative, folder in self.folders.items()]
        data_stamp = b"" if data_is_recent else self.data_stamp
        stored = _Stored(_VERSION, folder_problems, data_stamp, self.content_roots, self.odd, folders)
        return msgspec.msgpack.encode(stored)

    @staticmethod
    def of_block(block: bytes | memoryview) -> "tuple[FileTable, int]":
        """The table in such a block, and the number of folder problems. Raises ValueError if it makes no sense."""
        stored = msgspec.msgpack.decode(block, type=_Stored)
        table = FileTable()
        table.data_stamp, table.content_roots, table.odd = stored.data_stamp, stored.content_roots, stored.odd
        table.folders = {folder.relative: folder.table() for folder in stored.folders}
        if stored.version != _VERSION or not all(folder.is_sound() for folder in table.folders.values()):
            raise ValueError("the file table is damaged")
        return table, stored.folder_problems


class _StoredFolder(msgspec.Struct, array_like=True, frozen=True):
    relative: bytes
    names: bytes
    marks: bytearray
    stamps: bytearray
    digests: bytearray
    is_odd: bool

    @staticmethod
    def of(relative: bytes, folder: FolderTable) -> "_StoredFolder":
        stamps = folder.stamps
        if KEPT in folder.marks:
            # Whoever starts from the cache file looks again whether the card can be read.
            stamps = bytearray(stamps)
            for row, mark in enumerate(compress(folder.marks, folder.marks)):
                if mark == KEPT:
                    stamps[row * STAMP_BYTES : (row + 1) * STAMP_BYTES] = UNKNOWN
        return _StoredFolder(relative, folder.names, folder.marks, stamps, folder.digests, folder.is_odd)

    def table(self) -> FolderTable:
        return FolderTable(self.names, self.marks, self.stamps, self.digests, is_odd=self.is_odd)


class _Stored(msgspec.Struct, array_like=True, frozen=True):
    version: int
    folder_problems: int
    data_stamp: bytes
    content_roots: list[bytes]
    odd: dict[bytes, str]
    folders: list[_StoredFolder]


def joined_names(names: Iterable[str]) -> bytes:
    """Names as a folder lists them, between slashes, which no name can hold."""
    joined = "/".join(names)
    return os.fsencode(f"/{joined}/") if joined else b"/"


def split_names(joined: bytes) -> list[bytes]:
    """The names that `joined_names` joined."""
    return joined[1:-1].split(b"/") if len(joined) > 1 else []
