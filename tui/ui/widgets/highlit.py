"""The lines of a story with what a query finds in them, which is looked for only in lines that are looked at; pure."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.deck.query.ast import EVERYTHING, Expr
from tui.ui.widgets.lazy_lines import LazyLines
from tui.ui.widgets.lines import MATCH, Line, Span, marked
from tui.ui.widgets.styled_text import JOIN
from tui.ui.widgets.text_sheet import TextSheet

if TYPE_CHECKING:
    from tui.deck.search.highlights import Highlights

_FIELDS = {"strong": "title", "text": "excerpt", "head": "coverage", "note": "note"}
"""In which field of a story a query looks for what is shown in a style."""


def highlit(lines: Sequence[Line], expr: Expr) -> Sequence[Line]:
    """The lines with what `expr` finds in them styled as found."""
    if expr == EVERYTHING:
        return lines
    from tui.deck.search.highlights import Highlights  # not needed before somebody searches

    highlights = Highlights(expr)
    return LazyLines(len(lines), lambda number: _searched(lines[number], highlights))


def has_match(line: Line) -> bool:
    """Whether something is found in a line of `highlit`."""
    return any(style == MATCH for _text, style in line.spans)


def _searched(line: Line, highlights: "Highlights") -> Line:
    spans: list[Span] = []
    found = False
    for text, style in line.spans:
        field = _FIELDS.get(style.partition(JOIN)[0])
        places = highlights.spans(text, field) if field else ()
        found = found or bool(places)
        spans += marked(text, style, places)
    return Line(tuple(spans), line.target, line.fill) if found else line


class MatchWalk:
    """Goes from one line of a text with a match to the next."""

    def __init__(self, sheet: TextSheet) -> None:
        self._sheet = sheet
        self._at: int | None = None

    def step(self, step: int) -> tuple[int, int] | None:
        """Scroll to the next (1) or previous (-1) line with a match: its number from 1, and how many there are.

        None if there is none that way. It begins at the line gone to last while that is in sight, else at the top.
        """
        sheet = self._sheet
        found = [number for number, line in enumerate(sheet.lines) if has_match(line)]
        in_sight = range(sheet.top, sheet.top + sheet.height)
        start = self._at if self._at in found and self._at in in_sight else sheet.top - (step > 0)
        goal = next((number for number in found[::step] if (number - start) * step > 0), None)
        if goal is None:
            return None
        self._at = goal
        sheet.scroll_lines(goal - sheet.top)
        return found.index(goal) + 1, len(found)
