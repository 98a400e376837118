"""The reader's marks, asked and set for the stories of one folder."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from tui.deck.analysis import Analysis
from tui.deck.columns import Bits, bits_of
from tui.deck.columns import MarkedDocs as MarkedDocs
from tui.deck.deck import Deck
from tui.deck.events.events import Event
from tui.model import Story
from tui.session.names import joined_id, parted
from tui.state.mark_keys import CARD_SCHEME, mark_key
from tui.state.muting import Muting
from tui.state.store import Store
from tui.state.times import moment
from tui.state.values import Done, Folder
from tui.text.urls import canonical_url


class Marking:
    """What was read and starred among the stories of a folder; `store` keeps it for all folders.

    A story is known by its link, wherever its card lies; only stories without one are known by folder and id.
    `visited` is when the reader last left the folder, in UTC, None on the first visit. Where several folders are open
    `parts` are their ids by name; a mark made among several shows in each alone, and the reverse.
    """

    def __init__(
        self,
        store: Store,
        folder_id: str = "",
        visited: datetime | None = None,
        parts: Mapping[str, str] | None = None,
    ) -> None:
        self.store = store
        self.folder_id = folder_id
        self.visited = visited
        self._parts = parts
        self._names = {part: name for name, part in (parts or {}).items()}
        self._docs: tuple[tuple[object, ...], MarkedDocs] | None = None
        self._muted: tuple[tuple[object, ...], Bits] | None = None

    @classmethod
    def of_folder(cls, store: Store, folder: Folder, parts: Mapping[str, Folder] | None = None) -> "Marking":
        """The marks of a folder that was entered, or of several by their names, which are `parts` of it."""
        visited = moment(folder.visited) if folder.visited else None
        ids = None if parts is None else {name: part.id for name, part in parts.items()}
        return cls(store, folder.id, visited, ids)

    @property
    def part_ids(self) -> Iterable[str]:
        """Of several folders the id of each."""
        return self._names

    def key(self, story: Story) -> str:
        """The key of a story in the store."""
        if self._parts is None:
            return mark_key(canonical_url(story.url) if story.url else "", self.folder_id, story.id)
        name, own_id = parted(story.id)
        return mark_key(canonical_url(story.url) if story.url else "", self._parts[name], own_id)

    def is_unread(self, story: Story, event: Event | None) -> bool:
        """Whether there is something new to read: the story itself, or outlets that joined its event since."""
        marks = self.store.marks
        key = self.key(story)
        return not marks.is_read(key) or bool(marks.new_coverage(key, coverage_keys(event)))

    def is_starred(self, story: Story) -> bool:
        """Whether the reader starred the story."""
        return self.store.marks.is_starred(self.key(story))

    def note(self, story: Story) -> str:
        """The reader's note on the story, empty if there is none."""
        return self.store.marks.note(self.key(story))

    def fresh(self, story: Story, event: Event | None) -> frozenset[str]:
        """The keys of the pieces that joined the event of a story after it was read."""
        marks, key = self.store.marks, self.key(story)
        return marks.new_coverage(key, coverage_keys(event)) if marks.is_read(key) else frozenset()

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
        """The read, starred, muted and noted stories of a deck, for its search."""
        events = analysis.events if analysis is not None else None
        known, asked = self._docs, (deck, events, self.store.marks, self.store.mutes())
        if known is None or not _same(known[0], asked):
            known = self._docs = asked, self._find_docs(deck, analysis)
        return known[1]

    def _find_docs(self, deck: Deck, analysis: Analysis | None) -> MarkedDocs:
        marks = self.store.marks
        read = self._docs_of(deck, marks.read_keys())
        starred = self._docs_of(deck, marks.starred_keys())
        if analysis is not None and analysis.events is not None:
            read = [doc for doc in read if not self._has_news(deck, doc, analysis)]
        notes = sorted((doc, text) for key, text in marks.notes().items() for doc in self._docs_of(deck, [key]))
        return MarkedDocs(bits_of(read, len(deck)), bits_of(starred, len(deck)), self.muted(deck), tuple(notes))

    def _has_news(self, deck: Deck, doc: int, analysis: Analysis) -> bool:
        story = deck.story(doc)
        return bool(self.store.marks.new_coverage(self.key(story), coverage_keys(analysis.event(story.id))))

    def muted(self, deck: Deck) -> Bits:
        """The stories of a deck that are muted."""
        mutes = self.store.mutes()
        if not mutes:
            return 0
        known, asked = self._muted, (deck, mutes)
        if known is None or not _same(known[0], asked):
            muting = Muting(mutes)
            docs = (doc for doc, story in enumerate(deck.stories) if muting.hides(story))
            known = self._muted = asked, bits_of(docs, len(deck))
        return known[1]

    def _docs_of(self, deck: Deck, keys: Iterable[str]) -> list[int]:
        found: list[int] = []
        for key in keys:
            if key.startswith(CARD_SCHEME):
                story_id = self._story_id(key)
                doc = deck.doc(story_id) if story_id else None
                found += [] if doc is None else [doc]
            else:
                found += deck.docs_of_url(key)
        return found

    def _story_id(self, key: str) -> str:
        """The id that the key of a card without a link means here; empty if it lies in another folder."""
        folder_id, _, own_id = key.removeprefix(CARD_SCHEME).partition("/")
        if self._parts is None:
            return own_id if folder_id == self.folder_id else ""
        name = self._names.get(folder_id)
        return joined_id(name, own_id) if name is not None else ""


def coverage_keys(event: Event | None) -> frozenset[str]:
    """The keys of the pieces of an event, which distinguish new ones from those seen."""
    return frozenset(member.key for member in event.members) if event is not None else frozenset()


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether the answers to two questions are the same: of most things only the very same object is."""
    pairs = zip(one, other, strict=True)
    return all(mine is theirs or (isinstance(mine, tuple) and mine == theirs) for mine, theirs in pairs)
