"""The lines of a story with what a query finds in them, which is looked for only in lines that are looked at; pure."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from tui.deck.query.ast import EVERYTHING, Expr
from tui.ui.widgets.lines import MATCH, Line, Span, marked

if TYPE_CHECKING:
    from tui.deck.search.highlights import Highlights

_FIELDS = {"strong": "title", "text": "excerpt", "head": "coverage"}
"""In which field of a story a query looks for what is shown in a style."""


def highlit(lines: Sequence[Line], expr: Expr) -> Sequence[Line]:
    """The lines with what `expr` finds in them styled as found."""
    if expr == EVERYTHING:
        return lines
    from tui.deck.search.highlights import Highlights  # not needed before somebody searches

    return _Highlit(lines, Highlights(expr))


def has_match(line: Line) -> bool:
    """Whether something is found in a line of `highlit`."""
    return any(style == MATCH for _text, style in line.spans)


class _Highlit(Sequence[Line]):
    """The lines of a sequence, each searched when it is first looked at."""

    def __init__(self, lines: Sequence[Line], highlights: "Highlights") -> None:
        self._lines = lines
        self._highlights = highlights
        self._found: dict[int, Line] = {}

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, number: int) -> Line: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Line]: ...

    def __getitem__(self, number: int | slice) -> Line | Sequence[Line]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        line = self._found.get(number)
        if line is None:
            line = self._found[number] = _searched(self._lines[number], self._highlights)
        return line


def _searched(line: Line, highlights: "Highlights") -> Line:
    spans: list[Span] = []
    found = False
    for text, style in line.spans:
        field = _FIELDS.get(style)
        places = highlights.spans(text, field) if field else ()
        found = found or bool(places)
        spans += marked(text, style, places)
    return Line(tuple(spans), line.target, line.fill) if found else line
