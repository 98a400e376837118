"""The counts beside topics, outlets, kinds and months are those of the stories that are listed."""

from array import array
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deck.decks import LATE, TOPICS, TREE, folders
from tests.deck.search.reference import known_as
from tests.deck.test_deck import deck_of
from tests.stories import at, story
from tui.deck.columns import Times, bits_of, flags_of
from tui.deck.deck import Deck
from tui.deck.search.facets import FacetCounter, FacetCounts, MonthCounter, facets_of
from tui.deck.search.index import SearchIndex, build_index
from tui.model import Story

ZONES = (UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-11)))


class SummerTime(tzinfo):
    """A zone that is an hour ahead of UTC from late in March to late in October."""

    def utcoffset(self, moment: datetime | None) -> timedelta:
        summer = moment is not None and datetime(2020, 3, 29, 1) <= moment.replace(tzinfo=None) < datetime(
            2020, 10, 25, 1
        )
        return timedelta(hours=summer)

    dst = utcoffset

    def tzname(self, moment: datetime | None) -> str:
        return "summer" if self.utcoffset(moment) else "winter"


def index_of(deck: Deck) -> SearchIndex:
    index = build_index(deck.stories, TREE)
    assert index is not None
    return index


def times_of(deck: Deck) -> Times:
    return Times.of((each.published_at, each.time_known) for each in deck.stories)


def month_of(each: Story, zone: tzinfo) -> date | None:
    if each.published_at is None:
        return None
    shown = each.published_at.astimezone(zone) if each.time_known else each.published_at
    return date(shown.year, shown.month, 1)


def counts_of(deck: Deck, docs: set[int], zone: tzinfo = UTC) -> FacetCounts:
    return FacetCounter(index_of(deck), zone).counts(bits_of(docs, len(deck)))


@settings(deadline=None, max_examples=50)
@given(folders(), st.sets(st.integers(0, 9)), st.sampled_from(ZONES))
def test_counts_are_those_of_going_through_the_list(stories: list[Story], docs: set[int], zone: tzinfo) -> None:
    deck = deck_of(*stories, topics=TOPICS)
    docs = {doc for doc in docs if doc < len(deck)}
    listed = [deck.story(doc) for doc in sorted(docs)]
    facets = counts_of(deck, docs, zone)
    topics = ({key for topic in each.topics for key in TREE.lineage(topic)} for each in listed)
    assert Counter(facets.topics) == Counter(key for keys in topics for key in keys)
    assert Counter(facets.outlets) == Counter(known_as(each) for each in listed if known_as(each))
    assert Counter(facets.kinds) == Counter(each.kind for each in listed if each.kind)
    months = Counter({month.first_day: month.count for month in facets.months})
    assert months == Counter(month for each in listed if (month := month_of(each, zone)))


@settings(deadline=None, max_examples=50)
@given(folders(), st.sets(st.integers(0, 9)), st.sampled_from(ZONES))
def test_a_value_of_the_deck_never_vanishes_it_stands_there_with_none(
    stories: list[Story], docs: set[int], zone: tzinfo
) -> None:
    deck = deck_of(*stories, topics=TOPICS)
    some, every = (
        counts_of(deck, {doc for doc in chosen if doc < len(deck)}, zone) for chosen in (docs, set(range(len(deck))))
    )
    for name in ("topics", "outlets", "kinds"):
        before, after = getattr(every, name), getattr(some, name)
        assert list(before) == list(after)
        assert all(after[value] <= before[value] for value in before)
        assert 0 not in before.values()
    assert [month.first_day for month in some.months] == [month.first_day for month in every.months]
    days = [month.first_day for month in every.months]
    assert days == sorted(set(days), reverse=True)


@settings(deadline=None, max_examples=50)
@given(folders(), st.sampled_from(ZONES))
def test_without_an_index_all_counts_are_the_same(stories: list[Story], zone: tzinfo) -> None:
    deck = deck_of(*stories, topics=TOPICS)
    plain = facets_of(deck, times_of(deck), zone)
    counted = counts_of(deck, set(range(len(deck))) - set(deck.removed), zone)
    for name in ("topics", "outlets", "kinds"):
        expected = {value: count for value, count in getattr(counted, name).items() if count}
        assert {value: count for value, count in getattr(plain, name).items() if count} == expected
    assert list(plain.months) == list(counted.months)


@pytest.mark.parametrize(
    ("zone", "months"),
    [
        (UTC, [("2020-02", 1)]),
        (timezone(timedelta(hours=2)), [("2020-03", 1)]),
        (timezone(timedelta(hours=-9)), [("2020-02", 1)]),
    ],
)
def test_a_time_falls_into_the_month_of_the_readers_clock(zone: tzinfo, months: list[tuple[str, int]]) -> None:
    assert shown(deck_of(story("a.md", "2020-02-29 22:30")), zone) == months


@pytest.mark.parametrize("hours", [-11, 0, 14])
def test_a_date_without_a_time_is_in_its_own_month_everywhere(hours: int) -> None:
    piece = Story("a.md", "Date only", published_at=at("2020-03-01 00:00"), time_known=False)
    assert shown(deck_of(piece), timezone(timedelta(hours=hours))) == [("2020-03", 1)]


def shown(deck: Deck, zone: tzinfo) -> list[tuple[str, int]]:
    return [(f"{month.first_day:%Y-%m}", month.count) for month in facets_of(deck, times_of(deck), zone).months]


def test_the_hour_that_clocks_skip_or_repeat_changes_no_month() -> None:
    zone = SummerTime()
    start = datetime(2020, 3, 28, 20, tzinfo=UTC)
    hours = [start + timedelta(hours=hour) for hour in range(24 * 8)]
    autumn = [moment + timedelta(days=210) for moment in hours]
    deck = Deck(
        [Story(f"{n}.md", "t", published_at=each, time_known=True) for n, each in enumerate((autumn + hours)[::-1])]
    )
    deck = deck_of(*deck.stories)
    expected = Counter(f"{each.astimezone(zone):%Y-%m}" for each in hours + autumn)
    assert dict(shown(deck, zone)) == expected


def test_removed_stories_and_those_without_a_date_are_in_no_month() -> None:
    deck = deck_of(
        story("a.md", "2020-02-02 10:00"), story("b.md", None), story("c.md", "2020-01-02 10:00", removed=True)
    )
    assert shown(deck, UTC) == [("2020-02", 1), ("2020-01", 0)]


def test_a_story_counts_once_for_a_topic_however_often_it_has_it() -> None:
    facets = counts_of(deck_of(story("a.md", topics=("Vision", "AI", "ai")), topics=TOPICS), {0})
    assert facets.topics == {"vision": 1, "ai": 1}


def test_an_empty_deck_has_nothing_to_filter_by() -> None:
    facets = facets_of(Deck(), times_of(Deck()))
    assert (dict(facets.topics), dict(facets.outlets), dict(facets.kinds), list(facets.months)) == ({}, {}, {}, [])


@given(st.lists(st.integers(0, 400), max_size=30), st.sets(st.integers(0, 29)), st.sampled_from(ZONES))
def test_months_of_many_days_are_counted_right(days: list[int], chosen: set[int], zone: tzinfo) -> None:
    moments = [LATE - timedelta(days=day) for day in sorted(days)]
    times = Times.of((moment, number % 2 == 0) for number, moment in enumerate(moments))
    docs = {doc for doc in chosen if doc < len(moments)}
    bits = bits_of(docs, len(moments))
    months = MonthCounter(times, zone).counts(bits, flags_of(bits, len(moments)))
    expected = Counter(f"{moments[doc].astimezone(zone if doc % 2 == 0 else UTC):%Y-%m}" for doc in docs)
    assert Counter({f"{month.first_day:%Y-%m}": month.count for month in months}) == expected


@pytest.mark.parametrize("days", [(400, 0, 200), (0, 400, 0, 400), (90, 60, 30, 0), (5, 300, 10)])
def test_stored_times_in_no_order_are_counted_to_an_end(days: tuple[int, ...]) -> None:
    seconds = array("d", ((LATE - timedelta(days=day)).timestamp() for day in days))
    bits = bits_of(range(len(days)), len(days))
    months = MonthCounter(Times(seconds, bits, in_order=True), UTC)
    assert months.counts(bits, flags_of(bits, len(days)))
