"""What is shown of a deck: a pure value, and the rows that it makes of a deck."""

import threading
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import tzinfo

from tui.clock import Clock
from tui.deck.analysis import Analysis
from tui.deck.deck import Deck
from tui.deck.query.ast import EVERYTHING, Expr
from tui.deck.query.grammar import QueryError
from tui.deck.query.parse import ParsedQuery, parse
from tui.deck.search.evaluate import Marks
from tui.deck.search.find import Found, Search
from tui.deck.sorting import Sort


@dataclass(frozen=True, slots=True)
class View:
    """What is shown: the stories of a `query`, in an order (None for the usual one), one row per event if `grouped`.

    `expanded` are the ids of events whose stories have rows of their own.
    """

    query: str = ""
    sort: Sort | None = None
    grouped: bool = True
    expanded: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Listing:
    """The rows that a view makes of a deck, in order.

    `docs` are positions in the deck; `depths` is 1 where a row is a member of an expanded event, else 0. `stories`
    counts what matches the query, which is more than there are rows where events are folded. `errors` are the parts
    of the query that made no sense; `found` is None while the deck has not been indexed.
    """

    deck: Deck = field(default_factory=Deck)
    view: View = field(default_factory=View)
    docs: "array[int]" = field(default_factory=lambda: array("I"))
    depths: bytes = b""
    stories: int = 0
    expr: Expr = EVERYTHING
    errors: tuple[QueryError, ...] = ()
    found: Found | None = None
    analysis: Analysis | None = None

    def row_of(self, story_id: str) -> int | None:
        """The row of the story with this id, or of the event it is folded into; None if it is not shown."""
        doc = self.deck.doc(story_id)
        if doc is None:
            return None
        try:
            return self.docs.index(doc)
        except ValueError:
            pass
        if self.analysis is None or not self.view.grouped or not self.analysis.event_numbers:
            return None
        if self.found is None or not self.found.bits >> doc & 1:
            return None
        numbers = self.analysis.event_numbers
        return next((row for row, other in enumerate(self.docs) if numbers[other] == numbers[doc]), None)

    @property
    def by_time(self) -> bool:
        """Whether the rows stand in order of their own times, so that days can be told."""
        return self.found is None or self.found.sort.name in ("newest", "oldest")

    @property
    def narrowed(self) -> bool:
        """Whether the query leaves anything out by the reader's wish."""
        return self.expr != EVERYTHING


class Lister:
    """Makes listings; remembers the last answers. May be used from any thread, one call at a time runs."""

    def __init__(self, clock: Clock, zone: tzinfo | None = None) -> None:
        self._clock = clock
        self._zone = zone
        self._lock = threading.Lock()
        self._search: Search | None = None
        self._searched: tuple[object, ...] = ()

    def plain(self, deck: Deck, view: View) -> Listing:
        """All stories of a deck that has not been analysed, in its own order; only for a view without a query."""
        docs = array("I", (doc for doc, story in enumerate(deck.stories) if not story.removed))
        return Listing(deck, view, docs, bytes(len(docs)), len(docs))

    def list(self, analysis: Analysis, view: View, marks: Marks | None = None) -> Listing:
        """The rows that `view` makes of the deck of `analysis`; `marks` answers `is:read` and the like."""
        parsed = parse(view.query)
        with self._lock:
            found = self._search_for(analysis, marks or Marks()).find(parsed.expr, view.sort)
        return _listing(analysis, view, parsed, found)

    def _search_for(self, analysis: Analysis, marks: Marks) -> Search:
        wanted = (analysis, marks)
        if self._search is None or self._searched != wanted:
            self._search = Search(analysis.index, marks, analysis.columns, self._clock, self._zone)
            self._searched = wanted
        return self._search


def _listing(analysis: Analysis, view: View, parsed: ParsedQuery, found: Found) -> Listing:
    if view.grouped and analysis.events is not None:
        docs, depths = _grouped(analysis, found.docs, view.expanded)
    else:
        docs, depths = array("I", found.docs), bytes(len(found.docs))
    return Listing(analysis.deck, view, docs, depths, len(found.docs), parsed.expr, parsed.errors, found, analysis)


def _grouped(analysis: Analysis, found: Iterable[int], expanded: frozenset[str]) -> "tuple[array[int], bytes]":
    """One row for each event, where its first matching story stands; its lead tells it if that matches too."""
    groups: dict[int, list[int]] = {}
    numbers = analysis.event_numbers
    for doc in found:
        groups.setdefault(numbers[doc], []).append(doc)
    docs, depths = array("I"), bytearray()
    events = analysis.events.all if analysis.events is not None else ()
    for number, members in groups.items():
        if len(members) == 1:
            docs.append(members[0])
            depths.append(0)
            continue
        event = events[number]
        lead = analysis.deck.doc(event.lead)
        top = lead if lead in members else members[0]
        assert top is not None
        docs.append(top)
        depths.append(0)
        if event.id in expanded:
            rest = [doc for doc in members if doc != top]
            docs.extend(rest)
            depths.extend(b"\1" * len(rest))
    return docs, bytes(depths)
