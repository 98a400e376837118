"""Watches a content folder: reports what was added, changed, removed or renamed, soon after it came to rest."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import structs

from tui.cards.folder.scan import opened
from tui.cards.format.rules import USUAL_RULES, ReadingRules
from tui.cards.protocol import Changes, Outcome, Reader, ReadingFile
from tui.cards.sync.comparison import Difference
from tui.cards.sync.notify import AT_REST, SHORT, Notifier, NotifierLostError, PollingOnly, open_notifier
from tui.cards.sync.schedule import LATEST, Due, Schedule
from tui.cards.sync.table import NOT_CARD
from tui.cards.sync.tracked import TrackedFiles
from tui.cards.sync.updates import Updates
from tui.errors import FolderError
from tui.work import ShouldStop, never

PATIENCE: Final = 1.0
"""Seconds of reading after which the changes found so far are sent, though there is more to read."""
FOLDER_EVERY: Final = 1.0
"""Seconds between two looks whether the folder is still there, or again, and still the same."""
POLL_EVERY: Final = 1.0
"""Seconds between two comparisons of everything where no notifier hears; each takes a tenth of the time at most."""

_POLL_SHARE: Final = 0.1


class Watcher:
    """Watches a folder, or a single card file, that a cache file knows as `files`, or that was just `loaded`.

    What changed since is sent first: after a warm start in changes that end with one that is `validated`, even if
    nothing changed. When `asked` is set everything is compared at once, and changes marked `asked` answer, even if
    nothing changed. Files with an id in `left_out` are not read before they change. While something `is_awaited` by
    whoever asks for the messages they come several times a second. `open_notifier` and `clock` (seconds that never
    go back) are for tests.
    """

    def __init__(
        self,
        root: Path,
        files: TrackedFiles,
        loaded: Outcome | None = None,
        *,
        left_out: Iterable[str] = (),
        rules: ReadingRules = USUAL_RULES,
        asked: threading.Event | None = None,
        is_awaited: Callable[[], bool] = never,
        open_notifier: Callable[[Path, Sequence[bytes]], Notifier] = open_notifier,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._root = root
        self._rules = rules
        self._open = open_notifier
        self._clock = clock
        self._files = files
        self._loaded = loaded
        self._is_first = True
        self._validates = loaded is None
        self._agenda = Schedule()
        self._updates = Updates(files, self._agenda, left_out)
        self._serial = 0
        self._notifier: Notifier = PollingOnly()
        self._identity = _identity(root)
        self._identity_due = 0.0
        self._is_gone = False
        self._asked = asked or threading.Event()
        self._is_awaited = is_awaited
        self._answers = False

    @property
    def is_current(self) -> bool:
        """Whether the folder can be read and everything in it was compared."""
        return not self._is_first and not self._is_gone

    def messages(self, should_stop: ShouldStop = never) -> Iterator[Changes | ReadingFile | None]:
        """What changes, as it changes, and None once a second or more often, until `should_stop` says so.

        To be asked for once. Each file is announced before it is read.
        """
        self._agenda.look_at_everything(self._clock())
        try:
            while not should_stop():
                look = self._agenda.take(self._clock())
                if look is None:
                    self._listen()
                    yield None
                else:
                    yield from self._look(look, should_stop)
        finally:
            self._notifier.close()

    def _listen(self) -> None:
        """Wait a moment for something to happen."""
        try:
            paths = self._notifier.wait(self._patience(), self._asked)
        except NotifierLostError:
            self._listen_with(PollingOnly())
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

    def _patience(self) -> float:
        """How long to wait: until something is due, a second at most, and a moment only where something is awaited."""
        longest = SHORT if self._is_awaited() else AT_REST
        return min(max(self._agenda.due_at() - self._clock(), 0.0), longest)

    def _look(self, look: Due, should_stop: ShouldStop) -> Iterator[Changes | ReadingFile]:
        """Compare what is due, read what differs, and send it; or report that the folder is missing."""
        try:
            yield from self._update(look, should_stop)
        except FolderError as error:
            yield from self._report_removed_root(str(error))

    def _update(self, look: Due, should_stop: ShouldStop) -> Iterator[Changes | ReadingFile]:
        """What is due, a part at a time if that takes long. Raises FolderError if the folder is missing."""
        started = reported = self._clock()
        reader: Reader | None = None
        is_first = self._is_first
        difference, data_changed = self._compare(look)
        for gone in difference.gone:
            self._updates.remove(gone)
        for candidate in difference.candidates:
            if should_stop():
                return
            now = self._clock()
            if now - reported > PATIENCE:
                reported = now
                self._check_root()
                yield from self._publish(self._updates.take())
            yield ReadingFile(candidate.entry.id)
            reader = reader or _new_reader(self._rules)
            self._updates.read(candidate, reader, now, patient=candidate.is_recent or not is_first)
        for id in look.again:
            yield ReadingFile(id)
            reader = reader or _new_reader(self._rules)
            self._updates.read_again(id, reader, self._clock())
        self._files.table.forget_indexes()
        self._check_root()
        yield from self._tell_rest(data_changed=data_changed)
        if difference.candidates or look.again:
            yield ReadingFile("")
        if not self._notifier.hears:
            took = self._clock() - started
            self._agenda.look_at_everything(started + max(POLL_EVERY, took / _POLL_SHARE))

    def _check_root(self) -> None:
        """Raise FolderError if files are missing because the folder is: they are not reported as removed then."""
        if self._updates.has_removed:
            opened(self._root)

    def _compare(self, look: Due) -> tuple[Difference, bool]:
        """The difference, and whether topics or outlets were touched."""
        found = None if look.everything or self._is_gone else self._files.compare(look.paths)
        if found is not None:
            return found[0], found[1] and self._files.data_changed()
        # A notifier does not hear folders made after it, so there is a new one before everything is compared.
        self._listen_with(PollingOnly())
        is_warm = self._is_first and self._loaded is None
        known = (*self._files.folders, *self._files.data_folders) if is_warm else ()
        self._listen_with(self._open(self._root, known))
        loaded, self._loaded = self._loaded, None
        difference = self._compare_loaded(loaded) if loaded else self._files.compare_all()
        self._is_first = False
        if self._notifier.misses(self._files.folders):
            # A folder was made after those to listen to were listed, and before there was anyone to hear of it.
            self._agenda.look_at_everything(self._clock())
        return difference, self._files.data_changed(loaded.since_ns if loaded else None)

    def _compare_loaded(self, loaded: Outcome) -> Difference:
        try:
            difference = self._files.compare_all(loaded)
        except FolderError:
            self._loaded = loaded
            raise
        problems = (*self._files.folder_problems, *loaded.problems)
        self._updates.know(problems, loaded.marks.count(NOT_CARD), len(loaded.marks))
        return difference

    def _listen_with(self, notifier: Notifier) -> None:
        self._notifier.close()
        self._notifier = notifier

    def _publish(self, changes: Changes | None) -> Iterator[Changes]:
        if changes is not None:
            self._serial += 1
            yield structs.replace(changes, serial=self._serial)

    def _tell_rest(self, *, data_changed: bool) -> Iterator[Changes]:
        changes = self._updates.take()
        is_back, self._is_gone = self._is_gone, False
        validates, self._validates = self._validates, False
        if changes is not None or data_changed or is_back or validates or self._answers:
            changes = changes or self._updates.now()
            asked = self._take_answer()
            yield from self._publish(
                structs.replace(changes, data_changed=data_changed, asked=asked, validated=validates)
            )

    def _report_removed_root(self, reason: str) -> Iterator[Changes]:
        self._agenda.look_at_everything(self._clock() + FOLDER_EVERY)
        if not self._is_gone or self._answers:
            self._is_gone = True
            yield from self._publish(
                structs.replace(
                    self._updates.now(), stories=(), removed=(), folder_error=reason, asked=self._take_answer()
                )
            )

    def _take_answer(self) -> bool:
        answers, self._answers = self._answers, False
        return answers


def _new_reader(rules: ReadingRules) -> Reader:
    from tui.cards.reader import StoryReader  # slow to load, and not needed where nothing changed

    return StoryReader(rules)


def _identity(root: Path) -> tuple[str, int, int] | None:
    """Which folder it is that lies under the name, or in which one the file does; None if there is none."""
    try:
        top = os.path.realpath(root, strict=True)
        facts = os.stat(top if os.path.isdir(top) else os.path.dirname(top))
    except (OSError, ValueError):
        return None
    return top, facts.st_dev, facts.st_ino
