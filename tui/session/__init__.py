"""The use cases that the reader and the command line share; no Textual."""

from tui.session.folder import Link, Session, StoreOpener, content_root, find_story
from tui.session.loading import SMALL_DECK, FolderState, Loaded
from tui.session.marking import Marking

__all__ = [
    "SMALL_DECK",
    "FolderState",
    "Link",
    "Loaded",
    "Marking",
    "Session",
    "StoreOpener",
    "content_root",
    "find_story",
]
