"""The pane to narrow the list by topic, outlet, kind and time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import overload

from tui.deck.query.selection import Pick, picked
from tui.deck.view import Listing
from tui.text.words import fold
from tui.ui.widgets.document import DocumentPane
from tui.ui.widgets.facets import Facet, FacetEntry, FacetSection, sections_of
from tui.ui.widgets.lines import BLANK, Line, cell_width, cut, right, rule, sparkline, styled

__all__ = ["Facet", "FacetPane"]

_SIGNS = {Pick.ANY: "●", Pick.ALL: "●", Pick.NOT: "✗", None: " "}
_HEADING_LINES = 2


class FacetPane(DocumentPane):
    """Shows what there is to filter by, with the counts under the present query; picks are read from that query.

    `needle` narrows the pane itself to the values that contain it. Its targets are the entries, numbered from 0.
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.needle = ""
        self._listing = Listing()
        self._sections: list[FacetSection] = []
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
        self.cursor = (self._number_of(before) if before is not None else None) or 0
        self.relayout()

    def search(self, needle: str) -> None:
        """Show only the values that contain `needle`, without regard to case and accents."""
        self.needle = needle
        self._arrange()
        self.cursor = min(1, sum(map(len, self._sections)) - 1) if needle else 0
        self.top = 0
        self.relayout()

    @property
    def chosen(self) -> Facet | None:
        """The facet under the cursor, or None."""
        if (number := self.cursor) is None:
            return None
        for section in self._sections:
            if number < len(section):
                return section.entry(number).facet
            number -= len(section)
        return None

    def pick_of(self, facet: Facet) -> Pick | None:
        """How a facet is picked in the query."""
        return self._picks.get(Facet(facet.key, fold(facet.value)))

    def layout_lines(self, width: int) -> Sequence[Line]:
        """A line for each facet, under headings."""
        below: list[Line] = []
        if self.needle and len(self._sections) == 1:
            below = [BLANK, *styled([f"Nothing holds “{cut(self.needle, width - 18)}”."], "dim", " ")]
        return _FacetLines(self._sections, below, lambda entry, number: self._line(entry, number, width))

    def target_lines(self, lines: Sequence[Line]) -> Mapping[int, int]:
        """The line of each entry."""
        starts: list[int] = []
        line = 0
        for section in self._sections:
            line += _HEADING_LINES if section.title else 0
            starts.extend(range(line, line + len(section)))
            line += len(section)
        return dict(enumerate(starts))

    def _arrange(self) -> None:
        self._sections = sections_of(self._listing, self._picks, self.needle)

    def _number_of(self, facet: Facet) -> int | None:
        first = 0
        for section in self._sections:
            place = section.place_of(facet)
            if place is not None:
                return first + place
            first += len(section)
        return None

    def _line(self, entry: FacetEntry, number: int, width: int) -> Line:
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


class _FacetLines(Sequence[Line]):
    """The lines of sections with their headings, and those `below`; each made when it is first looked at."""

    def __init__(
        self, sections: Sequence[FacetSection], below: Sequence[Line], make: Callable[[FacetEntry, int], Line]
    ) -> None:
        self._sections = sections
        self._below = below
        self._make = make
        self._made: dict[int, Line] = {}
        self._count = sum(len(section) + (_HEADING_LINES if section.title else 0) for section in sections) + len(below)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, number: int) -> Line: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Line]: ...

    def __getitem__(self, number: int | slice) -> Line | Sequence[Line]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(self._count))]
        line = self._made.get(number)
        if line is None:
            line = self._made[number] = self._line(range(self._count)[number])
        return line

    def _line(self, number: int) -> Line:
        first = 0
        for section in self._sections:
            heading: Iterable[Line] = (BLANK, rule(section.title)) if section.title else ()
            for line in heading:
                if number == 0:
                    return line
                number -= 1
            if number < len(section):
                return self._make(section.entry(number), first + number)
            number -= len(section)
            first += len(section)
        return self._below[number]


def _chart(counts: Sequence[int], room: int) -> str:
    """The counts as a sparkline, neighbours joined until it fits."""
    joined = list(counts)
    for size in (1, 2, 3, 4, 6):
        joined = [sum(counts[at : at + size]) for at in range(0, len(counts), size)]
        if len(joined) <= room:
            break
    return sparkline(joined)
