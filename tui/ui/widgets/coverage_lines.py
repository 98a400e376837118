"""How the coverage of a story is laid out: a timeline, outlets, or headlines side by side; pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from tui.clock import lag
from tui.deck.days import local_day
from tui.deck.events.coverage import CoverageRow, HeadlinePart, axis_place, by_outlet, compare_headlines
from tui.deck.outlets import UNKNOWN
from tui.export.coverage import event_facts
from tui.ui.widgets.lines import BLANK, Line, Span, axis, cell_width, cut, left, rule, wrap
from tui.ui.widgets.signs import CARD, COPIES, FOLDED, THIS_STORY, UNFOLDED
from tui.ui.widgets.story_content import CoverageView, Section, StoryContent
from tui.ui.widgets.story_rows import NO_TITLE, clock_time, day_title

_NUMBER, _TIME, _LAG, _OUTLET, _AXIS, _PIECES = 3, 6, 10, 22, 12, 11
_SIGN, _LEAST_OUTLET = 4, 8
_OUTLET_FACTS = (_LAG, _PIECES, len("quality 100"))
"""Cells of what is told of an outlet: when it came, its pieces, its quality."""
_WIDE = 74
_AXIS_FROM = 96
_LAG_FROM = 30


def coverage_lines(content: StoryContent, width: int) -> list[Line]:
    """All sections at `width` cells."""
    lines: list[Line] = []
    for section in content.sections:
        lines.append(BLANK)
        lines += _section_lines(content, section, width)
    return lines


def event_title(content: StoryContent, width: int) -> str:
    """What happened in numbers, as far as it fits: `Same event · 6 outlets · 5 texts in 3 h 56`."""
    event = content.coverage.event if content.coverage else None
    if event is None:
        return ""
    outlets, texts, took = event_facts(event)
    texts = f" · {texts}" if texts else ""
    said = f"Same event · {outlets}"
    return next(
        (full for full in (f"{said}{texts}{took}", f"{said}{took}", said) if cell_width(full) <= width), outlets
    )


_VIEW_NAMES: Mapping[CoverageView, str] = {"timeline": "timeline", "outlets": "by outlet", "headlines": "headlines"}


def _named_title(content: StoryContent, width: int) -> str:
    """The numbers of the event and the name of the view; the usual one goes unnamed where there is little room."""
    name = _VIEW_NAMES[content.view]
    title = f"{event_title(content, width - cell_width(name) - 3)} · {name}"
    if cell_width(title) <= width:
        return title
    return event_title(content, width) if content.view == "timeline" else cut(name, width)


def _section_lines(content: StoryContent, section: Section, width: int) -> Iterator[Line]:
    if section.name == "event":
        yield rule(_named_title(content, width - 4))
        yield from _axis_line(content, width)
        if content.view == "outlets":
            yield from _outlet_lines(content, width)
            return
        if content.view == "headlines":
            yield from _headline_lines(content, section, width)
            return
    elif section.foldable:
        sign = (UNFOLDED if section.open else FOLDED).drawn
        target = content.target_of_section(section.name)
        yield Line(((f" {sign} ", "accent"), (f"{cut(section.title, width - 4)} ", "rule-text")), target, fill="─")
    else:
        yield rule(section.title)
    if section.open:
        yield from _timeline_lines(content, section, width)


def _axis_line(content: StoryContent, width: int) -> Iterator[Line]:
    event = content.coverage.event if content.coverage else None
    if event is None or not event.span:
        return
    room = max(width - 2, 1)
    known = [member for member in event.members if member.time_known and member.published_at]
    places = [axis_place(event, member.published_at, room) for member in known if member.published_at]
    own = [
        axis_place(event, member.published_at, room)
        for member in known
        if member.published_at and content.story.id in member.stories
    ]
    yield Line(((" ", ""), (axis(places, room, own[0] if own else None), "number")))


def _timeline_lines(content: StoryContent, section: Section, width: int) -> Iterator[Line]:
    today = content.now.astimezone(content.zone).date()
    day: object = object()
    days = {_day(row, content) for row in section.rows}
    for row in section.rows:
        here = _day(row, content)
        # What a copy stands below is of its day or an earlier one: its lag tells which.
        if here != day and not content.is_copy(row) and (len(days) > 1 or section.name != "event"):
            yield Line((("   ", ""), (day_title(here, today), "faint")))
            day = here
        yield from _row_lines(content, row, width)


def _day(row: CoverageRow, content: StoryContent) -> date | None:
    return local_day(row.published_at, row.time_known, content.zone)


def _row_lines(content: StoryContent, row: CoverageRow, width: int) -> Iterator[Line]:
    target = content.target_of(row)
    head = _when(content, row, width)
    if row.lag is not None and width >= _AXIS_FROM:
        head.append((_small_axis(content, row), "faint"))
    indent = sum(cell_width(text) for text, _style in head)
    outlet, title = _outlet_text(content, row), "this story" if row.this_story else row.title or NO_TITLE
    style = "dim" if row.this_story else "head"
    if not outlet:
        for place, said in enumerate(wrap(title, max(width - indent, 8))):
            yield Line((*(head if place == 0 else [(" " * indent, "")]), (said, style)), target)
        return
    if width < _WIDE:
        texts = [(text, "text") for text in wrap(outlet, max(width - indent, 8))]
        yield Line((*head, texts[0]), target)
        for text in texts[1:]:
            yield Line(((" " * indent, ""), text), target)
        below = 1 + _NUMBER + _TIME
        for said in wrap(title, max(width - below, 8)):
            yield Line(((" " * below, ""), (said, style)), target)
        return
    outlets, titles = wrap(outlet, _OUTLET - 2), wrap(title, max(width - indent - _OUTLET, 10))
    for place in range(max(len(outlets), len(titles))):
        start: list[Span] = head if place == 0 else [(" " * indent, "")]
        name = left(outlets[place], _OUTLET) if place < len(outlets) else " " * _OUTLET
        yield Line((*start, (name, "text"), (titles[place] if place < len(titles) else "", style)), target)


def _when(content: StoryContent, row: CoverageRow, width: int) -> list[Span]:
    """What opens a row: its number, its time, and how long after the first piece that was."""
    time = clock_time(row.published_at, row.time_known, content.zone)
    head = [_sign(content, row), (f"{time} ", "dim")]
    if row.lag is not None and width >= _LAG_FROM:
        head.append((left("first" if row.first else lag(row.lag), _LAG), "accent" if row.first else "dim"))
    return head


def _sign(content: StoryContent, row: CoverageRow) -> Span:
    """The number that opens a row, or that it is the story itself; a plus where it is new since the story was read."""
    place = content.place_of(row)
    number = THIS_STORY.drawn if row.this_story else str((place + 1) % 10) if place is not None and place < 10 else " "
    return (f" {number}+ ", "accent") if row.url in content.fresh else (f" {number}  ", "number")


def _small_axis(content: StoryContent, row: CoverageRow) -> str:
    event = content.coverage.event if content.coverage else None
    if event is None or row.published_at is None:
        return " " * (_AXIS + 2)
    return axis([], _AXIS, axis_place(event, row.published_at, _AXIS)) + "  "


def _outlet_text(content: StoryContent, row: CoverageRow) -> str:
    sign = (UNFOLDED if (row.url or row.title) in content.unfolded else FOLDED).drawn
    copies = f" {sign} {COPIES.drawn[0]}{len(row.reprints) + 1}" if row.reprints else ""
    into = f" {CARD.drawn}" if row.story_id and not row.this_story else ""
    below = "  " if content.is_copy(row) else ""
    return f"{below}{row.outlet or content.bylines.unknown}{copies}{into}"


def _outlet_lines(content: StoryContent, width: int) -> Iterator[Line]:
    outlets = by_outlet(content.coverage.timeline if content.coverage else ())
    longest = max((cell_width(entry.outlet or UNKNOWN) for entry in outlets), default=0) + 2
    room = width - _SIGN - longest
    # A name is worth more than what can be counted of its outlet.
    least = int(width >= _SIGN + _LEAST_OUTLET + _LAG)
    shown = next((count for count in (3, 2) if sum(_OUTLET_FACTS[:count]) <= room), least)
    column = min(longest, width - _SIGN - sum(_OUTLET_FACTS[:shown]))
    for entry in outlets:
        row = entry.first
        pieces = f"{entry.pieces} piece{'s' if entry.pieces != 1 else ''}"
        quality = f"quality {entry.quality}" if entry.quality is not None else ""
        when = "first" if entry.first.first else lag(entry.first.lag) if entry.first.lag is not None else ""
        facts: list[Span] = [(left(when, _LAG), "accent" if entry.first.first else "dim")]
        facts += [(left(pieces, _PIECES), "dim"), (quality, "dim")]
        name = f"{left(entry.outlet or UNKNOWN, column - 1)} "
        yield Line((_sign(content, row), (name, "text"), *facts[:shown]), content.target_of(row))


def _headline_lines(content: StoryContent, section: Section, width: int) -> Iterator[Line]:
    compared = compare_headlines([row.title for row in section.rows])
    for row, parts in zip(section.rows, compared, strict=True):
        target = content.target_of(row)
        head = _when(content, row, width)
        room = width - sum(cell_width(text) for text, _ink in head)
        yield Line((*head, (cut(_outlet_text(content, row), room), "text")), target)
        for line in _wrapped(_styled_words(parts), width - 4):
            yield Line((("    ", ""), *line), target)


def _styled_words(parts: Iterable[HeadlinePart]) -> list[list[Span]]:
    """The words of a headline, each in pieces of one style: a quotation mark may be shared where its word is not."""
    words: list[list[Span]] = []
    is_open = False
    for part in parts:
        style = "strong" if part.added else "dim"
        for piece in re.findall(r"\s+|\S+", part.text):
            if piece.isspace():
                is_open = False
            elif is_open:
                words[-1].append((piece, style))
            else:
                words.append([(piece, style)])
                is_open = True
    return words


def _wrapped(words: Iterable[list[Span]], width: int) -> Iterator[list[Span]]:
    line: list[Span] = []
    used = 0
    for word in words:
        size = sum(cell_width(text) for text, _style in word)
        if line and used + 1 + size > width:
            yield line
            line, used = [], 0
        if size > width:
            *full, word = _broken(word, width)
            yield from full
            size = sum(cell_width(text) for text, _style in word)
        line += [(" ", ""), *word] if line else word
        used += size + bool(used)
    yield line


def _broken(word: Iterable[Span], width: int) -> Iterator[list[Span]]:
    """A word that is wider than a line, as in scripts without blanks, in lines of its own."""
    line: list[Span] = []
    used = 0
    for text, style in word:
        for piece in wrap(text, width):
            size = cell_width(piece)
            if line and used + size > width:
                yield line
                line, used = [], 0
            line.append((piece, style))
            used += size
    yield line
