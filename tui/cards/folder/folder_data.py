"""What a content folder says of its topics and outlets, as a value; `data` reads it."""

import msgspec

from tui.model import Outlet, Problem, Topic


class FolderData(msgspec.Struct, frozen=True):
    """Topics in the order of their files, outlets by their domain (lower case), and what is wrong."""

    topics: tuple[Topic, ...] = ()
    outlets: dict[str, Outlet] = {}
    problems: tuple[Problem, ...] = ()
