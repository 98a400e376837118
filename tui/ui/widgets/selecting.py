"""Text that is selected with the mouse: which letters of the lines it is, how they look, and what is copied of them."""

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import get_character_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset
from textual.selection import Selection

from tui.ui.widgets.lines import Line

NumberedLine = tuple[int, Line]
"""A line with the number that it keeps while its pane is scrolled; numbers ascend."""

_TO_THE_END = -1


def text_of_line(line: Line) -> str:
    """The letters of a line, without what fills the rest of it."""
    return "".join(text for text, _style in line.spans)


def letter_at(line: Line, cells: int) -> int:
    """Which letter of a line stands in a cell, counted from 0; behind the last one where nothing stands there."""
    used = 0
    text = text_of_line(line)
    for place, letter in enumerate(text):
        used += get_character_cell_size(letter)
        if used > cells:
            return place
    return len(text)


def word_at(line: Line, letter: int) -> tuple[int, int]:
    """From where to where a word of a line goes; nothing where there is none."""
    text = text_of_line(line)
    start = end = min(letter, len(text))
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return (start, end) if letter < len(text) and not text[letter].isspace() else (letter, letter)


def selection_of(start: tuple[int, int], end: tuple[int, int]) -> Selection:
    """What is selected between two letters, each a number of a line and a letter in it; both of them belong to it."""
    first, last = sorted((start, end))
    return Selection(Offset(first[1], first[0]), Offset(last[1] + 1, last[0]))


def drawn_selected(segments: Iterable[Segment], span: tuple[int, int] | None, style: Style) -> list[Segment]:
    """A line with the letters of a span, as `Selection.get_span` gives it, in the style of what is selected."""
    if span is None:
        return list(segments)
    start, end = span
    drawn: list[Segment] = []
    at = 0
    for text, before, _control in segments:
        size = len(text)
        first = min(max(start - at, 0), size)
        last = size if end == _TO_THE_END else min(max(end - at, first), size)
        chosen = style if before is None else before + style
        for piece, ink in ((text[:first], before), (text[first:last], chosen), (text[last:], before)):
            if piece:
                drawn.append(Segment(piece, ink))
        at += size
    return drawn


def text_of(lines: Iterable[NumberedLine], selection: Selection) -> str:
    """What is copied of a selection: its lines without the room around them; a link in one piece."""
    return "\n".join(_outdented(list(_pieces(lines, selection))))


def _pieces(lines: Iterable[NumberedLine], selection: Selection) -> Iterator[str]:
    kept: str | None = None
    before = Line()
    for number, line in lines:
        span = selection.get_span(number)
        if span is None:
            continue
        start, end = span
        piece = text_of_line(line)[start : None if end == _TO_THE_END else end].rstrip()
        if kept is not None and _is_rest_of_link(before, line):
            kept += piece.lstrip()
        else:
            if kept is not None:
                yield kept
            kept = piece
        before = line
    yield kept or ""


def _is_rest_of_link(before: Line, line: Line) -> bool:
    """Whether a line goes on with the address that the one before it had no room for."""
    same = line.target is not None and line.target == before.target
    return same and _ends_in_link(before) and _ends_in_link(line)


def _ends_in_link(line: Line) -> bool:
    return bool(line.spans) and line.spans[-1][1] == "link"


def _outdented(texts: Sequence[str]) -> Iterator[str]:
    """The texts without the blanks that all lines but the first, of which only a part may be there, begin with."""
    rest = [len(text) - len(text.lstrip(" ")) for text in texts[1:] if text.strip()]
    for number, text in enumerate(texts):
        yield text.lstrip(" ") if number == 0 else text[min(rest, default=0) :]
