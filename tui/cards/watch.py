"""Watches a content folder: tells what was added, changed, removed or renamed, soon after it came to rest."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from msgspec import structs

from tui.cards.agenda import LATEST, Agenda, Look
from tui.cards.known import Difference, KnownFiles
from tui.cards.notify import Notifier, NotifierLostError, Silence, open_notifier
from tui.cards.reader import StoryReader
from tui.cards.updates import ChangeSet, Find, Updates
from tui.errors import FolderError
from tui.model import Problem

PATIENCE: Final = 1.0
"""Seconds of reading after which the changes found so far are told, though there is more to read."""
FOLDER_EVERY: Final = 1.0
"""Seconds between two looks whether the folder is still there, or again, and still the same."""
POLL_EVERY: Final = 1.0
"""Seconds between two comparisons of everything where no notifier hears; each takes a tenth of the time at most."""

_POLL_SHARE: Final = 0.1


def _never() -> bool:
    return False


class Watcher:
    """Watches a folder, or a single card file, that was loaded from `since_ns` on (ns since 1970).

    `ids` are those of the stories that were loaded, `problems` those of card files that were found. `find` gives the
    story that is shown now: each change set has to be taken in before the next is asked for. What changed while the
    folder was loaded is in the first change set. `open_notifier`, `clock` (seconds that never go back) and `now_ns`
    are for tests.
    """

    def __init__(
        self,
        root: Path,
        find: Find,
        *,
        ids: Iterable[str],
        problems: Iterable[Problem],
        since_ns: int,
        open_notifier: Callable[[Path], Notifier] = open_notifier,
        clock: Callable[[], float] = time.monotonic,
        now_ns: Callable[[], int] = time.time_ns,
    ) -> None:
        self._root = root
        self._open = open_notifier
        self._clock = clock
        problems = tuple(problems)
        self._files = KnownFiles(root, [*ids, *(problem.file for problem in problems)], since_ns, now_ns)
        self._agenda = Agenda()
        self._updates = Updates(self._files, self._agenda, find, problems)
        self._notifier: Notifier = Silence()
        self._identity = _identity(root)
        self._identity_due = 0.0
        self._is_gone = False
        self._asked = threading.Event()
        self._answers = False

    def rescan(self) -> None:
        """Have everything compared at once; a change set marked `asked` answers, even if nothing changed.

        May be called from any thread.
        """
        self._asked.set()

    def changes(self, should_stop: Callable[[], bool] = _never) -> Iterator[ChangeSet]:
        """Waits for changes and gives them until `should_stop` says so, which is asked several times a second.

        For a thread of its own; to be asked for once.
        """
        self._agenda.look_at_everything(self._clock())
        try:
            while not should_stop():
                look = self._agenda.take(self._clock())
                if look is None:
                    self._listen()
                else:
                    yield from self._look(look, should_stop)
        finally:
            self._notifier.close()

    def _listen(self) -> None:
        """Wait a moment for something to happen."""
        try:
            paths = self._notifier.wait()
        except NotifierLostError:
            self._listen_with(Silence())
            self._agenda.look_at_everything(self._clock() + LATEST)
            return
        now = self._clock()
        self._agenda.touch(paths, now)
        if self._asked.is_set():
            self._asked.clear()
            self._answers = True
            self._agenda.look_at_everything(now)
        if now >= self._identity_due:
            self._identity_due = now + FOLDER_EVERY
            before, self._identity = self._identity, _identity(self._root)
            if self._identity != before:
                self._agenda.look_at_everything(now)

    def _look(self, look: Look, should_stop: Callable[[], bool]) -> Iterator[ChangeSet]:
        """Compare what is due, read what differs, and tell it, a part at a time if that takes long."""
        started = told = self._clock()
        try:
            difference = self._compare(look)
        except FolderError as error:
            yield from self._tell_gone(str(error))
            return
        reader = StoryReader()
        for id in difference.removed:
            self._updates.remove(id)
        for candidate in difference.candidates:
            if should_stop():
                return
            now = self._clock()
            if now - told > PATIENCE:
                told = now
                if (part := self._updates.take()) is not None:
                    yield part
            self._updates.read(candidate, reader, now)
        for id in look.again:
            self._updates.read_again(id, reader, self._clock())
        yield from self._tell_rest(data_changed=difference.data_changed)
        if not self._notifier.hears:
            took = self._clock() - started
            self._agenda.look_at_everything(started + max(POLL_EVERY, took / _POLL_SHARE))

    def _compare(self, look: Look) -> Difference:
        difference = None if look.everything or self._is_gone else self._files.compare(look.paths)
        if difference is None:
            # A notifier does not hear folders made after it, so there is a new one before everything is compared.
            self._listen_with(Silence())
            self._listen_with(self._open(self._root))
            difference = self._files.compare_all()
            self._updates.forget_others()
        return difference

    def _listen_with(self, notifier: Notifier) -> None:
        self._notifier.close()
        self._notifier = notifier

    def _tell_rest(self, *, data_changed: bool) -> Iterator[ChangeSet]:
        changes = self._updates.take()
        is_back, self._is_gone = self._is_gone, False
        if changes is not None or data_changed or is_back or self._answers:
            changes = changes or ChangeSet(problems=self._updates.problems)
            yield structs.replace(changes, data_changed=data_changed, asked=self._take_answer())

    def _tell_gone(self, reason: str) -> Iterator[ChangeSet]:
        self._agenda.look_at_everything(self._clock() + FOLDER_EVERY)
        if not self._is_gone or self._answers:
            self._is_gone = True
            yield ChangeSet(problems=self._updates.problems, folder_error=reason, asked=self._take_answer())

    def _take_answer(self) -> bool:
        answers, self._answers = self._answers, False
        return answers


def _identity(root: Path) -> tuple[str, int, int] | None:
    """Which folder it is that lies under the name, or in which one the file does; None if there is none."""
    try:
        top = os.path.realpath(root, strict=True)
        facts = os.stat(top if os.path.isdir(top) else os.path.dirname(top))
    except (OSError, ValueError):
        return None
    return top, facts.st_dev, facts.st_ino
