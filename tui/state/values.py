"""What the reader did, as frozen values.

A key is the text that `keys.story_key` gives. Every cell of a mark carries the time it was last set, so that
two readings merge cell by cell: the newer one wins.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum

import msgspec

from tui.state.mark_keys import digest_of, digests_in


class Flag(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Whether something is set, and when that was last said."""

    on: bool = False
    at: int = 0


class Note(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What the reader wrote about a story, cleaned, and when; an empty text is no note."""

    text: str = ""
    at: int = 0


class Seen(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The coverage of a story as the reader saw it.

    `first_at` and `first_count` describe the first look, `last_at` the last one that showed anything new.
    `digests` holds eight bytes, as `keys.digest_all` gives them, for every item that was ever seen. `last_at`
    0 means that the story was never looked at.
    """

    first_at: int = 0
    first_count: int = 0
    last_at: int = 0
    digests: bytes = b""

    @property
    def count(self) -> int:
        """The number of different coverage items seen so far."""
        return len(digests_in(self.digests))


class Mark(msgspec.Struct, frozen=True, gc=False):
    """Everything that is remembered about one story."""

    read: Flag = Flag()
    starred: Flag = Flag()
    note: Note = Note()
    seen: Seen = Seen()


UNMARKED = Mark()


class MuteKind(StrEnum):
    """What of a story a mute is compared with."""

    OUTLET = "outlet"
    TOPIC = "topic"
    PHRASE = "phrase"


class Mute(msgspec.Struct, frozen=True, gc=False):
    """An outlet, topic or phrase whose stories stay out of sight.

    `until` is the end of the mute, None for good. `active` is false once it was lifted: a lifted mute is
    kept, so that an older export does not bring it back. `at` is when this was last said.
    """

    kind: MuteKind
    value: str
    until: int | None = None
    active: bool = True
    at: int = 0

    @property
    def identity(self) -> tuple[str, str]:
        """What makes two mutes the same one: the kind, and the value whatever its case."""
        return self.kind.value, self.value.casefold()

    def holds(self, now: int) -> bool:
        """Whether the mute is in force at `now`."""
        return self.active and (self.until is None or now < self.until)


class Folder(msgspec.Struct, frozen=True, gc=False):
    """A content folder, known by what is in it rather than by where it lies.

    `id` is random and part of the keys of cards without a link. `path` is where it was last seen, as
    `os.fsencode` gives it. `sketch` is what `folders.sketch` made of its card ids. `visited` is when the
    reader last left it and `at` when this was last written.
    """

    id: str
    path: bytes = b""
    sketch: bytes = b""
    visited: int = 0
    at: int = 0


class LastPosition(msgspec.Struct, frozen=True, gc=False):
    """Where the reader was in a folder: the view as JSON text, the id of the story, the size of each pane."""

    folder: str
    view: str = ""
    story: str = ""
    panes: dict[str, int] = {}
    at: int = 0


class MarkChange(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What an action did to one story: (before, after) of each cell that it touched."""

    key: str
    read: tuple[Flag, Flag] | None = None
    starred: tuple[Flag, Flag] | None = None
    note: tuple[Note, Note] | None = None
    seen: tuple[Seen, Seen] | None = None


class MuteChange(msgspec.Struct, frozen=True, gc=False):
    """What an action did to one mute."""

    before: Mute
    after: Mute


class Kind(StrEnum):
    """The kinds of actions."""

    READ = "read"
    STAR = "star"
    SHOWN = "shown"
    NOTE = "note"
    MUTE = "mute"
    UNDO = "undo"
    REDO = "redo"
    IMPORT = "import"
    KEEP = "keep"


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """One action, whole: it is written in one transaction, and writing it twice is the same as once.

    `said` is the sentence that reports to the reader what was done. An `undoable` entry becomes a step that `undo`
    takes back; `undoes` is the id of the step that this entry takes back. `automatic` is what nobody asked for in
    words: marks that come of looking at a story.
    """

    id: str
    at: int
    kind: Kind
    said: str = ""
    marks: tuple[MarkChange, ...] = ()
    mutes: tuple[MuteChange, ...] = ()
    folders: tuple[Folder, ...] = ()
    places: tuple[LastPosition, ...] = ()
    undoable: bool = False
    undoes: str = ""
    automatic: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.marks or self.mutes or self.folders or self.places or self.undoes)


class Done(msgspec.Struct, frozen=True):
    """What an action did, for the toast and for repainting; without keys and text nothing had to be done."""

    kind: Kind
    said: str = ""
    keys: tuple[str, ...] = ()
    undoable: bool = False

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.said)


class Trouble(StrEnum):
    """Why marks are not on disk as usual."""

    BUSY = "busy"
    FULL = "full"
    READ_ONLY = "read-only"
    REFUSED = "refused"
    NEWER = "newer"
    CORRUPT = "corrupt"
    REPLACED = "replaced"
    FAULT = "fault"


class Notice(msgspec.Struct, frozen=True):
    """A sentence for the reader about the store. `trouble` is None for good news: saved again, migrated."""

    said: str
    trouble: Trouble | None = None


class Marks:
    """All marks at one moment; never changes, a new one takes its place.

    `is_loaded` is false while those on disk are not known yet.
    """

    __slots__ = ("_rows", "is_loaded")

    def __init__(self, rows: Mapping[str, Mark] | None = None, is_loaded: bool = True) -> None:
        self._rows: Mapping[str, Mark] = {} if rows is None else rows
        self.is_loaded = is_loaded

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Marks) and dict(self._rows) == dict(other._rows)

    __hash__ = None  # type: ignore[assignment]

    def get(self, key: str) -> Mark:
        """Everything known about `key`; `UNMARKED` if nothing is."""
        return self._rows.get(key, UNMARKED)

    def is_read(self, key: str) -> bool:
        """Whether the story was read."""
        return self._rows.get(key, UNMARKED).read.on

    def is_starred(self, key: str) -> bool:
        """Whether the story is starred."""
        return self._rows.get(key, UNMARKED).starred.on

    def note(self, key: str) -> str:
        """The note on the story, empty if there is none."""
        return self._rows.get(key, UNMARKED).note.text

    def new_coverage(self, key: str, coverage: Iterable[str]) -> frozenset[str]:
        """Those of `coverage` (keys of the items a story has now) that came since the reader last looked.

        Empty for a story that was never looked at: there all of it is equally new.
        """
        seen = self._rows.get(key, UNMARKED).seen
        if not seen.last_at:
            return frozenset()
        known = digests_in(seen.digests)
        return frozenset(item for item in coverage if digest_of(item) not in known)

    def read_keys(self) -> frozenset[str]:
        """The keys of all stories that were read, also of those in other folders."""
        return frozenset(key for key, mark in self._rows.items() if mark.read.on)

    def starred_keys(self) -> frozenset[str]:
        """The keys of all starred stories, also of those in other folders."""
        return frozenset(key for key, mark in self._rows.items() if mark.starred.on)

    def notes(self) -> dict[str, str]:
        """All notes by the keys of their stories, also of those in other folders."""
        return {key: mark.note.text for key, mark in self._rows.items() if mark.note.text}

    def with_rows(self, rows: Mapping[str, Mark]) -> "Marks":
        """These marks with some rows replaced."""
        return Marks({**self._rows, **rows}, self.is_loaded)


NoticeTaker = Callable[[Notice], None]
"""Receives notices, in the store's thread: it must only pass them on."""
ChangeTaker = Callable[[frozenset[str]], None]
"""Receives the keys whose marks changed without an action of this store (another reader, the first load)."""
