"""Days of the reader's clock: in a list by time each stands together, whatever the zone, and asking for it gives it."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import groupby
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.clock import utc_now
from tui.deck.analysis import Analysis, index_deck
from tui.deck.changed import changed_analysis, changed_deck
from tui.deck.days import local_day
from tui.deck.deck import Deck, DeckBuilder
from tui.deck.search.sorting import Sort
from tui.deck.view import Lister, Listing, View
from tui.model import Story

# Clocks behind and ahead of Greenwich, and such that go back at midnight, over midnight, or leave a whole day out.
ZONES = [
    *("UTC", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"),
    *("America/St_Johns", "America/Havana", "America/Sao_Paulo", "Pacific/Apia", "Europe/Berlin"),
]
# Two days each around a plain night, the night in which St. John's went back over midnight, and the day Samoa skipped.
NIGHTS = [datetime(2024, 3, 5, tzinfo=UTC), datetime(2009, 11, 1, tzinfo=UTC), datetime(2011, 12, 30, tzinfo=UTC)]


@st.composite
def _stories(draw: st.DrawFn, prefix: str = "s") -> list[Story]:
    night = draw(st.sampled_from(NIGHTS))
    minutes = draw(st.lists(st.integers(-48 * 60, 48 * 60), max_size=14))
    exact = [Story(f"{prefix}{n}.md", "t", published_at=night + timedelta(minutes=at)) for n, at in enumerate(minutes)]
    days = draw(st.lists(st.integers(-2, 2), max_size=5))
    plain = [Story(f"{prefix}d{n}.md", "t", published_at=night + timedelta(days=at)) for n, at in enumerate(days)]
    return [_as_read(one) for one in (*exact, *plain, Story(f"{prefix}u.md", "t"))]


def _as_read(one: Story) -> Story:
    """Midnight in Greenwich stands for a date alone."""
    at = one.published_at
    known = at is not None and (at.hour, at.minute) != (0, 0)
    return Story(one.id, one.title, published_at=at, time_known=known)


def _deck(stories: list[Story]) -> Deck:
    builder = DeckBuilder()
    builder.add(stories)
    return builder.deck()


def _analysed(stories: list[Story]) -> Analysis:
    analysis = index_deck(_deck(stories))
    assert analysis is not None
    return analysis


def _days(listing: Listing, zone: tzinfo | None) -> list[date | None]:
    told = (listing.deck.story(doc) for doc in listing.docs)
    return [day for day, _rows in groupby(local_day(one.published_at, one.time_known, zone) for one in told)]


def _is_in_order(days: list[date | None], *, rising: bool) -> bool:
    known = [day for day in days if day is not None]
    return days[: len(known)] == known and known == sorted(set(known), reverse=not rising)


ORDERS = [Sort("newest"), Sort("oldest"), Sort("newest", reverse=True), Sort("oldest", reverse=True)]


@given(_stories(), st.sampled_from(ZONES), st.sampled_from(ORDERS))
def test_every_day_stands_together_in_a_list_by_time(stories: list[Story], name: str, sort: Sort) -> None:
    zone = ZoneInfo(name)
    listing = Lister(utc_now, zone).list(_analysed(stories), View(sort=sort, grouped=False))
    assert sorted(listing.docs) == list(range(len(stories)))
    assert list(listing.matching) == list(listing.docs)
    assert _is_in_order(_days(listing, zone), rising=sort.reverse != (sort.name == "oldest"))


@given(_stories(), st.sampled_from(ZONES))
def test_every_day_stands_together_before_anything_is_indexed(stories: list[Story], name: str) -> None:
    zone = ZoneInfo(name)
    listing = Lister(utc_now, zone).plain(_deck(stories), View(grouped=False))
    assert sorted(listing.docs) == list(range(len(stories)))
    assert list(listing.matching) == list(listing.docs)
    assert _is_in_order(_days(listing, zone), rising=False)
    indexed = Lister(utc_now, zone).list(_analysed(stories), View(grouped=False))
    assert list(listing.docs) == list(indexed.docs)


@given(_stories(), _stories("t"), st.sampled_from(ZONES), st.sampled_from(ORDERS))
def test_every_day_stands_together_when_stories_came_since(
    stories: list[Story], more: list[Story], name: str, sort: Sort
) -> None:
    zone = ZoneInfo(name)
    base = _analysed(stories)
    analysis = changed_analysis(base, changed_deck(base.deck, more))
    listing = Lister(utc_now, zone).list(analysis, View(sort=sort, grouped=False))
    assert len(listing.docs) == len(stories) + len(more)
    assert _is_in_order(_days(listing, zone), rising=sort.reverse != (sort.name == "oldest"))


@given(_stories(), st.sampled_from(ZONES))
def test_asking_for_a_day_gives_what_stands_under_it(stories: list[Story], name: str) -> None:
    zone = ZoneInfo(name)
    analysis, lister = _analysed(stories), Lister(utc_now, zone)
    by_day: dict[date, list[str]] = {}
    for doc in lister.list(analysis, View(grouped=False)).docs:
        told = analysis.deck.story(doc)
        day = local_day(told.published_at, told.time_known, zone)
        if day is not None:
            by_day.setdefault(day, []).append(told.id)
    for day, ids in by_day.items():
        asked = lister.list(analysis, View(f"on:{day}", grouped=False))
        assert [asked.deck.story(doc).id for doc in asked.docs] == ids
        since = lister.list(analysis, View(f"since:{day}", grouped=False))
        assert len(since.docs) == sum(len(told) for other, told in by_day.items() if other >= day)
        found = lister.find_date(lister.list(analysis, View(grouped=False)), f"{day}")
        assert found is not None
        assert (analysis.deck.story(found.doc).id, found.count) == (ids[0], len(ids))


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("America/Los_Angeles", ["noon.md", "date.md", "evening.md"]),
        ("Asia/Tokyo", ["noon.md", "evening.md", "date.md"]),
        ("UTC", ["noon.md", "evening.md", "date.md"]),
    ],
)
def test_a_date_alone_ends_its_own_day_everywhere(name: str, order: list[str]) -> None:
    stories = [
        Story("date.md", "t", published_at=datetime(2024, 3, 5, tzinfo=UTC)),
        Story("evening.md", "t", published_at=datetime(2024, 3, 5, 3, tzinfo=UTC), time_known=True),
        Story("noon.md", "t", published_at=datetime(2024, 3, 5, 20, tzinfo=UTC), time_known=True),
    ]
    if name == "Asia/Tokyo":
        stories[2] = Story("noon.md", "t", published_at=datetime(2024, 3, 5, 10, tzinfo=UTC), time_known=True)
    listing = Lister(utc_now, ZoneInfo(name)).list(_analysed(stories), View(grouped=False))
    assert [listing.deck.story(doc).id for doc in listing.docs] == order
