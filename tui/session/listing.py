"""Listing a whole deck at once, for the command line: only what the view asks for is worked out."""

from datetime import tzinfo

from tui.clock import Clock
from tui.deck.analysis import find_events, index_deck
from tui.deck.query.ast import Expr, Term, leaves
from tui.deck.query.parse import parse
from tui.deck.search.evaluate import about_events
from tui.deck.view import Lister, Listing, View
from tui.session.loading import LoadedFolder
from tui.session.marking import Marking

EVENT_SORTS = ("first", "outlets", "burst")
_READ_STATES = ("read", "unread")


def list_deck(loaded: LoadedFolder, view: View, marking: Marking, clock: Clock, zone: tzinfo | None = None) -> Listing:
    """The rows of `view`, without what `marking` mutes.

    Events are only found where its query, order or grouping ask about them, and the deck is only indexed where there
    is anything to look for: a plain listing of a large folder is quick.
    """
    lister, deck = Lister(clock, zone), loaded.deck
    expr = parse(view.query).expr
    with_events = asks_about_events(view) or (_asks_what_was_read(expr) and len(marking.store.marks) > 0)
    if not view.query.strip() and view.sort is None and not with_events and not marking.store.mutes():
        return lister.plain(deck, view)
    analysis = loaded.analysis or index_deck(deck)
    if analysis is not None and with_events and not analysis.is_whole:
        analysis = find_events(analysis)
    assert analysis is not None, "nothing stops it"
    return lister.list(analysis, view, marking.docs(deck, analysis))


def asks_about_events(view: View) -> bool:
    """Whether what the view shows depends on events."""
    sort = view.sort.name if view.sort is not None else ""
    return view.grouped or sort in EVENT_SORTS or about_events(parse(view.query).expr)


def _asks_what_was_read(expr: Expr) -> bool:
    """A story that was read counts as unread again once outlets join its event."""
    return any(isinstance(leaf, Term) and leaf.key == "is" and leaf.value in _READ_STATES for leaf in leaves(expr))
