"""Everything the store remembers as one value, and how two of them become one.

Merging gives the same whichever side comes first, and whether it happens once or twice: of each cell the
newer one stays, and what was seen is united.
"""

from collections.abc import Mapping
from math import inf

import msgspec

from tui.state.entries import Stamp
from tui.state.mark_keys import beginnings, parted_key
from tui.state.marks import Marks, joined
from tui.state.values import (
    UNMARKED,
    Change,
    Folder,
    Kind,
    LastPosition,
    Mark,
    MarkChange,
    Mute,
    MuteChange,
    PieceBatch,
)


class Contents(msgspec.Struct, frozen=True):
    """All that is remembered (`is_all`), or the part of it that changed.

    `mutes`, `folders` and `places` are always whole; `marks`, `steps` and `pieces` hold what is new where `is_all` is
    false, and `step_ids` names the steps that can still be undone.
    """

    marks: Mapping[str, Mark] = {}
    mutes: tuple[Mute, ...] = ()
    folders: tuple[Folder, ...] = ()
    places: tuple[LastPosition, ...] = ()
    steps: tuple[Change, ...] = ()
    step_ids: frozenset[str] = frozenset()
    is_all: bool = True
    pieces: tuple[PieceBatch, ...] = ()


def mute(one: Mute, other: Mute) -> Mute:
    """The newer of two mutes of the same thing."""
    return max(
        one,
        other,
        key=lambda each: (each.at, each.active, inf if each.until is None else each.until, each.value),
    )


def folder(one: Folder, other: Folder) -> Folder:
    """The newer of two records of one folder, with the latest visit; it inherits if either does."""
    newer = max(one, other, key=lambda each: (each.at, each.path, each.sketch))
    inherits = one.inherits or other.inherits
    return msgspec.structs.replace(newer, visited=max(one.visited, other.visited), inherits=inherits)


def place(one: LastPosition, other: LastPosition) -> LastPosition:
    """The newer of two places in one folder."""
    return max(one, other, key=lambda each: (each.at, each.story, each.view, sorted(each.panes.items())))


def additions(known: Contents, found: Contents, stamp: Stamp) -> Change:
    """What to write so that `known` holds all of `found` too, as one entry; empty if it does already."""
    our_mutes = {ours.identity: ours for ours in known.mutes}
    our_folders = {ours.id: ours for ours in known.folders}
    our_places = {ours.folder: ours for ours in known.places}
    marks = (
        difference(key, ours, joined(ours, theirs))
        for key, theirs in found.marks.items()
        for ours in (known.marks.get(key, UNMARKED),)
    )
    mutes = (
        MuteChange(ours, mute(ours, theirs))
        for theirs in found.mutes
        for ours in (our_mutes.get(theirs.identity, Mute(theirs.kind, theirs.value, active=False)),)
    )
    folders = (folder(our_folders.get(theirs.id, theirs), theirs) for theirs in found.folders)
    places = (place(our_places.get(theirs.folder, theirs), theirs) for theirs in found.places)
    our_pieces = frozenset(known.pieces)
    return Change(
        stamp.id,
        stamp.at,
        Kind.IMPORT,
        marks=tuple(change for change in marks if change is not None),
        mutes=tuple(change for change in mutes if change.before != change.after),
        folders=tuple(each for each in folders if our_folders.get(each.id) != each),
        places=tuple(each for each in places if our_places.get(each.folder) != each),
        pieces=tuple(theirs for theirs in found.pieces if theirs not in our_pieces),
    )


def moved(marks: Marks, folder_id: str, into: str, stamp: Stamp) -> Change:
    """What makes the marks of the folder `folder_id` those of the folder that it turned out to be."""
    begun = beginnings(folder_id)
    changes = []
    for key in marks:
        if key.startswith(begun):
            there = parted_key(key)._replace(folder=into).key
            before = marks.get(there)
            changes.append(difference(there, before, joined(before, marks.row(key))))
    found = tuple(change for change in changes if change is not None)
    return Change(stamp.id, stamp.at, Kind.KEEP, marks=found, renamed=((folder_id, into),) if changes else ())


def difference(key: str, before: Mark, after: Mark) -> MarkChange | None:
    """The change that makes `after` out of `before`, None if they are the same."""
    if before == after:
        return None
    return MarkChange(
        key,
        read=(before.read, after.read) if before.read != after.read else None,
        starred=(before.starred, after.starred) if before.starred != after.starred else None,
        note=(before.note, after.note) if before.note != after.note else None,
        seen=(before.seen, after.seen) if before.seen != after.seen else None,
    )
