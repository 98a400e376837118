"""The use cases that the reader and the command line share: open a folder, load it, follow it, read a card."""

from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path

import msgspec

from tui.cache.file import Cache, cache_path, open_cache
from tui.cards.worker.process import WorkerProcess, WorkerStart, start_worker
from tui.clock import Clock, utc_now
from tui.config.settings import Settings
from tui.deck.deck import Deck
from tui.deck.view import Lister
from tui.errors import FolderError, StoryNotFoundError
from tui.model import Card, Story
from tui.programs import Programs
from tui.resources import sample_content_dir
from tui.session.follow import Follower, indexer_command
from tui.session.loading import FolderState, LoadedFolder, Publish, load_once, load_stored, stored_deck
from tui.session.marking import Marking
from tui.state.store import MemoryStore, Store
from tui.state.times import moment
from tui.state.values import ChangeTaker, LastPosition, NoticeTaker
from tui.text.blocks import Body
from tui.text.sanitize import clean_path
from tui.work import ShouldStop, never

_READY_SECONDS = 2.0
StoreOpener = Callable[[NoticeTaker, ChangeTaker], Store]
"""Opens a store of marks that reports notices and changes to the two."""


class Session:
    """One content folder (or single card file) with what is needed to read it.

    `open_store` gives the store of the reader's marks; without it they are kept until the program ends. `cache_dir`
    is the folder of cache files; without it none is read or kept. `clock` gives the present moment, `zone` is the time
    zone that times are shown in, None for the system's own. `programs` starts the reader's browser and editor.
    """

    def __init__(
        self,
        root: Path,
        settings: Settings,
        programs: Programs,
        *,
        open_store: StoreOpener | None = None,
        cache_dir: Path | None = None,
        clock: Clock = utc_now,
        zone: tzinfo | None = None,
    ) -> None:
        self.root = root
        self.settings = settings
        self.programs = programs
        self.clock = clock
        self.zone = zone
        self.lister = Lister(clock, zone)
        self.marking = Marking(MemoryStore(clock))
        self._open_store = open_store
        self._cache_dir = cache_dir
        self._own_cache: Path | None = None
        self._cache: Cache | None = None
        self._start: WorkerStart | None = None
        self._worker: WorkerProcess | None = None
        self._follower: Follower | None = None

    def start(self, on_notice: NoticeTaker, on_change: ChangeTaker) -> None:
        """Open the store of marks; both are called from its thread, with its notices and with what it learnt."""
        if self._open_store is not None:
            self.marking = Marking(self._open_store(on_notice, on_change))

    def enter(self, deck: Deck) -> LastPosition | None:
        """Give the store the ids of this folder, and learn where the reader was in it. Waits for the store, briefly."""
        store = self.marking.store
        store.wait_ready(_READY_SECONDS)
        known = self._follower.telling_ids if self._follower is not None else ()
        folder = store.enter_folder(self.root.resolve(), known or (story.id for story in deck.stories))
        self.marking = Marking(store, folder.id, moment(folder.visited) if folder.visited else None)
        return store.place(folder.id)

    def leave(self, view: str, story_id: str, panes: dict[str, int]) -> None:
        """Remember the place in the folder (`view` is opaque text, `panes` sizes by name); have every mark on disk."""
        marking = self.marking
        if marking.folder_id:
            marking.store.leave_folder(marking.folder_id, LastPosition(marking.folder_id, view, story_id, panes))
        marking.store.close()

    @property
    def folder_name(self) -> str:
        """What the folder is called, fit to show."""
        if self.root.resolve() == sample_content_dir().resolve():
            return "demo"
        return clean_path(self.root.resolve().name) or clean_path(str(self.root))

    def prefetch(self) -> None:
        """Begin before anything else that takes time: open the cache file, or start to read the folder in a process.

        Where there is a cache file its content is shown first, and a process that compares it with the folder meanwhile
        would only hold that up. Without a folder for cache files one is made for this session alone.
        """
        folder = self._cache_dir
        if folder is None:
            from tempfile import mkdtemp

            folder = self._own_cache = Path(mkdtemp(prefix="newsdeck-"))
        path = cache_path(folder, self.root)
        self._cache = open_cache(path, self.root)
        token = self._cache.token if self._cache is not None else ""
        is_own = self._own_cache is not None
        self._start = WorkerStart(self.root.absolute(), path, token, indexer_command(), leaves_nothing=is_own)
        if self._cache is None:
            self._worker = start_worker(self._start)

    def known(self, publish: Publish) -> FolderState | None:
        """What the cache file says of the folder, at once; None without one. To be followed with the same `publish`."""
        if self._start is None or self._cache is None:
            return None
        return self._follow_with(self._start, publish).known()

    def _follow_with(self, start: WorkerStart, publish: Publish) -> Follower:
        if self._follower is None:
            self._follower = Follower(start, self._worker, self._cache, publish)
            self._worker = self._cache = None
        return self._follower

    def follow(self, publish: Publish, should_stop: ShouldStop = never) -> None:
        """Publish what is known of the folder: early, while it is read, and from then on whenever it changes.

        Blocks until `should_stop`; to be called after `prefetch`. Raises FolderError if the folder cannot be read.
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
        """End what runs for this session, and remove what was made for it alone."""
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
        stored = load_stored(self.root, self._cache_dir) if self._cache_dir is not None else None
        return stored or load_once(self.root)

    def stored_deck(self) -> Deck | None:
        """The deck as the cache file has it, which may be out of date; None without a cache file that can be used.

        Going through its stories raises DamagedCacheError.
        """
        return stored_deck(self.root, self._cache_dir) if self._cache_dir is not None else None

    def read_body(self, story: Story) -> tuple[Card, Body] | None:
        """The rest of a story's card and its body as blocks; None if its file cannot be read any more."""
        from tui.text.html import body_blocks

        card = self.read_card(story)
        if card is None:
            return None
        body = body_blocks(card.body, card.body_format)
        further = tuple(url for url in card.links if url not in body.links)
        return card, msgspec.structs.replace(body, links=(*body.links, *further)) if further else body

    def read_card(self, story: Story) -> Card | None:
        """A story's whole card with all its keys; None if its file cannot be read any more."""
        from tui.cards.reader import read_card

        try:
            return read_card(self.root, story.id).card
        except (StoryNotFoundError, FolderError):
            return None


def find_story(deck: Deck, wanted: str) -> Story:
    """The story with this id or URL. Raises StoryNotFoundError."""
    story = deck.find(wanted) or deck.find_url(wanted)
    if story is None:
        raise StoryNotFoundError(f"No story has the id or URL {clean_path(wanted)!r}; `newsdeck list` shows the ids.")
    return story


def content_root(named: str | None, settings: Settings) -> Path:
    """The folder to open: the one named, else the configured one, else the demo. Raises FolderError if missing."""
    if named is None and settings.content is None:
        return sample_content_dir()
    root = Path(named) if named is not None else settings.content
    assert root is not None
    if not root.exists():
        raise FolderError(f"{clean_path(str(root))}: there is no such file or folder.")
    return root
