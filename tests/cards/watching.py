"""A watched folder with a clock and a notifier that only do what the test says."""

import os
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from tui.cards.load import load
from tui.cards.notify import Notifier, NotifierLostError
from tui.cards.updates import ChangeSet
from tui.cards.watch import Watcher
from tui.model import Problem, Story

Deed = Callable[[], Iterable[Path] | None]
"""Changes files and says which paths a notifier would name; None for one that is lost."""

_STEP = 0.05


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


class WatchedFolder:
    """A folder that was loaded, what a reader sees of it, and all that the watcher told.

    `deeds` are done at their moments, in seconds from the start. The files count as long unchanged when the watching
    begins, and stay so with `racy` false; else what is written counts as written just now.
    """

    def __init__(self, root: Path, *, hears: bool = True, racy: bool = True) -> None:
        self.root = root
        self.hears = hears
        self.told: list[tuple[float, ChangeSet]] = []
        self.opened = 0
        self._now = 0.0
        self._deeds: list[tuple[float, Deed]] = []
        batches = list(load(root))
        self.shown: dict[str, Story] = {story.id: story for batch in batches for story in batch.stories}
        self.problems: Sequence[Problem] = [problem for batch in batches for problem in batch.problems]
        later = 0 if racy else 3600 * 10**9
        self.watcher = Watcher(
            root,
            self.shown.get,
            ids=list(self.shown),
            problems=self.problems,
            since_ns=time.time_ns() + 3600 * 10**9,
            open_notifier=self._open,
            clock=lambda: self._now,
            now_ns=lambda: time.time_ns() + later,
        )

    def _open(self, root: Path) -> Notifier:
        self.opened += 1
        return _ScriptedNotifier(self)

    def run(self, deeds: dict[float, Deed], until: float = 10) -> list[ChangeSet]:
        """Do these things while watching until a moment; what was told meanwhile, which the reader then sees."""
        self._deeds = sorted(deeds.items(), key=lambda deed: deed[0])
        for change in self.watcher.changes(lambda: self._now > until):
            self._take(change)
        return [change for _, change in self.told]

    def _take(self, change: ChangeSet) -> None:
        self.told.append((self._now, change))
        for id in change.removed:
            del self.shown[id]
        for story in change.added:
            assert story.id not in self.shown
            self.shown[story.id] = story
        for story in change.changed:
            assert self.shown[story.id] != story
            self.shown[story.id] = story
        self.problems = change.problems

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
    def __init__(self, folder: WatchedFolder) -> None:
        self._folder = folder
        self.hears = folder.hears

    def wait(self) -> frozenset[bytes]:
        touched = self._folder.step()
        return touched if self.hears else frozenset()

    def close(self) -> None:
        """Nothing is open."""
