"""One of the folders that are open: its cache file, whoever follows it, and its cards."""

from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from tui.cache.file import Cache, cache_path, open_cache
from tui.cards.format.rules import USUAL_RULES, ReadingRules
from tui.cards.worker.process import WorkerProcess, WorkerStart, start_worker
from tui.clock import Clock, utc_now
from tui.deck.deck import Deck
from tui.errors import FolderError, StoryNotFoundError
from tui.model import Card
from tui.resources import sample_content_dir
from tui.session.arrivals import Arrivals
from tui.session.follow import Follower, indexer_command
from tui.session.loading import FolderState, LoadedFolder, Publish, load_once, load_stored, stored_deck
from tui.text.sanitize import clean_path
from tui.work import ShouldStop


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


class SourceFolder:
    """A folder that is open. `cache_dir` is the folder of cache files; without it one is made for this folder alone."""

    def __init__(self, content: ContentRoot, cache_dir: Path | None, clock: Clock = utc_now) -> None:
        self.content = content
        self.arrivals = Arrivals(clock)
        self.root = content.path
        self._rules = content.rules
        self._cache_dir = cache_dir
        self._own_cache: Path | None = None
        self._cache: Cache | None = None
        self._start: WorkerStart | None = None
        self._worker: WorkerProcess | None = None
        self._follower: Follower | None = None

    @cached_property
    def real_path(self) -> Path:
        """Where it lies, whatever way leads there."""
        return self.root.resolve()

    @property
    def telling_ids(self) -> tuple[str, ...]:
        """The ids by which the store of marks knows the folder; empty where all of them have to be asked."""
        return self._follower.telling_ids if self._follower is not None else ()

    def prefetch(self) -> None:
        """Begin before anything else that takes time: open the cache file, or start to read the folder in a process.

        Where there is a cache file its content is shown first, and a process that compares it with the folder meanwhile
        would only hold that up.
        """
        folder = self._cache_dir
        if folder is None:
            from tempfile import mkdtemp

            folder = self._own_cache = Path(mkdtemp(prefix="newsdeck-"))
        path = cache_path(folder, self.root, self._rules.text)
        self._cache = open_cache(path, self.root)
        token = self._cache.token if self._cache is not None else ""
        is_own = self._own_cache is not None
        self._start = WorkerStart(self.root.absolute(), path, token, indexer_command(), is_own, self._rules)
        if self._cache is None:
            self._worker = start_worker(self._start)

    @property
    def has_cache_file(self) -> bool:
        """Whether a cache file that can be used was there to begin with."""
        return self._start is not None and bool(self._start.token)

    def known(self, publish: Publish) -> FolderState | None:
        """What the cache file says of the folder, or without one the newest cards if they were read by now; at once.

        None without either. To be followed with the same `publish`.
        """
        if self._start is None or (self._cache is None and self._worker is None):
            return None
        follower = self._follow_with(self._start, publish)
        return follower.known() or follower.begin()

    def _follow_with(self, start: WorkerStart, publish: Publish) -> Follower:
        if self._follower is None:

            def pass_on(state: FolderState) -> None:
                self.arrivals.take(state)
                publish(state)

            self._follower = Follower(start, self._worker, self._cache, pass_on)
            self._worker = self._cache = None
        return self._follower

    def follow(self, publish: Publish, should_stop: ShouldStop) -> None:
        """Publish what is known of the folder until `should_stop`; to be called after `prefetch`.

        Raises FolderError if the folder cannot be read.
        """
        assert self._start is not None, "prefetch comes first"
        self._follow_with(self._start, publish).run(should_stop)

    def rescan(self) -> bool:
        """Have every file of the folder compared at once; whether anything follows it."""
        if self._follower is None:
            return False
        self._follower.rescan()
        return True

    def close(self) -> None:
        """End what runs for this folder, and remove what was made for it alone; more than once if need be."""
        worker, self._worker = self._worker, None
        if self._follower is not None:
            self._follower.close()
        elif worker is not None:
            worker.stop()
        if self._own_cache is not None:
            from shutil import rmtree

            rmtree(self._own_cache, ignore_errors=True)

    def load_all(self) -> LoadedFolder:
        """Load the whole folder at once. Raises FolderError if it is missing or unreadable."""
        stored = load_stored(self.root, self._cache_dir, self._rules) if self._cache_dir is not None else None
        return stored or load_once(self.root, self._rules, helped=True)

    def stored_deck(self) -> Deck | None:
        """The deck as the cache file has it, which may be out of date; None without a cache file that can be used.

        Going through its stories raises DamagedCacheError.
        """
        return stored_deck(self.root, self._cache_dir, self._rules) if self._cache_dir is not None else None

    def read_card(self, id: str) -> Card | None:
        """The card with this id with all its keys; None if its file cannot be read any more."""
        from tui.cards.reader import read_card

        try:
            return read_card(self.root, id, self._rules).card
        except (StoryNotFoundError, FolderError):
            return None
