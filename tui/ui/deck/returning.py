"""The way back out of a search: where the reader was before it, and being there again."""

import msgspec

from tui.deck.view import Listing
from tui.ui.deck.panes import PaneName
from tui.ui.deck.port import DeckPort
from tui.ui.deck.reading import ReadingController, ReadingPlace


class Whereabouts(msgspec.Struct, frozen=True, eq=False):
    """Where the reader is: the `query` in force, the pane with the keys, the rows of the list, and what is read.

    `story_id` is the story under the cursor of the list, `top_id` that of the first row in sight; empty in an empty
    list. `was_moved` is whether the reader has moved the cursor.
    """

    query: str
    pane: PaneName
    story_id: str
    top_id: str
    was_moved: bool
    reading: ReadingPlace


class WayBack:
    """Remembers where the reader was before the list was narrowed, and before the query was edited last.

    Going back waits for the list that the place is in.
    """

    def __init__(self, port: DeckPort, reading: ReadingController) -> None:
        self._port = port
        self._reading = reading
        self._start: Whereabouts | None = None
        self._edited: Whereabouts | None = None
        self._goal: Whereabouts | None = None

    @property
    def held(self) -> str:
        """The id of the story that must have a row in the next list; empty if the reader does not go back."""
        return self._goal.story_id if self._goal is not None else ""

    def begin_edit(self) -> None:
        """The query is about to be edited."""
        self._edited = self._here()

    def continue_edit(self) -> None:
        """The query is edited; the reader may have come into the field by the mouse."""
        if self._edited is None:
            self.begin_edit()

    @property
    def _is_edited(self) -> bool:
        return self._edited is not None and self._port.state.focus == "query"

    def end_edit(self) -> None:
        """The query is used as it stands."""
        self._edited = None

    def give_up_edit(self) -> str:
        """Go back to where the reader was before the query was edited; the query of then."""
        here, self._edited = self._edited, None
        self._want(here)
        return here.query if here is not None else self._port.state.view.query

    def give_up_query(self) -> None:
        """Go back to where the reader was before the list was narrowed."""
        self._want(self._start)

    def query_changes(self, before: str, after: str) -> None:
        """Another query is about to be in force."""
        if after.strip() and not before.strip():
            is_typed = self._is_edited and self._edited is not None and not self._edited.query.strip()
            self._start = self._edited if is_typed else self._here()
        elif not after.strip() and (self._is_edited or not self._port.state.listing.docs):
            self._goal = self._goal or self._start
        if self._goal is not None and self._goal.query != after:
            self._goal = None

    def arrive_at_once(self) -> None:
        """Be there again where the list to go back to is shown already."""
        state = self._port.state
        if state.is_wanted(state.listing):
            self.arrive(state.listing)

    def arrive(self, listing: Listing) -> None:
        """A list is shown: if it is the one to go back to, be there again."""
        goal = self._goal
        if goal is None or listing.view.query != goal.query:
            return
        self._goal = None
        stories = self._port.panes.stories
        if stories.return_to(goal.story_id, goal.top_id):
            stories.anchoring.was_moved = goal.was_moved
            self._reading.resume(goal.reading)

    def _want(self, goal: Whereabouts | None) -> None:
        self._goal = goal
        self._port.panes.show(goal.pane if goal is not None else "stories")

    def _here(self) -> Whereabouts:
        state, stories = self._port.state, self._port.panes.stories
        story = stories.story
        return Whereabouts(
            state.view.query,
            "story" if state.focus == "story" else "stories",
            story.id if story is not None else "",
            stories.story_at(stories.top).id if story is not None else "",
            stories.anchoring.was_moved,
            self._reading.now(),
        )
