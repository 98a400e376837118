"""Following a folder: from its cache file, or the first cards that are read, to every change from then on."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.cache.file import Cache, open_cache
from tui.cache.source import Damage
from tui.cards.protocol import Batch, ChangeSet, decode_problems
from tui.cards.worker.feed import AGAIN_AFTER, CardFeed, Changes, EventsFound, News, SnapshotWritten
from tui.cards.worker.process import WorkerProcess, WorkerStart
from tui.deck.analysis import Analysis
from tui.deck.counts import Declared
from tui.deck.deck import Deck
from tui.deck.stored.snapshot import open_snapshot
from tui.errors import DamagedCacheError, FolderError
from tui.model import Problem
from tui.session.loading import ANALYSE_HERE_BELOW, FolderState, Publish, why_no_card
from tui.session.names import DATA_BLOCK, IDS_BLOCK, PROBLEMS_BLOCK, decode_ids
from tui.session.newcomers import Newcomers
from tui.text.urls import canonical_url
from tui.work import ShouldStop, give_memory_back, never, pause

if TYPE_CHECKING:
    from tui.cards.folder.folder_data import FolderData
    from tui.session.gathering import Gathering


_LET_GO_SECONDS = 5.0

OpenFeed = Callable[[WorkerStart, WorkerProcess | None], CardFeed]


class Follower:
    """Publishes the states of one folder; `start` says where its cache file lies, `cache` is that file if it was open.

    `worker` was started with `start` already, or is None. `open_feed` is for tests. For one thread, but for `rescan`
    and `close`.
    """

    def __init__(
        self,
        start: WorkerStart,
        worker: WorkerProcess | None,
        cache: Cache | None,
        publish: Publish,
        *,
        open_feed: OpenFeed = CardFeed,
    ) -> None:
        self._start = start
        self._worker = worker
        self._to_reader = publish
        self._open_feed = open_feed
        self._feed: CardFeed | None = None
        self._news: Iterator[News] | None = None
        self._should_stop: ShouldStop = never
        self._base = Deck()
        self._base_analysis: Analysis | None = None
        self._damage = Damage()
        self._token = ""
        self._log: list[Changes] = []
        self._laid: tuple[tuple[object, ...], Deck, Analysis | None] | None = None
        self._state = FolderState(Deck(), loading=True)
        self._declared = Declared()
        self._data_problems: tuple[Problem, ...] = ()
        self._problems: tuple[Problem, ...] = ()
        self._not_cards = 0
        self._loading: Gathering | None = None
        self._is_stale = self._is_data_due = False
        self._newcomers = Newcomers()
        self.telling_ids: tuple[str, ...] = ()
        """The ids by which the store of marks knows the folder; empty where all of them have to be asked."""
        self._use(cache)

    def rescan(self) -> None:
        """Have every file compared at once; a state that `answers` comes, even if nothing changed."""
        if self._feed is not None:
            self._feed.rescan()

    def close(self) -> None:
        """End what runs for it."""
        feed, self._feed = self._feed, None
        if feed is not None:
            feed.close()
        elif self._worker is not None:
            self._worker.stop()
        if isinstance(news := self._news, Generator):
            news.close()  # what was begun is not gone on with

    def known(self) -> FolderState | None:
        """What the cache file says of the folder, which `run` publishes first; None without it, or if damaged."""
        return self._present() if self._token else None

    def begin(self) -> FolderState | None:
        """What the newest cards say, if they were read by now: nothing is waited for. `run` publishes it first."""
        if self._token or self._worker is None or not self._worker.has_batch:
            return None
        told: list[FolderState] = []
        (publish, self._to_reader), (worker, self._worker) = (self._to_reader, told.append), (self._worker, None)
        try:
            self._listen(self._start, worker)
            self._take(next(self._news or iter(())))
        except (FolderError, StopIteration):
            self._news = None  # `run` finds out what is wrong
        finally:
            self._to_reader = publish
        return told[-1] if told else None

    def run(self, should_stop: ShouldStop) -> None:
        """Publish states until `should_stop` says so. Raises FolderError if the folder cannot be read at the start.

        One feed lasts as long as it can. Everything is read anew, behind what is shown, for one of four reasons:

            an outlet got another name         each story holds the name of its outlet, so all stories are stale
            the cache file is damaged          a page that is read for the first time fails its checksum
            another reader wrote it anew       a worker continues from a snapshot that this reader cannot open any more
            the folder is missing a while      it was renamed or is not mounted: it is looked for until it is back
        """
        start, worker = self._start, self._worker
        self._should_stop = should_stop
        if self._token:
            self._publish()
        elif self._news is not None:
            self._tell_state(self._state)
        elif start.token:
            if worker is not None:
                worker.stop()
            start, worker = start._replace(token=""), None
        while not should_stop():
            try:
                self._follow(start, worker)
            except FolderError as error:
                if self._state.loading:
                    raise
                self._tell_state(replace(self._state, arrived=(), error=str(error), answers=False))
                pause(AGAIN_AFTER, should_stop)
            else:
                if not (self._is_stale or self._is_damaged):
                    return
            # Everything is read anew; what is shown stays until then.
            start, worker = start._replace(token=""), None
            self._is_stale, self._damage, self._loading, self._log = False, Damage(), None, []

    def _listen(self, start: WorkerStart, worker: WorkerProcess | None) -> None:
        feed = self._feed = self._open_feed(start, worker)
        self._news = iter(feed.news(lambda: self._should_stop() or self._is_damaged))

    def _follow(self, start: WorkerStart, worker: WorkerProcess | None) -> None:
        """Apply what one feed reports, until `should_stop` or until everything has to be read anew."""
        if self._news is None:
            self._listen(start, worker)
        (feed, news), self._news = (self._feed, self._news), None
        if feed is None or news is None:
            return  # it was closed meanwhile
        with feed:
            for each in news:
                self._take(each)
                if self._is_stale:
                    break

    @property
    def _is_damaged(self) -> bool:
        return self._damage.found

    def _take(self, news: News) -> None:
        match news:
            case Batch():
                self._take_batch(news)
            case Changes():
                self._take_changes(news)
            case EventsFound():
                self._take_events(news)
            case SnapshotWritten():
                self._take_snapshot(news)

    def _take_batch(self, batch: Batch) -> None:
        if self._loading is None:
            # Where nothing is published before the end there is no hurry, and names are right from the beginning.
            self._read_data(batch.data, quickly=self._state.loading)
            from tui.session.gathering import Gathering  # where there is a cache file nothing is gathered

            self._loading = Gathering(self._declared, self._start.cache.parent if self._start.cache else None)
            self._damage = self._loading.damage
        loading = self._loading
        with suppress(DamagedCacheError):  # then the folder is read anew
            loading.take(batch)
            if batch.done == batch.total:
                self._loaded(loading, batch)
            elif self._state.loading:
                self._tell_progress(loading, batch)

    def _tell_progress(self, loading: "Gathering", batch: Batch) -> None:
        """Publish a new deck now and then, and more often how far the reading is."""
        is_due = loading.is_due()
        if is_due or loading.is_to_be_told():
            deck = loading.deck() if is_due else self._state.deck
            problems = (*self._data_problems, *loading.problems)
            self._tell_state(FolderState(deck, None, problems, batch.done, batch.total, loading=True))

    def _loaded(self, loading: "Gathering", batch: Batch) -> None:
        """All cards were read: what they say of topics and outlets below counts now, too."""
        self._read_data()
        deck = loading.deck(self._declared)
        self._loading = None
        self._problems, self._not_cards = tuple(loading.problems), loading.not_cards
        self.telling_ids = loading.telling_ids()
        self._rebase(deck, None, loading.damage)
        self._publish(done=batch.done, files=batch.total)
        _give_back_soon()

    def _take_changes(self, changes: Changes) -> None:
        if changes.fresh and not self._start_again_from(changes.base):
            return
        if changes.data_changed or self._is_data_due:
            names = self._declared.names
            self._read_data()
            # Names of outlets are in every story, so that new ones need all of them.
            self._is_stale = self._declared.names != names
        arrived = tuple(self._newcomers.ids(self._state.deck, changes))
        if changes.stories or changes.removed:
            self._log.append(changes)
        if not changes.folder_error:
            self._problems, self._not_cards = changes.problems, changes.not_cards
        self._publish(files=changes.files, arrived=arrived, error=changes.folder_error, answers=changes.asked)

    def _start_again_from(self, token: str) -> bool:
        """Forget the changes so far; false if everything has to be read anew for that."""
        self._log.clear()
        if not token:
            self._rebase(Deck(declared=self._declared), None, Damage())
        elif token != self._token:
            self._use(open_cache(self._cache_path, self._start.root, token))
            self._is_stale = self._token != token
        return not self._is_stale

    def _take_events(self, found: EventsFound) -> None:
        """Show the events of all that was read, though the file with them and the search index is not there yet."""
        from tui.deck.stored.early import early_analysis

        log = [changes for changes in self._log if changes.serial <= found.serial]
        deck = _with_changes(self._base, log, self._declared)
        analysis = early_analysis(deck, found.blocks)
        if analysis is not None:
            self._log = [changes for changes in self._log if changes.serial > found.serial]
            self._rebase(deck, analysis, self._damage)
            self._publish()
            _give_back_soon()

    def _take_snapshot(self, written: SnapshotWritten) -> None:
        cache = open_cache(self._cache_path, self._start.root, written.token) if written.token else None
        snapshot = open_snapshot(cache) if cache is not None else None
        if snapshot is None:
            self._publish(awaits=False)
            return
        self._log = [changes for changes in self._log if changes.serial > written.serial]
        self._rebase(snapshot.analysis.deck, snapshot.analysis, snapshot.damage, written.token)
        self._publish()
        _give_back_soon()

    def _use(self, cache: Cache | None) -> None:
        """Begin with what a cache file holds, if it is whole."""
        snapshot = open_snapshot(cache) if cache is not None else None
        if cache is None or snapshot is None:
            return
        try:
            self._problems, self._not_cards = decode_problems(cache.block(PROBLEMS_BLOCK))
            self._data_problems, _ = decode_problems(cache.block(DATA_BLOCK))
            self.telling_ids = decode_ids(cache.block(IDS_BLOCK))
        except (DamagedCacheError, KeyError, ValueError):
            return
        self._declared = snapshot.analysis.deck.declared
        self._rebase(snapshot.analysis.deck, snapshot.analysis, snapshot.damage, cache.token)

    def _rebase(self, deck: Deck, analysis: Analysis | None, damage: Damage, token: str = "") -> None:
        self._base, self._base_analysis, self._damage, self._token = deck, analysis, damage, token
        self._laid = None

    def _read_data(self, near: "FolderData | None" = None, *, quickly: bool = False) -> None:
        """Read what the folder says of topics and outlets; `quickly`, from near the top only, if that was not read."""
        data = near if quickly and near is not None else _data_of(self._start.root, quickly=quickly)
        # It was there a moment ago: what was known stays until it is back.
        self._is_data_due = data is None
        if data is not None:
            self._declared, self._data_problems = Declared.of(data.topics, data.outlets), data.problems

    def _publish(
        self,
        *,
        done: int = 0,
        files: int = 0,
        arrived: tuple[str, ...] = (),
        error: str = "",
        answers: bool = False,
        awaits: bool = True,
    ) -> None:
        """Publish the state of this moment, unless some of it cannot be read."""
        state = self._present(awaits=awaits)
        if state is not None:
            self._tell_state(replace(state, done=done, files=files, arrived=arrived, error=error, answers=answers))

    def _present(self, *, awaits: bool = True) -> FolderState | None:
        """The state of this moment; None if some of it cannot be read."""
        deck, analysis = self._laid_over()
        if self._is_damaged:
            return None  # what is shown stays until everything was read anew
        problems = (*self._data_problems, *self._problems)
        awaits = awaits and bool(self._start.indexer) and len(deck) > ANALYSE_HERE_BELOW
        why = _why_none(self._start) if self._not_cards and not deck else ""
        state = FolderState(deck, analysis, problems, awaits_analysis=awaits)
        return replace(state, not_cards=self._not_cards, not_card=why, token=self._token, changes=tuple(self._log))

    def _laid_over(self) -> tuple[Deck, Analysis | None]:
        """The deck of this moment and what is known of it: the same ones while nothing of them changed."""
        asked = *self._log, self._declared
        if self._laid is None or self._laid[0] != asked:
            deck, analysis = _with_changes(self._base, self._log, self._declared), self._base_analysis
            if deck is not self._base and analysis is not None:
                from tui.deck.changed import changed_analysis  # not needed before the first screen

                analysis = changed_analysis(analysis, deck)
            self._laid = asked, deck, analysis
        return self._laid[1:]

    def _tell_state(self, state: FolderState) -> None:
        self._state = state
        self._to_reader(state)

    @property
    def _cache_path(self) -> Path:
        assert self._start.cache is not None, "snapshots come only where there is a file for them"
        return self._start.cache


def _with_changes(base: Deck, log: Sequence[Changes], declared: Declared) -> Deck:
    """The deck with these changes, and ordered by what is declared; the same one if it is so already."""
    if not log and base.declared == declared:
        return base
    from tui.deck.changed import changed_deck  # not needed before the first screen

    together = ChangeSet()
    for changes in log:
        together.add(changes.stories, changes.removed)
    return changed_deck(base, together.stories.values(), together.removed, declared)


def _give_back_soon() -> None:
    """Give back the memory of what was passed on, once those who show what was known before have let go of that."""
    timer = Timer(_LET_GO_SECONDS, _give_back)
    timer.daemon = True
    timer.start()


def _give_back() -> None:
    canonical_url.cache_clear()  # links of what was loaded, all over the memory of that
    give_memory_back()


def _data_of(root: Path, *, quickly: bool) -> "FolderData | None":
    from tui.cards.folder.data import load_data, load_near_data

    with suppress(FolderError):
        return load_near_data(root) if quickly else load_data(root)
    return None


def _why_none(start: WorkerStart) -> str:
    with suppress(FolderError):  # then it is said of the folder itself that it cannot be read
        return why_no_card(start.root, start.rules)
    return ""
