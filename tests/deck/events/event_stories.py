"""Stories for the tests of events: short to write, and enough of them to make a deck."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations

from tui.deck.events.events import Events
from tui.model import Coverage, Outlet, Story

MORNING = datetime(2021, 3, 2, 8, 0, tzinfo=UTC)


def at(hours: float) -> datetime:
    """A moment some hours after the morning on which these tests play."""
    return MORNING + timedelta(hours=hours)


def story(
    story_id: str,
    title: str,
    hours: float | None = 0.0,
    *,
    excerpt: str = "",
    outlet: str = "",
    related: tuple[Coverage, ...] = (),
    quality: int | None = None,
    time_known: bool = True,
    url: str | None = None,
) -> Story:
    """A card; its URL is made from its id unless given."""
    return Story(
        id=f"{story_id}.md",
        title=title,
        url=f"https://{story_id}.example/page" if url is None else url,
        outlet=Outlet(name=outlet or story_id.title(), domain=f"{(outlet or story_id).lower()}.example"),
        published_at=None if hours is None else at(hours),
        time_known=time_known and hours is not None,
        excerpt=excerpt,
        quality=quality,
        related=related,
    )


def coverage(of: Story) -> Coverage:
    """A card as another card's `related` lists it."""
    return Coverage(
        title=of.title,
        url=of.url,
        outlet=of.outlet,
        published_at=of.published_at,
        time_known=of.time_known,
        excerpt=of.excerpt,
        quality=of.quality,
    )


def listing(one: Story, *others: Story) -> Story:
    """The card with others under its `related`."""
    return Story(
        id=one.id,
        title=one.title,
        url=one.url,
        outlet=one.outlet,
        published_at=one.published_at,
        time_known=one.time_known,
        excerpt=one.excerpt,
        quality=one.quality,
        related=tuple(coverage(other) for other in others),
    )


def together(events: Events | None, stories: Sequence[Story]) -> set[tuple[str, str]]:
    """The pairs of stories that are one event."""
    assert events is not None
    event_of = {card.id: events.of_story(card.id) for card in stories}
    assert None not in event_of.values()
    ids = {card: event.id for card, event in event_of.items() if event is not None}
    return {(one, other) for one, other in combinations(sorted(ids), 2) if ids[one] == ids[other]}
