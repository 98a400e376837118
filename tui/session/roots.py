"""Which folders are meant by the words of a command line: paths, or names from the configuration."""

import os
from collections.abc import Sequence
from pathlib import Path

from tui.cards.format.rules import ReadingRules
from tui.config.settings import Settings
from tui.errors import FolderError
from tui.resources import sample_content_dir
from tui.session.starting import ContentRoot
from tui.text.sanitize import clean_path

_NO_NAME = "folder"


def content_roots(named: Sequence[str], settings: Settings) -> tuple[ContentRoot, ...]:
    """The folders to open: those named, else the configured one, else the demo.

    A word is a folder's name in the configuration, or else a path. What is named twice is opened once. Where there are
    several each has a name of its own. Raises FolderError if one is missing.
    """
    found = {_real(path): (path, name) for path, name in named_paths(named, settings)}
    if len(found) == 1:
        return tuple(ContentRoot(path, name, rules_of(settings, path)) for path, name in found.values())
    roots: list[ContentRoot] = []
    for path, name in found.values():
        free = _free(name or _name_of(path), {root.name.casefold() for root in roots})
        roots.append(ContentRoot(path, free, rules_of(settings, path)))
    return tuple(roots)


def rules_of(settings: Settings, path: Path) -> ReadingRules:
    """How the files of the folder at this path are read: in its own zone, if it has one in the configuration.

    It is the same whether it is opened by its name or by a path.
    """
    zoned = [folder for folder in settings.folders.values() if folder.zone]
    here = os.path.realpath(path) if zoned else ""
    zone = next((folder.zone for folder in zoned if os.path.realpath(folder.path) == here), settings.zone)
    return ReadingRules(zone, settings.plain)


def named_paths(named: Sequence[str], settings: Settings) -> list[tuple[Path, str]]:
    """The paths meant, each with its name in the configuration, empty where it has none; they need not exist."""
    if not named:
        return [(settings.content or sample_content_dir(), "")]
    folders = settings.folders
    return [(folders[word].path, word) if word in folders else (Path(word), "") for word in named]


def _real(path: Path) -> str:
    """Where a path leads. Raises FolderError if there is nothing."""
    try:
        if path.exists():
            return os.path.realpath(path)
    except (OSError, ValueError):
        pass
    raise FolderError(f"{clean_path(str(path))}: there is no such file or folder.")


def _name_of(path: Path) -> str:
    """The last part of a path as a name: one clean word without a slash."""
    return clean_path(os.path.basename(os.path.realpath(path))).replace("/", "-") or _NO_NAME


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number behind it if it is taken, in whatever case."""
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{name}-{number}"
    return free
