"""What can be wrong with a file, as one exception and the sentences that say it."""

import os
from collections.abc import Iterator

import msgspec

from tui.errors import NewsdeckError
from tui.model import Card, Problem, Story


class ParsedStory(msgspec.Struct, frozen=True):
    """A story, if the file gives one, and what is wrong. Neither of them: the file is not a card."""

    story: Story | None = None
    problems: tuple[Problem, ...] = ()


class ParsedCard(msgspec.Struct, frozen=True):
    """A whole card, if the file gives one, and what is wrong. Neither of them: the file is not a card."""

    card: Card | None = None
    problems: tuple[Problem, ...] = ()


MAX_WARNINGS = 50
"""Warnings kept for one file; a file with more is broken in one way, again and again."""


class CardError(NewsdeckError):
    """A file that gives no story.

    `rule` is the stable short name of what is wrong; `line` and `column` count from 1 and are 0 where they do
    not apply. It is not a ValueError, for python-frontmatter takes those to mean "there is no front matter".
    """

    def __init__(self, rule: str, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.rule = rule
        self.line = line
        self.column = column

    def problem(self, file: str) -> Problem:
        """The error as a problem of the file with this id."""
        return Problem(file=file, rule=self.rule, message=str(self), line=self.line, column=self.column)


class CardSyntaxError(CardError):
    """Front matter that cannot be read as YAML, or that is not the plain YAML a card may hold."""


class FileRefusedError(CardError):
    """Something that is not opened or not read, because it is no plain, readable file of sane size."""


def refused(error: OSError) -> FileRefusedError:
    """The refusal that an error of the operating system means for the reader."""
    if isinstance(error, FileNotFoundError):
        return FileRefusedError("vanished", "This file was removed or renamed while the folder was being read.")
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    if isinstance(error, PermissionError):
        return FileRefusedError("unreadable", f"{reason}: make it readable for your user.")
    return FileRefusedError("unreadable", f"It cannot be read: {reason}.")


class Warnings:
    """Collects the warnings of one file, up to `MAX_WARNINGS`; what comes after is counted."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._kept: list[Problem] = []
        self._left_off = 0

    def __bool__(self) -> bool:
        return bool(self._kept)

    def __iter__(self) -> Iterator[Problem]:
        yield from self._kept
        if self._left_off:
            yield Problem(
                file=self._file,
                rule="more-warnings",
                message=f"{self._left_off} more warnings are not listed; mend the ones above first.",
                severity="warning",
            )

    def add(self, rule: str, message: str, field: str = "", mark: tuple[int, int] = (0, 0)) -> None:
        """Note a warning about a field (its dotted path) at `mark`, a line and column counted from 1."""
        line, column = mark
        warning = Problem(self._file, rule, message, severity="warning", line=line, column=column, field=field)
        if len(self._kept) >= MAX_WARNINGS:
            self._left_off += 1
        elif warning not in self._kept:
            self._kept.append(warning)
