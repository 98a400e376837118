"""What the folder tells while the reader is open: new stories, and whether it can be read."""

from tui.session import FolderState
from tui.ui.deck.links import LinkActions
from tui.ui.workers import Ticket

_TOAST_SECONDS = 6


class NewsActions(LinkActions):
    """The part of the deck screen that tells what changed in the folder, and goes there."""

    arrived: tuple[str, ...] = ()
    """Ids of the stories that came since the reader last went to new ones."""
    _gone = ""

    def load(self, ticket: Ticket) -> None:
        """Follow the folder; a job."""
        raise NotImplementedError

    def tell_news(self, state: FolderState) -> None:
        """Say in a toast what came, or that the folder cannot be read, or can be again."""
        came = (*self.arrived, *state.arrived)
        self.arrived = tuple(story_id for story_id in came if state.deck.doc(story_id) is not None)
        if state.arrived:
            count = len(state.arrived)
            stories = "1 new story" if count == 1 else f"{count:,} new stories"
            self.notify(f"{stories} · r goes there", markup=False, timeout=_TOAST_SECONDS)
        elif state.answers and not state.error:
            self.notify("Nothing new.", markup=False, timeout=2)
        if state.error and (state.answers or not self._gone):
            said = f"{state.error} What was read stays here."
            self.notify(said, title="Folder gone", severity="warning", markup=False, timeout=_TOAST_SECONDS)
        elif self._gone and not state.error:
            self.notify("The folder is back.", markup=False, timeout=_TOAST_SECONDS)
        self._gone = state.error

    def action_refresh(self) -> None:
        """To the first of the new stories; without any, have the folder looked through."""
        rows = {row: story_id for story_id in self.arrived if (row := self.listing.row_of(story_id)) is not None}
        if rows:
            self.list_pane.put_cursor(min(rows))
            self.arrived = ()
        elif self.arrived:
            self.notify("The new stories are not in this list; esc takes the query back.", markup=False, timeout=4)
        elif not self.session.rescan():
            self.desk.start("load", self.load)
