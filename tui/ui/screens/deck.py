"""The deck screen: topics, stories and story side by side."""

from tui.deck.view import View
from tui.errors import NewsdeckError
from tui.session import FolderState
from tui.state.values import Notice
from tui.ui.bindings import bindings
from tui.ui.messages import Entered, FolderTold, LoadFailed, StoreChanged, StoreNotice
from tui.ui.screens.filtering import QUERY_KEYS
from tui.ui.screens.marking import FINISH_SECONDS, MARK_JOB
from tui.ui.screens.news import NewsActions
from tui.ui.screens.place import place_of, place_text
from tui.ui.workers import Ticket

_LIST_WIDTH = "list"
"""The name under which the width of the list is kept."""


class DeckScreen(NewsActions):
    """Loads the folder of a session and shows it; the actions are in the classes it is made of.

    They build on each other: panes and state, moving, choosing, reading, marking, links, news, and here the loading.
    """

    BINDINGS = [*bindings(), *QUERY_KEYS]
    AUTO_FOCUS = "#stories"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (20, "-narrow"), (80, "-medium"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (5, "-tall")]

    _has_entered = False

    def on_mount(self) -> None:
        """Name the panes and start to load."""
        for pane, title in (("#topics", "Topics"), ("#stories", "Stories"), ("#story", "Story")):
            self.query_one(pane).border_title = title
        self.app.app_resume_signal.subscribe(self, lambda _app: self.action_redraw())
        self.describe()
        self.show_advice()
        self.session.start(self._take_notice, self._take_change)
        self.desk.start("load", self.load)

    def on_unmount(self) -> None:
        """Leave no job running, and no mark unwritten."""
        self.desk.cancel_all()
        self.desk.finish(MARK_JOB, FINISH_SECONDS)
        text = place_text(self.view, self.queries)
        self.session.leave(text, self.place_id, {_LIST_WIDTH: self.list_width})

    def on_folder_told(self, message: FolderTold) -> None:
        """Take over what is known of the folder now; the selection stays on its story."""
        state = message.state
        self.take_state(state)
        self.relist()
        if state.loading:
            return
        if not state.awaits_analysis and (state.analysis is None or not state.analysis.is_whole):
            self.analyse()
        if not self._has_entered:
            self._has_entered = True
            self.desk.start("enter", self._enter)
        self.tell_news(state)

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

    def load(self, ticket: Ticket) -> None:
        """Follow the folder; a job."""

        def tell(state: FolderState) -> None:
            self.post_message(FolderTold(state))

        try:
            self.session.follow(tell, ticket.is_cancelled)
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
