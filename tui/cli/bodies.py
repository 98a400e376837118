"""The body of a card as plain lines for a terminal or a pipe; pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from rich.cells import cell_len

from tui.cli.layout import wrap
from tui.text.blocks import Block, Body
from tui.text.tables import GAP, column_widths, squared, tables_in

_CODE_INDENT = "    "
_GAP = " " * GAP


def body_text(body: Body, first_link: int, width: int) -> Iterator[str]:
    """The lines of a body, `width` cells wide at most but for code; its links are numbered from `first_link`."""
    blocks = [block.numbered_from(first_link) for block in body.blocks]
    kind = ""
    for is_table, group in groupby(blocks, lambda block: block.kind == "row"):
        if is_table:
            for rows in tables_in(group):
                yield ""
                yield from _table(rows, width)
            kind = "row"
            continue
        for block in group:
            if block.kind != "item" or kind != "item":
                yield ""
            yield from _lines(block, width)
            kind = block.kind
    if body.truncated:
        yield from ("", "The rest of this text is too long to show here.")


def _lines(block: Block, width: int) -> list[str]:
    if block.kind == "rule":
        return ["-" * min(width, 20)]
    if block.kind == "code":
        return [f"{_CODE_INDENT}{line}".rstrip() for line in block.text.split("\n")]
    if block.kind == "quote":
        return wrap(block.text, width, "> " * block.level)
    if block.kind == "item":
        indent = "  " * block.level
        sign = f"{block.marker} " if block.marker else "  "
        return wrap(block.text, width, indent + " " * cell_len(sign), indent + sign)
    return wrap(block.text, width)


def _table(rows: Sequence[Block], width: int) -> Iterator[str]:
    texts = squared([part.text for part in row.parts()] for row in rows)
    widths = column_widths(texts, width)
    if widths is None:
        for row in rows:
            yield from wrap(row.text, width)
        return
    for number, (row, cells) in enumerate(zip(rows, texts, strict=True)):
        if number and rows[number - 1].level and not row.level:
            yield _GAP.join("-" * size for size in widths)
        wrapped = (wrap(cell, size) for cell, size in zip(cells, widths, strict=True))
        aligns = row.aligns.ljust(len(widths), "l")
        for line in zip_longest(*wrapped, fillvalue=""):
            yield _GAP.join(
                _set(text, size, align) for text, size, align in zip(line, widths, aligns, strict=True)
            ).rstrip()


def _set(text: str, width: int, align: str) -> str:
    """A text in exactly `width` cells, at the l(eft), r(ight) or c(entre)."""
    room = max(width - cell_len(text), 0)
    before = {"r": room, "c": room // 2}.get(align, 0)
    return " " * before + text + " " * (room - before)


def numbered_links(links: Iterable[str], first_link: int) -> Iterator[str]:
    """The links of a body, each in a line of its own behind its number."""
    for number, link in enumerate(links, first_link):
        yield f"[{number}] {link}"
