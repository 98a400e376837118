"""What is known of the files of a folder, and how that differs from what is there now.

An event of a notifier only says where to look: here the files themselves are compared, by size, times and inode.
"""

import os
import stat
import time
from collections.abc import Callable, Iterable
from enum import Enum, auto
from pathlib import Path
from typing import Final

from tui.cards.folder import scan
from tui.cards.folder.files import find_content_root
from tui.cards.folder.order import FileEntry, newest_first
from tui.cards.folder.scan import is_card_name, never_holds_cards, opened, plain_id
from tui.cards.protocol import Outcome
from tui.cards.sync.comparison import RACY_NS, Candidate, Comparison, Difference, Gone, Window, facts_of, stamp_of
from tui.cards.sync.table import DIGEST_BYTES, NEW, TELLING, UNKNOWN, FileRow, FileTable
from tui.hashing import blake2b
from tui.model import Problem

_DATA: Final = b"_data"
_DATA_FOLDERS: Final = (b"topics", b"organizations")
_CHANGES_RULES: Final = frozenset((_DATA, b"_config.yml"))
_BESIDE_CONTENT: Final = frozenset((b"api", b"assets"))


class _PathKind(Enum):
    """What a touched path is, where it is not a card file that can be compared by itself.

    In a folder `news` that holds `a.md`, `_data/topics/ai.md` and the folder `old`:

        news/a.md                   is compared by itself, and so is news/b.md, which is not known yet
        news/notes.pdf              NOTHING, for it can be no card
        news/.git/index             NOTHING, for no card lies below such a folder
        news/_data/topics/ai.md     DATA, for a topic may be called otherwise now
        news/old                    EVERYTHING: a folder came, went or was renamed with all that it holds
        news/_config.yml            EVERYTHING: it decides whether `assets` and `api` beside it hold cards
    """

    NOTHING = auto()
    DATA = auto()
    EVERYTHING = auto()


class TrackedFiles:
    """The files of one folder (or one card file) as they were when last read, and their problems.

    Everything has to be compared before single paths are. `now_ns` gives the present moment in ns since 1970.
    `folder_problems` are those that are not of card files.
    """

    def __init__(
        self,
        root: Path,
        table: FileTable,
        problems: Iterable[Problem] = (),
        now_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._root = root
        self._now_ns = now_ns
        self._top = self._prefix = b""
        self._data_is_recent = False
        self.folder_problems: tuple[Problem, ...] = ()
        self._problems = _by_file(problems)
        self.table = table
        self.settled = 0

    @staticmethod
    def of_blocks(
        root: Path, block: bytes | memoryview, problems: Iterable[Problem], now_ns: Callable[[], int] = time.time_ns
    ) -> "TrackedFiles":
        """What the blocks of a cache file know. Raises ValueError if they make no sense."""
        table, of_folders = FileTable.of_block(block)
        return TrackedFiles(root, table, tuple(problems)[of_folders:], now_ns)

    def block(self) -> bytes:
        """What is known, for `of_blocks`; it goes with `problems` as they are now."""
        return self.table.block(len(self.folder_problems), data_is_recent=self._data_is_recent)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems there are now, those of folders first."""
        return (*self.folder_problems, *(problem for some in self._problems.values() for problem in some))

    @property
    def folders(self) -> list[bytes]:
        """The absolute paths of the folders that hold cards or may come to; of a card file the folder it lies in."""
        top = self._folder()
        return [os.path.join(top, relative).removesuffix(b"/") or b"/" for relative in self.table.folders]

    @property
    def data_folders(self) -> list[bytes]:
        """The absolute paths of the folders that name topics or outlets, or may come to."""
        folders = [os.path.join(root, _DATA) for root in self._roots()]
        return [*folders, *(os.path.join(folder, name) for folder in folders for name in _DATA_FOLDERS)]

    def row(self, candidate: Candidate) -> FileRow:
        """What is known of a file."""
        return self.table.get(candidate.relative) or FileRow(NEW)

    def settle(
        self,
        candidate: Candidate,
        mark: int,
        digest: bytes,
        problems: tuple[Problem, ...],
        *,
        is_recent: bool | None = None,
    ) -> None:
        """Know what came of reading a file, which was done just now unless `is_recent` says what it was then."""
        self.settled += 1
        if is_recent is None:
            now_ns = self._now_ns()
            is_recent = Window.around(now_ns, now_ns).has(facts_of(candidate.stamp))
        # The stamp of a file that may still change without another stamp is worth nothing.
        stamp = UNKNOWN if is_recent else candidate.stamp
        self.table.put(candidate.relative, FileRow(mark, digest, stamp))
        self._set_problems(candidate.entry.id, problems)

    def drop(self, candidate: Candidate) -> bool:
        """Record that a file was removed; returns whether it had a story."""
        is_story = self.row(candidate).mark in TELLING
        self.table.drop(candidate.relative)
        self._set_problems(candidate.entry.id, ())
        return is_story

    def compare_all(self, loaded: Outcome | None = None) -> Difference:
        """Compares every file. Raises FolderError as `scan` does.

        Where nothing is in the table yet, it may just have been `loaded`: then what may have changed since is left, and
        what is new or was removed.
        """
        self._top = opened(self._root)
        self._prefix = os.path.join(self._top, b"")
        now_ns = self._now_ns()
        window = Window.around(now_ns if loaded is None else loaded.since_ns, now_ns)
        comparison = Comparison(self.table, self._top, window, _just_read(loaded) if loaded else None)
        difference = comparison.run()
        self.folder_problems = comparison.problems
        for gone in difference.gone:
            self._set_problems(gone.id, ())
        return difference if loaded is None else self._adopt(difference, loaded.problems, comparison.unmet)

    def _adopt(self, difference: Difference, problems: Iterable[Problem], unmet: dict[str, FileRow]) -> Difference:
        """What is left to be read of a difference; `unmet` files have ids that are not their paths, or were removed."""
        found = _by_file(problems)
        for id, of_file in found.items():
            self._set_problems(id, of_file)
        left = []
        for candidate in difference.candidates:
            row = unmet.pop(candidate.entry.id, None)
            if row is not None:
                of_file = found.get(candidate.entry.id, ())
                self.settle(candidate, row.mark, row.digest, of_file, is_recent=candidate.is_recent)
            if row is None or candidate.is_recent:
                left.append(candidate)
        self.table.forget_indexes()
        for id in unmet:
            self._set_problems(id, ())
        gone = (Gone(id, row.mark in TELLING) for id, row in unmet.items())
        return Difference(tuple(left), (*difference.gone, *gone))

    def compare(self, paths: Iterable[bytes]) -> tuple[Difference, bool] | None:
        """Compares what these paths name; None if everything has to be compared, as when folders come and go.

        Besides says whether something happened to topics or outlets.
        """
        sorts = {self._sort(path) for path in paths}
        if _PathKind.EVERYTHING in sorts:
            return None
        now_ns = self._now_ns()
        window = Window.around(now_ns, now_ns)
        candidates: list[Candidate] = []
        gone: list[Gone] = []
        for relative in sorts:
            if isinstance(relative, bytes) and not self._compare_file(relative, window, candidates, gone):
                return None
        self.table.forget_indexes()
        candidates.sort(key=lambda candidate: newest_first(candidate.entry), reverse=True)
        return Difference(tuple(candidates), tuple(gone)), _PathKind.DATA in sorts

    def data_changed(self, since_ns: int | None = None) -> bool:
        """Whether a file that names topics or outlets is not as it was when last asked.

        When asked for the first time: as it was at `since_ns`, in ns since 1970.
        """
        state = bytearray()
        newest_ns = 0
        for path, facts in (found for root in self._roots() for found in _data_files(root)):
            state += path + b"\0" + stamp_of(facts)
            newest_ns = max(newest_ns, facts.st_mtime_ns, facts.st_ctime_ns)
        before = self.table.data_stamp
        self.table.data_stamp = _digest(state)
        self._data_is_recent = abs(self._now_ns() - newest_ns) < RACY_NS
        return before != self.table.data_stamp if since_ns is None else newest_ns >= since_ns - RACY_NS

    def _folder(self) -> bytes:
        top = self._top or os.path.realpath(os.fsencode(self._root))
        return top if os.path.isdir(top) else os.path.dirname(top)

    def _roots(self) -> list[bytes]:
        """The folders that have a `_data` that counts here."""
        folder = self._folder()
        nearest = find_content_root(Path(os.fsdecode(folder)), os.fsdecode(_DATA))
        below = {os.path.normpath(os.path.join(folder, root)) for root in self.table.content_roots}
        return sorted(below | ({os.fsencode(nearest)} if nearest else set()))

    def _compare_file(self, relative: bytes, window: Window, candidates: list[Candidate], gone: list[Gone]) -> bool:
        """Compare one file by itself; False where its folder decides about it."""
        path, id = self._prefix + relative, relative.decode()
        facts, row = _facts(path), self.table.get(relative)
        if facts is None:
            if row is not None:
                self.table.drop(relative)
                self._set_problems(id, ())
                gone.append(Gone(id, row.mark in TELLING))
            return True
        if not stat.S_ISREG(facts.st_mode):
            return False
        if row is None and (self.table.files >= scan.MAX_FILES or id in self.table.odd.values()):
            return False
        row = row or FileRow(NEW)
        stamp = stamp_of(facts)
        if row.stamp != stamp:
            self.table.put(relative, FileRow(row.mark, row.digest))
            candidates.append(Candidate(relative, FileEntry(path, id), stamp, window.has(facts)))
        return True

    def _sort(self, path: bytes) -> bytes | _PathKind:
        """What a touched path is to the scan: the rules are those of `scan`, and in doubt it decides itself.

        A card file that can be compared by itself is its path below the folder.
        """
        if path == self._top:
            return _PathKind.EVERYTHING
        is_inside = path.startswith(self._prefix)
        *folders, name = path[len(self._prefix) :].split(b"/") if is_inside else path.split(b"/")
        if is_inside and any(map(never_holds_cards, folders)):
            return _PathKind.NOTHING
        if _DATA in folders or (name == _DATA and not is_inside):
            return _PathKind.EVERYTHING if os.path.isdir(path) else _PathKind.DATA
        if not is_inside:
            return _PathKind.NOTHING
        return _PathKind.EVERYTHING if name in _CHANGES_RULES else self._sort_inside(path, folders, name)

    def _sort_inside(self, path: bytes, folders: list[bytes], name: bytes) -> bytes | _PathKind:
        relative = path[len(self._prefix) :]
        above = relative[: -len(name)]
        facts = _facts(path)
        if relative + b"/" in self.table.folders or (facts and stat.S_ISDIR(facts.st_mode)):
            return _PathKind.NOTHING if never_holds_cards(name) else _PathKind.EVERYTHING
        if not is_card_name(name):
            return _PathKind.NOTHING
        if above not in self.table.folders:
            is_skipped = not _BESIDE_CONTENT.isdisjoint(folders) or not os.path.lexists(self._prefix + above)
            return _PathKind.NOTHING if is_skipped else _PathKind.EVERYTHING
        id = plain_id(relative)
        is_odd = id is None or any(problem.file == id for problem in self.folder_problems)
        return _PathKind.EVERYTHING if is_odd else relative

    def _set_problems(self, id: str, problems: tuple[Problem, ...]) -> None:
        self._problems.pop(id, None)
        if problems:
            self._problems[id] = problems


def _by_file(problems: Iterable[Problem]) -> dict[str, tuple[Problem, ...]]:
    found: dict[str, tuple[Problem, ...]] = {}
    for problem in problems:
        found[problem.file] = (*found.get(problem.file, ()), problem)
    return found


def _just_read(loaded: Outcome) -> dict[str, FileRow]:
    starts = range(0, len(loaded.digests), DIGEST_BYTES)
    digests = (loaded.digests[start : start + DIGEST_BYTES] for start in starts)
    return dict(zip(loaded.ids, map(FileRow, loaded.marks, digests), strict=True))


def _facts(path: bytes) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except (OSError, ValueError):
        return None


def _digest(data: bytes | bytearray) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _data_files(root: bytes) -> list[tuple[bytes, os.stat_result]]:
    found = []
    for name in _DATA_FOLDERS:
        try:
            with os.scandir(os.path.join(root, _DATA, name)) as listing:
                found += [(entry.path, entry.stat(follow_symlinks=False)) for entry in listing]
        except OSError:
            continue
    return sorted(found, key=lambda file: file[0])
