"""The tables of a body, and how wide their columns are where there is only so much room; pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.cells import cell_len

from tui.text.blocks import Block

GAP: Final = 3
"""Cells between two columns."""
_LEAST: Final = 6


def tables_in(rows: Iterable[Block]) -> Iterator[list[Block]]:
    """The rows of each of the tables that stand behind each other: one begins with its headings."""
    table: list[Block] = []
    for row in rows:
        if row.level and any(not each.level for each in table):
            yield table
            table = []
        table.append(row)
    yield table


def column_widths(rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """The widths of the columns of `rows`, which have as many cells each; None if they do not fit beside each other.

    A column that needs little has it; those that need more share what is left. `room` is in cells of the terminal.
    """
    natural = [max(1, *map(_cells, column)) for column in zip(*rows, strict=True)]
    left = room - GAP * (len(natural) - 1)
    if left < sum(min(size, _LEAST) for size in natural):
        return None
    widths = dict[int, int]()
    open_columns = sorted(range(len(natural)), key=lambda number: natural[number])
    for place, number in enumerate(open_columns):
        widths[number] = min(natural[number], left // (len(open_columns) - place))
        left -= widths[number]
    return [widths[number] for number in range(len(natural))]


def squared(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """The rows with as many cells each, where some have fewer."""
    found = [list(row) for row in rows]
    most = max(map(len, found), default=0)
    return [row + [""] * (most - len(row)) for row in found]


def _cells(text: str) -> int:
    return max(map(cell_len, text.split("\n")))
