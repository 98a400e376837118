"""Beginning with folders before all else: opening their cache files, or starting processes that read them.

Loads next to nothing, so that those processes are at work while the rest of the reader is still loading.
"""

from pathlib import Path
from typing import NamedTuple

from tui.cache.file import Cache, cache_path, open_cache
from tui.cards.format.rules import USUAL_RULES, ReadingRules
from tui.cards.worker.process import WorkerProcess, WorkerStart, start_worker
from tui.resources import sample_content_dir
from tui.text.sanitize import clean_path
from tui.work import module_command


class ContentRoot(NamedTuple):
    """A folder (or single card file) to open, and how its files are read.

    `name` is what it is called where several are open: it stands before the ids of its cards.
    """

    path: Path
    name: str = ""
    rules: ReadingRules = USUAL_RULES

    @property
    def is_demo(self) -> bool:
        """Whether it is the cards that come with newsdeck."""
        return self.path.resolve() == sample_content_dir().resolve()

    @property
    def shown_name(self) -> str:
        """What it is called, fit to show."""
        if self.name:
            return self.name
        if self.is_demo:
            return "demo"
        return clean_path(self.path.resolve().name) or clean_path(str(self.path))


class StartedFolder(NamedTuple):
    """A folder that was begun with: its open `cache` file, or the `worker` that reads it by `start` without one.

    `own_folder` is what was made for the cache file alone, and is to be removed; None where it stays.
    """

    start: WorkerStart
    cache: Cache | None
    worker: WorkerProcess | None
    own_folder: Path | None


def start_folder(content: ContentRoot, cache_dir: Path | None) -> StartedFolder:
    """Open the cache file in `cache_dir`, or start to read the folder in a process.

    Where there is a cache file its content is shown first, and a process that compares it with the folder meanwhile
    would only hold that up. Without `cache_dir` a folder for it is made.
    """
    own_folder: Path | None = None
    if cache_dir is None:
        from tempfile import mkdtemp

        cache_dir = own_folder = Path(mkdtemp(prefix="newsdeck-"))
    path = cache_path(cache_dir, content.path, content.rules.text)
    cache = open_cache(path, content.path)
    token = cache.token if cache is not None else ""
    is_own = own_folder is not None
    start = WorkerStart(content.path.absolute(), path, token, indexer_command(), is_own, content.rules)
    return StartedFolder(start, cache, start_worker(start) if cache is None else None, own_folder)


def indexer_command() -> tuple[str, ...]:
    """What starts the process of `tui.session.indexer`."""
    return module_command("tui.session.indexer")
