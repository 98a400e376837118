"""Loads a content folder in a process of its own, which may die of what it reads."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from tui.cards.batches import Batch
from tui.cards.feed import CardFeed
from tui.cards.load import never
from tui.cards.process import SILENCE, Command, WorkerProcess
from tui.cards.start import WorkerStart


class FolderLoader:
    """Loads a folder once, as a CardFeed with a cold start does, and does not watch it."""

    def __init__(
        self,
        root: Path,
        worker: WorkerProcess | None = None,
        *,
        command: Command | None = None,
        silence: float = SILENCE,
    ) -> None:
        self._feed = CardFeed(WorkerStart(root), worker, command=command, silence=silence)

    def close(self) -> None:
        """End the worker, if one runs."""
        self._feed.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def batches(self, should_stop: Callable[[], bool] = never) -> Iterator[Batch]:
        """What `load` gives, from the worker; to be asked for once. Batches go on while `should_stop` says no."""
        try:
            for news in self._feed.news(should_stop):
                if isinstance(news, Batch):
                    yield news
                    if news.done == news.total:
                        return
        finally:
            self.close()
