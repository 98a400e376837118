"""What the reader did, as frozen values.

A key is the text that `mark_keys.mark_key` gives. Every cell of a mark carries the time it was last set, so that
two readings merge cell by cell: the newer one wins.
"""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from tui.state.mark_keys import digests_in


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

    @property
    def looked_at(self) -> int:
        """When the reader looked at it last, as far as that was noted; 0 for never."""
        return max(self.read.at, self.seen.last_at)


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

    `id` is random and part of the keys of marks. `path` is where it was last seen, as `os.fsencode` gives it.
    `sketch` is what `folders.sketch` made of its card ids. `visited` is when the reader last left it and `at` when
    this was last written. `inherits` says that marks which name no folder may have been made in it; see `marks.Marks`.
    """

    id: str
    path: bytes = b""
    sketch: bytes = b""
    visited: int = 0
    at: int = 0
    inherits: bool = False


ANY_FOLDER = Folder("", inherits=True)
"""Stands for every folder, where marks came that name none and nothing says where they were made."""


class PieceBatch(msgspec.Struct, frozen=True, gc=False):
    """Pieces that were first seen in a folder together: the id of the `folder`, when, and what `pieces.packed` made."""

    folder: str
    at: int
    numbers: bytes


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
    words: marks that come of looking at a story. `renamed` are pairs of ids of folders: the first turned out to be the
    second, whose keys its marks have from now on.
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
    pieces: tuple[PieceBatch, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        kept = self.marks or self.mutes or self.folders or self.places or self.pieces
        return not (kept or self.undoes or self.renamed)


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


NoticeTaker = Callable[[Notice], None]
"""Receives notices, in the store's thread: it must only pass them on."""
ChangeTaker = Callable[[frozenset[str]], None]
"""Receives the keys whose marks changed without an action of this store (another reader, the first load)."""
