"""Moving within and between the panes, and how the panes are laid out."""

from functools import partial
from itertools import takewhile

from tui.ui.deck.port import Commands, DeckPort
from tui.ui.deck.reading import ReadingController
from tui.ui.messages import ThenDo
from tui.ui.widgets.listed_days import NEAR_ROWS, ListedDays
from tui.ui.widgets.pane import MOVES
from tui.ui.workers import Ticket


class MovingController:
    """Moves the cursor, the text and the keys."""

    def __init__(self, port: DeckPort, reading: ReadingController) -> None:
        self._port = port
        self._reading = reading
        self.commands: Commands = {
            **{name: partial(self._go, name) for name in MOVES},
            "next_day": lambda: self._step_day(1),
            "previous_day": lambda: self._step_day(-1),
            "scroll_down": lambda: self._port.panes.story.scroll_lines(1),
            "scroll_up": lambda: self._port.panes.story.scroll_lines(-1),
            "story_page_down": lambda: self._page_story(1),
            "story_page_up": lambda: self._page_story(-1),
            "pane_left": self.pane_left,
            "pane_right": self.pane_right,
            "next_pane": lambda: self._port.panes.cycle(1),
            "previous_pane": lambda: self._port.panes.cycle(-1),
            "topics": self.topics,
            "toggle_topics": self.toggle_topics,
            "zen": lambda: self._port.panes.toggle_zen(),
            "density": self.change_density,
            "narrower": lambda: self._widen(-1),
            "wider": lambda: self._widen(1),
        }

    def _go(self, move: str) -> None:
        self._port.panes.active.go(move)
        self._port.panes.place_notices()

    def _step_day(self, step: int) -> None:
        """To the first story of the next older (1) or newer (-1) day; in an order by another thing, to the nearest."""
        stories = self._port.panes.stories
        if not stories.move_day(step):
            self._look_further(stories.listed.days, stories.cursor, step)

    def _look_further(self, days: ListedDays, row: int, step: int) -> None:
        """Look for another day among many rows, off the event loop."""

        def job(ticket: Ticket) -> None:
            others = takewhile(lambda _row: not ticket.is_cancelled(), days.beyond(row, step)[NEAR_ROWS:])
            found = days.nearest_of_day(row, step, others)
            if found is not None:
                self._port.post_message(ThenDo(lambda: self._go_further(days, row, found)))

        self._port.jobs.start("day", job)

    def _go_further(self, days: ListedDays, row: int, found: int) -> None:
        """Go to the row that was looked for, unless the list, or the reader in it, has gone on since."""
        stories = self._port.panes.stories
        if stories.listed.days is days and stories.cursor == row:
            stories.begin_at(found)

    def _page_story(self, pages: int) -> None:
        pane = self._port.panes.story
        pane.scroll_lines(pages * max(pane.size.height - 2, 1))

    def pane_left(self) -> None:
        """The pane on the left; topics only where they are in sight beside the list."""
        focus, panes = self._port.state.focus, self._port.panes
        if focus == "story":
            panes.show("stories")
        elif focus == "stories" and panes.topics.display:
            panes.show("topics")

    def pane_right(self) -> None:
        """The pane on the right."""
        focus, panes = self._port.state.focus, self._port.panes
        if focus == "topics":
            panes.show("stories")
        elif focus == "stories":
            self._reading.follow_now()
            panes.show("story")

    def topics(self) -> None:
        """To the topics pane, which lies over the others on a narrow screen, and back to the list."""
        if self._port.state.focus == "topics":
            self._port.panes.show("stories")
        else:
            self._port.panes.show_topics()

    def toggle_topics(self) -> None:
        """Show or hide the topics pane; where it lies over the others, that is to go there and back."""
        if not self._port.panes.toggle_topics():
            self.topics()

    def change_density(self) -> None:
        """Rows of one line, or of several where they are of one."""
        stories = self._port.panes.stories
        stories.listed.density = stories.listed.other_density
        stories.redraw()

    def _widen(self, by: int) -> None:
        self._port.panes.row.step(by)
