"""Columns and paragraphs for terminals, measured in cells; pure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size

_GAP = "  "
_LEAST = 10


class Glyphs(NamedTuple):
    """The signs that newsdeck itself draws with."""

    ellipsis: str = "…"
    dash: str = "–"

    @classmethod
    def plain(cls) -> "Glyphs":
        """The same in ASCII."""
        return cls(ellipsis="~", dash="-")


class Column(NamedTuple):
    """One column of a table: its `title`, and how it fits a narrow terminal.

    `right` aligns to the right, `limit` is the most cells it takes on a terminal. The `flexible` column gives up
    room first, down to `least` cells; an `optional` one is left out where that does not do.
    """

    title: str
    right: bool = False
    limit: int | None = None
    flexible: bool = False
    least: int = _LEAST
    optional: bool = False


def table(columns: Iterable[Column], rows: Iterable[Iterable[str]], width: int | None, glyphs: Glyphs) -> list[str]:
    """The lines of a table, titles first; none where there are no rows.

    With a `width` in cells no line is wider; without, every text stands in full.
    """
    kept = list(columns)
    cells = [list(row) for row in rows]
    if not cells:
        return []
    natural = [
        max(map(cell_len, [column.title, *texts])) for column, texts in zip(kept, zip(*cells, strict=True), strict=True)
    ]
    widths = natural if width is None else _fitted(kept, natural, width)
    titles = [column.title for column in kept]
    lines = [_row(kept, line, widths, glyphs) for line in (titles, *cells)]
    return lines if width is None else [cut(line, width, glyphs) for line in lines]


def _fitted(columns: Sequence[Column], natural: Sequence[int], width: int) -> list[int]:
    """The widths of the columns for a terminal of `width` cells; 0 for one that is left out."""
    widths = [
        size if column.limit is None else min(size, column.limit) for column, size in zip(columns, natural, strict=True)
    ]
    flexible = next((number for number, column in enumerate(columns) if column.flexible), None)
    optional = [number for number, column in enumerate(columns) if column.optional]
    while (excess := _total(widths) - width) > 0:
        room = widths[flexible] - columns[flexible].least if flexible is not None else 0
        if flexible is not None and room >= excess:
            widths[flexible] -= excess
        elif optional:
            widths[optional.pop()] = 0
        else:
            if flexible is not None:
                widths[flexible] = max(_LEAST, widths[flexible] - excess)
            break
    return widths


def _total(widths: Sequence[int]) -> int:
    shown = [size for size in widths if size]
    return sum(shown) + len(_GAP) * (len(shown) - 1)


def _row(columns: Sequence[Column], texts: Sequence[str], widths: Sequence[int], glyphs: Glyphs) -> str:
    parts = []
    for column, text, size in zip(columns, texts, widths, strict=True):
        if not size:
            continue
        shown = cut(text, size, glyphs)
        blanks = " " * (size - cell_len(shown))
        parts.append(blanks + shown if column.right else shown + blanks)
    return _GAP.join(parts).rstrip()


def cut(text: str, width: int, glyphs: Glyphs) -> str:
    """The text if it takes no more than `width` cells, else its beginning and an ellipsis."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - cell_len(glyphs.ellipsis))).rstrip() + glyphs.ellipsis


def wrap(text: str, width: int, indent: str = "", first: str | None = None) -> list[str]:
    """The text broken between words, at its own line breaks, and inside words that are wider than a line.

    No line is wider than `width` cells (as long as the indentation leaves one cell); each begins with `indent`, but
    the first with `first` where that is given.
    """
    lines: list[str] = []
    room = max(1, width - cell_len(indent))
    for paragraph in text.split("\n"):
        line = ""
        for word in _pieces(paragraph, room):
            if line and cell_len(line) + 1 + cell_len(word) > room:
                lines.append(indent + line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append((indent + line).rstrip())
    if first is not None:
        lines[0] = (first + lines[0][len(indent) :]).rstrip()
    return lines


def _pieces(paragraph: str, room: int) -> list[str]:
    return [piece for word in paragraph.split() for piece in _chopped(word, room)]


def _chopped(word: str, room: int) -> list[str]:
    pieces = chop_cells(word, room)
    # rich drops what has no width at the start of a word, such as a skin tone without a hand.
    dropped = word[: len(word) - sum(map(len, pieces))]
    return [dropped + piece for piece in pieces[:1]] + pieces[1:] if pieces else [word]
