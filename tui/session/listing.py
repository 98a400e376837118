"""Listing a whole deck at once, for the command line: only what the view asks for is worked out."""

from datetime import tzinfo

from tui.clock import Clock
from tui.deck.analysis import find_events, index_deck
from tui.deck.deck import Deck
from tui.deck.query.parse import parse
from tui.deck.search.evaluate import Marks, about_events
from tui.deck.view import Lister, Listing, View

EVENT_SORTS = ("first", "outlets", "burst")


def list_deck(deck: Deck, view: View, clock: Clock, zone: tzinfo | None = None, marks: Marks | None = None) -> Listing:
    """The rows of `view`; events are only found where its query, order or grouping ask about them."""
    lister = Lister(clock, zone)
    sort = view.sort.name if view.sort is not None else ""
    expr = parse(view.query).expr
    asks_events = view.grouped or sort in EVENT_SORTS or about_events(expr)
    if not view.query.strip() and view.sort is None and not asks_events:
        return lister.plain(deck, view)
    analysis = index_deck(deck)
    if analysis is not None and asks_events:
        analysis = find_events(analysis)
    assert analysis is not None, "nothing stops it"
    return lister.list(analysis, view, marks)
