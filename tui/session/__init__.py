"""The use cases that the reader and the command line share; no Textual."""

from tui.session.folder import Session, StoreOpener, find_story
from tui.session.links import ASK_ABOVE, Link, checked_link
from tui.session.loading import ANALYSE_HERE_BELOW, FolderState, LoadedFolder
from tui.session.marking import Marking
from tui.session.roots import content_roots
from tui.session.source import ContentRoot, SourceFolder

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
