"""The pane to narrow the list by topic, outlet, kind and time."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from tui.deck.facets import MonthCount
from tui.deck.query.selection import Pick, picked
from tui.deck.topics import topic_key
from tui.deck.view import Listing
from tui.deck.words import fold
from tui.ui.widgets.document import DocumentPane
from tui.ui.widgets.lines import BLANK, Line, cell_width, cut, right, rule, styled
from tui.ui.widgets.spark import sparkline

_SIGNS = {Pick.ANY: "●", Pick.ALL: "●", Pick.NOT: "✗", None: " "}
_MONTHS = 12


class Facet(msgspec.Struct, frozen=True):
    """A value to filter by: a `key` of the query language and its `value`. An empty key stands for all stories."""

    key: str = ""
    value: str = ""


class _Entry(msgspec.Struct, frozen=True):
    facet: Facet
    label: str
    count: int
    depth: int = 0
    chart: tuple[int, ...] = ()


class FacetPane(DocumentPane):
    """Shows what there is to filter by, with the counts under the present query; picks are read from that query.

    `needle` narrows the pane itself to the values that contain it.
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.needle = ""
        self._listing = Listing()
        self._sections: list[tuple[str, list[_Entry]]] = []
        self._entries: list[_Entry] = []
        self._picks: dict[Facet, Pick] = {}

    def show(self, listing: Listing) -> None:
        """Show the facets of a listing's deck."""
        before = self.chosen
        self._listing = listing
        self._picks = {
            Facet(key, fold(value)): how
            for key in ("topic", "outlet", "kind", "on")
            for value, how in picked(listing.expr, key).items()
        }
        self._arrange()
        facets = [entry.facet for entry in self._entries]
        self.cursor = facets.index(before) if before in facets else 0 if facets else None
        self.relayout()

    def search(self, needle: str) -> None:
        """Show only the values that contain `needle`, without regard to case and accents."""
        self.needle = needle
        self._arrange()
        self.cursor = min(1, len(self._entries) - 1) if needle else 0
        self.top = 0
        self.relayout()

    @property
    def chosen(self) -> Facet | None:
        """The facet under the cursor, or None."""
        if self.cursor is None or self.cursor >= len(self._entries):
            return None
        return self._entries[self.cursor].facet

    def pick_of(self, facet: Facet) -> Pick | None:
        """How a facet is picked in the query."""
        return self._picks.get(Facet(facet.key, fold(facet.value)))

    def layout_lines(self, width: int) -> Sequence[Line]:
        """A line for each facet, under headings."""
        lines: list[Line] = []
        number = 0
        for title, entries in self._sections:
            if title:
                lines += [BLANK, rule(title)]
            for entry in entries:
                lines.append(self._line(entry, number, width))
                number += 1
        if self.needle and number <= 1:
            lines += [BLANK, *styled([f"Nothing holds “{cut(self.needle, width - 18)}”."], "dim", " ")]
        return lines

    def _arrange(self) -> None:
        wanted = fold(self.needle)
        every = [("", [_Entry(Facet(), "All stories", self._listing.deck.shown_count)]), *self._all_sections()]
        self._sections = []
        for title, entries in every:
            kept = [entry for entry in entries if not title or wanted in fold(entry.label)]
            if kept:
                self._sections.append((title, kept))
        self._entries = [entry for _title, entries in self._sections for entry in entries]

    def _all_sections(self) -> Iterator[tuple[str, list[_Entry]]]:
        deck, facets = self._listing.deck, self._listing.facets
        topics: Mapping[str, int] | None = facets.topics if facets else None
        yield (
            "Topics",
            [
                _Entry(
                    Facet("topic", node.name), node.name, _count(topics, topic_key(node.name), node.count), node.depth
                )
                for node in deck.topic_nodes
            ],
        )
        if facets is not None:
            yield "When", _years(facets.months, self._picks)
        for title, key, values, counts in (
            ("Outlets", "outlet", deck.outlets, facets.outlets if facets else None),
            ("Kinds", "kind", deck.kinds, facets.kinds if facets else None),
        ):
            entries = [_Entry(Facet(key, one.name), one.name, _count(counts, one.name, one.count)) for one in values]
            yield title, sorted(entries, key=lambda entry: -entry.count)

    def _line(self, entry: _Entry, number: int, width: int) -> Line:
        how = self.pick_of(entry.facet) if entry.facet.key else None
        in_force = how is not None or (not entry.facet.key and not self._listing.narrowed)
        sign = "●" if in_force and how is None else _SIGNS[how]
        amount = f"{entry.count:,}"
        room = width - cell_width(amount) - 5
        if entry.chart:
            label = cut(f"{entry.label} {_chart(entry.chart, room - cell_width(entry.label) - 1)}", room)
        else:
            label = cut("  " * entry.depth + entry.label, room)
        style = "head" if in_force else "text" if entry.count else "faint"
        gap = width - cell_width(label) - 4
        return Line(
            (
                (f" {sign} ", "bad" if how is Pick.NOT else "accent"),
                (label, style),
                (right(amount, gap), "dim"),
                (" ", ""),
            ),
            target=number,
        )


def _count(counts: Mapping[str, int] | None, name: str, total: int) -> int:
    return total if counts is None else counts.get(name, 0)


def _years(months: Sequence[MonthCount], picks: Mapping[Facet, Pick]) -> list[_Entry]:
    """A line for each year with its months as a chart, and the months themselves of a year that is picked."""
    by_year: dict[int, list[MonthCount]] = {}
    for month in months:
        by_year.setdefault(month.first_day.year, []).append(month)
    entries = []
    for year, inside in by_year.items():
        counts = [0] * _MONTHS
        for month in inside:
            counts[month.first_day.month - 1] = month.count
        entries.append(_Entry(Facet("on", str(year)), str(year), sum(counts), chart=tuple(counts)))
        if any(facet.key == "on" and facet.value.startswith(str(year)) for facet in picks):
            entries += [_month(month.first_day, month.count) for month in inside]
    return entries


def _month(first_day: date, count: int) -> _Entry:
    return _Entry(Facet("on", f"{first_day:%Y-%m}"), f"{first_day:%b %Y}", count, depth=1)


def _chart(counts: Sequence[int], room: int) -> str:
    """The counts as a sparkline, neighbours joined until it fits."""
    joined = list(counts)
    for size in (1, 2, 3, 4, 6):
        joined = [sum(counts[at : at + size]) for at in range(0, len(counts), size)]
        if len(joined) <= room:
            break
    return sparkline(joined)
