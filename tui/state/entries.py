"""What an action changes, as pure functions from the marks of the moment to one `Change`.

Each leaves out what would stay as it is: an entry that `is_empty` need not be kept. Only while the marks are
not loaded nothing is left out, for nobody knows then what stays.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from tui.state.mark_keys import digest_all, digests_in, join_digests, storable
from tui.state.marks import Marks
from tui.state.values import (
    Change,
    Flag,
    Kind,
    Mark,
    MarkChange,
    Mute,
    MuteChange,
    Note,
    Seen,
)
from tui.text.sanitize import NAME_LIMIT, TITLE_LIMIT, clean_block, clean_line

NOTE_LIMIT = 64 * 1024
"""Characters kept of a note."""


class Stamp(NamedTuple):
    """The random id of an action and its moment."""

    id: str
    at: int


Coverage = Mapping[str, Iterable[str]]
"""For keys of stories: the keys of the coverage that the reader has in view."""


def read(
    marks: Marks,
    keys: Iterable[str],
    on: bool,
    coverage: Coverage,
    stamp: Stamp,
    *,
    subject: str = "",
    shown: bool = False,
    automatic: bool = False,
) -> Change:
    """Mark stories read (and their coverage seen) or unread; `shown` says "all shown" in the text.

    `automatic` says that this comes of looking at the stories.
    """
    changes: list[MarkChange] = []
    turned, turned_to = 0, Flag(on, stamp.at)
    for key in _each(keys):
        mark = marks.get(key)
        flag = (mark.read, turned_to) if mark.read.on != on or not marks.is_loaded else None
        seen = _seen_change(mark.seen, coverage[key], stamp.at) if on and key in coverage else None
        turned += flag is not None
        if flag or seen:
            changes.append(MarkChange(key, read=flag, seen=seen))
    kind = Kind.SHOWN if shown else Kind.READ
    said = f"marked {_stories(turned, subject, shown)} {'read' if on else 'unread'}" if turned else ""
    return Change(stamp.id, stamp.at, kind, said, marks=tuple(changes), undoable=turned > 0, automatic=automatic)


def look(marks: Marks, coverage: Coverage, stamp: Stamp) -> Change:
    """Remember what coverage the reader has seen of stories, without another word."""
    pairs = ((key, _seen_change(marks.get(key).seen, items, stamp.at)) for key, items in coverage.items())
    return Change(
        stamp.id,
        stamp.at,
        Kind.KEEP,
        marks=tuple(MarkChange(storable(key), seen=pair) for key, pair in pairs if pair),
    )


def star(marks: Marks, keys: Iterable[str], on: bool, stamp: Stamp, *, subject: str = "") -> Change:
    """Star stories, or take the star away."""
    changes = [
        MarkChange(key, starred=(mark.starred, Flag(on, stamp.at)))
        for key in _each(keys)
        if (mark := marks.get(key)).starred.on != on or not marks.is_loaded
    ]
    said = f"{'starred' if on else 'took the star from'} {_stories(len(changes), subject)}" if changes else ""
    return Change(stamp.id, stamp.at, Kind.STAR, said, marks=tuple(changes), undoable=bool(changes))


def note(marks: Marks, key: str, text: str, stamp: Stamp, *, subject: str = "") -> Change:
    """Write, change or (with an empty text) remove the note on a story."""
    (key,) = _each((key,))
    before, cleaned = marks.get(key).note, clean_block(text, NOTE_LIMIT)
    if before.text == cleaned and marks.is_loaded:
        return Change(stamp.id, stamp.at, Kind.NOTE)
    verb = "removed the note on" if not cleaned else "changed the note on" if before.text else "wrote a note on"
    change = MarkChange(key, note=(before, Note(cleaned, stamp.at)))
    return Change(stamp.id, stamp.at, Kind.NOTE, f"{verb} {_stories(1, subject)}", marks=(change,), undoable=True)


def mute(known: Mapping[tuple[str, str], Mute], wanted: Mute, stamp: Stamp) -> Change:
    """Mute an outlet, topic or phrase, change until when, or lift the mute (`active` false)."""
    value = clean_line(wanted.value, NAME_LIMIT)
    asked = Mute(wanted.kind, value, wanted.until if wanted.active else None, wanted.active, stamp.at)
    before = known.get(asked.identity, Mute(wanted.kind, value, active=False))
    after = Mute(before.kind, before.value, asked.until, asked.active, stamp.at)
    if not value or (before.active, before.until) == (after.active, after.until):
        return Change(stamp.id, stamp.at, Kind.MUTE)
    said = f"{'muted' if after.active else 'lifted the mute of'} the {after.kind.value} “{after.value}”"
    return Change(stamp.id, stamp.at, Kind.MUTE, said, mutes=(MuteChange(before, after),), undoable=True)


def undo(marks: Marks, known: Mapping[tuple[str, str], Mute], step: Change, stamp: Stamp) -> Change:
    """Take a step back: what still is as the step left it becomes what it was before.

    What was changed since, in another reader, stays. The restored flags count as said now, so that they also
    win where states are merged later.
    """
    changes = (_taken_back(marks.get(change.key), change, stamp.at) for change in step.marks)
    mutes = tuple(
        MuteChange(now, Mute(now.kind, now.value, change.before.until, change.before.active, stamp.at))
        for change in step.mutes
        if (now := known.get(change.after.identity)) is not None
        and (now.active, now.until) == (change.after.active, change.after.until)
    )
    said = f"undone: {step.said}"
    marked = tuple(change for change in changes if change is not None)
    return Change(stamp.id, stamp.at, Kind.UNDO, said, marks=marked, mutes=mutes, undoes=step.id)


def redo(marks: Marks, known: Mapping[tuple[str, str], Mute], step: Change, undone: Change, stamp: Stamp) -> Change:
    """Do `step` again after `undone` took it back: a step of its own, with the words of the first."""
    again = undo(marks, known, undone, stamp)
    return msgspec.structs.replace(
        again, kind=step.kind, said=step.said, undoable=True, undoes="", automatic=step.automatic
    )


def rebase(marks: Marks, known: Mapping[tuple[str, str], Mute], entry: Change) -> Change:
    """The same action over other marks: it leaves the same behind, but remembers these as what was before."""
    changes = tuple(_over(marks.get(change.key), change) for change in entry.marks)
    mutes = tuple(MuteChange(known.get(change.after.identity, change.before), change.after) for change in entry.mutes)
    return msgspec.structs.replace(entry, marks=changes, mutes=mutes)


def _over(mark: Mark, change: MarkChange) -> MarkChange:
    return MarkChange(
        change.key,
        read=change.read and (mark.read, change.read[1]),
        starred=change.starred and (mark.starred, change.starred[1]),
        note=change.note and (mark.note, change.note[1]),
        seen=change.seen and (mark.seen, change.seen[1]),
    )


def after(mark: Mark, change: MarkChange) -> Mark:
    """`mark` as `change` leaves it."""
    return Mark(
        change.read[1] if change.read else mark.read,
        change.starred[1] if change.starred else mark.starred,
        change.note[1] if change.note else mark.note,
        change.seen[1] if change.seen else mark.seen,
    )


def _taken_back(mark: Mark, change: MarkChange, at: int) -> MarkChange | None:
    read_back = star_back = note_back = seen_back = None
    if change.read and mark.read.on == change.read[1].on:
        read_back = (mark.read, Flag(change.read[0].on, at))
    if change.starred and mark.starred.on == change.starred[1].on:
        star_back = (mark.starred, Flag(change.starred[0].on, at))
    if change.note and mark.note.text == change.note[1].text:
        note_back = (mark.note, Note(change.note[0].text, at))
    if change.seen and mark.seen.digests == change.seen[1].digests:
        seen_back = (mark.seen, change.seen[0])
    if not (read_back or star_back or note_back or seen_back):
        return None
    return MarkChange(change.key, read=read_back, starred=star_back, note=note_back, seen=seen_back)


def _seen_change(before: Seen, items: Iterable[str], at: int) -> tuple[Seen, Seen] | None:
    known, present = digests_in(before.digests), digests_in(digest_all(items))
    if not before.last_at:
        return before, Seen(at, len(present), at, join_digests(present))
    # What was seen once stays seen: an item that leaves a card and comes back is not news.
    return (
        None
        if present <= known
        else (before, Seen(before.first_at, before.first_count, at, join_digests(known | present)))
    )


def _each(keys: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(map(storable, keys))


def _stories(count: int, subject: str, shown: bool = False) -> str:
    named = clean_line(subject, TITLE_LIMIT)
    if count == 1 and named:
        return f"“{named}”"
    counted = "1 story" if count == 1 else f"{count:,} stories"
    return f"all {counted} shown" if shown and count > 1 else counted
