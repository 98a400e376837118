"""Card files newest first: by file name, descending, for names of cards begin with their date; others come last."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import groupby
from typing import Final

import msgspec

from tui.one_by_one import OneByOne

FIRST: Final = 256
"""Files that are known before all are put in order."""

_DATED_NAME: Final = re.compile(r"[0-9]{4}-[0-9][0-9]-[0-9][0-9]")


class FileEntry(msgspec.Struct, frozen=True, gc=False):
    """A card file: `path` is absolute and opens it, `id` names it everywhere else and is fit to be shown."""

    path: bytes
    id: str


class PlainFolder(msgspec.Struct, frozen=True):
    """Names of card files whose ids are `above` with the name; `prefix` with the name is the absolute path."""

    prefix: bytes
    above: str
    names: list[str]

    def entry(self, name: str) -> FileEntry:
        """The card file of this name."""
        return FileEntry(self.prefix + name.encode(), self.above + name)


class NewestFirst(OneByOne[FileEntry]):
    """The card files of plain folders and `others`, newest first, put in order no sooner than they are needed.

    Whoever begins to read the first `FIRST` of 100,000 has them in a third of the time. What there is to know of a file
    is made when it is asked for, so that those who share the reading share this, too.
    """

    def __init__(self, folders: Sequence[PlainFolder], others: Sequence[FileEntry]) -> None:
        self._folders = folders
        self._others = others
        self._count = sum(len(folder.names) for folder in folders) + len(others)
        self._first: list[FileEntry] | None = None
        self._order: list[int] | None = None
        self._names: list[str] = []
        self._above: list[PlainFolder] = []

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[FileEntry]:
        return map(self._entry, self._in_order())

    def at(self, place: int) -> FileEntry:
        """The file at a place from 0 on."""
        if self._order is None and place < FIRST:
            if self._first is None:
                self._first = _first(self._folders) if not self._others else []
            if self._first:
                return self._first[place]
        return self._entry(self._in_order()[place])

    def _entry(self, number: int) -> FileEntry:
        plain = len(self._above)
        return self._above[number].entry(self._names[number]) if number < plain else self._others[number - plain]

    def _in_order(self) -> list[int]:
        """The numbers of all files in order; those of the others follow those of the folders."""
        if self._order is None:
            self._names = [name for folder in self._folders for name in folder.names]
            self._above = [folder for folder in self._folders for _ in folder.names]
            names = self._names + [_name_of(entry.path) for entry in self._others]
            self._order = _sorted(names, lambda number: self._entry(number).path)
        return self._order


def newest_first(entry: FileEntry) -> tuple[bool, str, bytes]:
    """Sorts dated names before others; to be used in descending order."""
    return _order(entry.path)


def place_behind(entries: Iterable[FileEntry], last: bytes) -> int:
    """The index of the first of the ordered `entries` after the path `last`, which may be removed by now."""
    order = _order(last)
    place = -1
    for place, entry in enumerate(entries):
        if _order(entry.path) < order:
            return place
    return place + 1


def _order(path: bytes) -> tuple[bool, str, bytes]:
    # Comparing texts is quicker than comparing bytes, and gives the same order but for names that are not UTF-8.
    name = _name_of(path)
    return _DATED_NAME.match(name) is not None, name, path


def _name_of(path: bytes) -> str:
    return os.fsdecode(path[path.rindex(b"/") + 1 :])


def _first(folders: Sequence[PlainFolder]) -> list[FileEntry]:
    """The newest files, if enough names are dated; else none."""
    is_dated = _DATED_NAME.match
    newest = nlargest(FIRST, (name for folder in folders for name in folder.names if is_dated(name)))
    if len(newest) < FIRST:
        return []
    # As one text is quick to compare with, even a hundred thousand times.
    oldest = newest[-1]
    found = [folder.entry(name) for folder in folders for name in folder.names if name >= oldest and is_dated(name)]
    return sorted(found, key=newest_first, reverse=True)


def _sorted(names: Sequence[str], path_of: Callable[[int], bytes]) -> list[int]:
    """The numbers of the files with these names in order; the path decides about files with the same name."""
    order = sorted(range(len(names)), key=names.__getitem__, reverse=True)
    if len(set(names)) < len(names):
        _sort_same(order, names, path_of)
    is_dated = _DATED_NAME.match
    undated = [number for number in order if not is_dated(names[number])]
    if not undated:
        return order
    last = set(undated)
    return [number for number in order if number not in last] + undated


def _sort_same(order: list[int], names: Sequence[str], path_of: Callable[[int], bytes]) -> None:
    """Let the path decide about files with the same name, which are side by side in an order by name."""
    often = {name for name, count in Counter(names).items() if count > 1}
    places = [place for place, number in enumerate(order) if names[number] in often]
    for _, group in groupby(places, lambda place: names[order[place]]):
        same = list(group)
        order[same[0] : same[-1] + 1] = sorted((order[place] for place in same), key=path_of, reverse=True)
