"""What the exit status of newsdeck says; scripts rely on it."""

from enum import IntEnum

from tui.errors import ConfigError, FolderError, NewsdeckError, StoryNotFoundError


class ExitStatus(IntEnum):
    """The exit statuses and what each of them means."""

    DONE = 0
    """Done, also where nothing matched."""
    NEGATIVE = 1
    """`check` found errors, `open` opened nothing, `--fail-empty` matched nothing, the reader ended by an exception."""
    USAGE = 2
    """An option, the configuration, or no terminal for the reader."""
    NO_CARDS = 3
    """The folder is missing or unreadable, or has no cards."""
    NO_STORY = 4
    """No story has the id or URL that was asked for."""
    STRICT = 5
    """`--strict` was asked for and some cards are problems."""
    INTERRUPTED = 130
    """Interrupted from the keyboard."""


_BY_ERROR: tuple[tuple[type[NewsdeckError], ExitStatus], ...] = (
    (ConfigError, ExitStatus.USAGE),
    (FolderError, ExitStatus.NO_CARDS),
    (StoryNotFoundError, ExitStatus.NO_STORY),
)


def status_of(error: NewsdeckError) -> ExitStatus:
    """The exit status of a command that ended by `error`."""
    for kind, status in _BY_ERROR:
        if isinstance(error, kind):
            return status
    return ExitStatus.NEGATIVE
