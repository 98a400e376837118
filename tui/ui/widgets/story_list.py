"""The list of stories: flat cost in the number of rows, because only what is in sight is ever touched."""

from collections.abc import Callable
from datetime import datetime, tzinfo

from textual.geometry import Region
from textual.message import Message

from tui.clock import Clock
from tui.deck.view import Listing
from tui.model import Story
from tui.ui.widgets.anchor import Anchor
from tui.ui.widgets.listed_stories import ListedStories
from tui.ui.widgets.pane import Pane
from tui.ui.widgets.row_facts import RowState
from tui.ui.widgets.row_plan import RowPlan
from tui.ui.widgets.styled_text import advice_lines


class StoryList(Pane):
    """Shows a listing as rows of a few lines each, as `ListedStories` lays them out and a `RowPlan` places them.

    `cursor` and `top` are positions in the listing. The selection is a story, not a position: it is found again by id
    whenever the listing is replaced, as `anchoring` says. `state` gives what else there is to show of a row, by its
    number. `listed` lays them out.
    """

    class Highlighted(Message):
        """The cursor came to rest on another story, or on none (`story` is None)."""

        def __init__(self, pane: "StoryList", story: Story | None) -> None:
            super().__init__()
            self.pane = pane
            self.story = story

        @property
        def control(self) -> "StoryList":
            """The list it happened in."""
            return self.pane

    def __init__(self, state: Callable[[int], RowState], clock: Clock, zone: tzinfo | None = None, *, id: str) -> None:
        self.listed = ListedStories(state, clock, zone)
        self._plan = RowPlan(self.listed)
        super().__init__(self._plan, id=id)
        self.anchoring = Anchor()
        self._advice: tuple[str, ...] = ()

    @property
    def listing(self) -> Listing:
        """What is listed."""
        return self.listed.listing

    @property
    def cursor(self) -> int:
        """The position of the row under the cursor; 0 in an empty list."""
        return self._plan.cursor

    @property
    def since(self) -> datetime | None:
        """The time (UTC) of the last visit: a line shows where what came later ends."""
        return self.listed.since

    @since.setter
    def since(self, since: datetime | None) -> None:
        self.listed.since = since

    @property
    def story(self) -> Story | None:
        """The story under the cursor, or None in an empty list."""
        return self.story_at(self.cursor) if len(self.listed) else None

    def story_at(self, place: int) -> Story:
        """The story of a row; IndexError beyond the last."""
        return self.listed.story(place)

    def show(self, listing: Listing) -> None:
        """Show another listing; the cursor stays on its story once it has been moved, or goes where it is wished.

        Where that story is gone it keeps its place in the list. What was scrolled to, away from it, stays in sight.
        """
        before, above = self.story, self.cursor - self.top
        place = self.anchoring.place_in(listing, _id(before), self.cursor)
        top = listing.row_of(self.story_at(self.top).id) if self._plan.is_cursor_away else None
        self.listed.show(listing)
        self.fitting.check()
        self._plan.show(place, place - above if top is None else top, fit=top is None)
        self.hand.check()
        self.refresh()
        if _id(self.story) != _id(before):
            self.post_message(self.Highlighted(self, self.story))

    def show_nothing(self, *advice: str) -> None:
        """Say, as long as there are no rows, why, and what to do about it: a line or paragraph each."""
        self._advice = advice
        self._plan.instead = advice_lines(advice, self.inner_width)
        self.redraw()

    def redraw(self) -> None:
        """Paint the rows again, because what `state` gives or how much room they take has changed."""
        self.listed.forget()
        self.fitting.check()
        self._plan.resize(self.size.height)
        self.refresh()

    def move_day(self, step: int) -> bool:
        """To the first story of the next older (1) or newer (-1) day; whether it is found, or known not to be there."""
        place = self.listed.days.near(self.cursor, step) if len(self.listed) else 0
        if place is not None:
            self.begin_at(place)
        return place is not None

    def begin_at(self, place: int) -> None:
        """Put the cursor on a row, and that row first in sight."""
        self.change(lambda: self._plan.put_cursor(place, at_top=True))

    def put_cursor(self, place: int) -> None:
        """Put the cursor on a row by its position."""
        self.change(lambda: self._plan.put_cursor(place))

    def select(self, story_id: str) -> bool:
        """Put the cursor on the story with this id; whether it is in the list."""
        place = self.listing.row_of(story_id)
        if place is not None:
            self.put_cursor(place)
        return place is not None

    def return_to(self, story_id: str, top_id: str) -> bool:
        """Put the cursor on one story and begin with the row of another, as before; whether the first is there."""
        place, top = self.listing.row_of(story_id), self.listing.row_of(top_id)
        if place is not None:
            self.change(lambda: self._plan.show(place, place if top is None else top, fit=top is None))
        return place is not None

    def show_change(self, top: int, cursor: int | None) -> None:
        """Paint the two rows concerned again, or all if the list has scrolled, and report another story."""
        if self.top != top:
            self.refresh()
        elif cursor is not None:
            for rows in (self._plan.span(cursor), self._plan.span(self.cursor)):
                if rows:
                    self.refresh(Region(0, rows.start, self.size.width, len(rows)))
        if self.cursor != cursor:
            self.anchoring.moved()
            self.post_message(self.Highlighted(self, self.story))

    def fit_to(self, width: int, height: int) -> None:
        """Lay the rows out again; a cursor in sight stays there."""
        self.listed.fit(width, height)
        self._plan.instead = advice_lines(self._advice, width)
        self._plan.resize(height)


def _id(story: Story | None) -> str | None:
    return None if story is None else story.id
