"""The deck screen: topics, stories and story side by side."""

from tui.deck.deck import Deck
from tui.deck.view import View
from tui.errors import NewsdeckError
from tui.model import Problem
from tui.state.values import Notice
from tui.ui.bindings import bindings
from tui.ui.messages import DeckLoaded, Entered, LoadFailed, StoreChanged, StoreNotice
from tui.ui.screens.filtering import QUERY_KEYS
from tui.ui.screens.links import LinkActions
from tui.ui.screens.place import place_of, place_text
from tui.ui.workers import Ticket

_LIST_WIDTH = "list"
"""The name under which the width of the list is kept."""


class DeckScreen(LinkActions):
    """Loads the folder of a session and shows it; the actions are in the classes it is made of.

    They build on each other: panes and state, moving, choosing, reading, marking, links, and here the loading.
    """

    BINDINGS = [*bindings(), *QUERY_KEYS]
    AUTO_FOCUS = "#stories"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (20, "-narrow"), (80, "-medium"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (5, "-tall")]

    def on_mount(self) -> None:
        """Name the panes and start to load."""
        for pane, title in (("#topics", "Topics"), ("#stories", "Stories"), ("#story", "Story")):
            self.query_one(pane).border_title = title
        self.describe()
        self.show_advice()
        self.session.start(self._take_notice, self._take_change)
        self.desk.start("load", self._load)

    def on_unmount(self) -> None:
        """Leave no job running, and no mark unwritten."""
        self.desk.cancel_all()
        text = place_text(self.view, self.queries)
        self.session.leave(text, self.place_id, {_LIST_WIDTH: self.list_width})

    def on_deck_loaded(self, message: DeckLoaded) -> None:
        """Take over a newer deck; the selection stays on its story."""
        self.deck, self.problems = message.deck, message.problems
        self.files_done, self.files_total = message.done, message.files
        self.is_loading = message.loading
        self.relist()
        if not message.loading:
            self.analyse()
            self.desk.start("enter", self._enter)

    def on_load_failed(self, message: LoadFailed) -> None:
        """Say what is wrong with the folder."""
        self.is_loading = False
        self.failure = message.reason
        self.describe()
        self.show_advice()

    def on_entered(self, message: Entered) -> None:
        """Go back to where the reader was, unless they have moved since."""
        self.list_pane.since = self.session.marking.visited
        place = message.place
        if place is None or self.view != View() or self.list_pane.was_moved:
            self.list_pane.redraw()
            return
        view, self.queries = place_of(place.view)
        self.filter_bar.remember(self.queries)
        self.list_width = place.panes.get(_LIST_WIDTH, self.list_width)
        self.list_pane.wish(place.story)
        self.view = View(sort=view.sort, grouped=view.grouped)
        self.filter_bar.set_text(view.query)
        self.relist()

    def _load(self, ticket: Ticket) -> None:
        def tell(deck: Deck, problems: tuple[Problem, ...], done: int, files: int, loading: bool) -> None:
            self.post_message(DeckLoaded(deck, problems, done, files, loading=loading))

        try:
            self.session.load(tell, ticket.is_cancelled)
        except NewsdeckError as error:
            self.post_message(LoadFailed(str(error)))

    def _enter(self, ticket: Ticket) -> None:
        place = self.session.enter(self.deck)
        if not ticket.is_cancelled():
            self.post_message(Entered(place))

    def _take_notice(self, notice: Notice) -> None:
        self.post_message(StoreNotice(notice))

    def _take_change(self, keys: frozenset[str]) -> None:
        self.post_message(StoreChanged())
