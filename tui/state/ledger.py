"""The marks in memory: what the reader sees at once, whatever the disk does.

The ledger is what was read from disk with everything entered since on top. It knows nothing of files and threads.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from tui.state import entries
from tui.state.entries import Stamp
from tui.state.mark_keys import beginnings, parted_key
from tui.state.marks import Marks
from tui.state.merge import Contents
from tui.state.pieces import KnownPieces
from tui.state.values import Change, Folder, LastPosition, MarkChange, Mute, PieceBatch

STEPS_KEPT = 500
"""Actions that can be undone."""
CHANGES_KEPT = 200_000
"""Changes of single stories that the undoable actions may hold together; the last action always stays."""


class Ledger:
    """Marks, mutes, folders, places and the steps that can be undone."""

    def __init__(self, is_loaded: bool) -> None:
        self.marks = Marks(is_loaded=is_loaded)
        self.mutes: dict[tuple[str, str], Mute] = {}
        self.folders: dict[str, Folder] = {}
        self.places: dict[str, LastPosition] = {}
        self.steps: dict[str, Change] = {}
        self.pieces: dict[str, dict[PieceBatch, None]] = {}
        self._known_pieces: dict[str, KnownPieces] = {}

    def known_pieces(self, folder_id: str) -> KnownPieces:
        """Which pieces were ever seen in a folder, and since when."""
        batches = self.pieces.get(folder_id, {})
        known = self._known_pieces.get(folder_id)
        if known is None or known.batches != len(batches):
            known = self._known_pieces[folder_id] = KnownPieces(tuple(batches))
        return known

    def enter(self, entry: Change) -> None:
        """Do what `entry` says."""
        if entry.marks:
            self.marks = self.marks.with_rows(
                {change.key: entries.after(self.marks.row(change.key), change) for change in entry.marks}
            )
        self.mutes.update({change.after.identity: change.after for change in entry.mutes})
        if entry.folders:
            self.folders.update({folder.id: folder for folder in entry.folders})
            self.marks = self.marks.among(self.folders.values())
        self.places.update({place.folder: place for place in entry.places})
        self._add_pieces(entry.pieces)
        for folder_id, into in entry.renamed:
            self._rename(folder_id, into)
        if entry.undoable:
            self.steps[entry.id] = entry
            self._forget_old_steps()
        self.steps.pop(entry.undoes, None)

    def settle(self) -> None:
        """Go on with the marks there are: those on disk are here, or will not come."""
        if not self.marks.is_loaded:
            self.marks = Marks({key: self.marks.row(key) for key in self.marks}).among(self.folders.values())

    def last_steps(self) -> list[Change]:
        """What is taken back next, the last first: what the reader did; all that came of looking, if that is all."""
        latest = reversed(self.steps.values())
        said = next((step for step in latest if not step.automatic), None)
        return [said] if said is not None else list(reversed(self.steps.values()))

    def undo(self, step: Change, stamp: Stamp) -> Change:
        """The entry that takes a step back, not entered yet."""
        return entries.undo(self.marks, self.mutes, step, stamp)

    def redo(self, step: Change, undone: Change, stamp: Stamp) -> Change:
        """The entry that does a step again which `undone` took back, not entered yet."""
        return entries.redo(self.marks, self.mutes, step, undone, stamp)

    def absorb(self, found: Contents, pending: Iterable[Change]) -> tuple[Change, ...]:
        """Take over what was found on disk, and put what is not written yet on top of it again.

        Gives `pending` as it reads over what was found.
        """
        self.marks = Marks(found.marks) if found.is_all else self.marks.with_rows(found.marks)
        self.mutes = {mute.identity: mute for mute in found.mutes}
        self.folders = {folder.id: folder for folder in found.folders}
        self.marks = self.marks.among(found.folders)
        if found.is_all:
            self.pieces = {}
        self._add_pieces(found.pieces)
        self.places = {place.folder: place for place in found.places}
        mine = self.steps
        self.steps = (
            {step.id: step for step in found.steps}
            if found.is_all
            else {i: mine[i] for i in mine if i in found.step_ids}
        )
        again = []
        for entry in pending:
            rebased = entries.rebase(self.marks, self.mutes, entry)
            self.enter(rebased)
            again.append(rebased)
        return tuple(again)

    def everything(self) -> Contents:
        """All that is known, for a disk that lost it."""
        return Contents(
            marks={key: self.marks.row(key) for key in self.marks},
            mutes=tuple(self.mutes.values()),
            folders=tuple(self.folders.values()),
            places=tuple(self.places.values()),
            steps=tuple(self.steps.values()),
            step_ids=frozenset(self.steps),
            is_all=True,
            pieces=tuple(batch for batches in self.pieces.values() for batch in batches),
        )

    def _add_pieces(self, batches: Iterable[PieceBatch]) -> None:
        for batch in batches:
            self.pieces.setdefault(batch.folder, {})[batch] = None

    def _rename(self, folder_id: str, into: str) -> None:
        """The marks of one folder are those of another by now; what undoes them must find them there, too."""
        begun = beginnings(folder_id)
        self.marks = self.marks.without([key for key in self.marks if key.startswith(begun)])
        for step_id, step in self.steps.items():
            if any(change.key.startswith(begun) for change in step.marks):
                changes = tuple(_renamed(change, folder_id, into) for change in step.marks)
                self.steps[step_id] = replace(step, marks=changes)

    def _forget_old_steps(self) -> None:
        held = sum(len(step.marks) for step in self.steps.values())
        while len(self.steps) > 1 and (len(self.steps) > STEPS_KEPT or held > CHANGES_KEPT):
            oldest = next(iter(self.steps))
            held -= len(self.steps.pop(oldest).marks)


def _renamed(change: MarkChange, folder_id: str, into: str) -> MarkChange:
    story = parted_key(change.key)
    return replace(change, key=story._replace(folder=into).key) if story.folder == folder_id else change
