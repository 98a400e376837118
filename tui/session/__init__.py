"""The use cases that the reader and the command line share; no Textual."""

from tui.session.folder import Link, Loaded, Session, StoreOpener, content_root, find_story
from tui.session.marking import Marking

__all__ = ["Link", "Loaded", "Marking", "Session", "StoreOpener", "content_root", "find_story"]
