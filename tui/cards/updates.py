"""Reads touched files again and gathers what that changes; cards that are torn keep their last good version."""

import os
from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec

from tui.cards.agenda import Agenda
from tui.cards.batches import Reader
from tui.cards.known import Candidate, KnownFiles
from tui.cards.scan import FileEntry
from tui.model import Problem, Story

Find = Callable[[str], Story | None]
"""Gives the story that is shown under an id, None if there is none."""


_Content = tuple[str, str, datetime | None, int]


class ChangeSet(msgspec.Struct, frozen=True):
    """What changed in a folder since the last of these.

    `added` and `changed` are stories to take in, `removed` ids to take out. `rewritten` are ids of cards that were
    written and tell the same story, though their bodies may differ. `renamed` pairs an id of `removed` with the one of
    `added` that tells the same story. `problems` are all there are now with the card files. `data_changed` says that
    topics or outlets have to be read anew. `folder_error` says, while the folder cannot be read, why; what is shown
    stays, and the next set without it tells that the folder is back. `asked` marks the answer to `Watcher.rescan`.
    """

    added: tuple[Story, ...] = ()
    changed: tuple[Story, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    rewritten: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    data_changed: bool = False
    folder_error: str = ""
    asked: bool = False


class Updates:
    """Gathers change sets from files that are read again.

    A file that gives no story, though it is new or gave one before, is tried again as `agenda` says; only then its
    problem counts. `problems` are those of card files that are known so far.
    """

    def __init__(self, files: KnownFiles, agenda: Agenda, find: Find, problems: Iterable[Problem]) -> None:
        self._files = files
        self._agenda = agenda
        self._find = find
        self._torn: dict[str, FileEntry] = {}
        self._problems: dict[str, tuple[Problem, ...]] = {}
        for problem in problems:
            self._problems[problem.file] = (*self._problems.get(problem.file, ()), problem)
        self._told = frozenset(self.problems)
        self._left: dict[_Content, str] = {}
        self._clear()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems there are now with the folder and its card files."""
        return (*self._files.problems, *(problem for some in self._problems.values() for problem in some))

    def forget_others(self) -> None:
        """Forget the problems of what is not among the files, for the files were all compared."""
        self._problems = {id: problems for id, problems in self._problems.items() if id in self._files}

    def read(self, candidate: Candidate, reader: Reader, now: float) -> None:
        """Read a file that seems to have been written, at the moment `now` of the agenda."""
        if not self._files.is_same(candidate):
            self._agenda.settle(candidate.entry.id)
            self._try(candidate.entry, reader, now)

    def read_again(self, id: str, reader: Reader, now: float) -> None:
        """Try a file once more that gave no story."""
        if id in self._torn:
            self._try(self._torn[id], reader, now)

    def remove(self, id: str) -> None:
        """Take in that a file is gone."""
        self._settle(id, ())
        shown = self._find(id)
        if shown is not None:
            self._removed.append(id)
            self._left[_content(shown)] = id

    def take(self) -> ChangeSet | None:
        """What came together since the last call; None if nothing differs."""
        problems = self.problems
        told = frozenset(problems)
        changes = ChangeSet(
            added=tuple(self._added),
            changed=tuple(self._changed),
            removed=tuple(self._removed),
            renamed=tuple(self._renamed),
            rewritten=tuple(self._rewritten),
            problems=problems,
        )
        is_news = any((self._added, self._changed, self._removed, self._rewritten, told != self._told))
        self._told = told
        self._clear()
        return changes if is_news else None

    def _clear(self) -> None:
        self._added: list[Story] = []
        self._changed: list[Story] = []
        self._removed: list[str] = []
        self._renamed: list[tuple[str, str]] = []
        self._rewritten: list[str] = []

    def _try(self, entry: FileEntry, reader: Reader, now: float) -> None:
        parsed = reader.read(entry)
        if parsed.story is not None:
            self._settle(entry.id, parsed.problems)
            self._take_in(parsed.story)
        elif not os.path.lexists(entry.path):
            self.remove(entry.id)
        elif not parsed.problems and self._find(entry.id) is None:
            self._settle(entry.id, ())
        elif self._agenda.retry(entry.id, now):
            self._torn[entry.id] = entry
        elif parsed.problems:
            self._settle(entry.id, parsed.problems)
        else:
            self.remove(entry.id)

    def _settle(self, id: str, problems: tuple[Problem, ...]) -> None:
        self._agenda.settle(id)
        self._torn.pop(id, None)
        self._problems.pop(id, None)
        if problems:
            self._problems[id] = problems

    def _take_in(self, story: Story) -> None:
        shown = self._find(story.id)
        if shown == story:
            self._rewritten.append(story.id)
        elif shown is not None:
            self._changed.append(story)
        else:
            self._added.append(story)
            if (left := self._left.pop(_content(story), None)) is not None:
                self._renamed.append((left, story.id))


def _content(story: Story) -> _Content:
    """By what a story is known again under another id."""
    return story.title, story.url, story.published_at, story.body_bytes
