"""The deck screen: topics, stories and story side by side."""

from tui.deck.deck import Deck
from tui.errors import NewsdeckError
from tui.model import Problem
from tui.ui.bindings import bindings
from tui.ui.messages import DeckLoaded, LoadFailed
from tui.ui.screens.filtering import LEAVE_FILTER
from tui.ui.screens.links import LinkActions
from tui.ui.workers import Ticket


class DeckScreen(LinkActions):
    """Loads the folder of a session and shows it; the actions are in the classes it is made of.

    They build on each other: panes and state, moving, filtering, links, and here the loading.
    """

    BINDINGS = [*bindings(), *LEAVE_FILTER]
    AUTO_FOCUS = "#stories"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (20, "-narrow"), (80, "-medium"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (5, "-tall")]

    def on_mount(self) -> None:
        """Name the panes and start to load."""
        for pane, title in (("#topics", "Topics"), ("#stories", "Stories"), ("#story", "Story")):
            self.query_one(pane).border_title = title
        self.describe()
        self.show_advice()
        self.desk.start("load", self._load)

    def on_unmount(self) -> None:
        """Leave no job running."""
        self.desk.cancel_all()

    def on_deck_loaded(self, message: DeckLoaded) -> None:
        """Take over a newer deck; the selection stays on its story."""
        self.deck, self.problems = message.deck, message.problems
        self.files_done, self.files_total = message.done, message.files
        self.is_loading = message.loading
        self.topics_pane.show(self.deck, self.view.facet)
        self.repick()

    def on_load_failed(self, message: LoadFailed) -> None:
        """Say what is wrong with the folder."""
        self.is_loading = False
        self.failure = message.reason
        self.describe()
        self.show_advice()

    def _load(self, ticket: Ticket) -> None:
        def tell(deck: Deck, problems: tuple[Problem, ...], done: int, files: int, loading: bool) -> None:
            self.post_message(DeckLoaded(deck, problems, done, files, loading=loading))

        try:
            self.session.load(tell, ticket.is_cancelled)
        except NewsdeckError as error:
            self.post_message(LoadFailed(str(error)))
