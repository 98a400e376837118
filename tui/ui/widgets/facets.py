"""What the stories of a listing can be narrowed by, in sections that make an entry only when it is looked at; pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from tui.deck.query.selection import Pick
from tui.deck.search.facets import FacetCounts, MonthCount, UnreadCounts
from tui.deck.topics import TopicNode, topic_key
from tui.deck.view import Listing
from tui.text.words import fold

_MONTHS = 12


class Facet(msgspec.Struct, frozen=True):
    """A value to filter by: a `key` of the query language and its `value`. An empty key stands for all stories."""

    key: str = ""
    value: str = ""


class FacetEntry(msgspec.Struct, frozen=True):
    """A facet with what is said of it: a `label`, the number of its stories, how deep it lies, counts for a chart.

    `unread` is how many of the stories are, None while nobody has counted.
    """

    facet: Facet
    label: str
    count: int
    depth: int = 0
    chart: tuple[int, ...] = ()
    unread: int | None = None


class FacetSection:
    """Entries of one kind under a `title` (empty for none), found by their place; a folder may have thousands."""

    title = ""

    def __len__(self) -> int:
        raise NotImplementedError

    def entry(self, place: int) -> FacetEntry:
        """The entry at a place, from 0; IndexError beyond the last."""
        raise NotImplementedError

    def place_of(self, facet: Facet) -> int | None:
        """Where the entry of a facet stands, or None."""
        return next((place for place in range(len(self)) if self.entry(place).facet == facet), None)

    def holding(self, needle: str) -> "FacetSection":
        """The entries whose label contains `needle`, which is folded."""
        every = map(self.entry, range(len(self)))
        return Entries(self.title, [entry for entry in every if needle in fold(entry.label)])


class Entries(FacetSection):
    """Entries that are made already."""

    def __init__(self, title: str, entries: Sequence[FacetEntry]) -> None:
        self.title = title
        self._entries = entries

    def __len__(self) -> int:
        return len(self._entries)

    def entry(self, place: int) -> FacetEntry:
        """The entry at a place."""
        return self._entries[place]


class Topics(FacetSection):
    """The tree of topics, with `counts` by the key of a topic, or those of the tree."""

    title = "Topics"

    def __init__(
        self, nodes: Sequence[TopicNode], counts: Mapping[str, int] | None, unread: Mapping[str, int] | None = None
    ) -> None:
        self._nodes = nodes
        self._counts = counts
        self._unread = unread

    def __len__(self) -> int:
        return len(self._nodes)

    def entry(self, place: int) -> FacetEntry:
        """The entry of the topic at a place."""
        node = self._nodes[place]
        count = node.count if self._counts is None else self._counts.get(topic_key(node.name), 0)
        unread = None if self._unread is None else self._unread.get(topic_key(node.name), 0)
        return FacetEntry(Facet("topic", node.name), node.name, count, node.depth, unread=unread)

    def place_of(self, facet: Facet) -> int | None:
        """Where a topic stands, or None."""
        if facet.key != "topic":
            return None
        return next((place for place, node in enumerate(self._nodes) if node.name == facet.value), None)


class Names(FacetSection):
    """Values of one `key` of the query language by their `counts`, the fullest first."""

    def __init__(
        self,
        title: str,
        key: str,
        names: Sequence[str],
        counts: Mapping[str, int],
        unread: Mapping[str, int] | None = None,
    ) -> None:
        self.title = title
        self._unread = unread
        self._key = key
        self._names = sorted(names, key=lambda name: counts.get(name, 0), reverse=True)
        self._counts = counts

    def __len__(self) -> int:
        return len(self._names)

    def entry(self, place: int) -> FacetEntry:
        """The entry of the value at a place."""
        name = self._names[place]
        unread = None if self._unread is None else self._unread.get(name, 0)
        return FacetEntry(Facet(self._key, name), name, self._counts.get(name, 0), unread=unread)

    def place_of(self, facet: Facet) -> int | None:
        """Where a value stands, or None."""
        return self._names.index(facet.value) if facet.key == self._key and facet.value in self._names else None

    def holding(self, needle: str) -> FacetSection:
        """The values that contain `needle`."""
        return Names(
            self.title, self._key, [name for name in self._names if needle in fold(name)], self._counts, self._unread
        )


def sections_of(
    listing: Listing, picks: Mapping[Facet, Pick], needle: str = "", unread: UnreadCounts | None = None
) -> list[FacetSection]:
    """All that there is to filter by, or what holds `needle`; the first section is the entry of all stories."""
    total = unread.total if unread is not None else None
    every = Entries("", [FacetEntry(Facet(), "All stories", listing.deck.shown_count, unread=total)])
    wanted = fold(needle)
    left = unread.facets if unread is not None else None
    rest = (section.holding(wanted) if wanted else section for section in _sections(listing, picks, left))
    return [every, *(section for section in rest if len(section))]


def _sections(listing: Listing, picks: Mapping[Facet, Pick], unread: FacetCounts | None) -> Iterator[FacetSection]:
    deck, facets = listing.deck, listing.facets
    if deck.sources:
        sources = facets.sources if facets else deck.source_counts
        yield Names("Folders", "source", deck.sources, sources, unread.sources if unread else None)
    yield Topics(deck.topic_nodes, facets.topics if facets else None, unread.topics if unread else None)
    if facets is not None:
        yield Entries("When", _years(facets.months, picks, unread.months if unread else None))
    for title, key, values, counts, left in (
        ("Outlets", "outlet", deck.outlets, facets.outlets if facets else None, unread.outlets if unread else None),
        ("Kinds", "kind", deck.kinds, facets.kinds if facets else None, unread.kinds if unread else None),
    ):
        totals = {one.name: one.count for one in values}
        yield Names(title, key, list(totals), totals if counts is None else counts, left)


def _years(
    months: Sequence[MonthCount], picks: Mapping[Facet, Pick], unread: Sequence[MonthCount] | None
) -> list[FacetEntry]:
    """A line for each year with its months as a chart, and the months themselves of a year that is picked."""
    by_year: dict[int, list[MonthCount]] = {}
    for month in months:
        by_year.setdefault(month.first_day.year, []).append(month)
    left = None if unread is None else {month.first_day: month.count for month in unread}
    entries = []
    for year, inside in by_year.items():
        counts = [0] * _MONTHS
        for month in inside:
            counts[month.first_day.month - 1] = month.count
        here = None if left is None else sum(left.get(month.first_day, 0) for month in inside)
        entries.append(FacetEntry(Facet("on", str(year)), str(year), sum(counts), chart=tuple(counts), unread=here))
        if any(facet.key == "on" and facet.value.startswith(str(year)) for facet in picks):
            entries += [
                _month(month.first_day, month.count, None if left is None else left.get(month.first_day, 0))
                for month in inside
            ]
    return entries


def _month(first_day: date, count: int, unread: int | None) -> FacetEntry:
    return FacetEntry(Facet("on", f"{first_day:%Y-%m}"), f"{first_day:%b %Y}", count, depth=1, unread=unread)
