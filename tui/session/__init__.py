"""The use cases that the reader and the command line share; no Textual.

What begins with folders (`starting`, `roots`) is loaded without the rest, which nobody waits for who reads them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.session.folder import Session, StoreOpener, find_story
    from tui.session.links import ASK_ABOVE, Link, checked_link
    from tui.session.loading import ANALYSE_HERE_BELOW, FolderState, LoadedFolder
    from tui.session.marking import Marking
    from tui.session.roots import content_roots
    from tui.session.source import SourceFolder
    from tui.session.starting import ContentRoot
else:
    _HOMES = {
        "folder": ("Session", "StoreOpener", "find_story"),
        "links": ("ASK_ABOVE", "Link", "checked_link"),
        "loading": ("ANALYSE_HERE_BELOW", "FolderState", "LoadedFolder"),
        "marking": ("Marking",),
        "roots": ("content_roots",),
        "source": ("SourceFolder",),
        "starting": ("ContentRoot",),
    }

    def __getattr__(name: str) -> object:
        home = next((home for home, names in _HOMES.items() if name in names), None)
        if home is None:
            raise AttributeError(name)
        return getattr(import_module(f"tui.session.{home}"), name)


__all__ = [
    "ANALYSE_HERE_BELOW",
    "ASK_ABOVE",
    "ContentRoot",
    "FolderState",
    "Link",
    "LoadedFolder",
    "Marking",
    "Session",
    "SourceFolder",
    "StoreOpener",
    "checked_link",
    "content_roots",
    "find_story",
]
