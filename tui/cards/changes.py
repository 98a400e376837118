"""What a watched folder tells: what changed in it, and when that has reached the cache file."""

import msgspec

from tui.model import Problem, Story


class Changes(msgspec.Struct, frozen=True):
    """What changed in a folder since the message before; to be taken in one after the other, in order of `serial`.

    `stories` are new or told anew, which of both their ids say; `removed` are ids of stories that are gone. One that
    was renamed is in both. `problems`, `not_cards` (files without front matter) and `files` (card files in all) are
    what there is now. `data_changed` says that topics or outlets have to be read anew.

    `folder_error` says, while the folder cannot be read, why: what is shown stays, and the next message without it
    tells that the folder is back. `asked` marks the answer to `CardFeed.rescan`. `validated` marks the end of a warm
    start: by now every file was compared with what the cache file knows of it.

    With `fresh` all earlier messages are to be dropped, for this one starts from the snapshot with the token `base`
    alone; from nothing, so that `stories` are all there are, if `base` is empty.
    """

    serial: int
    stories: tuple[Story, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    not_cards: int = 0
    files: int = 0
    data_changed: bool = False
    folder_error: str = ""
    asked: bool = False
    validated: bool = False
    fresh: bool = False
    base: str = ""


class Snapshot(msgspec.Struct, frozen=True):
    """The cache file was written anew and has this token: all `Changes` up to `serial` are in it.

    Those that come later, and those that came since, are to be taken in on top of it. An empty token says that it could
    not be written; the one before is still there, if there was one.
    """

    token: str
    serial: int
