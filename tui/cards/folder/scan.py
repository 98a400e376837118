"""Finds the card files of a content folder, newest first, and what lies beside them."""

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import msgspec

from tui.cards.folder.files import not_regular
from tui.cards.folder.order import FileEntry as FileEntry
from tui.cards.folder.order import NewestFirst, PlainFolder
from tui.cards.format.problems import CardError, refused
from tui.errors import FolderError
from tui.hashing import blake2b
from tui.model import Problem
from tui.text.sanitize import clean_path

MARKDOWN: Final = (".md", ".markdown", ".mdx", ".mdown", ".mkd", ".qmd", ".rmd")
"""Suffixes of Markdown files, in lower case; in a name they may be written in any."""
SUFFIXES: Final = frozenset((*map(str.encode, MARKDOWN), b".html", b".htm", b".txt"))
"""Suffixes of card files, likewise."""
UNREAD_SUFFIXES: Final = frozenset((b".rst", b".adoc", b".asciidoc", b".org", b".textile", b".ipynb", b".tex", b".typ"))
"""Suffixes of texts that may be posts, and that are not read; likewise."""
MAX_DEPTH: Final = 16
"""Folders inside folders that are looked into, below the one that was opened."""
MAX_FILES: Final = 200_000
"""Card files of one folder that are read."""

_NEVER: Final = frozenset((b"node_modules", b"_data"))
_DATA: Final = "_data"
_BESIDE_CONTENT: Final = frozenset(("api", "assets"))
_FOLDER_FLAGS: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_PLAIN_NAME: Final = re.compile(r"[!-~]+(?: [!-~]+)*")


class Scan(msgspec.Struct, frozen=True):
    """What a folder holds: card files newest first, problems, and the folders that have a `_data`.

    `unread` has for each suffix of texts that are not read the files that end in it.
    """

    entries: Sequence[FileEntry]
    problems: tuple[Problem, ...]
    content_roots: tuple[bytes, ...]
    unread: tuple[tuple[str, tuple[str, ...]], ...] = ()


def scan(root: str | os.PathLike[str]) -> Scan:
    """The card files below a folder, or the one card file that `root` is.

    They are put in order when they are first looked at. Links below `root` are not followed. Raises FolderError if
    `root` is missing or is neither a readable folder nor a regular file.
    """
    top = opened(root)
    if stat.S_ISREG(os.stat(top).st_mode):
        return Scan(_named([(top, os.path.basename(top))], ()), (), ())
    walk = Walk(top)
    folders: list[PlainFolder] = []
    others: list[tuple[bytes, bytes]] = []
    for listing in walk.listings():
        prefix = os.path.join(listing.path, b"")
        names = [entry.name for entry in walk.admit(walk.cards(listing))]
        above = listing.relative.decode("utf-8", "replace")
        if _is_plain(above + "/".join(names)):
            folders.append(PlainFolder(prefix, above, names))
        else:
            others += [(prefix + name, listing.relative + name) for name in map(os.fsencode, names)]
    entries = NewestFirst(folders, _named(others, folders))
    return Scan(entries, tuple(walk.problems), tuple(walk.content_roots), walk.unread())


def find_entry(root: str | os.PathLike[str], id: str) -> FileEntry | None:
    """The card file below `root` that `scan` would give this id; None if there is none.

    Raises FolderError like `scan`.
    """
    top = opened(root)
    if not os.path.isdir(top):
        only = _named([(top, os.path.basename(top))], ())[0]
        return only if only.id == id else None
    entry = _by_plain_id(top, id)
    if entry is None and "~" in id:
        entry = next((found for found in scan(root).entries if found.id == id), None)
    return entry


def is_card_name(name: bytes) -> bool:
    """Whether a file of this name is a card file: by its suffix, and not hidden by a dot in front."""
    return not os.path.basename(name).startswith(b".") and os.path.splitext(name)[1].lower() in SUFFIXES


def never_holds_cards(folder: bytes) -> bool:
    """Whether nothing in a folder of this name can be a card or name a topic or outlet."""
    return folder.startswith(b".") or folder == b"node_modules"


def opened(root: str | os.PathLike[str]) -> bytes:
    """The real path of what was opened by hand, which may be a link; FolderError if it cannot be used."""
    shown = clean_path(os.fsencode(root))
    try:
        top = os.path.realpath(os.fsencode(root), strict=True)
        mode = os.stat(top).st_mode
        if stat.S_ISDIR(mode):
            os.scandir(top).close()
    except FileNotFoundError as error:
        raise FolderError(f"There is no folder or file {shown}. Check the path.") from error
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno or 0) if isinstance(error, OSError) else "not a usable path"
        raise FolderError(f"{shown} cannot be read: {reason}.") from error
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise FolderError(f"{shown} is neither a folder nor a regular file.")
    return top


def _by_plain_id(top: bytes, id: str) -> FileEntry | None:
    """The file an id names, if `scan` would come to it and its path needed no change."""
    *folders, name = id.split("/")
    if any(part in {"", ".."} or _is_skipped(part.encode("utf-8", "replace")) for part in folders):
        return None
    try:
        relative = id.encode()
        folder = os.path.join(top, os.path.dirname(relative)).removesuffix(b"/")
        # Equal only where no link leads the way.
        if os.path.realpath(folder, strict=True) != folder or not is_card_name(os.path.basename(relative)):
            return None
        path = os.path.join(folder, name.encode())
        os.lstat(path)
    except (OSError, ValueError):
        return None
    return FileEntry(path, id) if plain_id(relative) is not None else None


def _is_skipped(folder: bytes) -> bool:
    return folder.startswith(b".") or folder in _NEVER


class OpenFolder(msgspec.Struct, frozen=True):
    """What one folder holds, while it is open: `descriptor` serves for functions that take a `dir_fd`.

    `path` is absolute; `relative` is the path below the folder that was opened and ends in a slash, empty for that
    folder itself. `names` are those of the `entries`, in the same order.
    """

    path: bytes
    relative: bytes
    depth: int
    descriptor: int
    entries: list["os.DirEntry[str]"]
    names: list[str]
    skipped: frozenset[str]


class Walk:
    """One pass over the folders below `top`, without recursion and without following links.

    Each entry of a listing has to be looked at, and what are cards to be admitted, before the next listing is asked
    for. `problems` and `content_roots` are complete when there are no more.
    """

    def __init__(self, top: bytes) -> None:
        self.problems: list[Problem] = []
        self.content_roots: list[bytes] = []
        self._room = MAX_FILES
        self._waiting: list[tuple[bytes, bytes, int]] = [(top, b"", 0)]
        self._unread: dict[bytes, dict[bytes, None]] = {}

    def listings(self) -> Iterator[OpenFolder]:
        """Every folder that may hold cards, each open until the next is asked for.

        Raises FolderError if `top` cannot be listed.
        """
        while self._waiting:
            path, relative, depth = self._waiting.pop()
            try:
                descriptor = os.open(path, _FOLDER_FLAGS)
            except OSError as error:
                self._refuse_folder(relative, error)
                continue
            try:
                with os.scandir(descriptor) as listed:
                    entries = list(listed)
                names = [entry.name for entry in entries]
                yield OpenFolder(path, relative, depth, descriptor, entries, names, self._skipped(path, entries, names))
            except OSError as error:
                self._refuse_folder(relative, error)
            finally:
                os.close(descriptor)
        self._note_unread()

    def unread(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """For each suffix of texts that are not read the files that end in it, most first."""
        found = sorted(self._unread.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        return tuple((suffix.decode(), tuple(map(clean_path, files))) for suffix, files in found)

    def _note_unread(self) -> None:
        """Say how many texts are not read, where they are more than what is."""
        counts = {suffix: len(files) for suffix, files in self.unread()}
        if sum(counts.values()) <= MAX_FILES - self._room:
            return
        said = ", ".join(f"{count:,} in {suffix}" for suffix, count in counts.items())
        message = f"Most texts here are not read: {said}. newsdeck reads Markdown, HTML and plain text."
        self.problems.append(Problem(file=".", rule="unread", message=message, severity="warning"))

    def look(self, listing: OpenFolder, entry: "os.DirEntry[str]") -> bool:
        """Whether an entry is a card file; a folder is walked later, what is neither may be a problem."""
        name = entry.name
        if entry.is_dir(follow_symlinks=False):
            if name not in listing.skipped and not _is_skipped(os.fsencode(name)):
                self._enter(listing, os.fsencode(name))
            return False
        if not (name.endswith(".md") and name[0] != ".") and not is_card_name(os.fsencode(name)):
            if entry.is_symlink():
                self._note_link(listing, entry)
            elif (suffix := _unread_suffix(name)) and len(self._unread.setdefault(suffix, {})) < MAX_FILES:
                self._unread[suffix][listing.relative + os.fsencode(name)] = None
            return False
        if entry.is_file(follow_symlinks=False):
            return True
        self._refuse(listing.relative + os.fsencode(name), _why_not(listing, entry))
        return False

    def _note_link(self, listing: OpenFolder, entry: "os.DirEntry[str]") -> None:
        """Say of a link to a folder that what lies behind it is not read, unless no cards would be looked for there."""
        name = os.fsencode(entry.name)
        if entry.name in listing.skipped or _is_skipped(name) or not _leads_to_folder(entry):
            return
        message = "This is a link to a folder, which is not followed; open that folder itself, or move it here."
        file = clean_path(listing.relative + name)
        self.problems.append(Problem(file=file, rule="link", message=message, severity="warning"))

    def cards(self, listing: OpenFolder) -> list["os.DirEntry[str]"]:
        """Those entries that are card files, as `look` says of each."""
        return [
            entry
            for entry in listing.entries
            if (entry.name.endswith(".md") and entry.name[0] != "." and entry.is_file(follow_symlinks=False))
            or self.look(listing, entry)
        ]

    def fits(self, count: int) -> bool:
        """Whether so many cards of one folder can be admitted without reaching the limit."""
        return count < self._room

    def admit(self, cards: list["os.DirEntry[str]"]) -> list["os.DirEntry[str]"]:
        """The cards of a folder that are read: all of them, up to the limit, behind which nothing is walked."""
        admitted = cards[: self._room]
        self._room -= len(admitted)
        if not self._room:
            if len(admitted) < len(cards) or self._waiting:
                message = f"More than {MAX_FILES:,} card files: the others are not read. Open a folder further down."
                self._refuse(b"", CardError("too-many", message))
            self._waiting.clear()
        return admitted

    def _skipped(self, path: bytes, entries: list["os.DirEntry[str]"], names: list[str]) -> frozenset[str]:
        if _DATA in names and entries[names.index(_DATA)].is_dir(follow_symlinks=False):
            self.content_roots.append(path)
            return _BESIDE_CONTENT
        return _BESIDE_CONTENT if "_config.yml" in names else frozenset()

    def _enter(self, listing: OpenFolder, name: bytes) -> None:
        relative = listing.relative + name
        if listing.depth >= MAX_DEPTH:
            message = f"Folders are read {MAX_DEPTH} deep; move the cards in this one further up."
            self._refuse(relative, CardError("too-deep", message))
            return
        self._waiting.append((os.path.join(listing.path, name), relative + b"/", listing.depth + 1))

    def _refuse_folder(self, relative: bytes, error: OSError) -> None:
        if not relative:
            raise FolderError(f"The folder cannot be read: {os.strerror(error.errno or 0)}.") from error
        self._refuse(relative, refused(error))

    def _refuse(self, relative: bytes, error: CardError) -> None:
        self.problems.append(error.problem(clean_path(relative.removesuffix(b"/")) or "."))


def _unread_suffix(name: str) -> bytes:
    """The suffix of a text that is not read; empty for any other file."""
    suffix = os.path.splitext(os.fsencode(name))[1].lower()
    return suffix if suffix in UNREAD_SUFFIXES and name[0] != "." else b""


def _leads_to_folder(link: "os.DirEntry[str]") -> bool:
    try:
        return link.is_dir()
    except OSError:  # it leads to itself, or to where nobody may look
        return False


def _why_not(listing: OpenFolder, entry: "os.DirEntry[str]") -> CardError:
    try:
        return not_regular(os.lstat(entry.name, dir_fd=listing.descriptor).st_mode)
    except OSError as error:
        return refused(error)


def _named(found: Sequence[tuple[bytes, bytes]], plain_folders: Sequence[PlainFolder]) -> list[FileEntry]:
    """Gives every file an id of its own, though different names may look the same once they are cleaned."""
    plain: list[FileEntry] = []
    odd: list[tuple[bytes, bytes]] = []
    for path, relative in found:
        id = plain_id(relative)
        if id is None:
            odd.append((path, relative))
        else:
            plain.append(FileEntry(path, id))
    if odd:
        taken = {entry.id for entry in plain}
        taken |= {folder.above + name for folder in plain_folders for name in folder.names}
        ids = odd_ids([relative for _, relative in odd], taken.__contains__)
        plain += [FileEntry(path, ids[relative]) for path, relative in odd]
    return plain


def _is_plain(text: str) -> bool:
    """Whether any part of a text is a plain id; a quick look that may say no too often."""
    return text.isascii() and text.isprintable() and "  " not in text and not text.startswith(" ")


def plain_id(relative: bytes) -> str | None:
    """A path below the opened folder as an id; None if it cannot be shown as its bytes say."""
    text = relative.decode("utf-8", "replace")
    if _PLAIN_NAME.fullmatch(text):
        return text
    shown = clean_path(relative)
    return shown if shown.encode() == relative else None


def odd_ids(relatives: Iterable[bytes], is_taken: Callable[[str], bool]) -> dict[bytes, str]:
    """Ids for all paths that have no plain one, in the order of the walk; `is_taken` says which plain ids are used."""
    ids: dict[bytes, str] = {}
    given: set[str] = set()
    for relative in relatives:
        stem, suffix = os.path.splitext(clean_path(relative))
        id = f"{stem}~{blake2b(relative, digest_size=4).hexdigest()}{suffix}"
        while id in given or is_taken(id):
            id = f"~{id}"
        given.add(id)
        ids[relative] = id
    return ids
