"""What is shown of a deck: a pure value, and the rows that it makes of a deck."""

import threading
from array import array
from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

import msgspec

from tui.cache.codec import numbers_block
from tui.clock import Clock
from tui.deck.analysis import Analysis
from tui.deck.columns import Bits, MarkedDocs, RowOrder, Rows, Times, bits_of, flags_of, span_bits
from tui.deck.days import day_orders
from tui.deck.deck import Deck
from tui.deck.query.ast import EVERYTHING, Expr, Term, leaves
from tui.deck.query.dates import interval, local_now
from tui.deck.query.parse import parse
from tui.deck.search.facets import NOTHING, Counter, FacetCounts, UnreadCounts, facets_of
from tui.deck.search.sorting import BY_TIME, Sort
from tui.work import ShouldStop, never

if TYPE_CHECKING:
    from tui.deck.query.grammar import QueryError
    from tui.deck.search.by_date import DateFound
    from tui.deck.search.find import Found, Searcher


class View(msgspec.Struct, frozen=True):
    """What is shown: the stories of a `query`, in an order (None for the usual one), one row per event if `grouped`.

    `expanded` are ids of stories whose events are unfolded: all their stories have rows of their own.
    """

    query: str = ""
    sort: Sort | None = None
    grouped: bool = True
    expanded: frozenset[str] = frozenset()

    @property
    def is_plain(self) -> bool:
        """Whether all stories are shown newest first, so that no index is needed."""
        return not self.query.strip() and (self.sort is None or self.sort == Sort())


class Listing(msgspec.Struct, frozen=True, eq=False):
    """The rows that a view makes of a deck, in order.

    `docs` are positions in the deck; `depths` is 1 where a row is a member of an expanded event, else 0. `matching` are
    all stories that match, also those folded into the row of their event, in the order of `sort`. `errors` are the
    parts of the query that made no sense; `facets` is None while nothing is known of them;
    `events_missing` says that the query asks about events, which are not known yet.

    `related` are stories that match only with the headlines of their related pieces, and whose event has no other row;
    where they have rows, those begin at `divider`. `muted` counts the stories that are left out because they are.
    """

    deck: Deck = msgspec.field(default_factory=Deck)
    view: View = msgspec.field(default_factory=View)
    docs: "array[int]" = msgspec.field(default_factory=lambda: array("I"))
    depths: bytes = b""
    matching: Sequence[int] = ()
    sort: Sort = msgspec.field(default_factory=Sort)
    expr: Expr = EVERYTHING
    errors: "tuple[QueryError, ...]" = ()
    facets: FacetCounts | None = None
    events_missing: bool = False
    analysis: Analysis | None = None
    related: Sequence[int] = ()
    divider: int | None = None
    muted: int = 0

    @property
    def stories(self) -> int:
        """How many stories match, which is more than there are rows where events are folded."""
        return len(self.matching)

    @property
    def times(self) -> Times:
        """When the stories of the deck were published."""
        if self.deck.times is None and self.analysis is not None and self.analysis.can_search:
            return self.analysis.index.stories.times
        return self.deck.all_times

    def row_of(self, story_id: str) -> int | None:
        """The row of the story with this id, or of the event it is folded into; None if it is not shown."""
        doc = self.deck.doc(story_id)
        if doc is None:
            return None
        try:
            return self.docs.index(doc)
        except ValueError:
            return self._row_of_event(doc)

    def _row_of_event(self, doc: int) -> int | None:
        grouping = self.analysis.grouping if self.analysis is not None and self.view.grouped else None
        if grouping is None or (doc not in self.matching and doc not in self.related):
            return None
        number = grouping.numbers[doc]
        return next((row for row, other in enumerate(self.docs) if grouping.numbers[other] == number), None)

    def is_related(self, row: int) -> bool:
        """Whether a row is of a story that matches only with its related pieces."""
        return self.divider is not None and row >= self.divider

    def folds(self, story_id: str) -> bool:
        """Whether the story with this id is shown only by the row of its event, which another one stands for."""
        row = self.row_of(story_id)
        return row is not None and self.docs[row] != self.deck.doc(story_id)

    @property
    def by_time(self) -> bool:
        """Whether the rows stand in order of their own times, so that rows can stand under days."""
        return self.sort.name in BY_TIME

    @property
    def newest_first(self) -> bool:
        """Whether it is an order by time, with the newest first."""
        return self.by_time and self.sort.reverse == (self.sort.name == "oldest")

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
        self._search: Searcher | None = None
        self._searched: Analysis | None = None
        self._marks = MarkedDocs()
        self._counter: tuple[Analysis, Counter] | None = None

    def plain(
        self, deck: Deck, view: View, analysis: Analysis | None = None, muted: Bits = 0, held: str = ""
    ) -> Listing:
        """All stories of a deck but the `muted` ones, newest first, without an index; only for a plain view.

        They are grouped where `analysis` knows the events of this deck. The story with the id `held` has a row.
        """
        with self._lock:
            if self._searched is not analysis:
                # They hold on to a deck that may have been replaced.
                self._search = self._searched = self._counter = None
        deck.warm()
        size = len(deck)
        hidden = muted | bits_of(deck.removed, size)
        times = deck.times
        if times is None and analysis is not None and analysis.can_search:
            times = analysis.index.stories.times
        order = self._by_day(deck, times)
        matching = Rows(span_bits(0, size) & ~hidden, order)
        grouping = analysis.grouping if analysis is not None and view.grouped else None
        held_doc = deck.doc(held)
        is_led = grouping is None or held_doc is None or grouping.leads[grouping.numbers[held_doc]] == held_doc
        if grouping is not None and grouping.ahead is not None and not muted and not view.expanded and is_led:
            docs = (
                _listed(grouping.ahead) if order is None else array("I", order.arranged(bits_of(grouping.ahead, size)))
            )
            depths = bytes(len(docs))
        else:
            docs, depths = _rows(matching, view, deck, analysis, held)
        facets = None if times is None else facets_of(deck, times, self._zone)
        hushed = (muted & ~bits_of(deck.removed, size)).bit_count()
        return Listing(deck, view, docs, depths, matching, facets=facets, analysis=analysis, muted=hushed)

    def list(
        self,
        analysis: Analysis,
        view: View,
        marks: MarkedDocs | None = None,
        held: str = "",
        *,
        with_related: bool = False,
    ) -> Listing:
        """The rows that `view` makes of the deck of `analysis`, which can be searched.

        `marks` answers `is:read` and the like. The story with the id `held` has a row, if it matches. Those that match
        only with their related pieces have rows too `with_related`.
        """
        parsed = parse(view.query)
        with self._lock:
            found = self._search_for(analysis, marks or MarkedDocs()).find(parsed.expr, view.sort)
        docs, depths = _rows(found.docs, view, analysis.deck, analysis, held)
        related, divider = _apart(found, view, analysis), None
        if related and with_related:
            more, deeper = _rows(related, view, analysis.deck, analysis, held)
            divider = len(docs)
            docs, depths = docs + more, depths + deeper
        return Listing(
            analysis.deck,
            view,
            docs,
            depths,
            matching=found.docs,
            sort=found.sort,
            expr=parsed.expr,
            errors=parsed.errors,
            facets=found.facets,
            events_missing=found.events_missing,
            analysis=analysis,
            related=related,
            divider=divider,
            muted=0 if asks_for_muted(parsed.expr) or marks is None else marks.muted.bit_count(),
        )

    def unread(self, listing: Listing, marks: MarkedDocs, *, load: bool = False) -> UnreadCounts:
        """What is unread of a deck and of a listing of it, by these `marks`.

        Facets are counted where the deck can be searched: at once if its index is there, or if it is to `load` now.
        """
        deck, size = listing.deck, len(listing.deck)
        unread = span_bits(0, size) & ~(bits_of(deck.removed, size) | marks.muted | marks.read)
        matching = listing.matching
        matched = matching.bits if isinstance(matching, Rows) else bits_of(matching, size)
        listed = matched & ~marks.read
        facets: FacetCounts | None = None
        if listed == matched and not marks.muted:
            facets = listing.facets
        elif not listed:
            facets = NOTHING
        elif (known := listing.analysis) is not None and known.can_search and (load or known.is_loaded):
            with self._lock:
                facets = self._counter_for(known).counts(listed)
        return UnreadCounts(unread.bit_count(), listed.bit_count(), facets, flags_of(unread, size))

    def _counter_for(self, analysis: Analysis) -> Counter:
        if self._counter is None or self._counter[0] is not analysis:
            self._counter = analysis, analysis.counter(self._zone)
        return self._counter[1]

    def values(self, analysis: Analysis, key: str) -> Sequence[tuple[str, int]]:
        """What the deck of `analysis` holds for a key of the query language, each with its number of stories."""
        with self._lock:
            return self._search_for(analysis, self._marks).values(key)

    def counts(
        self, analysis: Analysis, marks: MarkedDocs, terms: Iterable[Term], should_stop: ShouldStop = never
    ) -> dict[Term, int]:
        """How many stories of the deck of `analysis` match each term; those counted before it was to stop."""
        found: dict[Term, int] = {}
        for term in terms:
            if should_stop():
                break
            with self._lock:  # taken for each, so that a query that is typed need not wait for all
                found[term] = self._search_for(analysis, marks).count(term)
        return found

    def find_date(self, listing: Listing, date: str) -> "DateFound | None":
        """What a listing has of a date as the query language writes it, or near it.

        None if `date` is no date (see `is_date`), or nothing in the listing has one.
        """
        from tui.deck.search.by_date import find_date  # not needed before somebody goes to a date

        when = interval(date, local_now(self._clock(), self._zone))
        return None if when is None else find_date(listing.times, listing.matching, listing.docs, when, self._zone)

    def _by_day(self, deck: Deck, times: Times | None) -> RowOrder | None:
        """The order of all stories by day, newest first; None where the deck's own is that."""
        if times is None:
            if all(story.time_known or story.published_at is None for story in deck.stories):
                return None
            times = deck.all_times
        by_day = day_orders(times, self._zone)
        return None if by_day is None else by_day.newest

    def _search_for(self, analysis: Analysis, marks: MarkedDocs) -> "Searcher":
        if self._search is None or self._searched is not analysis or self._marks != marks:
            self._search = analysis.searcher(marks, self._clock, self._zone)
            self._searched, self._marks = analysis, marks
        return self._search


def _rows(
    found: Sequence[int], view: View, deck: Deck, analysis: Analysis | None, held: str
) -> "tuple[array[int], bytes]":
    grouping = analysis.grouping if analysis is not None else None
    if grouping is None or not view.grouped:
        return array("I", found), bytes(len(found))
    docs = (deck.doc(story_id) for story_id in view.expanded)
    return grouping.rows(found, {grouping.numbers[doc] for doc in docs if doc is not None}, deck.doc(held))


def asks_for_muted(expr: Expr) -> bool:
    """Whether a query asks about stories being muted, so that none is left out for that."""
    return any(isinstance(leaf, Term) and (leaf.key, leaf.value) == ("is", "muted") for leaf in leaves(expr))


def _listed(docs: Sequence[int]) -> "array[int]":
    """The docs, of which a block of a file is taken over as it is: made number by number it takes ten times as long."""
    return array("I", numbers_block(docs)) if isinstance(docs, memoryview) else array("I", docs)


def _apart(found: "Found", view: View, analysis: Analysis) -> Sequence[int]:
    """What was found only in related pieces, without what an event that has a row already holds."""
    grouping = analysis.grouping
    if not found.related or grouping is None or not view.grouped:
        return found.related
    told = {grouping.numbers[doc] for doc in found.docs}
    return [doc for doc in found.related if grouping.numbers[doc] not in told]
