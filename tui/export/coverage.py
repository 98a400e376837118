"""The coverage of a story in the order in which it is listed outside the reader; pure.

The same event comes first in time order, then what is similar: later pieces, then the background. The `reprint_of` of
these rows is the URL of the original, empty where there is none.
"""

from collections.abc import Iterable
from datetime import timedelta

import msgspec

from tui.clock import duration, lag
from tui.deck.events.coverage import CoverageRow, coverage_of, distinct, lag_of
from tui.deck.events.events import Event, Events, Member, Relation
from tui.model import Coverage, Story
from tui.text.wording import counted

Sections = tuple[tuple[str, tuple[CoverageRow, ...]], ...]
"""Rows of coverage under headings."""

_ORDER = (Relation.SAME_EVENT, Relation.LATER, Relation.BACKGROUND)


def whole_coverage(events: Events, story: Story) -> tuple[CoverageRow, ...]:
    """All that is known of the story's event, and what its card lists as similar.

    Pieces of the event that only other cards list are among it, and the story itself is.
    """
    coverage = coverage_of(events, story)
    return _with_originals(
        (*coverage.timeline, *coverage.undated, *coverage.later, *coverage.background), coverage.event
    )


def listed_coverage(events: Events, story: Story) -> tuple[CoverageRow, ...]:
    """What the story's own card lists under `related`, as it says it: each URL once, the story's own left out.

    `outlet` is empty where only a domain is named. Raises KeyError for a story of another deck.
    """
    event = events.of_story(story.id)
    if event is None:
        raise KeyError(story.id)
    members = {member.key: member for member in event.members}
    rows = [_row(events, event, members, story, item) for item in distinct(story)]
    return _with_originals(sorted(rows, key=_place), event)


def lag_minutes(row: CoverageRow) -> int | None:
    """Whole minutes from the first known time of the event; None outside the event and for unknown times."""
    return None if row.lag is None else int(row.lag.total_seconds() // 60)


def lag_text(row: CoverageRow) -> str:
    """`first`, `+0:28`, `+1 d 3 h`; empty where it is not known."""
    return "" if row.lag is None else "first" if row.first else lag(row.lag)


def coverage_sections(events: Events, story: Story) -> Sections:
    """`whole_coverage` in its parts that hold anything, each under a heading: `Same event: 6 outlets in 3 h 56`."""
    event, rows = events.of_story(story.id), whole_coverage(events, story)
    found = [(event_heading(event) if event is not None else "", _of(rows, Relation.SAME_EVENT))]
    for name, relation in (("Later, similar", Relation.LATER), ("Background, similar", Relation.BACKGROUND)):
        if similar := _of(rows, relation):
            found.append((f"{name}: {counted(len(similar), 'piece')}", similar))
    return tuple(found)


def event_heading(event: Event) -> str:
    """An event in numbers: `Same event: 6 outlets, 5 texts in 3 h 56`."""
    outlets, texts, lasting = event_facts(event)
    return f"Same event: {outlets}{f', {texts}' if texts else ''}{lasting}"


def event_facts(event: Event) -> tuple[str, str, str]:
    """An event in numbers: `6 outlets`, then `5 texts` and ` in 3 h 56`, empty where they add nothing."""
    texts = counted(event.texts, "text") if event.texts != event.outlets else ""
    lasting = f" in {duration(event.span)}" if event.span >= timedelta(minutes=1) else ""
    return counted(event.outlets, "outlet"), texts, lasting


def _of(rows: Iterable[CoverageRow], relation: Relation) -> tuple[CoverageRow, ...]:
    return tuple(row for row in rows if row.relation is relation)


def _row(events: Events, event: Event, members: dict[str, Member], story: Story, item: Coverage) -> CoverageRow:
    relation = events.relation(story, item)
    member = members.get(events.key_of(item) or "") if relation is Relation.SAME_EVENT else None
    behind = None if member is None else lag_of(member, event)
    return CoverageRow(
        title=item.title,
        url=item.url,
        outlet=item.outlet.name,
        published_at=item.published_at,
        time_known=item.time_known,
        excerpt=item.excerpt,
        quality=item.quality,
        story_id=events.story_of(item),
        relation=relation,
        lag=behind,
        first=behind == timedelta(),
        reprint_of="" if member is None else member.reprint_of,
        domain=item.outlet.domain,
    )


def _with_originals(rows: Iterable[CoverageRow], event: Event) -> tuple[CoverageRow, ...]:
    """The rows with the URL of an original in place of its key."""
    urls = {member.key: member.url for member in event.members}
    return tuple(
        msgspec.structs.replace(row, reprint_of=urls.get(row.reprint_of, "")) if row.reprint_of else row for row in rows
    )


def _place(row: CoverageRow) -> tuple[int, bool, float]:
    """Where a row stands: background the newest first, everything else the oldest first, unknown times last."""
    seconds = row.published_at.timestamp() if row.published_at else None
    if row.relation is Relation.SAME_EVENT:
        return 0, row.lag is None, seconds or 0.0
    at = seconds if seconds is not None else float("-inf")
    return _ORDER.index(row.relation), seconds is None, -at if row.relation is Relation.BACKGROUND else at
