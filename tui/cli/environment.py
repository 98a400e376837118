"""What the command line takes from the process around it, as one value, so that tests can hand in their own."""

import contextlib
import os
import sys
from collections.abc import Callable, MutableMapping
from datetime import tzinfo
from typing import NamedTuple, TextIO

from tui.clock import Clock, utc_now

MAX_COLUMNS = 1000
"""Cells of a line that are believed; a larger number is a mistake."""


def terminal_columns(stream: TextIO) -> int:
    """The width in cells that the terminal behind a stream says it has; 0 if it does not say.

    `COLUMNS` is never asked: what a shell once put there outlives every change of size.
    """
    with contextlib.suppress(OSError, ValueError):
        return os.get_terminal_size(stream.fileno()).columns
    return 0


class Environment(NamedTuple):
    """The three streams, the environment variables, the clock and the time zone (None for the system's own).

    `ask_columns` tells how wide the terminal behind a stream is, in cells, 0 if that is unknown.
    """

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    environ: MutableMapping[str, str]
    clock: Clock = utc_now
    zone: tzinfo | None = None
    ask_columns: Callable[[TextIO], int] = terminal_columns

    @classmethod
    def of_process(cls) -> "Environment":
        """The environment of this process; a stream that was closed before the start is the null device."""
        return cls(
            stdin=sys.stdin or open(os.devnull, encoding="utf-8"),
            stdout=sys.stdout or open(os.devnull, "w", encoding="utf-8"),
            stderr=sys.stderr or open(os.devnull, "w", encoding="utf-8"),
            environ=os.environ,
        )

    @property
    def has_terminal(self) -> bool:
        """Whether a reader can be drawn: all three streams are a terminal, and one that can move its cursor."""
        streams = (self.stdin, self.stdout, self.stderr)
        return all(is_terminal(stream) for stream in streams) and not self.is_dumb

    @property
    def is_dumb(self) -> bool:
        """Whether the terminal knows no escape sequences, as far as `TERM` says."""
        return self.environ.get("TERM", "") in {"", "dumb", "unknown"}

    @property
    def can_answer(self) -> bool:
        """Whether there is somebody to ask: questions go to stderr, answers come from stdin."""
        return is_terminal(self.stdin) and is_terminal(self.stderr)

    @property
    def can_style(self) -> bool:
        """Whether bold type may be written to stdout: a terminal that knows it, and no `NO_COLOR`."""
        return is_terminal(self.stdout) and not self.is_dumb and not self.environ.get("NO_COLOR")

    def columns(self) -> int | None:
        """The width of the terminal that stdout is, in cells; None where it is none or its width is unknown.

        Into a file or a pipe tables are then written uncut, whatever the width of the terminal beside it.
        """
        if not is_terminal(self.stdout):
            return None
        columns = self.ask_columns(self.stdout)
        return columns if 1 <= columns <= MAX_COLUMNS else None


def is_terminal(stream: TextIO) -> bool:
    """Whether a stream, which may be closed, is a terminal."""
    try:
        return stream.isatty()
    except ValueError:
        return False


def in_range(text: str, most: int) -> int | None:
    """The whole number from 1 to `most` that `text` is, or None."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    return int(text) if 1 <= int(text) <= most else None
