"""The interface to what the reader did, and the store that keeps it in memory only."""

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Set
from datetime import datetime
from pathlib import Path
from threading import RLock
from uuid import uuid4

import msgspec

from tui.clock import Clock, utc_now
from tui.state import entries
from tui.state.entries import Coverage, Stamp
from tui.state.folders import recognise, sketch, telling_ids
from tui.state.ledger import Ledger
from tui.state.mark_keys import storable
from tui.state.marks import Marks
from tui.state.merge import Contents, additions, moved
from tui.state.pieces import KnownPieces, packed
from tui.state.times import millis
from tui.state.values import Change, Done, Folder, Kind, LastPosition, Mute, MuteKind, PieceBatch

NO_COVERAGE: Coverage = {}


class Store(ABC):
    """What the reader did. Every action takes effect in memory at once, and goes to disk by itself.

    Methods may be called from any thread and none waits for the disk, but for those that take `seconds`.
    Nothing is raised for what the disk does: it is reported as a notice.
    """

    def __init__(self, clock: Clock = utc_now, *, is_loaded: bool = True) -> None:
        self._clock = clock
        self._lock = RLock()
        self._ledger = Ledger(is_loaded)
        self._undone: list[list[tuple[Change, Change]]] = []

    @property
    def marks(self) -> Marks:
        """The marks of this moment, as a value that stays as it is."""
        return self._ledger.marks

    def mutes(self) -> tuple[Mute, ...]:
        """The mutes in force now, sorted by kind and value."""
        now = millis(self._clock())
        with self._lock:
            known = tuple(self._ledger.mutes.values())
        return tuple(sorted((mute for mute in known if mute.holds(now)), key=lambda mute: mute.identity))

    def mark_read(
        self,
        keys: Iterable[str],
        on: bool = True,
        *,
        coverage: Coverage = NO_COVERAGE,
        subject: str = "",
        shown: bool = False,
        automatic: bool = False,
    ) -> Done:
        """Mark stories read or unread. One call is one step to undo, however many keys.

        `coverage` gives for stories (by key) the keys of the coverage they have now: it is seen from now on.
        `subject` is the headline, named where only one story changes; `shown` says that these are all the
        stories shown. `automatic` marks come of looking and are taken back last, all together.
        """
        with self._lock:
            stamp = self._stamp()
            entry = entries.read(
                self.marks, keys, on, coverage, stamp, subject=subject, shown=shown, automatic=automatic
            )
            return self._do(entry)

    def look(self, coverage: Coverage) -> None:
        """Remember that the reader saw the coverage of stories (by key); this is no step to undo."""
        with self._lock:
            self._do(entries.look(self.marks, coverage, self._stamp()))

    def star(self, keys: Iterable[str], on: bool = True, *, subject: str = "") -> Done:
        """Star stories or take the star away, as one step."""
        with self._lock:
            return self._do(entries.star(self.marks, keys, on, self._stamp(), subject=subject))

    def write_note(self, key: str, text: str, *, subject: str = "") -> Done:
        """Set the note on a story (cleaned, cut at 64 KiB); an empty text removes it."""
        with self._lock:
            return self._do(entries.note(self.marks, key, text, self._stamp(), subject=subject))

    def mute(self, kind: MuteKind, value: str, until: datetime | None = None) -> Done:
        """Mute an outlet, topic or phrase, for good or until an aware time."""
        ends = None if until is None else millis(until)
        with self._lock:
            return self._do(entries.mute(self._ledger.mutes, Mute(kind, value, ends), self._stamp()))

    def unmute(self, kind: MuteKind, value: str) -> Done:
        """Lift a mute."""
        with self._lock:
            return self._do(entries.mute(self._ledger.mutes, Mute(kind, value, active=False), self._stamp()))

    def undo(self) -> Done:
        """Take back the last thing the reader did that still stands, also in an earlier run; false if there is none.

        Marks that came of looking go back only when nothing else is left, and then all at once.
        """
        with self._lock:
            undone: list[tuple[Change, Change]] = []
            for step in self._ledger.last_steps():
                entry = self._ledger.undo(step, self._stamp())
                self._do(entry)
                undone.append((step, entry))
            if not undone:
                return Done(Kind.UNDO)
            self._undone.append(undone)
            return _reported(Kind.UNDO, "undone", undone)

    def redo(self) -> Done:
        """Do again what was taken back last in this run; false if the reader did something since, or nothing was."""
        with self._lock:
            if not self._undone:
                return Done(Kind.REDO)
            again: list[tuple[Change, Change]] = []
            for step, undone in reversed(self._undone.pop()):
                entry = self._ledger.redo(step, undone, self._stamp())
                self._enter(entry)
                again.append((step, entry))
            return _reported(Kind.REDO, "done again", again)

    def folder_at(self, path: Path) -> Folder | None:
        """The folder that was last seen at `path`, before anything is known of what is in it now."""
        place = os.fsencode(path)
        with self._lock:
            here = [folder for folder in self._ledger.folders.values() if folder.path == place]
        return max(here, key=lambda folder: folder.at, default=None)

    def enter_folder(
        self,
        path: Path,
        card_ids: Iterable[str] = (),
        *,
        provisional: str = "",
        pieces: Callable[[], Set[int]] | None = None,
    ) -> Folder:
        """Which folder `path` is, known by its card ids, or by its path; a new one gets an identity.

        A folder that is neither known nor at its old place any more may be known by its `pieces`, as the numbers of
        `pieces.piece_number`. `visited` of what is returned is when the reader was there last, 0 if never. Marks made
        with the `provisional` id are those of this folder from now on. Asks the disk.
        """
        place, ids = os.fsencode(path), telling_ids(card_ids)
        sketched = sketch(ids)
        # Without the lock, for which a key that marks would wait.
        known = recognise(self.folders(), place, ids, self.known_pieces, pieces)
        with self._lock:
            stamp = self._stamp()
            folder = self._ledger.folders.get(known.id, known) if known else Folder(stamp.id[:16], at=stamp.at)
            if (folder.path, folder.sketch) != (place, sketched or folder.sketch) or known is None:
                folder = msgspec.structs.replace(folder, path=place, sketch=sketched or folder.sketch, at=stamp.at)
                self._do(Change(stamp.id, stamp.at, Kind.KEEP, folders=(folder,)))
            if provisional:
                self._do(moved(self.marks, provisional, folder.id, self._stamp()))
            return folder

    def known_pieces(self, folder_id: str) -> KnownPieces:
        """Which pieces were ever seen in a folder, and since when."""
        with self._lock:
            return self._ledger.known_pieces(folder_id)

    def meet_pieces(self, folder_id: str, numbers: Iterable[int], at: int) -> None:
        """Remember that pieces, by `pieces.piece_number`, were seen in a folder `at` a time, if not before."""
        known = self.known_pieces(folder_id)
        # Without the lock, for which a key that marks would wait; a piece that is noted twice came at the earlier time.
        fresh = packed(known.unknown(numbers))
        if fresh or not known:
            with self._lock:
                stamp = self._stamp()
                self._do(Change(stamp.id, stamp.at, Kind.KEEP, pieces=(PieceBatch(folder_id, at, fresh),)))

    def leave_folder(self, folder_id: str, place: LastPosition | None = None) -> None:
        """Remember that the reader leaves a folder now, and the place where."""
        with self._lock:
            stamp = self._stamp()
            folder = self._ledger.folders.get(folder_id, Folder(folder_id))
            left = msgspec.structs.replace(folder, visited=stamp.at, at=stamp.at)
            places = () if place is None else (_storable_place(place, folder_id, stamp.at),)
            self._do(Change(stamp.id, stamp.at, Kind.KEEP, folders=(left,), places=places))

    def place(self, folder_id: str) -> LastPosition | None:
        """Where the reader was in a folder."""
        with self._lock:
            return self._ledger.places.get(folder_id)

    def folders(self) -> tuple[Folder, ...]:
        """All folders that are known."""
        with self._lock:
            return tuple(self._ledger.folders.values())

    def contents(self) -> Contents:
        """Everything that is remembered, for an export."""
        with self._lock:
            return self._ledger.everything()

    def merge(self, found: Contents) -> Change:
        """Take over what is newer or unknown in `found`; gives what changed. Once more changes nothing."""
        with self._lock:
            entry = additions(self._ledger.everything(), found, self._stamp())
            self._do(entry)
            return entry

    @property
    @abstractmethod
    def pending(self) -> int:
        """How many actions are not on disk yet."""

    @abstractmethod
    def wait_ready(self, seconds: float) -> bool:
        """Wait until the marks are loaded, or are known not to be; false if that takes longer."""

    @abstractmethod
    def flush(self, seconds: float, *, patient: bool = True) -> bool:
        """Wait until every action is on disk; false if some are not, which will be tried again.

        Whoever is not `patient` waits no longer once the disk does not take them.
        """

    @abstractmethod
    def close(self, seconds: float = 1.0) -> int:
        """Write what waits, for at most `seconds`, and end; gives how many actions did not reach the disk."""

    @abstractmethod
    def _keep(self, entry: Change) -> None:
        """Have an entry written; called with the lock held."""

    def _do(self, entry: Change) -> Done:
        if entry.is_empty:
            return Done(entry.kind)
        if entry.undoable and not entry.automatic:
            self._undone.clear()
        self._enter(entry)
        keys = tuple(change.key for change in entry.marks)
        return Done(entry.kind, entry.said, keys, entry.undoable)

    def _enter(self, entry: Change) -> None:
        self._ledger.enter(entry)
        self._keep(entry)

    def _stamp(self) -> Stamp:
        return Stamp(uuid4().hex, millis(self._clock()))


def _reported(kind: Kind, verb: str, pairs: Iterable[tuple[Change, Change]]) -> Done:
    """What was done with steps, each with the entry that did it, as one."""
    steps, made = zip(*pairs, strict=True)
    keys = tuple(dict.fromkeys(change.key for entry in made for change in entry.marks))
    said = steps[0].said
    if steps[0].automatic:
        count = len({change.key for step in steps for change in step.marks})
        looked = "1 story read as it was" if count == 1 else f"{count:,} stories read as they were"
        said = f"marked {looked} looked at"
    return Done(kind, f"{verb}: {said}", keys)


def _storable_place(place: LastPosition, folder_id: str, at: int) -> LastPosition:
    return LastPosition(folder_id, storable(place.view), storable(place.story), place.panes, at)


class MemoryStore(Store):
    """Remembers until the program ends, and writes nothing (`--private`)."""

    @property
    def pending(self) -> int:
        """None: nothing is meant for the disk."""
        return 0

    def wait_ready(self, seconds: float) -> bool:
        """There is nothing to wait for."""
        return True

    def flush(self, seconds: float, *, patient: bool = True) -> bool:
        """There is nothing to write."""
        return True

    def close(self, seconds: float = 1.0) -> int:
        """There is nothing to lose."""
        return 0

    def _keep(self, entry: Change) -> None:
        """Memory has it already."""
