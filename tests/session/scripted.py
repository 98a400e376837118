"""A follower of a folder whose feed tells what the test says, and all states that it told."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from tests.cards.sync.watching import fresh, put
from tests.session.caches import CachedFolder
from tui.cache.file import open_cache
from tui.cards.protocol import Batch, Changes, SnapshotWritten
from tui.cards.worker.feed import CardFeed, News
from tui.cards.worker.process import WorkerProcess, WorkerStart
from tui.model import Problem, Story
from tui.session.follow import Follower
from tui.session.loading import FolderState

Step = News | Exception | Callable[[], News | None]
"""What a feed tells or raises; or what is done then, perhaps with something to tell."""
Script = Sequence[Step] | Callable[[], Sequence[Step]]
"""All that a feed tells; perhaps it is not known before it begins."""


class Scripted(CachedFolder):
    """A folder that is followed by a reader whose feeds tell what the test says.

    `starts` are what the feeds were opened with, `states` all that was told, `asked` how often a rescan was asked for.
    """

    def __init__(self, root: Path, shelf: Path) -> None:
        super().__init__(root, shelf)
        self.starts: list[WorkerStart] = []
        self.states: list[FolderState] = []
        self.asked = 0
        self.closed = 0
        self.follower: Follower | None = None
        self._scripts: list[Script] = []

    def follow(self, *scripts: Script, token: str = "", indexer: tuple[str, ...] = ("indexer",)) -> None:
        """Follow until the last script is over, each told by a feed of its own; warm at first if there is a `token`."""
        self._scripts = list(scripts)
        cache = open_cache(self.path, self.root, token) if token else None
        start = WorkerStart(self.root, self.path, token, indexer)
        self.follower = Follower(start, None, cache, self.states.append, open_feed=self._open)
        self.follower.run(lambda: not self._scripts and self.closed == len(self.starts))

    def _open(self, start: WorkerStart, worker: WorkerProcess | None) -> CardFeed:
        self.starts.append(start)
        script = self._scripts.pop(0)
        return _ScriptedFeed(self, start, script() if callable(script) else script)

    @property
    def last(self) -> FolderState:
        """What was told last."""
        return self.states[-1]

    @property
    def titles(self) -> list[str]:
        """The headlines that were told last."""
        return [story.title for story in self.last.deck.stories]

    def stories(self) -> dict[str, Story]:
        """The stories that lie in the folder now, by id, as the worker tells them."""
        return fresh(self.root)[0]

    def cold(self, size: int = 100) -> list[Batch]:
        """What a cold start tells of the folder as it is now, in batches of so many stories."""
        stories, problems, not_cards = fresh(self.root)
        newest = sorted(stories.values(), key=lambda story: story.id, reverse=True)
        parts = [newest[start : start + size] for start in range(0, len(newest), size)] or [[]]
        done = 0
        batches = []
        for number, part in enumerate(parts, 1):
            done += len(part)
            told = tuple(problems) if number == 1 else ()
            batches.append(Batch(tuple(part), told, done, len(newest), not_cards if number == 1 else 0))
        return batches

    def changes(
        self,
        serial: int,
        stories: Iterable[str] = (),
        removed: Iterable[str] = (),
        problems: Iterable[Problem] = (),
        **more: bool | str,
    ) -> Changes:
        """Changes with the stories that lie under these ids now."""
        now = self.stories()
        told = tuple(now[id] for id in stories)
        return Changes(serial, told, tuple(removed), tuple(problems), files=len(now), **more)  # type: ignore[arg-type]

    def snapshot(self, serial: int) -> SnapshotWritten:
        """Write all that lies in the folder now, and what tells of that."""
        return SnapshotWritten(self.write(), serial)


class _ScriptedFeed(CardFeed):
    def __init__(self, folder: Scripted, start: WorkerStart, script: Sequence[Step]) -> None:
        super().__init__(start)
        self._folder = folder
        self._script = script
        self._ended = False

    def news(self, should_stop: Callable[[], bool]) -> Iterator[News]:
        for step in self._script:
            if should_stop():
                return
            if isinstance(step, Exception):
                raise step
            news = step() if callable(step) else step
            if news is not None:
                yield news

    def rescan(self) -> None:
        self._folder.asked += 1

    def close(self) -> None:
        self._folder.closed += not self._ended
        self._ended = True


def outlet(root: Path, name: str, domain: str) -> None:
    """Name the outlet of a domain."""
    put(root / "_data" / "organizations" / f"{domain}.md", f"---\nname: {name}\ndomain: {domain}\n---\n")


def outlets(state: FolderState) -> dict[str, str]:
    """The names of the outlets by the ids of their stories."""
    return {story.id: story.outlet.name for story in state.deck.stories}
