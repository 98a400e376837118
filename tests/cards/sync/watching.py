"""A watched folder with a clock and a notifier that only do what the test says."""

import os
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Event

from tui.cards.protocol import Changes
from tui.cards.reader import StoryReader
from tui.cards.sync.notify import Notifier, NotifierLostError
from tui.cards.sync.schedule import Schedule
from tui.cards.sync.table import FileTable
from tui.cards.sync.tracked import TrackedFiles
from tui.cards.sync.updates import Updates
from tui.cards.sync.watcher import Watcher
from tui.cards.worker.batches import load
from tui.model import Problem, Story

Deed = Callable[[], Iterable[Path] | None]
"""Changes files and says which paths a notifier would name; None for one that is lost."""

_STEP = 0.05
_HOUR_NS = 3600 * 10**9


def card(title: str, body: str = "A body.") -> str:
    return f"---\ntitle: {title}\nwebUrl: https://example.org/{title.replace(' ', '-')}\n---\n\n{body}\n"


def put(file: Path, text: str) -> list[Path]:
    """Write a file, and what a notifier would say of that."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return [file]


def move(source: Path, target: Path) -> list[Path]:
    """Rename a file or folder, and what a notifier would say of that."""
    source.rename(target)
    return [source, target]


def remove(file: Path) -> list[Path]:
    """Remove a file, and what a notifier would say of that."""
    file.unlink()
    return [file]


def in_an_hour() -> int:
    """A moment at which nothing that was written in the test counts as written just now, in ns since 1970."""
    return time.time_ns() + _HOUR_NS


def fresh(root: Path) -> tuple[dict[str, Story], frozenset[Problem], int]:
    """Stories by id, problems and the number of files without front matter, as a cold load finds them."""
    batches = list(load(root))
    stories = {story.id: story for batch in batches for story in batch.stories}
    return stories, frozenset(p for batch in batches for p in batch.problems), sum(batch.not_cards for batch in batches)


def read_changes(known: TrackedFiles) -> tuple[Changes, int]:
    """What differs from what is known, which it is then, and how many files were read for that."""
    updates = Updates(known, Schedule())
    difference = known.compare_all()
    for gone in difference.gone:
        updates.remove(gone)
    for candidate in difference.candidates:
        updates.read(candidate, StoryReader(), 0, patient=False)
    return updates.now(), len(difference.candidates)


def known_files(root: Path, now_ns: Callable[[], int] = in_an_hour) -> TrackedFiles:
    """All that is known of a folder once it was read."""
    known = TrackedFiles(root, FileTable(), now_ns=now_ns)
    read_changes(known)
    known.data_changed()
    return known


def stored_and_known(known: TrackedFiles, root: Path, now_ns: Callable[[], int] = in_an_hour) -> TrackedFiles:
    """What another process knows that starts from the cache file."""
    return TrackedFiles.of_blocks(root, known.block(), known.problems, now_ns)


class WatchedFolder:
    """A folder that a cache file knows, what a reader sees of it, and all that the watcher told.

    `first` are the changes that end the warm start, `told` those after it, with their moments in seconds from the
    start. The notifier is not opened for `missed` folders, each of which is missed once.
    `deeds` are done at such moments. The files count as long unchanged when the watching begins; what is
    written then counts as written just now, unless `racy` is false.
    """

    def __init__(self, root: Path, *, hears: bool = True, racy: bool = True) -> None:
        self.root = root
        self.hears = hears
        self.first: Changes | None = None
        self.told: list[tuple[float, Changes]] = []
        self.read: list[tuple[float, str]] = []
        self.opened = 0
        self.missed: list[bytes] = []
        self._now = 0.0
        self._deeds: list[tuple[float, Deed]] = []
        self.shown, problems, _ = fresh(root)
        self.problems: Sequence[Problem] = tuple(problems)
        known = stored_and_known(known_files(root), root, time.time_ns if racy else in_an_hour)
        self.watcher = Watcher(root, known, open_notifier=self._open, clock=lambda: self._now)

    def _open(self, root: Path, known: Sequence[bytes]) -> Notifier:
        self.opened += 1
        return _ScriptedNotifier(self, hears=self.hears)

    def silence(self) -> Notifier:
        """A notifier that hears nothing, on the clock of this folder."""
        return _ScriptedNotifier(self, hears=False)

    def run(self, deeds: dict[float, Deed], until: float = 10) -> list[Changes]:
        """Do these things while watching until a moment; what was told meanwhile, which the reader then sees."""
        self._deeds = sorted(deeds.items(), key=lambda deed: deed[0])
        for message in self.watcher.messages(lambda: self._now > until):
            if isinstance(message, Changes):
                self._take(message)
            elif message is not None and message.id:
                self.read.append((self._now, message.id))
        return [change for _, change in self.told]

    def _take(self, changes: Changes) -> None:
        if changes.validated:
            self.first = changes
        else:
            self.told.append((self._now, changes))
        for id in changes.removed:
            del self.shown[id]
        for story in changes.stories:
            assert self.shown.get(story.id) != story
            self.shown[story.id] = story
        self.problems = changes.problems

    @property
    def titles(self) -> set[str]:
        """The headlines that are shown."""
        return {story.title for story in self.shown.values()}

    def step(self) -> frozenset[bytes]:
        """Let some time pass, and what happens in it; NotifierLostError where a deed says so."""
        self._now += _STEP
        touched: set[bytes] = set()
        while self._deeds and self._deeds[0][0] <= self._now:
            paths = self._deeds.pop(0)[1]()
            if paths is None:
                raise NotifierLostError("it was too much")
            touched |= {os.fsencode(path) for path in paths}
        return frozenset(touched)


class _ScriptedNotifier:
    def __init__(self, folder: WatchedFolder, *, hears: bool) -> None:
        self._folder = folder
        self.hears = hears

    def wait(self, seconds: float, asked: Event) -> frozenset[bytes]:
        touched = self._folder.step()
        return touched if self.hears else frozenset()

    def misses(self, folders: Iterable[bytes]) -> bool:
        """Whether it was not opened for all of these; each missing is told once."""
        missed = self._folder.missed
        return bool(missed) and missed.pop() in set(folders)

    def close(self) -> None:
        """Nothing is open."""
