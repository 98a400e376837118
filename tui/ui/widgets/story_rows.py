"""How a story, or an event with several stories, looks as a row of the list; pure."""

from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from tui.deck.days import local_day
from tui.deck.outlets import signed
from tui.deck.query.ast import EVERYTHING, Expr
from tui.model import Story
from tui.text.wording import long_day
from tui.ui.widgets.lines import ELLIPSIS, Line, Span, cut, left, marked, rule, steady, wrap
from tui.ui.widgets.row_facts import RowState, cells_of, facts, fold_sign, has_some_unread
from tui.ui.widgets.signs import CARD, PICKED, STARRED, UNREAD

if TYPE_CHECKING:
    from tui.deck.search.highlights import Highlights

TITLE_LINES = 3
NO_TITLE = "(untitled)"
_WIDE = 30
_MARKS_FROM = 12
_FOLDS_FROM = 38
_OUTLET_FROM = 100
_OUTLET = 20
_COUNTS = 9
_FOUND_LINES = 2


def story_day(story: Story, zone: tzinfo | None) -> date | None:
    """The day a story belongs to, in the reader's time zone; None if undated."""
    return local_day(story.published_at, story.time_known, zone)


def day_line(day: date | None, today: date) -> Line:
    """The separator above the stories of a day."""
    return rule(day_title(day, today))


def day_title(day: date | None, today: date) -> str:
    """A day as people say it: `Today`, `Yesterday`, `Wed 26 Feb 2020`, `Undated`."""
    if day is None:
        return "Undated"
    away = (today - day).days
    if away in (0, 1):
        return "Today" if away == 0 else "Yesterday"
    return long_day(day)


def clock_time(at: datetime | None, known: bool, zone: tzinfo | None) -> str:
    """The time of day in the reader's zone, or five blanks where it is unknown."""
    return f"{at.astimezone(zone):%H:%M}" if at is not None and known else " " * 5


def highlights_of(expr: Expr) -> "Highlights | None":
    """What to mark of a query in what is shown; None where it leaves everything in."""
    if expr == EVERYTHING:
        return None
    from tui.deck.search.highlights import Highlights  # not needed before somebody searches

    return Highlights(expr)


def row_lines(
    story: Story, width: int, when: str, state: RowState, highlights: "Highlights | None" = None
) -> list[Line]:
    """The lines of a roomy row at `width` cells: marks, `when` if it is said, headline, then outlets and the rest."""
    wide = width >= _WIDE
    step = "  " * state.depth if wide else ""
    time = f"{when} " if wide and when else ""
    marks = _marks(state, width)
    indent = cells_of(marks) + len(step) + len(time)
    titles = wrap(story.title or NO_TITLE, width - indent, TITLE_LINES)
    lines = []
    for place, title in enumerate(titles):
        start = [*marks, (f"{step}{time}", "dim")] if place == 0 else [(" " * indent, "")]
        lines.append(Line((*start, *_headline(title, state, highlights))))
    if said := facts(story, state, width - indent):
        lines.append(Line(((" " * indent, ""), *said)))
    return lines + _found_lines(story, state, highlights, indent, width)


def compact_lines(
    story: Story, width: int, when: str, state: RowState, highlights: "Highlights | None" = None
) -> list[Line]:
    """The line of a compact row at `width` cells: marks, `when`, headline, and at the right what there is to count.

    `when` is as wide in every row of a list. A second line has the related piece that a query was found in.
    """
    wide = width >= _WIDE
    step = "  " * state.depth if wide else ""
    time = f"{when} " if wide else ""
    marks = _marks(state, width)
    indent = cells_of(marks) + len(step) + len(time)
    end = _end(story, state, width)
    title = left(story.title or NO_TITLE, max(width - indent - cells_of(end), 1))
    line = Line((*marks, (f"{step}{time}", "dim"), *_headline(title, state, highlights), *end))
    return [line, *_found_lines(story, state, highlights, indent, width, most=1)]


def _marks(state: RowState, width: int) -> list[Span]:
    """The cursor's column, then one each for read state, star and pick, and a blank; of a mere strip only the first."""
    signs = ((state.unread, UNREAD), (state.starred, STARRED), (state.picked, PICKED))
    shown = signs if width >= _MARKS_FROM else signs[:1]
    return [(" ", ""), ("".join(sign.drawn if on else " " for on, sign in shown), "accent"), (" ", "")]


def _headline(title: str, state: RowState, highlights: "Highlights | None") -> list[Span]:
    found = highlights.spans(title, "title") if highlights else ()
    return marked(title, "head" if state.unread else "text", found)


def _end(story: Story, state: RowState, width: int) -> list[Span]:
    """What stands at the right end of a compact row: what there is to count, before it in a wide list the outlet."""
    counts = _counts(state, width)
    name = state.bylines.in_row(story) if width >= _OUTLET_FROM else ""
    if not name:
        return counts
    gap = " " * max(_COUNTS - cells_of(counts), 0)
    return [(f"  {left(name, _OUTLET)}{gap}", "dim"), *counts]


def _counts(state: RowState, width: int) -> list[Span]:
    """The new outlets of a row, what it holds (left out of a narrow one), and its outlets or what orders it.

    Where only some of the stories it holds are unread, it tells how many.
    """
    event = state.event
    outlets = str(event.outlets) if event is not None and event.outlets > 1 else ""
    texts = [(f" +{state.fresh}" if state.fresh else "", "accent")]
    if state.cards > 1 and width >= _FOLDS_FROM:
        texts.append((f" {fold_sign(state)}", "dim"))
        if has_some_unread(state):
            texts += [(f" {state.unread_cards}", "text"), (f"/{state.cards}", "dim")]
    texts.append((f" {state.ordered[1]}", "number") if state.ordered[1] else (f" {outlets:>2}", "strong"))
    return [(text, style) for text, style in texts if text.strip()]


def _found_lines(
    story: Story, state: RowState, highlights: "Highlights | None", indent: int, width: int, most: int = _FOUND_LINES
) -> list[Line]:
    """The related piece that a query was found in, where it was found in none but that: headline, then outlet."""
    item = highlights.best_of(story.related) if state.related and highlights is not None else None
    if item is None or highlights is None:
        return []
    lead = " " * indent
    lines = []
    text = steady(" · ".join(filter(None, (item.title, signed(item.outlet, item.url) or state.bylines.unknown))))
    for place, part in enumerate(_around_match(text, width - indent - 2, most, highlights)):
        found = marked(part, "dim", highlights.spans(part, "coverage"))
        lines.append(Line(((f"{lead}{'  ' if place else f'{CARD.drawn} '}", "dim"), *found)))
    return lines


def _around_match(text: str, width: int, most: int, highlights: "Highlights") -> list[str]:
    """At most so many lines of a text, from its beginning or else from a later word on, so that a match is seen."""
    first = next((start for start, _ in highlights.spans(text, "coverage")), 0)
    begins = [0, *(place + 1 for place, letter in enumerate(text[:first]) if letter == " ")]
    choices = []
    for begin in begins:
        part = f"{ELLIPSIS}{text[begin:]}" if begin else text
        choices.append(wrap(part, width, most) if most > 1 else [cut(part, width)])
        if any(highlights.spans(line, "coverage") for line in choices[-1]):
            return choices[-1]
    return choices[0]
