"""What the story pane shows of an event: timeline with lags, outlets, headlines, and the rest of `related`.

Pure views over `Events`; texts come out as they are, times as aware UTC datetimes.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from tui.deck.events.events import Event, Events, Member, Relation
from tui.model import Coverage, Story
from tui.text.urls import canonical_url


class CoverageRow(msgspec.Struct, frozen=True):
    """One line of the coverage pane.

    `lag` is the time since the first known piece of the event, None where the time of day is unknown and for
    background and later rows. `story_id` names the card of this deck that tells the piece, None without one.
    `reprints` are the rows of copies of this text that were folded into it, in order of time. `key` is that of the
    piece among those of its event, which `reprint_of` names; empty outside the event.
    """

    title: str
    url: str
    outlet: str
    published_at: datetime | None
    time_known: bool
    excerpt: str
    quality: int | None
    story_id: str | None
    relation: Relation
    lag: timedelta | None = None
    first: bool = False
    this_story: bool = False
    reprint_of: str = ""
    reprints: tuple["CoverageRow", ...] = ()
    domain: str = ""
    key: str = ""


class OutletRow(msgspec.Struct, frozen=True):
    """One outlet's part in an event: its first row, how many pieces, and its best quality (None if not
    scored).
    """

    outlet: str
    first: CoverageRow
    pieces: int
    quality: int | None


class StoryCoverage(msgspec.Struct, frozen=True):
    """All coverage of one story.

    `timeline` has the pieces of the event whose time is known, the earliest first, the story itself among
    them; `undated` those of which only the day or nothing is known. `background` stands newest first,
    `later` oldest first.
    """

    event: Event
    timeline: tuple[CoverageRow, ...]
    undated: tuple[CoverageRow, ...]
    background: tuple[CoverageRow, ...]
    later: tuple[CoverageRow, ...]


class HeadlinePart(msgspec.Struct, frozen=True):
    """A stretch of a headline; `added` where none of the headlines before it has these words."""

    text: str
    added: bool


def coverage_of(events: Events, story: Story) -> StoryCoverage:
    """The coverage of a story of the deck that `events` was made from (`KeyError` for another).

    The timeline has every piece of the event, also those that only other cards list.
    """
    event = events.of_story(story.id)
    if event is None:
        raise KeyError(story.id)
    rows = [_member_row(member, event, story) for member in event.members]
    rest = [(events.relation(story, item), item) for item in distinct(story)]
    background = [_item_row(item, found, events) for found, item in rest if found is Relation.BACKGROUND]
    later = [_item_row(item, found, events) for found, item in rest if found is Relation.LATER]
    return StoryCoverage(
        event=event,
        timeline=tuple(row for row in rows if row.lag is not None),
        undated=tuple(row for row in rows if row.lag is None),
        background=tuple(sorted(background, key=_time, reverse=True)),
        later=tuple(sorted(later, key=_time)),
    )


def distinct(story: Story) -> tuple[Coverage, ...]:
    """The entries of a story's `related`, each URL once and without the story's own, in file order."""
    seen = {canonical_url(story.url) or story.url} if story.url else set()
    found = []
    for item in story.related:
        key = canonical_url(item.url) or item.url
        if key and key in seen:
            continue
        seen.add(key)
        found.append(item)
    return tuple(found)


def related_rows(story: Story) -> tuple[CoverageRow, ...]:
    """What a story lists as related, in order of time, while nobody knows yet what is of its event.

    What has only a date comes first of its day, what has none comes last. All of it counts as background so far.
    """
    rows = [_row(item, Relation.BACKGROUND) for item in distinct(story)]
    return tuple(sorted(rows, key=lambda row: (row.published_at is None, _time(row))))


def fold_reprints(rows: Sequence[CoverageRow]) -> tuple[CoverageRow, ...]:
    """Rows with the copies of a text folded into its first row; the story itself is never folded away."""
    kept: dict[str, list[CoverageRow]] = {}
    order: list[str] = []
    for row in rows:
        key = row.reprint_of or row.key or row.url or row.title
        if key not in kept:
            order.append(key)
        kept.setdefault(key, []).append(row)
    folded = []
    for key in order:
        group = kept[key]
        shown = next((row for row in group if row.this_story), group[0])
        others = tuple(row for row in group if row is not shown)
        folded.append(msgspec.structs.replace(shown, reprints=others) if others else shown)
    return tuple(folded)


def by_outlet(rows: Sequence[CoverageRow]) -> tuple[OutletRow, ...]:
    """One row for each outlet, in the order in which the outlets came in."""
    found: dict[str, list[CoverageRow]] = {}
    for row in rows:
        found.setdefault(row.outlet, []).append(row)
    return tuple(
        OutletRow(
            outlet=outlet,
            first=group[0],
            pieces=len(group),
            quality=max((row.quality for row in group if row.quality is not None), default=None),
        )
        for outlet, group in found.items()
    )


def compare_headlines(titles: Sequence[str]) -> tuple[tuple[HeadlinePart, ...], ...]:
    """For each headline its parts, told apart by whether an earlier headline has said that already.

    The parts of a headline joined give the headline again. Words are compared by their stems; what stands
    between words belongs to the part before it.
    """
    from tui.deck.events.terms import marked_words

    said: set[str] = set()
    compared = []
    for title in titles:
        parts: list[HeadlinePart] = []
        terms: set[str] = set()
        for text, word_terms in marked_words(title):
            added = bool(said) and any(term not in said for term in word_terms)
            terms.update(word_terms)
            if parts and (parts[-1].added is added or not word_terms):
                parts[-1] = HeadlinePart(parts[-1].text + text, parts[-1].added)
            else:
                parts.append(HeadlinePart(text, added))
        said |= terms
        compared.append(tuple(parts))
    return tuple(compared)


def momentum(event: Event, buckets: int) -> tuple[int, ...]:
    """How many pieces came in each of `buckets` equal parts of the event's time; pieces of unknown time are
    left out.
    """
    counts = [0] * buckets
    for member in event.members:
        if member.time_known and member.published_at is not None:
            counts[axis_place(event, member.published_at, buckets)] += 1
    return tuple(counts)


def axis_place(event: Event, moment: datetime, width: int) -> int:
    """The column, from 0 to `width` - 1, of a moment on a time axis over the event's whole time."""
    if event.first is None or not event.span:
        return 0
    share = (moment - event.first) / event.span
    return min(width - 1, max(0, int(share * width)))


def pace(event: Event) -> float | None:
    """How fast an event was told: independent texts per hour over its time, which counts as one hour at least.

    Only pieces of known time count; None where there are fewer than two of them, from which no speed follows.
    """
    told = [member.reprint_of or member.key for member in event.members if member.time_known]
    return len(set(told)) / max(1.0, event.span / timedelta(hours=1)) if len(told) > 1 else None


def outlets_told(event: Event) -> str:
    """The outlets of an event, the first to tell it first, with how each is written where it has several names:
    `bbc.co.uk (BBC News, BBC Sport), The Herald`.
    """
    names: dict[str, dict[str, None]] = {}
    for member in event.members:
        names.setdefault(member.publisher, {})[member.outlet or member.publisher] = None
    return ", ".join(
        next(iter(told)) if len(told) == 1 else f"{publisher} ({', '.join(told)})" for publisher, told in names.items()
    )


def lag_of(member: Member, event: Event) -> timedelta | None:
    """How long after the first known time of its event a member came; None where its time of day is unknown."""
    if not member.time_known or member.published_at is None or event.first is None:
        return None
    return member.published_at - event.first


def _member_row(member: Member, event: Event, story: Story) -> CoverageRow:
    lag = lag_of(member, event)
    mine = story.id in member.stories
    return CoverageRow(
        title=member.title,
        url=member.url,
        outlet=member.outlet,
        published_at=member.published_at,
        time_known=member.time_known,
        excerpt=member.excerpt,
        quality=member.quality,
        story_id=story.id if mine else next(iter(member.stories), None),
        relation=Relation.SAME_EVENT,
        lag=lag,
        first=lag == timedelta(),
        this_story=mine,
        reprint_of=member.reprint_of,
        domain=member.domain,
        key=member.key,
    )


def _item_row(item: Coverage, relation: Relation, events: Events) -> CoverageRow:
    return _row(item, relation, events.story_of(item))


def _row(item: Coverage, relation: Relation, story_id: str | None = None) -> CoverageRow:
    return CoverageRow(
        title=item.title,
        url=item.url,
        outlet=item.outlet.name or item.outlet.domain,
        published_at=item.published_at,
        time_known=item.time_known,
        excerpt=item.excerpt,
        quality=item.quality,
        story_id=story_id,
        relation=relation,
        domain=item.outlet.domain,
    )


def _time(row: CoverageRow) -> float:
    return row.published_at.timestamp() if row.published_at else 0.0
