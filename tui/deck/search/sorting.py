"""The orders a list of stories can have."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

import msgspec

from tui.deck.columns import Bits, LatestValues, RowOrder, rows_of
from tui.deck.days import DayOrders, day_orders

if TYPE_CHECKING:
    from tui.deck.search.evaluate import EventColumns
    from tui.deck.search.index import SearchIndex

SORTS = {
    "newest": "latest published first",
    "oldest": "earliest published first",
    "first": "latest event first, by when its first piece appeared",
    "outlets": "most outlets in the event first",
    "quality": "highest quality first",
    "heat": "highest heat first",
    "burst": "fastest growing event first",
    "relevance": "best match of the words first, then newest",
}
"""Every order by name, with its help. Ties are newest first; what is not known comes last, in reverse too."""

BY_TIME = ("newest", "oldest")
"""The orders in which stories stand under the headings of their days."""

_ORDERS_KEPT = 8


class Sort(msgspec.Struct, frozen=True):
    """One of `SORTS`, perhaps reversed."""

    name: str = "newest"
    reverse: bool = False


class Orders:
    """The orders of one index, each made when first used; in those by time the days of `zone` stand together.

    Orders by event are newest first while `events` is None.
    """

    def __init__(self, index: "SearchIndex", events: "EventColumns | None" = None, zone: tzinfo | None = None) -> None:
        self._index = index
        self._events = events
        self._zone = zone
        self._made: LatestValues[RowOrder] = LatestValues(_ORDERS_KEPT)

    def arranged(self, bits: Bits, sort: Sort) -> list[int]:
        """The stories in `bits` in the order `sort`; `relevance` counts as `newest` here."""
        by_day = self._by_day(sort)
        if self._key(sort) is None:
            return rows_of(bits, self._index.numbers) if by_day is None else by_day.newest.arranged(bits)
        if by_day is not None and self._by_time(sort):
            return by_day.oldest.arranged(bits)
        return self._made.get(sort, lambda: RowOrder(self._ordered(sort))).arranged(bits)

    def _by_day(self, sort: Sort) -> DayOrders | None:
        """The orders by day, if this is an order by time and they differ from those by moments."""
        return day_orders(self._index.stories.times, self._zone) if sort.name in BY_TIME else None

    def numbers(self, sort: Sort) -> Sequence[float] | None:
        """What each story has of that which `sort` goes by, NaN for nothing; None for times, relevance, and for events
        while there are none.
        """
        columns, events = self._index.stories, self._events
        by_events = (
            {} if events is None else {"first": events.first_seen, "outlets": events.outlets, "burst": events.burst}
        )
        return {"quality": columns.quality.values, "heat": columns.heat.values, **by_events}.get(sort.name)

    def _key(self, sort: Sort) -> Sequence[float] | None:
        """The numbers to sort by; None where deck order is the answer."""
        columns, numbers = self._index.stories, self.numbers(sort)
        if numbers is None and sort.reverse == (sort.name != "oldest"):
            return columns.times.seconds
        return numbers

    def _ordered(self, sort: Sort) -> list[int]:
        numbers = list(self._key(sort) or ())
        upward = sort.name == "oldest" or sort.reverse if self._by_time(sort) else sort.reverse
        known = [row for row, number in enumerate(numbers) if number == number]
        known.sort(key=numbers.__getitem__, reverse=not upward)
        return known + [row for row, number in enumerate(numbers) if number != number]

    def _by_time(self, sort: Sort) -> bool:
        return self._key(sort) is self._index.stories.times.seconds
