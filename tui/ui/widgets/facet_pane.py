"""The pane to narrow the list by topic, outlet, kind and time."""

from collections.abc import Mapping, Sequence

from tui.deck.query.selection import Pick, picked
from tui.deck.search.facets import UnreadCounts
from tui.deck.view import Listing
from tui.text.words import fold
from tui.ui.widgets.document_pane import DocumentPane
from tui.ui.widgets.facet_text import entry_line, entry_starts, facet_at, facet_lines, number_of
from tui.ui.widgets.facets import Facet, FacetEntry, FacetSection, sections_of
from tui.ui.widgets.lines import BLANK, Line, cut, styled

__all__ = ["Facet", "FacetPane"]


class FacetPane(DocumentPane):
    """Shows what there is to filter by, with the counts under the present query; picks are read from that query.

    `needle` narrows the pane itself to the values that contain it. Its targets are the entries, numbered from 0.
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.needle = ""
        self._listing = Listing()
        self._unread: UnreadCounts | None = None
        self._sections: list[FacetSection] = []
        self._picks: dict[Facet, Pick] = {}

    def show(self, listing: Listing, unread: UnreadCounts | None = None) -> None:
        """Show the facets of a listing's deck, with how much of each is unread where that was counted."""
        before = self.chosen
        self._listing, self._unread = listing, unread
        self._picks = {
            Facet(key, fold(value)): how
            for key in ("topic", "source", "outlet", "kind", "on")
            for value, how in picked(listing.expr, key).items()
        }
        self._arrange()
        shown = listing.stories
        self.border_subtitle = f"{shown:,} shown" if listing.narrowed else None
        self.cursor = (number_of(self._sections, before) if before is not None else None) or 0
        self.relayout()

    def show_unread(self, unread: UnreadCounts | None) -> None:
        """Show how much of each facet is unread by now."""
        self._unread = unread
        self._arrange()
        self.relayout()

    def search(self, needle: str) -> None:
        """Show only the values that contain `needle`, without regard to case and accents."""
        self.needle = needle
        self._arrange()
        self.cursor = min(1, sum(map(len, self._sections)) - 1) if needle else 0
        self.text.top = 0
        self.relayout()

    @property
    def chosen(self) -> Facet | None:
        """The facet under the cursor, or None."""
        return None if self.cursor is None else facet_at(self._sections, self.cursor)

    def pick_of(self, facet: Facet) -> Pick | None:
        """How a facet is picked in the query."""
        return self._picks.get(Facet(facet.key, fold(facet.value)))

    def layout_lines(self, width: int) -> Sequence[Line]:
        """A line for each facet, under headings."""
        below: list[Line] = []
        if self.needle and len(self._sections) == 1:
            below = [BLANK, *styled([f"Nothing holds “{cut(self.needle, width - 18)}”."], "dim", " ")]
        return facet_lines(self._sections, below, lambda entry, number: self._line(entry, number, width))

    def target_lines(self, lines: Sequence[Line]) -> Mapping[int, int]:
        """The line of each entry."""
        return entry_starts(self._sections)

    def _arrange(self) -> None:
        self._sections = sections_of(self._listing, self._picks, self.needle, self._unread)

    def _line(self, entry: FacetEntry, number: int, width: int) -> Line:
        how = self.pick_of(entry.facet) if entry.facet.key else None
        in_force = how is not None or (not entry.facet.key and not self._listing.narrowed)
        return entry_line(entry, number, width, how, in_force=in_force)
