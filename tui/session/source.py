"""One of the folders that are open: its cache file, whoever follows it, and its cards."""

from functools import cached_property
from pathlib import Path

from tui.cache.file import Cache
from tui.cards.worker.process import WorkerProcess, WorkerStart
from tui.clock import Clock, utc_now
from tui.deck.deck import Deck
from tui.errors import FolderError, StoryNotFoundError
from tui.model import Card
from tui.session.arrivals import Arrivals
from tui.session.follow import Follower
from tui.session.loading import FolderState, LoadedFolder, Publish, load_once, load_stored, stored_deck
from tui.session.starting import ContentRoot, StartedFolder, start_folder
from tui.work import ShouldStop


class SourceFolder:
    """A folder that is open. `cache_dir` is the folder of cache files; without it one is made for this folder alone.

    `started` is given where the folder was begun with already.
    """

    def __init__(
        self, content: ContentRoot, cache_dir: Path | None, clock: Clock = utc_now, started: StartedFolder | None = None
    ) -> None:
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
        if started is not None:
            self._use(started)

    @cached_property
    def real_path(self) -> Path:
        """Where it lies, whatever way leads there."""
        return self.root.resolve()

    @property
    def telling_ids(self) -> tuple[str, ...]:
        """The ids by which the store of marks knows the folder; empty where all of them have to be asked."""
        return self._follower.telling_ids if self._follower is not None else ()

    def prefetch(self) -> None:
        """Begin before anything else that takes time, unless that was done: see `start_folder`."""
        if self._start is None:
            self._use(start_folder(self.content, self._cache_dir))

    def _use(self, started: StartedFolder) -> None:
        self._start, self._cache, self._worker, self._own_cache = started

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
