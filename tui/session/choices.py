"""Which folders there are to open: those of the configuration, and those that were open before."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from tui.config.settings import Settings
from tui.resources import sample_content_dir
from tui.state.values import Folder
from tui.text.sanitize import clean_path

_MOST = 100


class FolderChoice(msgspec.Struct, frozen=True):
    """A folder, or several to be opened together: the `words` that name them, what it is called, and where it lies."""

    words: tuple[str, ...]
    label: str
    place: str


def folder_choices(settings: Settings, known: Iterable[Folder], here: frozenset[str]) -> list[FolderChoice]:
    """Folders of the configuration, then those that were open before, the last one first, then the demo.

    Those that are not there now are left out, and so are those that are open `here`, named by their real paths.
    """
    folders = settings.folders.items()
    named = (FolderChoice((name,), name, _shown(folder.path)) for name, folder in folders if folder.path.exists())
    recent = (_recent(folder) for folder in sorted(known, key=lambda folder: -folder.visited) if folder.visited)
    demo = FolderChoice((str(sample_content_dir()),), "demo", "the cards that come with newsdeck")
    found: dict[frozenset[str], FolderChoice] = {}
    for choice in (*named, *recent, demo):
        if choice is not None:
            paths = frozenset(_real(word, settings) for word in choice.words)
            if paths != here and len(found) < _MOST:
                found.setdefault(paths, choice)
    return list(found.values())


def _recent(folder: Folder) -> FolderChoice | None:
    paths = [Path(os.fsdecode(path)) for path in folder.path.split(b"\0") if path]
    try:
        if not paths or not all(path.exists() for path in paths):
            return None
    except (OSError, ValueError):
        return None
    label = " + ".join(clean_path(path.name) or clean_path(str(path)) for path in paths)
    return FolderChoice(tuple(map(str, paths)), label, ", ".join(map(_shown, paths)))


def _real(word: str, settings: Settings) -> str:
    folder = settings.folders.get(word)
    return os.path.realpath(folder.path if folder else word)


def _shown(path: Path) -> str:
    """A path fit to show, with a tilde for the reader's own folder."""
    text, home = str(path), os.path.expanduser("~")
    return clean_path(f"~{text[len(home) :]}" if text.startswith(f"{home}{os.sep}") else text)


def folders_below(typed: str) -> Iterator[str]:
    """The paths of folders that begin as is typed, in order, written as it is; hidden ones where a dot is typed."""
    above, begun = os.path.split(typed)
    try:
        with os.scandir(os.path.expanduser(above) or ".") as entries:
            names = sorted(entry.name for entry in entries if entry.is_dir())
    except (OSError, ValueError):
        return
    for name in names:
        if name.startswith(begun) and (begun.startswith(".") or not name.startswith(".")):
            yield os.path.join(above, name, "")
