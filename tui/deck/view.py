"""What is shown of a deck: a pure value, and the rows that it makes of a deck."""

import threading
from array import array
from collections.abc import Sequence
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
        self._searched: Analysis | None = None
        self._marks = Marks()

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

    def values(self, analysis: Analysis, key: str) -> Sequence[tuple[str, int]]:
        """What the deck of `analysis` holds for a key of the query language, each with its number of stories."""
        with self._lock:
            return self._search_for(analysis, self._marks).values(key)

    def doc_at(self, analysis: Analysis, date: str) -> int | None:
        """The first story, from the newest, of a date as the query language writes dates; None if there is none."""
        with self._lock:
            return self._search_for(analysis, self._marks).doc_at(date)

    def _search_for(self, analysis: Analysis, marks: Marks) -> Search:
        if self._search is None or self._searched is not analysis or self._marks != marks:
            self._search = Search(analysis.index, marks, analysis.columns, self._clock, self._zone)
            self._searched, self._marks = analysis, marks
        return self._search


def _listing(analysis: Analysis, view: View, parsed: ParsedQuery, found: Found) -> Listing:
    if view.grouped and analysis.events is not None:
        docs, depths = _grouped(analysis, found.docs, view.expanded)
    else:
        docs, depths = array("I", found.docs), bytes(len(found.docs))
    return Listing(analysis.deck, view, docs, depths, len(found.docs), parsed.expr, parsed.errors, found, analysis)


def _grouped(analysis: Analysis, found: Sequence[int], expanded: frozenset[str]) -> "tuple[array[int], bytes]":
    """One row for each event, where the story that tells it stands: its lead, or its first story that matches."""
    members: dict[int, list[int]] = {}
    numbers = analysis.event_numbers
    for doc in found:
        members.setdefault(numbers[doc], []).append(doc)
    events = analysis.events.all if analysis.events is not None else ()
    docs, depths = array("I"), bytearray()
    for doc in found:
        inside = members[numbers[doc]]
        event = events[numbers[doc]]
        if len(inside) > 1:
            lead = analysis.deck.doc(event.lead)
            if doc != (lead if lead in inside else inside[0]):
                continue
        docs.append(doc)
        depths.append(0)
        if len(inside) > 1 and event.id in expanded:
            docs.extend(other for other in inside if other != doc)
            depths.extend(b"\1" * (len(inside) - 1))
    return docs, bytes(depths)
