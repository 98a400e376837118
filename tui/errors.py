"""The one exception tree: everything newsdeck raises on purpose is a `NewsdeckError`."""


class NewsdeckError(Exception):
    """Something the reader should know in one sentence: `str(error)` is that sentence, ready to show."""


class ConfigError(NewsdeckError):
    """The configuration, an environment variable or an option cannot be used."""


class FolderError(NewsdeckError):
    """The content folder is missing, unreadable or holds no cards."""


class StoryNotFoundError(NewsdeckError):
    """No story has the id or URL that was asked for."""


class UrlRefusedError(NewsdeckError):
    """A URL that the link policy does not let through; the message says why."""


class ProgramError(NewsdeckError):
    """Another program (browser, editor, clipboard) is missing or could not be started."""


class UnusableCacheError(NewsdeckError):
    """A cache file that is not opened; the message says why. Nothing is lost: the cards are read instead."""


class DamagedCacheError(NewsdeckError):
    """A part of an opened cache file is not what was written; all that came out of the file is to be read anew."""
