"""How the body of a card is laid out: paragraphs, lists, quotes, code, tables, and its links below; pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from tui.text.blocks import Block
from tui.text.runs import Styled
from tui.text.tables import column_widths, squared, tables_in
from tui.ui.widgets.lines import BLANK, Line, Span, broken, cell_width, left, rule, steady, styled, wrap, wrap_link
from tui.ui.widgets.story_content import StoryContent
from tui.ui.widgets.styled_text import joined, padded, styled_lines

_QUOTE_BAR = "▏ "


def body_lines(content: StoryContent, width: int) -> list[Line]:
    """The body at `width` cells with its links; nothing without one."""
    body = content.body
    if body is None:
        return []
    lines = [BLANK, rule("Text")] if body.blocks else []
    blocks = [block.numbered_from(content.first_link) for block in body.blocks]
    for is_table, group in groupby(blocks, lambda block: block.kind == "row"):
        if is_table:
            for rows in tables_in(group):
                lines += [BLANK, *_table_lines(rows, width - 1)]
        else:
            before: Block | None = None
            for block in group:
                lines += _block_lines(block, width, before)
                before = block
    if body.truncated:
        lines += [BLANK, *styled(wrap("The rest of this text is too long to show here.", width), "dim", " ")]
    return [*lines, *_link_lines(content, width)]


def _link_lines(content: StoryContent, width: int) -> list[Line]:
    links = content.body.links if content.body is not None else ()
    first = content.first_item + len(content.items)
    lines = [BLANK, rule("Links")] if links else []
    for number, url in enumerate(links):
        label = f"[{content.first_link + number}] "
        shown = url.split("://", 1)[-1]
        lines += [
            Line(((f" {label}" if place == 0 else " " * (len(label) + 1), "dim"), (text, "link")), first + number)
            for place, text in enumerate(wrap_link(shown, width - len(label)))
        ]
    return lines


def _block_lines(block: Block, width: int, before: Block | None) -> list[Line]:
    text = block.parts()[0]
    if block.kind == "rule":
        return [BLANK, Line((("─" * width, "rule"),))]
    if block.kind == "heading":
        return [BLANK, *_indented(styled_lines(text, "strong", width), " ")]
    if block.kind == "code":
        room = max(width - 3, 1)
        return [BLANK, *(Line(((" ", ""), (f"  {left(line, room)} ", "code"))) for line in broken(block.text, room))]
    if block.kind == "quote":
        lead = f" {_QUOTE_BAR * block.level}"
        between = [Line(((lead.rstrip(), "dim"),))] if before is not None and before.kind == "quote" else [BLANK]
        return [*between, *_indented(styled_lines(text, "text", width - cell_width(lead) + 1), lead)]
    if block.kind == "item":
        indent = " " * (2 * max(block.level, 1) - 1)
        sign = f"{block.marker} " if block.marker else "  "
        texts = styled_lines(text, "text", width - cell_width(indent) - cell_width(sign))
        lines = _indented(texts, indent + " " * cell_width(sign))
        gap = [BLANK] if before is None or before.kind in {"code", "quote"} else []
        return [*gap, Line(((indent + sign, "dim"), *texts[0])), *lines[1:]]
    return [BLANK, *_indented(styled_lines(text, "text", width), " ")]


def _indented(texts: Iterable[Sequence[Span]], lead: str) -> list[Line]:
    return [Line(((lead, "dim"), *spans)) for spans in texts]


def _table_lines(rows: Sequence[Block], width: int) -> Iterator[Line]:
    parts = [row.parts() for row in rows]
    texts = squared([[steady(part.text) for part in row] for row in parts])
    widths = column_widths(texts, width)
    if widths is None:
        yield from _listed_rows(rows, parts, width)
        return
    for number, (row, cells) in enumerate(zip(rows, parts, strict=True)):
        if number and rows[number - 1].level and not row.level:
            yield Line(((" ", ""), ("─┼─".join("─" * size for size in widths), "rule")))
        full = [*cells, *[Styled("")] * (len(widths) - len(cells))]
        aligns = row.aligns.ljust(len(widths), "l")
        columns = [
            styled_lines(cell, "strong" if row.level else "text", size) for cell, size in zip(full, widths, strict=True)
        ]
        for place in range(max(map(len, columns))):
            spans: list[Span] = [(" ", "")]
            for column, size, align in zip(columns, widths, aligns, strict=True):
                spans += [(" │ ", "rule")] if len(spans) > 1 else []
                spans += padded(column[place] if place < len(column) else (), size, align) or [("", "")]
            yield Line(joined(spans))


def _listed_rows(rows: Sequence[Block], parts: Sequence[Sequence[Styled]], width: int) -> Iterator[Line]:
    """The rows of a table that is wider than there is room, each as a list of what stands under which heading."""
    heads = [part.text for part in parts[0]] if rows[0].level else []
    shown = [cells for row, cells in zip(rows, parts, strict=True) if not row.level] or parts
    for number, cells in enumerate(shown):
        if number:
            yield BLANK
        for place, cell in enumerate(cells):
            if not cell.text:
                continue
            if shown is not parts and place < len(heads) and heads[place]:
                yield from styled(wrap(heads[place], width), "dim", " ")
                yield from _indented(styled_lines(cell, "text", width - 2), "   ")
            else:
                yield from _indented(styled_lines(cell, "text", width), " ")
