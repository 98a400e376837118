"""The deck screen: topics, stories and story side by side."""

from contextlib import suppress

from tui.deck.view import View
from tui.errors import DamagedCacheError, NewsdeckError
from tui.session import FolderState
from tui.state.values import Notice
from tui.ui.bindings import bindings
from tui.ui.deck.filtering import QUERY_KEYS
from tui.ui.deck.marking import FINISH_SECONDS, MARK_JOB
from tui.ui.deck.news import NewsActions
from tui.ui.deck.place import place_of, place_text
from tui.ui.messages import Entered, FolderTold, Listed, LoadFailed, StoreChanged, StoreNotice
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

    _is_told = False
    _has_store = False
    _has_entered = False

    def on_mount(self) -> None:
        """Name the panes and start to load."""
        for pane, title in (("#topics", "Topics"), ("#stories", "Stories"), ("#story", "Story")):
            self.query_one(pane).border_title = title
        self.app.app_resume_signal.subscribe(self, lambda _app: self.action_redraw())
        if not self._show_known():
            self.desk.start("load", self.load)
        # Whoever looks at the first screen needs neither marks nor changes yet: they would only hold it up.
        self.call_after_refresh(self._go_on)

    def on_unmount(self) -> None:
        """Leave no job running, and no mark unwritten."""
        self.desk.cancel_all()
        self.desk.finish(MARK_JOB, FINISH_SECONDS)
        text = place_text(self.view, self.queries)
        self.session.leave(text, self.place_id, {_LIST_WIDTH: self.list_width})

    def on_folder_told(self, message: FolderTold) -> None:
        """Take over what is known of the folder now; the selection stays on its story."""
        state = message.state
        is_same = state.deck is self.deck and (state.analysis is None or state.analysis is self.analysis)
        is_listed = is_same and (state.loading or not self.is_loading)
        self.take_state(state)
        if is_listed:
            self.describe()
        else:
            self.relist()
        if state.loading:
            return
        if not state.awaits_analysis and (state.analysis is None or not state.analysis.is_whole):
            self.analyse()
        self._is_told = True
        self._enter_once()
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
            if self.session.marking.store.mutes():
                self.relist()
            return
        view, self.queries = place_of(place.view)
        self.filter_bar.remember(self.queries)
        self.list_width = place.panes.get(_LIST_WIDTH, self.list_width)
        self.list_pane.wish(place.story)
        self.view = View(sort=view.sort, grouped=view.grouped)
        self.filter_bar.set_text(view.query)
        self.relist()

    def _show_known(self) -> bool:
        """Show what the cache file says with the very first frame, instead of an empty screen; whether there is one."""
        state = self.session.known(self._take_folder)
        if state is not None:
            with suppress(DamagedCacheError):  # then the cards are read anew
                listing = self.session.lister.plain(state.deck, self.view, state.analysis)
                self.take_state(state)
                self.on_listed(Listed(listing))
                return True
        self.describe()
        self.show_advice()
        return False

    def _take_folder(self, state: FolderState) -> None:
        self.post_message(FolderTold(state))

    def load(self, ticket: Ticket) -> None:
        """Follow the folder; a job."""
        try:
            self.session.follow(self._take_folder, ticket.is_cancelled)
        except NewsdeckError as error:
            self.post_message(LoadFailed(str(error)))

    def _go_on(self) -> None:
        """Open the store of marks and follow the folder, once the first screen is there."""
        self.session.start(self._take_notice, self._take_change)
        self._has_store = True
        if not self.desk.has_run("load"):
            self.desk.start("load", self.load)
        self._enter_once()

    def _enter_once(self) -> None:
        """Learn where the reader was in this folder, as soon as the folder and the store are known."""
        if self._is_told and self._has_store and not self._has_entered:
            self._has_entered = True
            self.desk.start("enter", self._enter)

    def _enter(self, ticket: Ticket) -> None:
        place = self.session.enter(self.deck)
        if not ticket.is_cancelled():
            self.post_message(Entered(place))

    def _take_notice(self, notice: Notice) -> None:
        self.post_message(StoreNotice(notice))

    def _take_change(self, keys: frozenset[str]) -> None:
        self.post_message(StoreChanged())
