"""Every order has every story once, keeps equals newest first, and puts what is not known last, in reverse too."""

from collections.abc import Sequence
from datetime import UTC, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deck.decks import LATE, TREE
from tui.deck.columns import bits_of
from tui.deck.query.ast import EVERYTHING
from tui.deck.query.parse import parse
from tui.deck.search.evaluate import EventColumns
from tui.deck.search.find import Search
from tui.deck.search.index import SearchIndex, build_index
from tui.deck.search.sorting import SORTS, Orders, Sort
from tui.model import Coverage, Outlet, Story

NAN = float("nan")
NUMBERS = st.sampled_from((NAN, 0.0, 1.0, 2.0, 5.0))
SCORES = st.sampled_from((None, 0, 10, 90))
EVERY_SORT = [Sort(name, reverse) for name in SORTS for reverse in (False, True)]


@st.composite
def listed(draw: st.DrawFn) -> tuple[list[Story], EventColumns]:
    """Stories in deck order, some of one moment or without any; and what is known of their events."""
    days = sorted(draw(st.lists(st.sampled_from((0, 1, 1, 3, 9, 400)), max_size=7)))
    undated = draw(st.integers(0, 2))
    moments = [LATE - timedelta(days=day) for day in days] + [None] * undated
    stories = [
        Story(f"{number}.md", "Title", published_at=moment, time_known=True, quality=draw(SCORES), heat=draw(SCORES))
        for number, moment in enumerate(moments)
    ]
    outlets, first_seen, burst = ([draw(NUMBERS) for _ in stories] for _ in range(3))
    return stories, EventColumns(outlets, first_seen, burst)


def index_of(stories: Sequence[Story]) -> SearchIndex:
    index = build_index(stories, TREE)
    assert index is not None
    return index


def numbers_of(stories: list[Story], events: EventColumns, name: str) -> list[float]:
    """What each story is sorted by, greatest first; NaN where it is not known."""
    match name:
        case "quality":
            return [NAN if each.quality is None else each.quality for each in stories]
        case "heat":
            return [NAN if each.heat is None else each.heat for each in stories]
        case "outlets":
            return list(events.outlets)
        case "burst":
            return list(events.burst)
        case "first":
            return list(events.first_seen)
    seconds = [NAN if each.published_at is None else each.published_at.timestamp() for each in stories]
    return [-second for second in seconds] if name == "oldest" else seconds


@settings(deadline=None)
@given(listed(), st.sampled_from(EVERY_SORT))
def test_what_is_known_stands_by_its_number_equals_newest_first_and_the_unknown_last(
    drawn: tuple[list[Story], EventColumns], sort: Sort
) -> None:
    stories, events = drawn
    docs = Search(index_of(stories), events=events).find(EVERYTHING, sort).docs
    numbers = numbers_of(stories, events, sort.name)
    known = [doc for doc in range(len(stories)) if numbers[doc] == numbers[doc]]
    expected = sorted(known, key=lambda doc: numbers[doc] * (1 if sort.reverse else -1))
    assert docs == expected + [doc for doc in range(len(stories)) if doc not in known]


@settings(deadline=None)
@given(listed(), st.sampled_from(EVERY_SORT), st.sets(st.integers(0, 8)))
def test_a_part_of_the_stories_stands_as_it_does_among_all(
    drawn: tuple[list[Story], EventColumns], sort: Sort, chosen: set[int]
) -> None:
    stories, events = drawn
    orders = Orders(index_of(stories), events)
    size = len(stories)
    every = orders.arranged(bits_of(range(size), size), sort)
    some = {doc for doc in chosen if doc < size}
    assert sorted(every) == list(range(size))
    assert orders.arranged(bits_of(some, size), sort) == [doc for doc in every if doc in some]


@settings(deadline=None, max_examples=50)
@given(listed(), st.sampled_from(sorted(SORTS)))
def test_reverse_turns_round_what_is_known_and_differs(drawn: tuple[list[Story], EventColumns], name: str) -> None:
    stories, events = drawn
    search = Search(index_of(stories), events=events)
    numbers = numbers_of(stories, events, name)
    there, back = (
        [numbers[doc] for doc in search.find(EVERYTHING, Sort(name, reverse)).docs if numbers[doc] == numbers[doc]]
        for reverse in (False, True)
    )
    assert there == back[::-1] == sorted(there, reverse=True)


@settings(deadline=None, max_examples=30)
@given(listed(), st.sampled_from(["first", "outlets", "burst"]), st.booleans())
def test_an_order_by_events_is_that_by_time_while_there_are_none(
    drawn: tuple[list[Story], EventColumns], name: str, reverse: bool
) -> None:
    search = Search(index_of(drawn[0]))
    by_time = search.find(EVERYTHING, Sort("newest", reverse)).docs
    assert search.find(EVERYTHING, Sort(name, reverse)).docs == by_time


PLACES = ("title", "beginning", "topic", "excerpt", "coverage")
"""Where a word can be found, the best first."""


def placed(number: int, place: str, days: int = 0) -> Story:
    """A story with the word robot in one of its texts."""
    return Story(
        f"{number}.md",
        {"title": "The robot", "beginning": "All robotics"}.get(place, "Nothing here"),
        outlet=Outlet("CNN"),
        excerpt="about a robot" if place == "excerpt" else "",
        topics=("Robot",) if place == "topic" else (),
        related=(Coverage("Robot seen", "https://a.example/1"),) if place == "coverage" else (),
        published_at=LATE - timedelta(days=days),
        time_known=True,
    )


@settings(deadline=None)
@given(st.lists(st.sampled_from(PLACES), max_size=8))
def test_of_one_day_the_better_place_of_the_word_comes_first_and_equals_keep_their_order(places: list[str]) -> None:
    stories = [placed(number, place) for number, place in enumerate(places)]
    found = Search(index_of(stories)).find(parse("robot").expr)
    assert [*found.docs, *found.related] == sorted(range(len(places)), key=lambda doc: PLACES.index(places[doc]))


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.integers(0, 500)), max_size=8))
def test_ranking_loses_nothing_and_of_one_place_the_newer_comes_first(drawn: list[tuple[str, int]]) -> None:
    drawn = sorted(drawn, key=lambda each: each[1])
    stories = [placed(number, place, days) for number, (place, days) in enumerate(drawn)]
    search = Search(index_of(stories))
    found = search.find(parse("robot").expr)
    assert sorted([*found.docs, *found.related]) == list(range(len(stories)))
    assert {drawn[doc][0] for doc in found.related} <= {"coverage"}
    for place in PLACES:
        same = [doc for doc in (*found.docs, *found.related) if drawn[doc][0] == place]
        assert same == sorted(same)
    back = search.find(parse("robot").expr, Sort("relevance", reverse=True))
    assert (back.docs, list(back.related)) == (found.docs[::-1], list(found.related[::-1]))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("robot", "relevance"),
        ('"a robot"', "relevance"),
        ("-robot", "newest"),
        ("outlet:cnn", "newest"),
        ("", "newest"),
    ],
)
def test_the_order_nobody_chose_is_by_relevance_only_where_there_are_words(query: str, name: str) -> None:
    search = Search(index_of([placed(0, "title")]), zone=UTC)
    assert search.find(parse(query).expr).sort == Sort(name)
    assert search.find(parse(query).expr, Sort("oldest")).sort == Sort("oldest")


def test_every_order_says_in_a_few_words_what_comes_first() -> None:
    assert all(" first" in words and len(words) < 60 for words in SORTS.values())
    assert len(set(SORTS.values())) == len(SORTS)
