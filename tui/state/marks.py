"""All marks at one moment, and which of them count in which folder."""

from collections.abc import Iterable, Iterator, Mapping

from tui.state.mark_keys import digest_of, digests_in, join_digests, parted_key
from tui.state.pieces import NOT_SEEN_YET
from tui.state.values import ANY_FOLDER, UNMARKED, Folder, Mark, Seen


class Marks:
    """All marks at one moment; never changes, a new one takes its place.

    A mark belongs to the folder that its key names, and counts there alone. Marks of the time before that name no
    folder. The rule for them loses none and lets none spread further than it did:

    - They count in each folder that was known when they came into this store (by an update of the database, or from
      an export of that time), for in one of those they were made: these folders *inherit* (`Folder.inherits`).
    - If no folder was known then, nothing says where they were made, and they count in every folder (`ANY_FOLDER`); so
      they do while no folder inherits at all.
    - A folder that is first opened later begins without them, and so does the demo, which is asked for no marks.
    - What the reader does to a story in a folder is kept for that folder; of each part (read, starred, note) the newer
      statement counts there from then on. The old marks themselves stay as they are, for the other folders.

    `is_loaded` is false while those on disk are not known yet.
    """

    __slots__ = ("_changed", "_changes", "_heirs", "_rows", "is_loaded")

    def __init__(
        self, rows: Mapping[str, Mark] | None = None, is_loaded: bool = True, heirs: frozenset[str] = frozenset()
    ) -> None:
        self._rows: Mapping[str, Mark] = {} if rows is None else rows
        self._heirs = heirs
        self._changed: list[str] = []
        self._changes = 0
        self.is_loaded = is_loaded

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Marks) and dict(self._rows) == dict(other._rows)

    __hash__ = None  # type: ignore[assignment]

    def row(self, key: str) -> Mark:
        """What is kept under `key` itself; `UNMARKED` if nothing is."""
        return self._rows.get(key, UNMARKED)

    def get(self, key: str) -> Mark:
        """Everything that counts for the story with this key; `UNMARKED` if nothing does."""
        own = self._rows.get(key, UNMARKED)
        story = parted_key(key)
        if not (story.folder and story.url and self.inherits(story.folder)):
            return own
        inherited = self._rows.get(story.url)
        return own if inherited is None else inherited if own is UNMARKED else joined(inherited, own)

    def inherits(self, folder_id: str) -> bool:
        """Whether marks that name no folder count in the folder with this id."""
        return not self._heirs or folder_id in self._heirs or ANY_FOLDER.id in self._heirs

    def is_read(self, key: str) -> bool:
        """Whether the story was read."""
        return self.get(key).read.on

    def is_starred(self, key: str) -> bool:
        """Whether the story is starred."""
        return self.get(key).starred.on

    def note(self, key: str) -> str:
        """The note on the story, empty if there is none."""
        return self.get(key).note.text

    def news(self, key: str, pieces: Iterable[tuple[str, int]], newest: int = NOT_SEEN_YET) -> frozenset[str]:
        """Those of the pieces of a story's event that came since the reader looked at the story last, by their keys.

        Each piece is given with the time at which it was first seen in the folder; they are not gone through where
        even the `newest` that may be among them came before. One that was there already is no news, whenever it was
        found to be of this event. Nothing is news about a story that is not read.
        """
        mark = self.get(key)
        if not mark.read.on or newest <= mark.looked_at:
            return frozenset()
        fresh = [piece for piece, first_seen in pieces if first_seen > mark.looked_at]
        if not fresh:
            return frozenset()
        known = digests_in(mark.seen.digests)
        return frozenset(piece for piece in fresh if digest_of(piece) not in known)

    def with_rows(self, rows: Mapping[str, Mark]) -> "Marks":
        """These marks with some rows replaced."""
        later = Marks({**self._rows, **rows}, self.is_loaded, self._heirs)
        # What changed from each to the next is one list for all that follow one another.
        later._changed = self._changed if len(self._changed) == self._changes else self._changed[: self._changes]
        later._changed.extend(rows)
        later._changes = len(later._changed)
        return later

    def without(self, keys: Iterable[str]) -> "Marks":
        """These marks without the rows of some keys."""
        left_out = frozenset(keys)
        return Marks({key: row for key, row in self._rows.items() if key not in left_out}, self.is_loaded, self._heirs)

    def among(self, folders: Iterable[Folder]) -> "Marks":
        """These marks, with the folders that inherit."""
        heirs = frozenset(folder.id for folder in folders if folder.inherits)
        return self if heirs == self._heirs else Marks(self._rows, self.is_loaded, heirs)

    def changed_since(self, earlier: "Marks") -> frozenset[str] | None:
        """The keys whose rows may differ from those of earlier marks; None if that is not known."""
        if self._changed is not earlier._changed or earlier._changes > self._changes:
            return None
        return frozenset(self._changed[earlier._changes : self._changes])


def joined(one: Mark, other: Mark) -> Mark:
    """Two marks of one story as one: of each part the newer statement."""
    return Mark(
        max(one.read, other.read, key=lambda flag: (flag.at, flag.on)),
        max(one.starred, other.starred, key=lambda flag: (flag.at, flag.on)),
        max(one.note, other.note, key=lambda note: (note.at, note.text)),
        joined_seen(one.seen, other.seen),
    )


def joined_seen(one: Seen, other: Seen) -> Seen:
    """What was seen by either: the earliest first look, the latest last one."""
    looks = [look for look in (one, other) if look.last_at]
    if len(looks) < 2:
        return looks[0] if looks else one
    first_at, first_count = min((look.first_at, look.first_count) for look in looks)
    digests = digests_in(one.digests) | digests_in(other.digests)
    return Seen(first_at, first_count, max(one.last_at, other.last_at), join_digests(digests))
