"""Reading state as JSON Lines: `newsdeck state export` writes it, `newsdeck state import` reads it.

One JSON object a line. Times are ISO 8601 in UTC with milliseconds, or null for never. A key that is missing counts
as never set; unknown keys and unknown kinds of lines are skipped, so that newer exports can be read.

    {"newsdeck": "state", "version": 1, "exported_at": TIME}
        the first line
    {"folder": ID, "path": TEXT, "sketch": HEX, "visited": TIME, "at": TIME, "inherits": BOOL}
        a content folder, recognised by the sketch of its card ids; whether marks that name no folder count in it
    {"place": FOLDER-ID, "view": TEXT, "story": ID, "panes": {NAME: CELLS}, "at": TIME}
        where the reader was last in a folder
    {"mute": "outlet" | "topic" | "phrase", "value": TEXT, "until": TIME, "active": BOOL, "at": TIME}
        something that is muted, or no longer is
    {"mark": KEY, "in": FOLDER-ID, "read": [BOOL, TIME], "starred": [BOOL, TIME], "note": [TEXT, TIME],
     "seen": {"first_at": TIME, "first_count": NUMBER, "last_at": TIME, "digests": HEX}}
        the marks on one story, on one line

KEY is the story's canonical URL, and `in` the folder that it is marked in, or KEY is `card:FOLDER-ID/CARD-ID`. Exports
of the time before marks belonged to folders know neither `in` nor `inherits`: their marks count in all folders that the
export names, or in every folder if it names none; a newsdeck of that time reads today's, and takes marks to be of every
folder. The paths of folders are percent-encoded. Undo steps are not exported, nor is which pieces were seen in a
folder. An import adds to what is there: of each part the newer statement stays (`merge`), so that importing twice is
importing once.
"""

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote_from_bytes, unquote_to_bytes

import msgspec

from tui.state.entries import NOTE_LIMIT
from tui.state.folders import SAME_ELSEWHERE, resemblance
from tui.state.mark_keys import MarkedStory, digests_in, join_digests, parted_key, storable
from tui.state.marks import joined
from tui.state.merge import Contents, mute, place
from tui.state.merge import folder as merged_folder
from tui.state.times import from_iso, iso
from tui.state.values import ANY_FOLDER, Flag, Folder, LastPosition, Mark, Mute, MuteKind, Note, Seen
from tui.text.sanitize import NAME_LIMIT, clean_block, clean_line, clean_path

FORMAT_VERSION = 1
LINE_LIMIT = 1024 * 1024
"""Characters that a line may have."""
_LATEST_COUNT = 2**31


class Skipped(msgspec.Struct, frozen=True):
    """A line that was passed over, counted from 1, and why."""

    line: int
    reason: str


class Imported(msgspec.Struct, frozen=True):
    """What lines said, ready for `Store.merge`, and what could not be understood of them."""

    contents: Contents
    skipped: tuple[Skipped, ...] = ()


class _SeenLine(msgspec.Struct, frozen=True):
    first_at: str | None = None
    first_count: int = 0
    last_at: str | None = None
    digests: str = ""


class _MarkLine(msgspec.Struct, frozen=True, omit_defaults=True):
    mark: str
    folder: str | None = msgspec.field(default=None, name="in")
    read: tuple[bool, str | None] | None = None
    starred: tuple[bool, str | None] | None = None
    note: tuple[str, str | None] | None = None
    seen: _SeenLine | None = None


class _MuteLine(msgspec.Struct, frozen=True):
    mute: MuteKind
    value: str
    until: str | None = None
    active: bool = True
    at: str | None = None


class _FolderLine(msgspec.Struct, frozen=True):
    folder: str
    path: str = ""
    sketch: str = ""
    visited: str | None = None
    at: str | None = None
    inherits: bool | None = None


class _PlaceLine(msgspec.Struct, frozen=True):
    place: str
    view: str = ""
    story: str = ""
    panes: dict[str, int] = {}
    at: str | None = None


class _HeadLine(msgspec.Struct, frozen=True):
    newsdeck: str
    version: int = FORMAT_VERSION
    exported_at: str | None = None


def export_lines(contents: Contents, at: int) -> Iterator[str]:
    """All of `contents` but the undo steps, one JSON text per line without its end; `at` is the time of the export.

    Sorted, so that two exports of the same state differ in their first line only.
    """
    yield _line(_HeadLine("state", exported_at=iso(at)))
    for known in sorted(contents.folders, key=lambda each: each.id):
        path = quote_from_bytes(known.path)
        yield _line(_FolderLine(known.id, path, known.sketch.hex(), iso(known.visited), iso(known.at), known.inherits))
    for left in sorted(contents.places, key=lambda each: each.folder):
        yield _line(_PlaceLine(left.folder, left.view, left.story, left.panes, iso(left.at)))
    for muted in sorted(contents.mutes, key=lambda each: each.identity):
        until = None if muted.until is None else iso(muted.until)
        yield _line(_MuteLine(muted.kind, muted.value, until, muted.active, iso(muted.at)))
    for key in sorted(contents.marks):
        yield _line(_exported_mark(key, contents.marks[key]))


def import_lines(lines: Iterable[str], known_folders: Iterable[Folder], now: int) -> Imported:
    """What `export_lines` wrote, cleaned and made to fit the folders known here.

    A folder that resembles a known one is taken for it, and the keys and place that name it with it. Times in
    the future of `now` count as now: else they would win over everything said later. Nothing is raised for
    what the lines say; a newer format gives nothing but one `Skipped`.
    """
    reader = _Reader(now)
    for number, line in enumerate(lines, 1):
        if not reader.take(number, line.removeprefix("\ufeff") if number == 1 else line):
            break
    return Imported(reader.contents(tuple(known_folders)), tuple(reader.skipped))


class _Reader:
    """Collects what the lines of an export say."""

    def __init__(self, now: int) -> None:
        self.skipped: list[Skipped] = []
        self._now = now
        self._marks: dict[str, Mark] = {}
        self._mutes: dict[tuple[str, str], Mute] = {}
        self._folders: dict[str, Folder] = {}
        self._silent: set[str] = set()
        self._places: dict[str, LastPosition] = {}
        self._takers: dict[str, Callable[[str], None]] = {
            "mark": self._take_mark,
            "mute": self._take_mute,
            "folder": self._take_folder,
            "place": self._take_place,
            "newsdeck": self._take_head,
        }

    def take(self, number: int, line: str) -> bool:
        """Take one line over; false if the rest must not be read either."""
        if not line.strip():
            return True
        try:
            if len(line) > LINE_LIMIT:
                raise ValueError("longer than a line may be")
            fields = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
            for name in self._takers.keys() & fields.keys():
                self._takers[name](line)
        except _NewerFormatError as error:
            self.skipped.append(Skipped(number, str(error)))
            return False
        except (ValueError, OverflowError, RecursionError) as error:
            self.skipped.append(Skipped(number, clean_line(str(error), NAME_LIMIT)))
        return True

    def contents(self, known: tuple[Folder, ...]) -> Contents:
        """What all lines said together, in the words of the folders known here."""
        homes = {each.id: _home_of(each, known) for each in self._inheriting()}
        names = {theirs: home.id for theirs, home in homes.items()}
        marks: dict[str, Mark] = {}
        for key, said in self._marks.items():
            here = _key_here(key, names)
            marks[here] = joined(marks[here], said) if here in marks else said
        folders: dict[str, Folder] = {}
        for each in homes.values():
            folders[each.id] = merged_folder(folders.get(each.id, each), each)
        places: dict[str, LastPosition] = {}
        for each_place in self._places.values():
            left = msgspec.structs.replace(each_place, folder=names.get(each_place.folder, each_place.folder))
            places[left.folder] = place(places.get(left.folder, left), left)
        return Contents(marks, tuple(self._mutes.values()), tuple(folders.values()), tuple(places.values()))

    def _inheriting(self) -> list[Folder]:
        """The folders, of which those inherit of which nothing else is said, if there is anything to inherit."""
        folders = list(self._folders.values())
        if all(parted_key(key).folder for key in self._marks):
            return folders
        if not folders:
            return [ANY_FOLDER]
        return [msgspec.structs.replace(each, inherits=each.inherits or each.id in self._silent) for each in folders]

    def _take_head(self, line: str) -> None:
        head = msgspec.json.decode(line, type=_HeadLine)
        if head.version > FORMAT_VERSION:
            raise _NewerFormatError(f"written by a newer newsdeck (format {head.version}, not {FORMAT_VERSION})")

    def _take_mark(self, line: str) -> None:
        said = msgspec.json.decode(line, type=_MarkLine)
        key = storable(clean_path(said.mark))
        if said.folder is not None and not parted_key(key).folder:
            key = MarkedStory(clean_line(said.folder, NAME_LIMIT), key).key
        found = Mark(
            Flag(said.read[0], self._time(said.read[1])) if said.read else Flag(),
            Flag(said.starred[0], self._time(said.starred[1])) if said.starred else Flag(),
            Note(clean_block(said.note[0], NOTE_LIMIT), self._time(said.note[1])) if said.note else Note(),
            self._seen(said.seen) if said.seen else Seen(),
        )
        self._marks[key] = joined(self._marks[key], found) if key in self._marks else found

    def _take_mute(self, line: str) -> None:
        said = msgspec.json.decode(line, type=_MuteLine)
        until = None if said.until is None else from_iso(said.until)
        found = Mute(said.mute, clean_line(said.value, NAME_LIMIT), until, said.active, self._time(said.at))
        if not found.value:
            raise ValueError("a mute of nothing")
        self._mutes[found.identity] = mute(self._mutes.get(found.identity, found), found)

    def _take_folder(self, line: str) -> None:
        said = msgspec.json.decode(line, type=_FolderLine)
        folder_id = clean_line(said.folder, NAME_LIMIT)
        sketch = join_digests(digests_in(bytes.fromhex(said.sketch)))
        path = unquote_to_bytes(said.path)
        visited, at = self._time(said.visited), self._time(said.at)
        found = Folder(folder_id, path, sketch, visited, at, bool(said.inherits))
        if said.inherits is None:
            self._silent.add(folder_id)
        self._folders[folder_id] = merged_folder(self._folders.get(folder_id, found), found)

    def _take_place(self, line: str) -> None:
        said = msgspec.json.decode(line, type=_PlaceLine)
        folder_id = clean_line(said.place, NAME_LIMIT)
        panes = {clean_line(name, NAME_LIMIT): _small(size) for name, size in said.panes.items()}
        view, story = clean_block(said.view, NOTE_LIMIT), clean_path(said.story)
        found = LastPosition(folder_id, view, story, panes, self._time(said.at))
        self._places[folder_id] = place(self._places.get(folder_id, found), found)

    def _seen(self, said: _SeenLine) -> Seen:
        digests = join_digests(digests_in(bytes.fromhex(said.digests)))
        first_at, last_at = self._time(said.first_at), self._time(said.last_at)
        return Seen(first_at, _small(said.first_count), last_at, digests) if last_at else Seen()

    def _time(self, text: str | None) -> int:
        return min(from_iso(text), self._now)


class _NewerFormatError(ValueError):
    """The export is of a format that this program does not know."""


def _exported_mark(key: str, known: Mark) -> _MarkLine:
    seen = known.seen
    story = parted_key(key)
    in_folder = bool(story.folder and story.url)
    return _MarkLine(
        story.url if in_folder else key,
        folder=story.folder if in_folder else None,
        read=(known.read.on, iso(known.read.at)) if known.read.at else None,
        starred=(known.starred.on, iso(known.starred.at)) if known.starred.at else None,
        note=(known.note.text, iso(known.note.at)) if known.note.at else None,
        seen=_SeenLine(iso(seen.first_at), seen.first_count, iso(seen.last_at), seen.digests.hex())
        if seen.last_at
        else None,
    )


def _home_of(theirs: Folder, known: tuple[Folder, ...]) -> Folder:
    """The folder as it is known here, with the later visit; theirs where none known here is the same folder."""
    same = [ours for ours in known if ours.id == theirs.id]
    alike = [ours for ours in known if resemblance(ours.sketch, theirs.sketch) >= SAME_ELSEWHERE]
    if not same and not alike:
        return theirs
    ours = (same or sorted(alike, key=lambda each: (resemblance(each.sketch, theirs.sketch), each.at)))[-1]
    visited, inherits = max(ours.visited, theirs.visited), ours.inherits or theirs.inherits
    return msgspec.structs.replace(ours, visited=visited, inherits=inherits)


def _key_here(key: str, names: dict[str, str]) -> str:
    story = parted_key(key)
    return story._replace(folder=names[story.folder]).key if story.folder in names else key


def _small(number: int) -> int:
    return min(max(number, 0), _LATEST_COUNT)


def _line(said: msgspec.Struct) -> str:
    return msgspec.json.encode(said).decode()
