"""Entering a folder: back to where the reader was in it."""

from tui.deck.view import View
from tui.state.values import LastPosition
from tui.ui.deck.filtering import FilteringController
from tui.ui.deck.listing import ListingController
from tui.ui.deck.port import DeckPort
from tui.ui.deck.state import KeepQueries, place_of


def go_back(
    port: DeckPort, place: LastPosition | None, listing: ListingController, filtering: FilteringController
) -> None:
    """Go back to where the reader was, if that is known, unless they have moved, or begun to type, since."""
    panes = port.panes
    panes.stories.since = port.session.marking.visited
    if place is None or port.state.view != View() or panes.query.text or panes.stories.anchoring.was_moved:
        listing.count_unread()
        if port.session.marking.store.mutes():
            listing.relist()
        return
    view, queries = place_of(place.view)
    port.apply(KeepQueries(queries))
    panes.query.remember(queries)
    panes.row.widths = place.panes
    panes.stories.anchoring.wish = place.story
    filtering.use_view(view)
