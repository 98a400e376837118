"""The lines of the pane of facets: entries under headings, each made when it is first looked at; pure."""

from collections.abc import Callable, Iterable, Sequence

from tui.deck.query.selection import Pick
from tui.ui.widgets.facets import Facet, FacetEntry, FacetSection
from tui.ui.widgets.lazy_lines import LazyLines
from tui.ui.widgets.lines import BLANK, Line, cell_width, cut, right, rule, sparkline

_SIGNS = {Pick.ANY: "●", Pick.ALL: "●", Pick.NOT: "✗", None: " "}
_HEADING_LINES = 2


def facet_lines(
    sections: Sequence[FacetSection], below: Sequence[Line], make: Callable[[FacetEntry, int], Line]
) -> LazyLines:
    """The lines of sections with their headings, and those `below`; `make` gives the line of an entry by its number.

    Entries are numbered from 0 through all sections.
    """
    count = sum(len(section) + (_HEADING_LINES if section.title else 0) for section in sections) + len(below)

    def line_at(number: int) -> Line:
        first = 0
        for section in sections:
            heading: Iterable[Line] = (BLANK, rule(section.title)) if section.title else ()
            for line in heading:
                if number == 0:
                    return line
                number -= 1
            if number < len(section):
                return make(section.entry(number), first + number)
            number -= len(section)
            first += len(section)
        return below[number]

    return LazyLines(count, line_at)


def entry_starts(sections: Iterable[FacetSection]) -> dict[int, int]:
    """In which of the `facet_lines` each entry stands."""
    starts: list[int] = []
    line = 0
    for section in sections:
        line += _HEADING_LINES if section.title else 0
        starts.extend(range(line, line + len(section)))
        line += len(section)
    return dict(enumerate(starts))


def facet_at(sections: Iterable[FacetSection], number: int) -> Facet | None:
    """The facet of the entry with a number, or None beyond the last."""
    for section in sections:
        if number < len(section):
            return section.entry(number).facet
        number -= len(section)
    return None


def number_of(sections: Iterable[FacetSection], facet: Facet) -> int | None:
    """The number of the entry of a facet, or None."""
    first = 0
    for section in sections:
        place = section.place_of(facet)
        if place is not None:
            return first + place
        first += len(section)
    return None


def entry_line(entry: FacetEntry, number: int, width: int, how: Pick | None, *, in_force: bool) -> Line:
    """An entry in `width` cells: whether and `how` it is picked, its label or chart, and its count at the right.

    Where some of its stories are read and others are not the number of the unread ones stands before the count. That of
    all stories, which the title tells too, gives way to the name.
    """
    sign = "●" if in_force and how is None else _SIGNS[how]
    some = bool(entry.unread) and entry.unread != entry.count
    unread, amount = f"{entry.unread:,}" if some else "", f"/{entry.count:,}" if some else f"{entry.count:,}"
    room = width - cell_width(unread + amount) - 5
    name = "  " * entry.depth + entry.label
    if not entry.facet.key and cell_width(name) > room:
        room, unread, amount = room + cell_width(unread) + 1, "", f"{entry.count:,}"
    if entry.chart:
        label = cut(f"{entry.label} {_chart(entry.chart, room - cell_width(entry.label) - 1)}", room)
    else:
        label = cut(name, room)
    style = "head" if in_force else "text" if entry.count else "faint"
    gap = width - cell_width(label) - cell_width(amount) - 4
    return Line(
        (
            (f" {sign} ", "bad" if how is Pick.NOT else "accent"),
            (label, style),
            (right(unread, gap), "text"),
            (amount, "dim" if some or not entry.unread else "text"),
            (" ", ""),
        ),
        target=number,
    )


def _chart(counts: Sequence[int], room: int) -> str:
    """The counts as a sparkline, neighbours joined until it fits."""
    joined = list(counts)
    for size in (1, 2, 3, 4, 6):
        joined = [sum(counts[at : at + size]) for at in range(0, len(counts), size)]
        if len(joined) <= room:
            break
    return sparkline(joined)
