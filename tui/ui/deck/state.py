"""What the deck screen shows, as one frozen value, and how each intent changes it; pure."""

from collections.abc import Sequence
from typing import Literal, Protocol

import msgspec
from msgspec.structs import replace

from tui.config.actions import LETTER_ACTIONS
from tui.deck.analysis import Analysis
from tui.deck.deck import Deck
from tui.deck.events.coverage import StoryCoverage, coverage_of
from tui.deck.events.events import Event
from tui.deck.search.facets import UnreadCounts
from tui.deck.search.sorting import SORTS, Sort
from tui.deck.view import Listing, View
from tui.model import Problem, Story
from tui.session import FolderState

FocusName = Literal["", "topics", "stories", "story", "query", "find"]
"""What gets the keys: a pane, the query, the letters of a topic, or nothing of the deck screen."""

FINDING_COMMANDS = frozenset({"leave_find", "step_find"})
"""Commands that exist only while letters of a topic are typed."""
TYPING_COMMANDS = frozenset({"leave_query", "complete_query", "query_history"}) | FINDING_COMMANDS
"""Commands that exist only while something is typed."""


class DeckState(msgspec.Struct, frozen=True, eq=False):
    """All that the deck screen knows; `step` makes the next one.

    `analysis` may still be that of an earlier deck, and `listing` that of an earlier deck or view, until newer ones
    are worked out. `unread` is how much of the listing is, None while nobody has counted. `picked` are ids of stories.
    `trail` are the ids of the stories read one from another, `trail_at` is the place of the one shown. `story_id` is
    the story under the cursor of the list. `queries` were used in this folder, oldest first. `named` is the saved view
    that was opened last, with its name. `arrived` are the ids of stories that came since the reader last went to new
    ones, and are still there.

    `files_done` of `files_total` files are read while `loading`. `failure` says why the folder could not be read at
    all, `unreadable` why it cannot be read any more; both are sentences, empty if all is well.
    `not_cards` text files have no head, and `not_card` says so of the first of them if there is no story at all.
    """

    deck: Deck = msgspec.field(default_factory=Deck)
    analysis: Analysis | None = None
    problems: tuple[Problem, ...] = ()
    view: View = msgspec.field(default_factory=View)
    listing: Listing = msgspec.field(default_factory=Listing)
    unread: UnreadCounts | None = None
    picked: frozenset[str] = frozenset()
    trail: tuple[str, ...] = ()
    trail_at: int = 0
    story_id: str = ""
    queries: tuple[str, ...] = ()
    named: tuple[str, View] = ("", View())
    arrived: tuple[str, ...] = ()
    loading: bool = True
    files_done: int = 0
    files_total: int = 0
    failure: str = ""
    unreadable: str = ""
    not_cards: int = 0
    not_card: str = ""
    focus: FocusName = ""

    @property
    def own_analysis(self) -> Analysis | None:
        """The analysis, if it is that of this very deck."""
        return self.analysis if self.analysis is not None and self.analysis.deck is self.deck else None

    def event_of(self, story: Story) -> Event | None:
        """The event of a story, once events have been found."""
        return self.analysis.event(story.id) if self.analysis is not None else None

    def coverage(self, story: Story) -> StoryCoverage | None:
        """The coverage of a story, once events have been found."""
        events = self.analysis.events if self.analysis is not None else None
        return coverage_of(events, story) if events is not None and events.of_story(story.id) is not None else None

    @property
    def view_name(self) -> str:
        """The name of the saved view that is shown, whatever is unfolded in it; empty if it is none."""
        name, view = self.named
        here = (self.view.query, self.view.sort, self.view.grouped)
        return name if here == (view.query, view.sort, view.grouped) else ""

    def picked_stories(self) -> list[Story]:
        """The stories that are picked and still there."""
        return [story for story in map(self.deck.find, sorted(self.picked)) if story is not None]

    def is_wanted(self, listing: Listing) -> bool:
        """Whether a listing is of the deck and view that are in force now."""
        return listing.deck is self.deck and listing.view == self.view

    def is_listed_in(self, folder: FolderState) -> bool:
        """Whether a report on the folder brings nothing that the list would show."""
        same_deck = folder.deck is self.deck and (folder.analysis is None or folder.analysis is self.analysis)
        return same_deck and (folder.loading or not self.loading)


class Intent(Protocol):
    """Something that happened or is wanted, as a value."""

    def applied(self, state: DeckState) -> DeckState:
        """The state after it; the same object if nothing changes."""
        ...


def step(state: DeckState, intent: Intent) -> DeckState:
    """The state that follows from an intent."""
    return intent.applied(state)


def can_run(command: str, state: DeckState) -> bool:
    """Whether a command makes sense now: a letter that opens something does not where one is typed."""
    if command in TYPING_COMMANDS:
        return state.focus == ("find" if command in FINDING_COMMANDS else "query")
    return command not in LETTER_ACTIONS or state.focus not in ("query", "find")


class TakeFolder(msgspec.Struct, frozen=True, eq=False):
    """The folder was read, or some more of it."""

    folder: FolderState

    def applied(self, state: DeckState) -> DeckState:
        """The new deck, with the analysis kept until there is a newer one."""
        folder, known, found = self.folder, state.analysis, self.folder.analysis
        if found is not None and known is not None and known.deck is found.deck:
            found = known.joined(found)  # an index that was made here for a query stays
        return replace(
            state,
            deck=folder.deck,
            analysis=found or known,
            problems=folder.problems,
            files_done=folder.done,
            files_total=folder.files,
            loading=folder.loading,
            not_cards=folder.not_cards,
            not_card=folder.not_card,
        )


class FailLoading(msgspec.Struct, frozen=True):
    """The folder cannot be read; `reason` is a sentence."""

    reason: str

    def applied(self, state: DeckState) -> DeckState:
        """Nothing is loaded any more."""
        return replace(state, loading=False, failure=self.reason)


class TakeNews(msgspec.Struct, frozen=True):
    """Stories with the ids `arrived` came, and the folder is `unreadable` for this reason, or not (empty)."""

    arrived: tuple[str, ...] = ()
    unreadable: str = ""

    def applied(self, state: DeckState) -> DeckState:
        """What arrived is added to what arrived before; stories that were removed again are left out."""
        came = (*state.arrived, *self.arrived)
        here = tuple(story_id for story_id in came if state.deck.doc(story_id) is not None)
        return replace(state, arrived=here, unreadable=self.unreadable)


class ForgetArrivals(msgspec.Struct, frozen=True):
    """The reader has seen the new stories."""

    def applied(self, state: DeckState) -> DeckState:
        """Nothing is new."""
        return replace(state, arrived=())


class TakeAnalysis(msgspec.Struct, frozen=True, eq=False):
    """More was worked out of a deck."""

    analysis: Analysis

    def applied(self, state: DeckState) -> DeckState:
        """What is known now, if the deck is still the same."""
        if self.analysis.deck is not state.deck:
            return state
        known = state.own_analysis
        return replace(state, analysis=self.analysis if known is None else known.joined(self.analysis))


class TakeListing(msgspec.Struct, frozen=True, eq=False):
    """A view was listed."""

    listing: Listing
    unread: UnreadCounts | None = None

    def applied(self, state: DeckState) -> DeckState:
        """The new rows, unless deck or view have changed since."""
        return replace(state, listing=self.listing, unread=self.unread) if state.is_wanted(self.listing) else state


class TakeUnread(msgspec.Struct, frozen=True, eq=False):
    """It was counted how much of a listing is unread."""

    listing: Listing
    unread: UnreadCounts

    def applied(self, state: DeckState) -> DeckState:
        """The counts, unless something else is listed by now."""
        return replace(state, unread=self.unread) if state.listing is self.listing else state


class ShowView(msgspec.Struct, frozen=True):
    """Another view of the same deck is wanted."""

    view: View

    def applied(self, state: DeckState) -> DeckState:
        """The new view; its rows are still to come."""
        return state if self.view == state.view else replace(state, view=self.view)


class NameView(msgspec.Struct, frozen=True):
    """The view in force is a saved one."""

    name: str

    def applied(self, state: DeckState) -> DeckState:
        """With the name of the view."""
        return replace(state, named=(self.name, state.view))


class TogglePick(msgspec.Struct, frozen=True):
    """A story is picked, or left out again."""

    story_id: str

    def applied(self, state: DeckState) -> DeckState:
        """The picks with this one the other way round."""
        return replace(state, picked=state.picked ^ {self.story_id})


class ClearPicks(msgspec.Struct, frozen=True):
    """No story is picked any more."""

    def applied(self, state: DeckState) -> DeckState:
        """No picks."""
        return replace(state, picked=frozenset()) if state.picked else state


class StartTrail(msgspec.Struct, frozen=True):
    """A story is read from the list."""

    story_id: str

    def applied(self, state: DeckState) -> DeckState:
        """A way that begins here."""
        return replace(state, trail=(self.story_id,), trail_at=0)


class ExtendTrail(msgspec.Struct, frozen=True):
    """A story is read from another one."""

    story_id: str

    def applied(self, state: DeckState) -> DeckState:
        """The way so far and this story; what was ahead of it is forgotten."""
        before = state.trail[: state.trail_at + 1]
        return replace(state, trail=(*before, self.story_id), trail_at=len(before))


class TakeTrail(msgspec.Struct, frozen=True):
    """The reader is on a way they were on before."""

    trail: tuple[str, ...]
    trail_at: int

    def applied(self, state: DeckState) -> DeckState:
        """With that way."""
        return replace(state, trail=self.trail, trail_at=self.trail_at)


class WalkTrail(msgspec.Struct, frozen=True):
    """The reader goes back (-1) or forward (1) on the way."""

    step: int

    def applied(self, state: DeckState) -> DeckState:
        """At the next story this way that is still there; the same state if there is none."""
        place = state.trail_at + self.step
        while 0 <= place < len(state.trail):
            if state.deck.doc(state.trail[place]) is not None:
                return replace(state, trail_at=place)
            place += self.step
        return state


class MoveCursor(msgspec.Struct, frozen=True):
    """The cursor of the list is on another story; empty for none."""

    story_id: str

    def applied(self, state: DeckState) -> DeckState:
        """The story to come back to."""
        return replace(state, story_id=self.story_id)


class MoveFocus(msgspec.Struct, frozen=True):
    """The keys go elsewhere."""

    focus: FocusName

    def applied(self, state: DeckState) -> DeckState:
        """With the keys there."""
        return replace(state, focus=self.focus)


class KeepQueries(msgspec.Struct, frozen=True):
    """These queries were used, oldest first."""

    queries: tuple[str, ...]

    def applied(self, state: DeckState) -> DeckState:
        """The history to leave behind."""
        return replace(state, queries=self.queries)


def place_text(view: View, queries: Sequence[str]) -> str:
    """The place a reader leaves a folder at, as JSON: the view and the queries used, oldest first."""
    import json

    sort = [view.sort.name, view.sort.reverse] if view.sort is not None else None
    return json.dumps({"query": view.query, "sort": sort, "grouped": view.grouped, "queries": list(queries)})


def place_of(text: str) -> tuple[View, tuple[str, ...]]:
    """The view and queries that `place_text` wrote; what makes no sense any more is left out."""
    import json

    try:
        left = json.loads(text)
        name, reverse = left["sort"] or ("", False)
        sort = Sort(name, bool(reverse)) if name in SORTS else None
        queries = tuple(query for query in left.get("queries", ()) if isinstance(query, str))
        return View(str(left["query"]), sort, bool(left["grouped"])), queries
    except (ValueError, TypeError, KeyError, AttributeError):
        return View(), ()
