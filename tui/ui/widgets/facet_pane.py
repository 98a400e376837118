"""The pane to narrow the list by topic, outlet or kind."""

from collections.abc import Iterator, Sequence

from tui.deck.deck import Deck
from tui.deck.view import Facet
from tui.ui.widgets.document import DocumentPane
from tui.ui.widgets.lines import BLANK, Line, cell_width, cut, right, rule


class FacetPane(DocumentPane):
    """Shows the topic tree, the outlets and the kinds of a deck with their counts; one may be chosen."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._deck = Deck()
        self._current: Facet | None = None
        self._facets: list[Facet | None] = [None]

    def show(self, deck: Deck, current: Facet | None) -> None:
        """Show the facets of `deck`, with `current` marked as the one in force."""
        under_cursor = self.chosen if self.cursor is not None else current
        self._deck, self._current = deck, current
        self._facets = [None, *self._all_facets()]
        if under_cursor in self._facets:
            self.cursor = self._facets.index(under_cursor)
        self.relayout()

    @property
    def chosen(self) -> Facet | None:
        """The facet under the cursor; None stands for all stories."""
        return self._facets[self.cursor] if self.cursor is not None else None

    def put_cursor_on_current(self) -> None:
        """Start from what is in force."""
        self.go_to(self._facets.index(self._current) if self._current in self._facets else 0)

    def layout_lines(self, width: int) -> Sequence[Line]:
        """A line for each facet under three headings."""
        lines = [self._line("All stories", self._deck.shown_count, 0, 0, width)]
        number = 1
        if self._deck.topic_nodes:
            lines += [BLANK, rule("Topics")]
        for node in self._deck.topic_nodes:
            lines.append(self._line(node.name, node.count, node.depth, number, width))
            number += 1
        for title, counts in (("Outlets", self._deck.outlets), ("Kinds", self._deck.kinds)):
            if counts:
                lines += [BLANK, rule(title)]
            for entry in counts:
                lines.append(self._line(entry.name, entry.count, 0, number, width))
                number += 1
        return lines

    def _all_facets(self) -> Iterator[Facet]:
        for node in self._deck.topic_nodes:
            yield Facet("topic", node.name)
        for outlet in self._deck.outlets:
            yield Facet("outlet", outlet.name)
        for kind in self._deck.kinds:
            yield Facet("kind", kind.name)

    def _line(self, name: str, count: int, depth: int, number: int, width: int) -> Line:
        in_force = self._facets[number] == self._current
        amount = f"{count:,}"
        sign = " ●" if in_force else "  "
        label = cut(" " + "  " * depth + name, width - len(amount) - 4)
        gap = width - cell_width(label) - 3
        return Line(
            (
                (sign, "accent"),
                (label, "head" if in_force else "text"),
                (right(amount, gap), "dim"),
                (" ", ""),
            ),
            target=number,
        )
