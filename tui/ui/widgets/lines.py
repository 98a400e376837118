"""Text as painted lines: wrapping, cutting and padding by terminal cells; pure."""

from collections.abc import Iterable, Sequence

import msgspec
from rich.cells import cell_len, set_cell_size

from tui.ui.widgets.signs import CURSOR, SPARK_LEVELS, STAND_INS


def sparkline(counts: Sequence[int]) -> str:
    """One cell for each count, the higher the fuller; a blank where there is nothing."""
    most = max(counts, default=0)
    if not most:
        return " " * len(counts)
    top = len(SPARK_LEVELS) - 1
    return "".join(" " if not count else SPARK_LEVELS[round(top * count / most)] for count in counts)


def axis(places: Iterable[int], width: int, here: int | None = None) -> str:
    """A line of `width` cells with a dot at each of `places`, and a larger sign where the reader is."""
    cells = ["─"] * max(width, 1)
    for place in places:
        cells[place] = "•"
    if here is not None:
        cells[here] = "●"
    return "".join(cells)


Span = tuple[str, str]
"""A piece of text and the name of its style."""

ELLIPSIS = "…"
BETWEEN = " · "
"""Stands between short texts in a line."""
_LINK_SIGNS = "/-_?&=."
MOST_PER_CELL = 8
"""Characters that share a cell at most, with marks and joiners; more need not be measured to be known not to fit."""
MATCH = "match"
"""The style of what a query found."""
MARK = CURSOR.drawn
"""Stands in the first cell of what the cursor is on."""

_UPRIGHTS = "│┃┆┇┊┋║╎╏╽╿╷╹╻╵▏▎▍▌▋▊▉▐▕"
_LEVEL_LINES = "─━┄┅┈┉═╌╍╼╾╴╶╸╺▔"


def _ascii_signs() -> dict[int, str]:
    """What plain ASCII stands for each sign that newsdeck or its toolkit draws with, of the same width."""
    signs: dict[int, str] = dict.fromkeys(range(0x2500, 0x2580), "+")  # most of them are corners and crossings
    signs |= dict.fromkeys((*range(0x2580, 0x2600), *range(0x2800, 0x2900)), "*")
    signs |= dict.fromkeys(map(ord, _UPRIGHTS), "|") | dict.fromkeys(map(ord, _LEVEL_LINES), "-")
    signs |= dict.fromkeys(range(0x2010, 0x2016), "-") | dict.fromkeys((0xA0, 0x2002, 0x2007, 0x202F), " ")
    signs |= dict(zip(map(ord, "↑↓←→✓⏎"), "^v<>+<", strict=True)) | {ord("🔎"): "? "}
    return signs | {ord(drawn): plain for drawn, plain in STAND_INS.items()}


_ASCII = _ascii_signs()
_JOINERS = dict.fromkeys((0x200D, 0xFE0E, 0xFE0F, *range(0x1F3FB, 0x1F400)))


class Line(msgspec.Struct, frozen=True):
    """One line to paint: its `spans`, and `target`, the number of what can be chosen on it, or None.

    `fill` is a character that fills the rest of the line, in the style of the last span.
    """

    spans: tuple[Span, ...] = ()
    target: int | None = None
    fill: str = ""


BLANK = Line()


def wrap(text: str, width: int, limit: int | None = None) -> list[str]:
    """Break `text` into lines of at most `width` cells, between words where it can; at least one line.

    Line breaks in the text are kept. Above `limit` lines the last one kept ends with an ellipsis.
    """
    width = max(width, 1)
    lines: list[str] = []
    for paragraph in steady(text).split("\n"):
        lines.extend(_wrap_paragraph(paragraph, width))
        if limit is not None and len(lines) > limit:
            break
    if limit is not None and len(lines) > limit:
        lines = lines[:limit]
        lines[-1] = cut(lines[-1] + ELLIPSIS, width) if cell_len(lines[-1]) < width else cut(lines[-1] + "  ", width)
    return lines


def wrap_link(url: str, width: int) -> list[str]:
    """Break an address into lines of at most `width` cells, behind a sign that parts it where it can."""
    lines: list[str] = []
    rest = steady(url)
    while cell_len(rest) > width > 0:
        full = _pieces(rest, width)[0]
        parted = max(full.rfind(sign) for sign in _LINK_SIGNS) + 1
        # Lines of less than half the room would look worse than a word in two parts.
        line = full[:parted] if parted * 2 > len(full) else full
        lines.append(line)
        rest = rest[len(line) :]
    return [*lines, rest] if rest or not lines else lines


def wrap_facts(facts: Iterable[str], width: int) -> list[str]:
    """Short texts with a dot between them, in lines of at most `width` cells that neither begin nor end with a dot."""
    lines: list[str] = []
    for fact in filter(None, facts):
        joined = f"{lines[-1]}{BETWEEN}{fact}" if lines else fact
        if lines and cell_len(joined) <= width:
            lines[-1] = joined
        else:
            lines += wrap(fact, width)
    return lines


def broken(text: str, width: int) -> list[str]:
    """Break `text` into lines of at most `width` cells wherever there is no more room, with all its blanks."""
    width = max(width, 1)
    return [piece for line in steady(text).split("\n") for piece in _pieces(line, width)]


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells; an ellipsis stands for what does not fit."""
    if width <= 0:
        return ""
    text = steady(text)
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def cut_front(text: str, width: int) -> str:
    """The end of the text in at most `width` cells, from the beginning of a part of a path on where there is one.

    An ellipsis stands for what does not fit.
    """
    text = steady(text)
    if cell_len(text) <= width:
        return text
    room = width - cell_len(ELLIPSIS)
    if room <= 0:
        return ELLIPSIS[: max(width, 0)]
    start = len(text)
    while start > 0 and cell_len(text[start - 1 :]) <= room:
        start -= 1
    part = text.find("/", start, -1)
    return ELLIPSIS + text[part if part >= 0 else start :]


def left(text: str, width: int) -> str:
    """The text in exactly `width` cells, from the left."""
    return set_cell_size(cut(text, width), width) if width > 0 else ""


def right(text: str, width: int) -> str:
    """The text in exactly `width` cells, from the right."""
    kept = cut(text, width)
    return " " * (width - cell_len(kept)) + kept


def styled(lines: Iterable[str], style: str, indent: str = "", target: int | None = None) -> list[Line]:
    """Each text as a `Line` in one style behind an indent, which has it too unless it is blank."""
    if not indent:
        return [Line(((text, style),), target) for text in lines]
    before = (indent, style if indent.strip() else "")
    return [Line((before, (text, style)), target) for text in lines]


def marked(text: str, style: str, places: Iterable[tuple[int, int]]) -> list[Span]:
    """The text in `style`, with the ranges `places` (ascending, apart from each other) in the style of matches."""
    spans: list[Span] = []
    done = 0
    for start, end in places:
        if start > done:
            spans.append((text[done:start], style))
        spans.append((text[start:end], MATCH))
        done = end
    if done < len(text) or not spans:
        spans.append((text[done:], style))
    return spans


def rule(title: str, style: str = "rule", lead: str = "──") -> Line:
    """A heading drawn as a line across the pane: `── title ─────`."""
    fill = lead[:1]
    return Line(((f"{lead} ", style), (steady(title), "rule-text"), (" ", style)), fill=fill)


def steady(text: str) -> str:
    """The text without joiners, skin tones and selectors: terminals do not agree how wide they make what comes out."""
    return text if text.isascii() else text.translate(_JOINERS)


def to_ascii(text: str) -> str:
    """The text with the signs newsdeck draws with replaced by ASCII ones of the same width."""
    return text.translate(_ASCII)


def cell_width(text: str) -> int:
    """The cells that `text` takes in a terminal."""
    return cell_len(text)


def _wrap_paragraph(text: str, width: int) -> list[str]:
    # Nearly all texts are of plain signs that take a cell each, which need not be looked up one by one.
    cells = len if text.isascii() and text.isprintable() else cell_len
    if len(text) <= width * MOST_PER_CELL and cells(text) <= width:
        return [text]
    lines: list[str] = []
    current = ""
    room = width
    words = text.split()
    if words and text.startswith(" "):  # code is read by its indentation
        blanks = len(text) - len(text.lstrip(" "))
        # What fits without its indentation is not broken for it.
        room_before = width - cells(words[0])
        words[0] = " " * min(blanks, width // 2, *([room_before] if room_before >= 0 else [])) + words[0]
    for word in words:
        size = cells(word)
        if current and size + 1 <= room:
            current = f"{current} {word}"
            room -= size + 1
            continue
        if current:
            lines.append(current)
        if size > width:
            *full, word = _pieces(word, width)
            lines.extend(full)
            size = cells(word)
        current, room = word, width - size
    if current or not lines:
        lines.append(current)
    return lines


def _pieces(word: str, width: int) -> list[str]:
    """A word cut into pieces that fit; each looks only at what may fit, so that long words cost no more a character."""
    pieces: list[str] = []
    start = 0
    while True:
        window = word[start : start + width + 1]
        if cell_len(window) <= width:  # marks share cells with what they stand on
            window = word[start : start + width * MOST_PER_CELL + 1]
        if start + len(window) == len(word) and cell_len(window) <= width:
            return [*pieces, window]
        head = set_cell_size(window, width).rstrip(" ") or window[:1]
        pieces.append(head)
        start += len(head)
