"""The reader's marks, asked and set for the stories of the folders that are open."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from tui.deck.analysis import Analysis
from tui.deck.columns import Bits, bits_of
from tui.deck.columns import MarkedDocs as MarkedDocs
from tui.deck.deck import Deck
from tui.deck.events.events import Event, Member
from tui.model import Story
from tui.session.arrivals import pieces_of
from tui.session.deck_marks import DeckMarks
from tui.session.marked_folder import MarkedFolder
from tui.session.names import joined_id, parted
from tui.state.mark_keys import parted_key
from tui.state.muting import Muting
from tui.state.pieces import NOT_SEEN_YET
from tui.state.store import Store
from tui.state.times import millis, moment
from tui.state.values import Done, Folder, LastPosition, Mark
from tui.text.urls import canonical_url

_NO_IDS: Mapping[str, Sequence[str]] = {}


class Marking:
    """What was read and starred among the stories of the open `folders`; `store` keeps it for all folders there are.

    Marks belong to a folder. In it a story is known by its link, so that its card may be renamed; only stories without
    one are known by the card. Where several folders are open a mark made among them shows in each alone, and the
    reverse. `enter` says for certain which folders these are; before, only their places do.
    """

    def __init__(self, store: Store, folders: Sequence[MarkedFolder]) -> None:
        self.store = store
        self.folders = tuple(folders)
        self._by_name = {folder.name: folder for folder in folders}
        self._together: Folder | None = None
        self._docs: tuple[tuple[object, ...], DeckMarks] | None = None
        self._muted: tuple[tuple[object, ...], Bits] | None = None

    @property
    def has_entered(self) -> bool:
        """Whether the store knows for certain which folders these are."""
        return self._together is not None

    @property
    def folder_id(self) -> str:
        """The id under which the place in these folders is kept."""
        return self._together.id if self._together is not None else self.folders[0].id

    @property
    def visited(self) -> datetime | None:
        """When the reader last left these folders, in UTC; None on the first visit."""
        return moment(self._together.visited) if self._together is not None and self._together.visited else None

    def enter(self, deck: Deck, telling_ids: Mapping[str, Sequence[str]] = _NO_IDS) -> None:
        """Learn from the ids in the deck which folders these are.

        `telling_ids` are those by which the store knows a folder, by its name; of one without any all are asked.
        """
        self._docs = None  # what was known by their places may have been that of other folders
        for folder in self.folders:
            ids = telling_ids.get(folder.name) or _own_ids(deck, folder.name)
            folder.enter(ids, partial(_pieces_among, deck, folder.name))
        # No path holds a NUL, so that all of them together are a place of their own.
        together = "\0".join(sorted(str(folder.path) for folder in self.folders))
        is_alone = len(self.folders) == 1
        self._together = self.folders[0].folder if is_alone else self.store.enter_folder(Path(together))

    def leave(self, view: str, story_id: str, panes: dict[str, int]) -> None:
        """Remember the place in the folder (`view` is opaque text, `panes` sizes by name); have every mark on disk."""
        if self._together is not None:
            for folder in self.folders:
                self.store.leave_folder(folder.id)
            self.store.leave_folder(self.folder_id, LastPosition(self.folder_id, view, story_id, panes))
        self.store.close()

    def key(self, story: Story) -> str:
        """The key of a story in the store."""
        folder, own_id = self._home_of(story)
        return folder.key_of(canonical_url(story.url) if story.url else "", own_id)

    def _home_of(self, story: Story) -> tuple[MarkedFolder, str]:
        """The folder that a story lies in, and its id in there."""
        if len(self.folders) == 1:
            return self.folders[0], story.id
        name, own_id = parted(story.id)
        return self._by_name[name], own_id

    def is_read(self, story: Story) -> bool:
        """Whether the story itself was read, whatever came into its event since."""
        return self.store.marks.is_read(self.key(story))

    def is_unread(self, story: Story, event: Event | None) -> bool:
        """Whether there is something new to read: the story itself, or pieces that came into its event since."""
        key = self.key(story)
        return not self.store.marks.is_read(key) or bool(self._news(key, event))

    def is_starred(self, story: Story) -> bool:
        """Whether the reader starred the story."""
        return self.store.marks.is_starred(self.key(story))

    def note(self, story: Story) -> str:
        """The reader's note on the story, empty if there is none."""
        return self.store.marks.note(self.key(story))

    def fresh(self, story: Story, event: Event | None) -> frozenset[str]:
        """The keys of the pieces of a story's event that came into the folder after the story was read."""
        return self._news(self.key(story), event)

    def _news(self, key: str, event: Event | None) -> frozenset[str]:
        if event is None or len(event.members) < 2:
            return frozenset()
        seen = [(folder, folder.pieces) for folder in self.folders]
        is_watched = all(folder.is_watched for folder in self.folders)
        newest = max(pieces.newest for _, pieces in seen) if is_watched else NOT_SEEN_YET

        def first_seen(member: Member) -> int:
            """When a piece came into the first of the folders that have it, in milliseconds; 0 if nobody knows."""
            published = millis(member.published_at) if member.published_at is not None else 0
            at = min(pieces.first_seen(folder.number_of(member), published) for folder, pieces in seen)
            return 0 if at == NOT_SEEN_YET and is_watched else at

        return self.store.marks.news(key, ((member.key, first_seen(member)) for member in event.members), newest)

    def mark_read(
        self, stories: Mapping[Story, Event | None], on: bool = True, *, subject: str = "", automatic: bool = False
    ) -> Done:
        """Mark stories read or unread, each with its event, whose pieces count as seen; one step to undo.

        `automatic` marks come of looking at a story.
        """
        coverage = {self.key(story): coverage_keys(event) for story, event in stories.items() if event is not None}
        keys = [self.key(story) for story in stories]
        return self.store.mark_read(keys, on, coverage=coverage, subject=subject, automatic=automatic)

    def mark_all_read(self, stories: Iterable[Story], event_of: Callable[[Story], Event | None]) -> Done:
        """Mark those of many stories that are unread as read, each with its event; one step to undo.

        Only one story at a time is held in memory.
        """
        keys: list[str] = []
        coverage: dict[str, frozenset[str]] = {}
        for story in stories:
            event = event_of(story)
            if self.is_unread(story, event):
                keys.append(key := self.key(story))
                if event is not None:
                    coverage[key] = coverage_keys(event)
        return self.store.mark_read(keys, coverage=coverage, shown=True)

    def star(self, stories: Iterable[Story], on: bool = True, *, subject: str = "") -> Done:
        """Star stories or take the star away, as one step to undo."""
        return self.store.star([self.key(story) for story in stories], on, subject=subject)

    def docs(self, deck: Deck, analysis: Analysis | None) -> MarkedDocs:
        """The read, starred, muted and noted stories of a deck, for its search.

        What was worked out for a deck is kept, and only what changed since is looked at again.
        """
        events = analysis.events if analysis is not None else None
        known, asked = self._docs, (deck, events)
        if known is None or not _same(known[0], asked):
            known = self._docs = asked, DeckMarks(self, deck, analysis)
        return known[1].docs(self.store.marks, self.muted(deck))

    def muted(self, deck: Deck) -> Bits:
        """The stories of a deck that are muted."""
        mutes = self.store.mutes()
        if not mutes:
            return 0
        known, asked = self._muted, (deck, mutes)
        if known is None or not _same(known[0], asked):
            muting = Muting(mutes)
            docs = (doc for doc, story in enumerate(deck.heads()) if muting.hides(story))
            known = self._muted = asked, bits_of(docs, len(deck))
        return known[1]

    def marked(self, deck: Deck, key: str) -> Iterator[tuple[int, Mark, MarkedFolder]]:
        """The stories that what is kept under a key of the store counts for here, each with all that counts for it."""
        story, marks = parted_key(key), self.store.marks
        for folder in self.folders:
            if story.folder and folder.id != story.folder:
                continue
            if not story.folder and not marks.inherits(folder.id):
                continue
            mark = marks.get(story._replace(folder=folder.id).key)
            if story.url:
                docs = self._docs_of_page(deck, folder, story.url)
            else:
                doc = deck.doc(joined_id(folder.name, story.card) if folder.name else story.card)
                docs = () if doc is None else (doc,)
            for doc in docs:
                yield doc, mark, folder

    def _docs_of_page(self, deck: Deck, folder: MarkedFolder, url: str) -> Sequence[int]:
        """The stories in one of the folders whose link has this canonical form."""
        docs = deck.docs_of_url(url)
        if not folder.name:
            return docs
        return [doc for doc in docs if parted(deck.story(doc).id)[0] == folder.name]


def _stories_in(deck: Deck, name: str) -> Iterator[Story]:
    """The stories of the folder with this name, which is empty where it is alone."""
    return (story for story in deck.stories if not name or parted(story.id)[0] == name)


def _own_ids(deck: Deck, name: str) -> Iterator[str]:
    """What the stories of a folder are called in there."""
    return (parted(story.id)[1] if name else story.id for story in _stories_in(deck, name))


def _pieces_among(deck: Deck, name: str) -> set[int]:
    return set(pieces_of(_stories_in(deck, name)))


def coverage_keys(event: Event | None) -> frozenset[str]:
    """The keys of the pieces of an event, which distinguish new ones from those seen."""
    return frozenset(member.key for member in event.members) if event is not None else frozenset()


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether the answers to two questions are the same: of most things only the very same object is."""
    pairs = zip(one, other, strict=True)
    return all(mine is theirs or (isinstance(mine, tuple) and mine == theirs) for mine, theirs in pairs)
