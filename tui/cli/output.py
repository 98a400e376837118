"""The only writer of stdout and stderr: data goes to one, narration to the other, nothing unclean to either."""

import os
from collections.abc import Iterable
from types import TracebackType
from typing import Self, TextIO

from tui.cli.environment import Environment
from tui.cli.layout import Column, Glyphs, table
from tui.errors import NewsdeckError
from tui.text.sanitize import clean_line

_BOLD = "\x1b[1m"
_PLAIN = "\x1b[0m"
_TEXT_COLUMNS = 80


class PipeClosed(Exception):  # noqa: N818  not an error: the reader of our output has seen enough
    """Whoever read stdout has gone; nobody is left to read it."""


class OutputError(NewsdeckError):
    """Stdout cannot be written to: the disk is full, say."""


class Output:
    """Writes lines, tables and JSON; a context manager that flushes at the end.

    Every text is cleaned once more on its way out, and what the stream's encoding lacks is replaced. `columns`
    is the width in cells to cut to, None where stdout is no terminal. Methods that write to stdout raise
    PipeClosed or OutputError.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._stdout = environment.stdout
        self._unicode = (self._stdout.encoding or "utf-8").lower().replace("-", "") in {"utf8", "utf8sig"}
        self.columns = environment.columns()
        self.glyphs = Glyphs() if self._unicode else Glyphs.plain()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, (PipeClosed, OutputError)):
            self.flush()

    @property
    def text_columns(self) -> int:
        """The width in cells to wrap running text to."""
        return self.columns or _TEXT_COLUMNS

    def use_ascii(self) -> None:
        """Draw with plain ASCII from here on; the texts of cards stay as they are."""
        self.glyphs = Glyphs.plain()

    def line(self, text: str = "", *, bold: bool = False) -> None:
        """Write one line, or several if `text` has line breaks, to stdout."""
        cleaned = self._encodable(_clean(text))
        if bold and cleaned and self._environment.can_style:
            cleaned = f"{_BOLD}{cleaned}{_PLAIN}"
        self._write(f"{cleaned}\n")

    def json(self, value: object, *, indent: int | None = 2) -> None:
        """Write a value as JSON to stdout; on one line where `indent` is None."""
        import json

        self.line(json.dumps(value, ensure_ascii=not self._unicode, indent=indent))

    def table(self, columns: Iterable[Column], rows: Iterable[Iterable[str]]) -> None:
        """Write aligned columns under their titles, cut to the terminal if stdout is one; nothing without rows."""
        for number, text in enumerate(table(columns, rows, self.columns, self.glyphs)):
            self.line(text, bold=number == 0)

    def note(self, text: str) -> None:
        """Write one line to stderr. An error while writing it is ignored."""
        self._tell(f"newsdeck: {clean_line(text)}\n")

    def ask(self, question: str) -> bool:
        """Put a yes-or-no question on stderr; whether the answer is yes. Anything but a clear yes is no."""
        self.flush()
        self._tell(f"newsdeck: {clean_line(question)} [y/N] ")
        try:
            answer = self._environment.stdin.readline()
        except (OSError, ValueError):
            return False
        return answer.strip().casefold() in {"y", "yes"}

    def flush(self) -> None:
        """Send on what was written to stdout."""
        try:
            self._stdout.flush()
        except BrokenPipeError as error:
            raise PipeClosed from error
        except (OSError, ValueError) as error:
            raise _cannot_write(error) from error

    def abandon(self) -> None:
        """Let go of what stdout still holds, so that the interpreter does not try again, and complain, at its end."""
        try:
            descriptor = self._stdout.fileno()
        except (OSError, ValueError):
            return
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, descriptor)
        os.close(null)

    def _write(self, text: str) -> None:
        try:
            self._stdout.write(text)
        except BrokenPipeError as error:
            raise PipeClosed from error
        except (OSError, ValueError) as error:
            raise _cannot_write(error) from error

    def _tell(self, text: str) -> None:
        stream = self._environment.stderr
        try:
            stream.write(_encodable(text, stream))
            stream.flush()
        except (OSError, ValueError):
            return

    def _encodable(self, text: str) -> str:
        return text if self._unicode else _encodable(text, self._stdout)


def _clean(text: str) -> str:
    """The text with its line feeds and indentation, each line otherwise as `clean_line` leaves it, uncut."""
    lines = []
    for line in text.split("\n"):
        words = line.lstrip(" ")
        lines.append(line[: len(line) - len(words)] + clean_line(words, len(words) + 1) if words else "")
    return "\n".join(lines)


def _encodable(text: str, stream: TextIO) -> str:
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding, "replace")


def _cannot_write(error: Exception) -> OutputError:
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
    return OutputError(f"The output cannot be written: {reason}.")
