"""The marks on the stories of one deck as sets, kept up while marks change."""

from collections.abc import Iterator
from threading import Lock
from typing import Protocol

from tui.deck.analysis import Analysis
from tui.deck.columns import Bits, MarkedDocs, bits_of_flags
from tui.deck.deck import Deck
from tui.deck.events.events import Event
from tui.model import Story
from tui.session.marked_folder import MarkedFolder
from tui.state.marks import Marks
from tui.state.pieces import NOT_SEEN_YET
from tui.state.values import Mark


class Marker(Protocol):
    """What knows of each key of the store which stories it is about, and of each story what is new about it."""

    @property
    def folders(self) -> tuple[MarkedFolder, ...]:
        """The folders that are open."""
        ...

    def marked(self, deck: Deck, key: str) -> Iterator[tuple[int, Mark, MarkedFolder]]:
        """The stories that a key is about, each with all that counts for it."""
        ...

    def fresh(self, story: Story, event: Event | None) -> frozenset[str]:
        """The pieces of a story's event that came after it was read."""
        ...


class DeckMarks:
    """The sets of stories of one deck that are read, starred and noted; for any thread.

    A story that was read is not among those read while there is news of its event. At first every mark is looked at,
    later only what changed.
    """

    def __init__(self, marker: Marker, deck: Deck, analysis: Analysis | None) -> None:
        self._marker = marker
        self._deck = deck
        self._analysis = analysis if analysis is not None and analysis.deck is deck else None
        self._lock = Lock()
        self._marks: Marks | None = None
        self._batches: tuple[int, ...] = ()
        self._latest: dict[int, int] = {}
        self._clear()

    def _clear(self) -> None:
        self._read, self._unseen, self._starred = (bytearray(len(self._deck)) for _ in range(3))
        self._looked: dict[int, tuple[int, MarkedFolder]] = {}
        self._notes: dict[int, str] = {}

    def docs(self, marks: Marks, muted: Bits) -> MarkedDocs:
        """The sets for these marks, which are the newest."""
        with self._lock:
            batches = tuple(folder.pieces.batches for folder in self._marker.folders)
            changed = marks.changed_since(self._marks) if self._marks is not None else None
            if changed is None:
                self._clear()
            docs = {doc for key in (marks if changed is None else changed) for doc in self._take(key)}
            if changed is None or batches != self._batches:
                self._latest = self._latest_news()
                docs = set(self._looked)
            for doc in docs:
                self._unseen[doc] = self._has_news(doc)
            self._marks, self._batches = marks, batches
            read = bits_of_flags(self._read) & ~bits_of_flags(self._unseen)
            return MarkedDocs(read, bits_of_flags(self._starred), muted, tuple(sorted(self._notes.items())))

    def _take(self, key: str) -> list[int]:
        """Take in what is marked under a key by now; the stories that it is about."""
        docs = []
        for doc, mark, folder in self._marker.marked(self._deck, key):
            docs.append(doc)
            self._read[doc], self._starred[doc] = mark.read.on, mark.starred.on
            if mark.read.on:
                self._looked[doc] = mark.looked_at, folder
            else:
                self._looked.pop(doc, None)
            if mark.note.text:
                self._notes[doc] = mark.note.text
            else:
                self._notes.pop(doc, None)
        return docs

    def _latest_news(self) -> dict[int, int]:
        """When the newest piece came into each event into which one came, by the number of the event."""
        latest: dict[int, int] = {}
        if self._analysis is None or self._analysis.events is None or not self._looked:
            return latest
        events = self._analysis.events
        for folder in self._marker.folders:
            came = dict(folder.pieces.later)
            if folder.pieces and not folder.is_watched and self._analysis.can_search:
                came.update(dict.fromkeys(folder.pieces.unknown(events.piece_numbers()), NOT_SEEN_YET))
            for number, at in came.items():
                event = events.event_of_piece(number)
                if event is not None and at > latest.get(event, 0):
                    latest[event] = at
        return latest

    def _has_news(self, doc: int) -> bool:
        """Whether a story was read before something came into its event; an event is only read where that may be."""
        grouping = self._analysis.grouping if self._analysis is not None else None
        looked = self._looked.get(doc)
        if self._analysis is None or grouping is None or looked is None:
            return False
        at, folder = looked
        # Of what was there when the folder was first noted it has to be asked when it was published.
        if at >= self._latest.get(grouping.numbers[doc], 0) and at >= folder.pieces.since:
            return False
        story = self._deck.story(doc)
        return bool(self._marker.fresh(story, self._analysis.event(story.id)))
