"""Entering a folder: back to where the reader was in it."""

from collections.abc import Callable

from tui.deck.view import View
from tui.state.values import LastPosition
from tui.ui.deck.listing import ListingController
from tui.ui.deck.port import DeckPort
from tui.ui.deck.state import KeepQueries, place_of


def go_back(
    port: DeckPort, place: LastPosition | None, listing: ListingController, use_view: Callable[[View], None]
) -> None:
    """Go back to where the reader was, if that is known, unless they have moved, or begun to type, since."""
    panes = port.panes
    panes.stories.since = port.session.marking.visited
    if place is None or port.state.view != View() or panes.typed_query or panes.stories.anchoring.was_moved:
        listing.count_unread()
        if port.session.marking.store.mutes():
            listing.relist()
        return
    view, queries = place_of(place.view)
    port.apply(KeepQueries(queries))
    panes.remember_queries(queries)
    panes.row.widths = place.panes
    panes.stories.anchoring.wish = place.story
    use_view(view)
