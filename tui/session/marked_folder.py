"""One of the folders that are open, as the store of marks knows it: which one it is, and what was seen in it."""

import os
from collections.abc import Callable, Iterable, Set
from pathlib import Path

from tui.deck.events.events import Member
from tui.deck.events.keys import CARD_KEY
from tui.session.names import parted
from tui.state.mark_keys import mark_key, provisional_id
from tui.state.pieces import KnownPieces, piece_number
from tui.state.store import Store
from tui.state.values import Folder


class MarkedFolder:
    """A folder at `path`, known by that until it is entered, which says for certain which one it is.

    `name` is what it is called where several are open, empty where it is alone. What is marked before anything is known
    of it has a provisional id, and is not lost, not even if the reader is killed: entering gives it the right one.
    """

    def __init__(self, store: Store, path: Path, name: str = "") -> None:
        self.name = name
        self.folder: Folder | None = None
        self._store = store
        self.path = path
        self._provisional = provisional_id(os.fsencode(path))
        self._id = ""
        self._is_watched = False

    @property
    def id(self) -> str:
        """The id that is part of the keys of its marks."""
        if not self._id and self._store.marks.is_loaded:
            known = self._store.folder_at(self.path)
            self._id = self._provisional if known is None else known.id
        return self._id or self._provisional

    def enter(self, card_ids: Iterable[str], pieces: Callable[[], Set[int]]) -> None:
        """Learn which folder it is by its card ids, else by the numbers of its pieces; see `Store.enter_folder`."""
        self.folder = self._store.enter_folder(self.path, card_ids, provisional=self._provisional, pieces=pieces)
        self._id = self.folder.id

    def key_of(self, url: str, own_id: str) -> str:
        """The key of the marks on a story by its canonical URL, empty without one, and its id in this folder."""
        return mark_key(url, self.id, own_id)

    @property
    def pieces(self) -> KnownPieces:
        """The pieces that were ever seen in it."""
        return self._store.known_pieces(self.id)

    @property
    def is_watched(self) -> bool:
        """Whether all pieces of today are among those that were ever seen."""
        return self._is_watched

    def meet(self, numbers: Iterable[int], at: int) -> None:
        """Remember that these pieces are there, since `at` (milliseconds) if they are new; once it is entered."""
        self._store.meet_pieces(self.id, numbers, at)
        self._is_watched = True

    def number_of(self, member: Member) -> int:
        """What stands for a piece of an event among the `pieces` of this folder."""
        key = member.key
        if self.name and key.startswith(CARD_KEY):
            name, own_id = parted(key.removeprefix(CARD_KEY))
            key = f"{CARD_KEY}{own_id}" if name == self.name else key
        return piece_number(key)
