"""The use cases that the reader and the command line share; no Textual."""

from tui.session.folder import Session, StoreOpener, content_root, find_story
from tui.session.links import ASK_ABOVE, Link, checked_link
from tui.session.loading import ANALYSE_HERE_BELOW, FolderState, LoadedFolder
from tui.session.marking import Marking

__all__ = [
    "ANALYSE_HERE_BELOW",
    "ASK_ABOVE",
    "FolderState",
    "Link",
    "LoadedFolder",
    "Marking",
    "Session",
    "StoreOpener",
    "checked_link",
    "content_root",
    "find_story",
]
