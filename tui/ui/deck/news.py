"""New stories: going to them, and what is said of them in passing."""

from collections.abc import Callable

from tui.session import FolderState
from tui.ui.deck.port import DeckPort
from tui.ui.deck.state import ForgetArrivals
from tui.ui.workers import Ticket

_NEWS_SECONDS = 6


def go_to_news(port: DeckPort, load: Callable[[Ticket], None]) -> None:
    """To the first of the new stories; without any, have the folder compared again, or `load` it."""
    listing, arrived = port.state.listing, port.state.arrived
    rows = [row for row in map(listing.row_of, arrived) if row is not None]
    if rows:
        port.panes.stories.put_cursor(min(rows))
        port.apply(ForgetArrivals())
    elif arrived:
        port.say("The new stories are not in this list; esc takes the query back.")
    elif not port.session.rescan():
        port.jobs.start("load", load)


def report_news(port: DeckPort, folder: FolderState, *, was_unreadable: bool) -> None:
    """Say in passing what came, or that the folder cannot be read, or can be again."""
    if folder.arrived:
        count = len(folder.arrived)
        stories = "1 new story" if count == 1 else f"{count:,} new stories"
        port.say(f"{stories} · r goes there", seconds=_NEWS_SECONDS)
    elif folder.answers and not folder.error:
        port.say("Nothing new.", seconds=2)
    if folder.error and (folder.answers or not was_unreadable):
        text = f"{folder.error} What was read stays here."
        port.say(text, severity="warning", seconds=_NEWS_SECONDS)
    elif was_unreadable and not folder.error:
        port.say("The folder is back.", seconds=_NEWS_SECONDS)
