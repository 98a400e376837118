"""Noting when pieces come into a folder, so that what is found late is not taken for what came late."""

from collections.abc import Iterable, Iterator
from threading import Lock
from typing import TYPE_CHECKING

from tui.clock import Clock
from tui.deck.events.keys import item_key, piece_key
from tui.errors import DamagedCacheError
from tui.model import Story
from tui.session.loading import FolderState
from tui.session.marked_folder import MarkedFolder
from tui.state.pieces import piece_number
from tui.state.times import millis

if TYPE_CHECKING:
    from tui.deck.merged_stories import MergedStories


class Arrivals:
    """Takes in the states of one folder, as they are published, and notes what pieces came with each.

    What came while nobody looked has the time at which the looking began, so that it never seems to be newer than what
    was read since. For any thread.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = Lock()
        self._complete_at = millis(clock())
        self._folder: MarkedFolder | None = None
        self._latest: FolderState | None = None
        self._met: object = None
        self._base: object = None

    def take(self, state: FolderState) -> None:
        """A state is about to be published."""
        if state.loading or state.error:
            return
        with self._lock:
            self._latest = state
            self._note()
            if not _is_early(state):
                self._complete_at = millis(self._clock())

    def enter(self, folder: MarkedFolder) -> None:
        """The store knows by now which folder it is."""
        with self._lock:
            self._folder = folder
            self._note()

    def _note(self) -> None:
        state, folder = self._latest, self._folder
        if state is None or folder is None or state.deck is self._met or _is_early(state):
            return
        from tui.deck.merged_stories import MergedStories  # not needed before the first screen

        stories = state.deck.stories
        changed = stories if isinstance(stories, MergedStories) else None
        try:
            if changed is not None and changed.base is self._base:
                folder.meet(pieces_of(changed.arrived), millis(self._clock()))
            else:
                folder.meet(_all_pieces(state, changed), self._complete_at)
        except DamagedCacheError:
            return  # the folder is read anew, and noted then
        self._met, self._base = state.deck, changed.base if changed is not None else stories


def _is_early(state: FolderState) -> bool:
    """Whether the events are still to come, which give the pieces without any story being read for that."""
    return state.awaits_analysis and (state.analysis is None or state.analysis.events is None)


def _all_pieces(state: FolderState, changed: "MergedStories | None") -> Iterator[int]:
    analysis = state.analysis
    if analysis is None or analysis.events is None:
        yield from pieces_of(state.deck.stories)
    else:  # at the speed of memory
        yield from analysis.events.piece_numbers()
        yield from pieces_of(changed.arrived if changed is not None else ())


def pieces_of(stories: Iterable[Story]) -> Iterator[int]:
    """The numbers of the pieces that stories are, or list as related; some of them more than once."""
    listed: dict[int, object] = {}
    for story in stories:
        yield piece_number(piece_key(story))
        for item in story.related:
            if id(item) not in listed:  # the same one stands under many stories
                listed[id(item)] = item
                yield piece_number(item_key(item))
