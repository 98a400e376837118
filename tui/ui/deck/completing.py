"""What the query could be completed with, worked out off the event loop before it is asked for."""

from contextlib import suppress
from typing import TYPE_CHECKING

from tui.deck.analysis import Analysis
from tui.errors import DamagedCacheError
from tui.ui.deck.port import DeckPort
from tui.ui.messages import ThenDo
from tui.ui.workers import Ticket

if TYPE_CHECKING:
    from tui.deck.query.completion import Offers


class Completing:
    """Has the names and counts of a deck worked out, and hands them to the field for queries."""

    def __init__(self, port: DeckPort) -> None:
        self._port = port
        self._prepared: Analysis | None = None

    def prepare_once(self) -> None:
        """As `prepare`, unless it was done for the deck as it is now."""
        if self._prepared is not self._port.state.own_analysis:
            self.prepare()

    def prepare(self) -> None:
        """Read the search index ahead, for a query is about to be typed, and count what can be offered for it."""
        analysis = self._port.state.own_analysis
        if analysis is not None and analysis.can_search:
            self._prepared = analysis
            self._port.jobs.start("complete", lambda ticket: self._prepare(analysis, ticket))

    def _prepare(self, analysis: Analysis, ticket: Ticket) -> None:
        with suppress(DamagedCacheError):  # then the folder is read anew
            analysis.load()
            self._count(analysis, ticket)

    def _count(self, analysis: Analysis, ticket: Ticket) -> None:
        from tui.deck.query.ast import Term
        from tui.deck.query.completion import Offers
        from tui.deck.query.keys import KEYS
        from tui.deck.query.prefixes import NamesByPrefix

        lister, marking = self._port.session.lister, self._port.session.marking
        names = {key.name: NamesByPrefix(lister.values(analysis, key.name)) for key in KEYS.values() if key.from_deck}
        self._offer(Offers(names), ticket)
        marks = marking.docs(analysis.deck, analysis)
        terms = [Term(key.name, value) for key in KEYS.values() if not key.from_deck for value in key.values]
        counts = lister.counts(analysis, marks, terms, ticket.is_cancelled)
        self._offer(Offers(names, {(term.key, term.value): count for term, count in counts.items()}), ticket)

    def _offer(self, offers: "Offers", ticket: Ticket) -> None:
        if not ticket.is_cancelled():
            self._port.post_message(ThenDo(lambda: self._port.panes.query.offer(offers)))
