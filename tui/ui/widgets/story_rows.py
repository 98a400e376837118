"""How a story looks as a row of the list; pure."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from tui.deck.deck import coverage_count
from tui.model import Outlet, Story
from tui.text.urls import host_of
from tui.ui.widgets.lines import Line, Span, cell_width, cut, rule, steady, wrap

TITLE_LINES = 3
_INDENT = 8
NO_TITLE = "(untitled)"


def story_day(story: Story, zone: tzinfo | None) -> date | None:
    """The day a story belongs to, in the reader's time zone; None if undated.

    Where only the date is known it is that date everywhere, not the evening before in the west.
    """
    at = story.published_at
    if at is None:
        return None
    return at.astimezone(zone).date() if story.time_known else at.date()


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


def outlet_name(outlet: Outlet, url: str) -> str:
    """Who published something: the outlet's name, else its domain, else the host of the link."""
    return outlet.name or outlet.domain or host_of(url) or "unknown outlet"


def row_lines(story: Story, width: int, zone: tzinfo | None) -> list[Line]:
    """The lines of one story at `width` cells: its time and headline, then outlet, coverage and topics."""
    wide = width >= 30
    indent = _INDENT if wide else 2
    titles = wrap(story.title or NO_TITLE, width - indent, TITLE_LINES)
    time = clock_time(story.published_at, story.time_known, zone)
    first = f"  {time} " if wide else "  "
    lines = [Line(((first, "dim"), (titles[0], "head")))]
    blank = " " * indent
    lines += [Line(((blank, ""), (more, "head"))) for more in titles[1:]]
    return [*lines, Line(((blank, ""), *_facts(story, width - indent)))]


def _facts(story: Story, width: int) -> list[Span]:
    outlet = outlet_name(story.outlet, story.url)
    count = coverage_count(story)
    facts = [f"{count} related"] if count else []
    if story.kind and story.kind != "article":
        facts.append(story.kind)
    if story.removed:
        facts.append("removed")
    shown = cut(outlet, width)
    rest = steady("".join(f" · {fact}" for fact in facts))
    room = width - cell_width(shown) - cell_width(rest)
    if room < 0:
        return [(shown, "text"), (cut(rest, width - cell_width(shown)), "dim")]
    return [(shown, "text"), (rest + _topics(story.topics, room), "dim")]


def _topics(topics: Sequence[str], room: int) -> str:
    """As many topics as fit whole, and how many do not."""
    for count in range(len(topics), 0, -1):
        text = "".join(f" · {topic}" for topic in topics[:count])
        text += f" +{len(topics) - count}" if count < len(topics) else ""
        if cell_width(steady(text)) <= room:
            return steady(text)
    return ""
