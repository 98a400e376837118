"""How a story, or an event with several stories, looks as a row of the list; pure."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

import msgspec

from tui.clock import duration
from tui.deck.days import local_day
from tui.deck.deck import coverage_count
from tui.deck.events.coverage import momentum
from tui.deck.events.events import Event
from tui.deck.query.ast import EVERYTHING, Expr
from tui.model import Outlet, Story
from tui.text.urls import host_of
from tui.ui.widgets.lines import Line, Span, cell_width, cut, marked, rule, sparkline, steady, wrap

if TYPE_CHECKING:
    from tui.deck.search.highlights import Highlights

TITLE_LINES = 3
NO_TITLE = "(untitled)"
_INDENT = 9
_SPARK_CELLS = 8
_SPARK_FROM = 4


class RowState(msgspec.Struct, frozen=True):
    """What is known of a row besides its story.

    `event` is what the row stands for, None for a plain story; `cards` the number of stories folded into it. `depth`
    is 1 for a member of an expanded event. `fresh` counts outlets that came after the story was read. `day` is that of
    the story where no heading above the row gives it. `related` says that the story was found only by the headline of
    a related piece.
    """

    unread: bool = False
    starred: bool = False
    picked: bool = False
    fresh: int = 0
    event: Event | None = None
    cards: int = 1
    expanded: bool = False
    depth: int = 0
    day: date | None = None
    related: bool = False


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
    return f"{day:%a} {day.day} {day:%b %Y}"


def clock_time(at: datetime | None, known: bool, zone: tzinfo | None) -> str:
    """The time of day in the reader's zone, or five blanks where it is unknown."""
    return f"{at.astimezone(zone):%H:%M}" if at is not None and known else " " * 5


def highlights_of(expr: Expr) -> "Highlights | None":
    """What to mark of a query in what is shown; None where it leaves everything in."""
    if expr == EVERYTHING:
        return None
    from tui.deck.search.highlights import Highlights  # not needed before somebody searches

    return Highlights(expr)


_AUTHORS_FOR_OUTLET = 2


def outlet_name(outlet: Outlet, url: str) -> str:
    """Who published something: the outlet's name, else its domain, else the host of the link, else who wrote it."""
    known = outlet.name or outlet.domain or host_of(url)
    return known or ", ".join(outlet.authors[:_AUTHORS_FOR_OUTLET]) or "unknown outlet"


def row_lines(
    story: Story, width: int, zone: tzinfo | None, state: RowState, highlights: "Highlights | None" = None
) -> list[Line]:
    """The lines of one row at `width` cells: marks, time and headline, then outlets, coverage and topics."""
    wide = width >= 30
    step = "  " * state.depth if wide else ""
    indent = (_INDENT if wide else 3) + len(step)
    titles = wrap(story.title or NO_TITLE, width - indent, TITLE_LINES)
    time = f"{clock_time(story.published_at, story.time_known, zone)} " if wide else ""
    head = "head" if state.unread else "text"
    lines = []
    for place, title in enumerate(titles):
        found = marked(title, head, highlights.spans(title, "title") if highlights else ())
        start = [*_signs(state), (f"{step}{time}", "dim")] if place == 0 else [(" " * indent, "")]
        lines.append(Line((*start, *found)))
    lines.append(Line(((" " * indent, ""), *_facts(story, state, width - indent))))
    if state.related and highlights is not None:
        lines += _found_lines(story, highlights, indent, width)
    return lines


def _found_lines(story: Story, highlights: "Highlights", indent: int, width: int) -> list[Line]:
    """The related piece that a query was found in: its headline, then its outlet."""
    item = highlights.best_of(story.related)
    if item is None:
        return []
    lead = " " * indent
    lines = []
    for place, text in enumerate(wrap(f"{item.title} · {outlet_name(item.outlet, item.url)}", width - indent - 2, 2)):
        found = marked(text, "dim", highlights.spans(text, "coverage"))
        lines.append(Line(((f"{lead}{'  ' if place else '› '}", "dim"), *found)))
    return lines


def _signs(state: RowState) -> list[Span]:
    sign = "★" if state.starred else "●" if state.unread else " "
    return [(" ", ""), ("◆" if state.picked else sign, "accent"), (" ", "")]


def _facts(story: Story, state: RowState, width: int) -> list[Span]:
    shown = cut(outlet_name(story.outlet, story.url), width)
    spans: list[Span] = [(shown, "text")]
    room = width - cell_width(shown)
    for ways, style in _fact_texts(story, state):
        text = next((way for way in map(steady, ways) if cell_width(way) <= room), "")
        if text:
            spans.append((text, style))
            room -= cell_width(text)
    return [*spans, (_topics(story.topics, room), "dim")]


def _fact_texts(story: Story, state: RowState) -> list[tuple[tuple[str, ...], str]]:
    """What there is to say after the outlet, with its style; each in one way or in a shorter one."""
    facts: list[tuple[tuple[str, ...], str]] = []
    if state.day is not None:
        facts.append(((f" · {state.day.day} {state.day:%b %Y}", f" · {state.day:%b %Y}"), "dim"))
    event = state.event
    if state.fresh:
        facts.append(((f" · +{state.fresh} new",), "accent"))
    if event is not None and event.outlets > 1:
        outlets = f" · {event.outlets} outlets"
        took = f" in {duration(event.span)}" if event.span >= timedelta(minutes=1) else ""
        facts.append(((f"{outlets}{took}", outlets), "strong"))
        if state.cards > 1:
            facts.append(((f" · {'▾' if state.expanded else '▸'} {state.cards} cards",), "dim"))
        if len(event.members) >= _SPARK_FROM and event.span:
            facts.append(((f" · {sparkline(momentum(event, _SPARK_CELLS))}",), "number"))
    elif count := coverage_count(story):
        facts.append(((f" · {count} related",), "dim"))
    if story.kind and story.kind != "article":
        facts.append(((f" · {story.kind}",), "dim"))
    if story.removed:
        facts.append(((" · removed",), "dim"))
    return facts


def _topics(topics: Sequence[str], room: int) -> str:
    """As many topics as fit whole, and how many do not."""
    for count in range(len(topics), 0, -1):
        text = "".join(f" · {topic}" for topic in topics[:count])
        text += f" +{len(topics) - count}" if count < len(topics) else ""
        if cell_width(steady(text)) <= room:
            return steady(text)
    return ""
