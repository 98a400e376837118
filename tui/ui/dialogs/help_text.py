"""What the help says, in sections of rows, and how they are laid out in one column or two; pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from tui.config.actions import ACTIONS, key_signs
from tui.config.hints import HINTS, TITLES, KeyPlace
from tui.deck.query.keys import KEYS, quoted_example
from tui.text.words import fold
from tui.ui.widgets.lines import BLANK, Line, Span, cell_width, cut, left, rule, styled, wrap
from tui.ui.widgets.signs import LEGEND

TWO_COLUMNS_FROM = 100
"""Cells for text from which on there are two columns."""
_NAME_CELLS = 15
_GAP = 3

_WORDS = (
    ("two words", "both, by how they begin, in headline, excerpt, outlet or topics"),
    ('"a phrase"', "these words in this order"),
    ("-word  NOT word", "without it"),
    ("a OR b", "one of them"),
    ("a AND b", "both, as without AND"),
    ("( )", "what belongs together"),
)
_MOUSE = (
    ("click", "goes to a row; on a hint in the line at the bottom, presses its key"),
    ("second click", "opens, picks or chooses; on words, selects one"),
    ("wheel", "scrolls what is below it; the selection stays"),
    ("drag", "over text selects it, ctrl+c copies; at a border pulls it, at the scrollbar scrolls"),
)


class HelpSection(msgspec.Struct, frozen=True):
    """Rows of what there is and what it does, under a title."""

    title: str
    rows: tuple[tuple[str, str], ...]


def help_sections(where: KeyPlace, needle: str = "") -> list[HelpSection]:
    """All that there is to say, the keys of the place `where` first; with a `needle` only rows that hold it."""
    wanted = fold(needle)
    found = []
    for section in _sections(where):
        rows = tuple(row for row in section.rows if wanted in fold(" ".join(row)))
        if rows:
            found.append(HelpSection(section.title, rows))
    return found


def _sections(where: KeyPlace) -> Iterator[HelpSection]:
    yield HelpSection(TITLES[where], tuple((hint.sign, hint.help) for hint in HINTS[where]))
    for group, specs in groupby(ACTIONS, key=lambda spec: spec.group):
        yield HelpSection(group, tuple((key_signs(spec), spec.help) for spec in specs if spec.keys))
    yield HelpSection("Signs", tuple((sign.drawn, sign.meaning) for sign in LEGEND))
    keys = ((f"{key.name}:{quoted_example(key.values[0]) if key.values else ''}", key.help) for key in KEYS.values())
    yield HelpSection("Searching", (*_WORDS, *keys))
    yield HelpSection("Mouse", _MOUSE)


def help_lines(sections: Sequence[HelpSection], width: int) -> list[Line]:
    """The sections one below the other, or where it is wide enough in two columns of about one length."""
    if not sections:
        return [BLANK, *styled(["Nothing in the help holds that."], "dim", " ")]
    if width < TWO_COLUMNS_FROM:
        return _column(sections, width)
    room = (width - _GAP) // 2
    blocks = [_block(section, room) for section in sections]
    total, half = sum(map(len, blocks)), 0
    first = 0
    while first < len(blocks) and half + len(blocks[first]) / 2 <= total / 2:
        half += len(blocks[first])
        first += 1
    return list(_beside(_column(sections[:first], room), _column(sections[first:], room), room))


def _column(sections: Iterable[HelpSection], width: int) -> list[Line]:
    lines: list[Line] = []
    for section in sections:
        lines += [BLANK, *_block(section, width)] if lines else _block(section, width)
    return lines


def _block(section: HelpSection, width: int) -> list[Line]:
    lines = [rule(cut(section.title, width - 4))]
    column = _NAME_CELLS if width >= 3 * _NAME_CELLS else 0
    for name, told in section.rows:
        if cell_width(name) > column:  # stands above what it does
            lines += styled(wrap(name, width - 1), "accent", " ")
        texts = wrap(told, width - column - 2)
        head = name if cell_width(name) <= column else ""
        for text in texts:
            lines.append(Line(((f" {left(head, column)} ", "accent"), (text, "text"))))
            head = ""
    return lines


def _beside(lefts: Sequence[Line], rights: Sequence[Line], width: int) -> Iterator[Line]:
    for place in range(max(len(lefts), len(rights))):
        one = lefts[place] if place < len(lefts) else BLANK
        other = rights[place] if place < len(rights) else BLANK
        yield Line((*_filled(one, width), (" " * _GAP, ""), *_filled(other, width)))


def _filled(line: Line, width: int) -> tuple[Span, ...]:
    rest = width - sum(cell_width(text) for text, _ink in line.spans)
    return (*line.spans, (line.fill * rest, "rule") if line.fill else (" " * rest, "")) if rest > 0 else line.spans
