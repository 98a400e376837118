"""Orders of the story list."""

from datetime import timedelta

import pytest

from tests.deck.search.reference import NOW
from tests.deck.search.test_find import index_of
from tui.deck.query.ast import EVERYTHING
from tui.deck.query.parse import parse
from tui.deck.search.evaluate import EventColumns
from tui.deck.search.find import RANKED, Search
from tui.deck.search.sorting import SORTS, Sort
from tui.model import Coverage, Outlet, Story

NAN = float("nan")
STORIES = [
    Story("0.md", "newest", published_at=NOW, quality=10, heat=None),
    Story("1.md", "day old", published_at=NOW - timedelta(days=1), quality=None, heat=5),
    Story("2.md", "year old", published_at=NOW - timedelta(days=365), quality=90, heat=7),
    Story("3.md", "no date", quality=10, heat=None),
]
EVENTS = EventColumns([1, 4, 4, 2], [5.0, 9.0, 1.0, NAN], [0.5, 0.1, 0.9, 0.5]).warm()

ROWS = [
    ("newest", [0, 1, 2, 3], [2, 1, 0, 3]),
    ("oldest", [2, 1, 0, 3], [0, 1, 2, 3]),
    ("quality", [2, 0, 3, 1], [0, 3, 2, 1]),
    ("heat", [2, 1, 0, 3], [1, 2, 0, 3]),
    ("outlets", [1, 2, 3, 0], [0, 3, 1, 2]),
    ("first", [1, 0, 2, 3], [2, 0, 1, 3]),
    ("burst", [2, 0, 3, 1], [1, 0, 3, 2]),
    ("relevance", [0, 1, 2, 3], [2, 1, 0, 3]),
]


@pytest.mark.parametrize(("name", "order", "reverse"), ROWS)
def test_order(name: str, order: list[int], reverse: list[int]) -> None:
    search = Search(index_of(STORIES), events=EVENTS)
    assert search.find(EVERYTHING, Sort(name)).docs == order
    assert search.find(EVERYTHING, Sort(name, reverse=True)).docs == reverse


def test_every_order_is_tested() -> None:
    assert {name for name, _order, _reverse in ROWS} == set(SORTS)


def test_orders_by_event_are_newest_first_until_events_are_known() -> None:
    search = Search(index_of(STORIES))
    assert search.find(EVERYTHING, Sort("burst")).docs == [0, 1, 2, 3]


def test_only_what_matches_is_in_the_list() -> None:
    search = Search(index_of(STORIES))
    assert search.find(parse("title:old").expr, Sort("quality")).docs == [2, 1]


RELEVANCE = [
    Story("0.md", "cloudy skies", published_at=NOW - timedelta(days=400)),
    Story("1.md", "the cloud", published_at=NOW - timedelta(days=401)),
    Story("2.md", "x", topics=("Cloud",), published_at=NOW - timedelta(days=402)),
    Story("3.md", "x", excerpt="the cloud", published_at=NOW - timedelta(days=403)),
    Story("4.md", "x", related=(Coverage("the cloud"),), published_at=NOW - timedelta(days=404)),
    Story("5.md", "cloud again", published_at=NOW - timedelta(days=405)),
]
FRESH = Story("new.md", "y", outlet=Outlet("Daily"), excerpt="cloud", published_at=NOW)


def titles_in_order(stories: list[Story], text: str) -> list[str]:
    found = Search(index_of(stories)).find(parse(text).expr)
    assert found.sort == Sort("relevance")
    return [stories[doc].id for doc in (*found.docs, *found.related)]


def test_words_without_an_order_are_ranked_by_the_field_they_are_in() -> None:
    order = ["1.md", "5.md", "0.md", "2.md", "3.md", "4.md"]
    assert titles_in_order(RELEVANCE, "cloud") == order


def test_a_fresh_story_comes_before_old_ones_of_about_the_same_worth() -> None:
    assert titles_in_order([FRESH, *RELEVANCE], "cloud") == ["1.md", "5.md", "0.md", "new.md", "2.md", "3.md", "4.md"]


def test_all_words_count_together() -> None:
    assert titles_in_order(RELEVANCE, "cloud the") == ["1.md", "3.md", "4.md"]


def test_without_words_the_newest_come_first() -> None:
    search = Search(index_of(RELEVANCE))
    assert search.find(parse("-cloudy topic:cloud").expr).sort == Sort("newest")


def test_a_long_list_is_ranked_at_its_top_and_newest_first_after_that() -> None:
    texts = [("cloud", ""), ("x", "cloud")]
    many = [
        Story(f"{n}.md", texts[n % 2][0], excerpt=texts[n % 2][1], published_at=NOW - timedelta(days=400 + n))
        for n in range(4 * RANKED)
    ]
    many[-1] = Story("topic.md", "x", topics=("Cloud",), published_at=many[-1].published_at)
    best = [doc for doc in range(len(many)) if doc % 2 == 0]
    found = Search(index_of([FRESH, *many])).find(parse("cloud").expr)
    assert found.docs[: len(best)] == [doc + 1 for doc in best]
    assert found.docs[len(best) :] == [0, *(doc + 2 for doc in best)]
