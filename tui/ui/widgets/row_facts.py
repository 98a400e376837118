"""What the second line of a row says, and what of it gives way first where there is little room; pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

import msgspec
from msgspec.structs import replace

from tui.clock import duration
from tui.deck.days import local_day
from tui.deck.deck import coverage_count
from tui.deck.events.coverage import momentum, pace
from tui.deck.events.events import Event
from tui.deck.outlets import NAMED, Bylines
from tui.model import Story
from tui.text.wording import counted, month_of, short_day
from tui.ui.widgets.lines import Span, cell_width, cut, sparkline, steady
from tui.ui.widgets.signs import FOLDED, UNFOLDED

_SPARK_CELLS = 8
_SPARK_FROM = 4
_LEAST_NAME = 4
_NO_VALUE = "–"
_ALL = 1000
_LEAST_TOPIC = 3
"""Cells that a topic takes at least, with what stands before it."""


class RowState(msgspec.Struct, frozen=True):
    """What is known of a row besides its story.

    `event` is what the row stands for, None for a plain story; `cards` the number of stories folded into it, of
    which `unread_cards` are unread. `depth` is 1 for a member of an expanded event. `fresh` counts outlets that came
    after the story was read. `day` is that of the story where no heading above the row gives it, and `dated` says that
    the row tells about when it was before its headline. `related` says that
    the story was found only by the headline of a related piece. `ordered` is what the row has of that which the list
    is ordered by, in words and in short; empty where the row shows it anyhow. `bylines` say who told the story.
    """

    unread: bool = False
    starred: bool = False
    picked: bool = False
    fresh: int = 0
    event: Event | None = None
    cards: int = 1
    unread_cards: int = 0
    expanded: bool = False
    depth: int = 0
    day: date | None = None
    dated: bool = False
    related: bool = False
    ordered: tuple[str, str] = ("", "")
    bylines: Bylines = NAMED


def ordered_by(order: str, story: Story, event: Event | None, zone: tzinfo | None) -> tuple[str, str]:
    """What a story has of that which a list is ordered by, in words and in short: `quality 87` and `87`.

    Empty in an order whose values stand in each row anyhow.
    """
    match order:
        case "quality" | "heat":
            score = story.quality if order == "quality" else story.heat
            short = _NO_VALUE if score is None else f"{score:,}"
            return f"{order} {short}", short
        case "burst":
            return _burst(None if event is None else pace(event))
        case "first":
            return _first(None if event is None else event.first, zone)
        case "outlets":
            outlets = 1 if event is None else event.outlets
            # More than one are told in every order.
            return (counted(outlets, "outlet"), str(outlets)) if outlets == 1 else ("", "")
    return "", ""


def _burst(speed: float | None) -> tuple[str, str]:
    if speed is None:
        return f"burst {_NO_VALUE}", _NO_VALUE
    said = f"{speed:.2f}" if speed < 1 else f"{speed:.1f}" if speed < 10 else f"{speed:,.0f}"
    return f"burst {said} an hour", f"{said}/h"


def _first(first: datetime | None, zone: tzinfo | None) -> tuple[str, str]:
    day = local_day(first, True, zone)
    if first is None or day is None:
        return f"first {_NO_VALUE}", _NO_VALUE
    return f"first {short_day(day)} {first.astimezone(zone):%H:%M}", f"{day:%Y-%m-%d}"


class _Room(msgspec.Struct, frozen=True):
    """How much is said: `topics` of them, so many cells of the `name`, and whether or how far all the rest is."""

    topics: int = 0
    spark: bool = True
    kind: bool = True
    cards: bool = True
    span: bool = True
    day: Literal["day", "month", ""] = "day"
    name: int = _ALL


def facts(story: Story, state: RowState, width: int) -> list[Span]:
    """Outlet, numbers and topics in at most `width` cells; nothing where there is nothing to say.

    Where there is no room the sparkline gives way first, then the topics, the kind, the cards, the span, the day of the
    month, the outlet's name, and the month; how many outlets there are never does.
    """
    name = steady(state.bylines.in_row(story))
    for room in _rooms(len(story.topics), width // _LEAST_TOPIC, dated=state.dated):
        said = list(_said(story, state, room))
        if cells_of(said) + min(cell_width(name), room.name) <= width:
            break
    left = width - cells_of(said)
    if name and (left >= min(cell_width(name), _LEAST_NAME) or not said):
        return [(cut(name, max(left, 1)), "text"), *said]
    if not said:
        return []
    (first, style), *rest = said
    return _cut([(first.removeprefix(" · "), style), *rest], width)


def _rooms(topics: int, most: int, *, dated: bool) -> Iterator[_Room]:
    """The ways to say less and less, where there is room for so many topics at most.

    Of a row that is `dated` the day gives way as a whole, and before the outlet's name.
    """
    yield _Room(topics)
    for count in range(min(topics, most), -1, -1):
        yield _Room(count, spark=False)
    bare = _Room(spark=False, kind=False, cards=False, span=False, day="" if dated else "month")
    yield from (
        _Room(spark=False, kind=False),
        _Room(spark=False, kind=False, cards=False),
        _Room(spark=False, kind=False, cards=False, span=False),
        bare,
        replace(bare, name=_LEAST_NAME),
        replace(bare, name=_LEAST_NAME, day=""),
    )


def _said(story: Story, state: RowState, room: _Room) -> Iterator[Span]:
    """What follows the outlet, with its styles, in the order in which it stands."""
    event = state.event
    if event is not None and event.outlets > 1:
        took = f" in {duration(event.span)}" if room.span and event.span >= timedelta(minutes=1) else ""
        yield f" · {event.outlets} outlets{took}", "strong"
    if state.ordered[0]:
        yield f" · {state.ordered[0]}", "number"
    if state.fresh:
        yield f" · +{state.fresh} new", "accent"
    if state.day is not None and room.day:
        yield f" · {short_day(state.day) if room.day == 'day' else month_of(state.day)}", "dim"
    yield from _event_said(story, state, room)
    if room.kind and story.kind and story.kind != "article":
        yield f" · {steady(story.kind)}", "dim"
    if story.removed:
        yield " · removed", "dim"
    if topics := _topics(story.topics, room.topics):
        yield topics, "dim"


def _event_said(story: Story, state: RowState, room: _Room) -> Iterator[Span]:
    event = state.event
    if event is not None and event.outlets > 1:
        if room.cards and state.cards > 1:
            some = f"{state.unread_cards} of {state.cards} unread"
            cards = some if has_some_unread(state) else f"{state.cards} cards"
            yield f" · {fold_sign(state)} {cards}", "dim"
        if room.spark and len(event.members) >= _SPARK_FROM and event.span:
            yield f" · {sparkline(momentum(event, _SPARK_CELLS))}", "number"
    elif room.cards and (count := coverage_count(story)):
        yield f" · {count} related", "dim"


def cells_of(spans: Iterable[Span]) -> int:
    """How many cells spans take beside each other."""
    return sum(cell_width(text) for text, _style in spans)


def has_some_unread(state: RowState) -> bool:
    """Whether some of the stories of a row are unread while others are read."""
    return 0 < state.unread_cards < state.cards


def fold_sign(state: RowState) -> str:
    """What tells that more stories are folded into a row, or that they stand below it."""
    return (UNFOLDED if state.expanded else FOLDED).drawn


def _topics(topics: Sequence[str], count: int) -> str:
    """The first so many topics, and how many more there are; nothing where there is room for none."""
    if not count:
        return ""
    more = f" +{len(topics) - count}" if count < len(topics) else ""
    return steady("".join(f" · {topic}" for topic in topics[:count])) + more


def _cut(spans: Sequence[Span], width: int) -> list[Span]:
    kept: list[Span] = []
    for text, style in spans:
        kept.append((cut(text, width), style))
        width -= cell_width(kept[-1][0])
    return kept
