"""The use cases that the reader and the command line share: open folders, load them, follow them, read a card."""

from collections.abc import Callable, Iterable, Sequence
from datetime import tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tui.clock import Clock, utc_now
from tui.config.settings import Settings
from tui.deck.deck import Deck
from tui.deck.view import Lister
from tui.errors import StoryNotFoundError
from tui.model import Card, Story
from tui.programs import Programs
from tui.session.loading import FolderState, LoadedFolder, Publish, why_no_card
from tui.session.marked_folder import MarkedFolder
from tui.session.marking import Marking
from tui.session.names import joined_id, parted
from tui.session.roots import rules_of
from tui.session.source import SourceFolder
from tui.session.starting import ContentRoot, StartedFolder
from tui.state.store import MemoryStore, Store
from tui.state.values import ChangeTaker, Folder, LastPosition, NoticeTaker
from tui.text.blocks import Body
from tui.text.sanitize import clean_path
from tui.work import ShouldStop, never

if TYPE_CHECKING:  # nobody who opens one folder needs to merge any
    from tui.session.choices import FolderChoice
    from tui.session.merging import MergedSources

_READY_SECONDS = 2.0
StoreOpener = Callable[[NoticeTaker, ChangeTaker], Store]
"""Opens a store of marks that reports notices and changes to the two."""
KnownFolders = Callable[[], Iterable[Folder]]
"""Gives the folders that were open before. Asks the disk."""


class Session:
    """One or several content folders (or single card files) with what is needed to read them as one deck.

    `open_store` gives the store of the reader's marks; without it they are kept until the program ends, and so are
    those of the demo unless it is to `remember_demo`. `cache_dir` is the folder of cache files; without it none is read
    or kept. `started` is what was begun with of the folders, all of them or none. `known_folders` gives the folders
    that were open before to a session that opens no store. `clock` gives the present moment, `zone` is the time zone
    that times are shown in, None for the system's own. `programs` starts the reader's browser and editor.
    """

    def __init__(
        self,
        content: Path | Sequence[ContentRoot],
        settings: Settings,
        programs: Programs,
        *,
        open_store: StoreOpener | None = None,
        remember_demo: bool = False,
        known_folders: KnownFolders = tuple,
        cache_dir: Path | None = None,
        started: Sequence[StartedFolder] = (),
        clock: Clock = utc_now,
        zone: tzinfo | None = None,
    ) -> None:
        if isinstance(content, Path):
            content = (ContentRoot(content, rules=rules_of(settings, content)),)
        begun = started or (None,) * len(content)
        self.sources = tuple(
            SourceFolder(root, cache_dir, clock, one) for root, one in zip(content, begun, strict=True)
        )
        self.settings = settings
        self.programs = programs
        self.clock = clock
        self.zone = zone
        self.lister = Lister(clock, zone)
        self._open_store = open_store
        self._remember_demo = remember_demo
        self._known_folders = known_folders
        self.marking = self._marking_by_place(MemoryStore(clock))
        self._cache_dir = cache_dir

    def beside(self, content: Sequence[ContentRoot]) -> "Session":
        """A session on other folders, with everything else as it is here."""
        return type(self)(
            content,
            self.settings,
            self.programs,
            open_store=self._open_store,
            remember_demo=self._remember_demo,
            known_folders=self._known_folders,
            cache_dir=self._cache_dir,
            clock=self.clock,
            zone=self.zone,
        )

    @property
    def root(self) -> Path:
        """Where the first of the folders lies."""
        return self.sources[0].root

    @property
    def is_several(self) -> bool:
        """Whether several folders are open, whose names then stand before the ids of their cards."""
        return len(self.sources) > 1

    @property
    def folder_name(self) -> str:
        """What the folders are called, fit to show."""
        return " + ".join(source.content.shown_name for source in self.sources)

    @cached_property
    def _merged(self) -> "MergedSources":
        from tui.session.merging import MergedSources

        if self._cache_dir is None:
            return MergedSources(self.sources)
        from tui.session.joined import JoinedCache

        return MergedSources(self.sources, JoinedCache(self.sources, self._cache_dir))

    def folder_choices(self) -> "list[FolderChoice]":
        """The folders that could be opened instead. Asks the disk."""
        from tui.session.choices import folder_choices

        here = frozenset(str(source.real_path) for source in self.sources)
        known = self.marking.store.folders() if self.remembers else self._known_folders()
        return folder_choices(self.settings, known, here)

    @property
    def remembers(self) -> bool:
        """Whether what the reader does is kept beyond the end of the program."""
        is_demo = all(source.content.is_demo for source in self.sources)
        return self._open_store is not None and (self._remember_demo or not is_demo)

    def start(self, on_notice: NoticeTaker, on_change: ChangeTaker) -> None:
        """Open the store of marks; both are called from its thread, with its notices and with what it learnt."""
        if self._open_store is not None and self.remembers:
            self.marking = self._marking_by_place(self._open_store(on_notice, on_change))

    def enter(self, deck: Deck) -> LastPosition | None:
        """Learn from what is in the deck which folders these are, and where the reader was in them.

        Waits for the store, briefly: where it takes longer `Marking.has_entered` stays false, and this may be called
        again.
        """
        marking = self.marking
        if not marking.store.wait_ready(_READY_SECONDS):
            return None
        marked = tuple(zip(self.sources, marking.folders, strict=True))
        marking.enter(deck, {folder.name: source.telling_ids for source, folder in marked})
        for source, folder in marked:
            source.arrivals.enter(folder)
        return marking.store.place(marking.folder_id)

    def marking_in(self, store: Store, deck: Deck, telling_ids: Sequence[str] = ()) -> Marking:
        """The marks in `store` on the stories of the deck; of a folder that is alone `telling_ids` may be known."""
        marking = self._marking_by_place(store)
        marking.enter(deck, {"": telling_ids})
        return marking

    def _marking_by_place(self, store: Store) -> Marking:
        """The marks on the stories of these folders, as far as where they lie says which ones they are."""
        names = (source.content.name if self.is_several else "" for source in self.sources)
        return Marking(
            store,
            [MarkedFolder(store, source.real_path, name) for source, name in zip(self.sources, names, strict=True)],
        )

    def leave(self, view: str, story_id: str, panes: dict[str, int]) -> None:
        """Remember the place in the folder (`view` is opaque text, `panes` sizes by name); have every mark on disk."""
        self.marking.leave(view, story_id, panes)

    def prefetch(self) -> None:
        """Begin before anything else that takes time: open cache files, or start to read folders in processes."""
        for source in self.sources:
            source.prefetch()

    def known(self, publish: Publish) -> FolderState | None:
        """What is known of the folders at once; None where nothing is, and of several where that is out of date.

        To be followed with the same `publish`.
        """
        return self._merged.known(publish) if self.is_several else self.sources[0].known(publish)

    def follow(self, publish: Publish, should_stop: ShouldStop = never) -> None:
        """Publish what is known of the folders: early, while they are read, and from then on whenever they change.

        Blocks until `should_stop`; to be called after `prefetch`. Raises FolderError if no folder can be read.
        """
        if self.is_several:
            self._merged.follow(publish, should_stop)
        else:
            self.sources[0].follow(publish, should_stop)

    def rescan(self) -> bool:
        """Have every file of the folders compared at once; whether anything follows them."""
        return self._merged.rescan() if self.is_several else self.sources[0].rescan()

    def close(self) -> None:
        """End what runs for this session, and remove what was made for it alone; more than once if need be."""
        if self.is_several:
            self._merged.close()
        for source in self.sources:
            source.close()

    def load_all(self) -> LoadedFolder:
        """Load the folders whole, at once. Raises FolderError if one is missing or unreadable."""
        return self._merged.load_all() if self.is_several else self.sources[0].load_all()

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
        source, own_id = self.source_of(story.id)
        return source.read_card(own_id)

    def why_no_card(self) -> str:
        """What is missing in the first text file that is no card, as a sentence; empty if there is none.

        Raises FolderError if a folder cannot be read.
        """
        reasons = ((source, why_no_card(source.root, source.content.rules)) for source in self.sources)
        return next((self.id_in(source, why) for source, why in reasons if why), "")

    def id_in(self, source: SourceFolder, own_id: str) -> str:
        """What a card of one of the folders is called here."""
        return joined_id(source.content.name, own_id) if self.is_several else own_id

    def source_of(self, story_id: str) -> tuple[SourceFolder, str]:
        """The folder that a card lies in, and its id there."""
        if not self.is_several:
            return self.sources[0], story_id
        name, own_id = parted(story_id)
        named = (source for source in self.sources if source.content.name == name)
        return next(named, self.sources[0]), own_id


def find_story(deck: Deck, wanted: str) -> Story:
    """The story with this id or URL. Raises StoryNotFoundError."""
    story = deck.find(wanted) or deck.find_url(wanted)
    if story is None:
        raise StoryNotFoundError(f"No story has the id or URL {clean_path(wanted)!r}; `newsdeck list` shows the ids.")
    return story
