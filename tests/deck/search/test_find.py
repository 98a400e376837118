"""A query finds what it says, in the order and with the counts a reader expects."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.deck.search.reference import NOW, QUERIES, TREE, Reference, decks
from tui.deck.query.ast import EVERYTHING, Expr
from tui.deck.query.parse import parse
from tui.deck.search.bits import bits_of
from tui.deck.search.evaluate import EventColumns, Marks
from tui.deck.search.find import Found, Search
from tui.deck.search.index import SearchIndex, build_index
from tui.deck.sorting import Sort
from tui.model import Coverage, Outlet, Story

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-8))])


def index_of(stories: Sequence[Story]) -> SearchIndex:
    index = build_index(stories, TREE)
    assert index is not None
    return index


def search_of(stories: Sequence[Story], zone: tzinfo = UTC, read: frozenset[int] = frozenset()) -> Search:
    return Search(index_of(stories), Marks(read=bits_of(read, len(stories))), clock=lambda: NOW, zone=zone)


@given(decks(), st.lists(QUERIES, min_size=1, max_size=6), ZONES)
def test_results_and_counts_equal_those_of_reading_every_story(
    stories: list[Story], queries: list[Expr], zone: tzinfo
) -> None:
    read = frozenset(range(0, len(stories), 3))
    search = search_of(stories, zone, read)
    reference = Reference(stories, read, zone)
    for expr in queries:
        expected = reference.matching(expr)
        found = search.find(expr)
        assert sorted(found.docs) == expected
        assert search.find(expr, Sort("newest")).docs == expected
        assert_counts(found, [stories[row] for row in expected], zone)


def assert_counts(found: Found, stories: Sequence[Story], zone: tzinfo) -> None:
    topics = Counter(key for story in stories for key in {key for topic in story.topics for key in TREE.lineage(topic)})
    assert Counter(found.facets.topics) == topics
    outlets = Counter(story.outlet.name.casefold() for story in stories if story.outlet.name)
    assert Counter({name.casefold(): count for name, count in found.facets.outlets.items()}) == outlets
    assert Counter(found.facets.kinds) == Counter(story.kind for story in stories if story.kind)
    days = (
        story.published_at.astimezone(zone if story.time_known else UTC).date().replace(day=1)
        for story in stories
        if story.published_at
    )
    assert Counter({month.first_day: month.count for month in found.facets.months}) == Counter(days)


@given(decks(), QUERIES)
def test_an_index_read_back_from_its_blocks_answers_the_same(stories: list[Story], expr: Expr) -> None:
    index = index_of(stories)
    again = SearchIndex.of_blocks({name: memoryview(block) for name, block in index.blocks().items()})
    assert again is not None
    first, second = (Search(each, clock=lambda: NOW, zone=UTC).find(expr) for each in (index, again))
    assert (first.docs, first.facets) == (second.docs, second.facets)


def story(number: int, title: str, **fields: object) -> Story:
    at = NOW - timedelta(days=number)
    return Story(**({"id": f"{number}.md", "title": title, "published_at": at, "time_known": True} | fields))  # type: ignore[arg-type]


TYPED = 'the "machine learning" -cloud OR outlet:zd'


def test_typing_and_deleting_letters_gives_the_same_each_time() -> None:
    stories = [story(1, "The machine learning cloud"), story(2, "Machine learners"), story(3, "The machine learning")]
    search = search_of(stories)
    forward = [search.find(parse(TYPED[:length]).expr).docs for length in range(len(TYPED))]
    back = [search.find(parse(TYPED[:length]).expr).docs for length in reversed(range(len(TYPED)))]
    assert forward == back[::-1]
    assert forward[-1] == [2]


def test_a_phrase_is_found_in_sequence_and_within_one_text_only() -> None:
    stories = [
        story(1, "machine learning"),
        story(2, "learning machine"),
        story(3, "a machine", excerpt="learning"),
        story(4, "x", excerpt="deep machine learning models"),
        story(5, "y", related=(Coverage("Machine Learning today", "https://a.example"),)),
    ]
    search = search_of(stories)
    assert sorted(search.find(parse('"machine learning"').expr).docs) == [0, 3, 4]
    assert sorted(search.find(parse('"machine learn"').expr).docs) == []
    assert sorted(search.find(parse('"machine learn').expr).docs) == [0, 3, 4]


def test_who_covered_it() -> None:
    zdnet, verge = Outlet("ZDNet"), Outlet("The Verge")
    stories = [
        story(1, "Clearview breach", related=(Coverage("Faces leak", "https://a.example/1", zdnet),)),
        story(2, "Clearview again", related=(Coverage("Faces again", "https://a.example/2", verge),)),
        story(3, "By ZDNet itself", outlet=zdnet),
    ]
    search = search_of(stories)
    assert search.find(parse("in:coverage outlet:zdnet").expr).docs == [0]
    assert search.find(parse("in:coverage outlet:zdnet again").expr).docs == []
    assert search.find(parse("in:coverage -outlet:zdnet").expr).docs == [1]
    assert search.find(parse("in:coverage").expr).docs == [0, 1]


def test_removed_stories_show_only_when_asked_for() -> None:
    search = search_of([story(1, "azure"), story(2, "azure gone", removed=True)])
    assert search.find(EVERYTHING).docs == [0]
    assert search.find(parse("azure is:removed").expr).docs == [1]
    assert search.find(parse("azure -is:removed").expr).docs == [0]


def test_a_whole_outlet_name_means_that_outlet_only() -> None:
    stories = [story(1, "a", outlet=Outlet("CNN")), story(2, "b", outlet=Outlet("CNN Money"))]
    search = search_of(stories)
    assert search.find(parse("outlet:cn").expr).docs == [0, 1]
    assert search.find(parse("outlet:cnn").expr).docs == [0]
    assert search.find(parse("outlet:money").expr).docs == [1]


def test_events_answer_only_once_they_are_known() -> None:
    stories = [story(1, "a"), story(2, "b")]
    index = index_of(stories)
    events = EventColumns([7.0, 1.0], [0.0, 0.0], [0.0, 0.0], first=0b01, exclusive=0b10, reprint=0)
    without, with_events = Search(index), Search(index, events=events)
    for text, docs in [("outlets:>5", [0]), ("is:first", [0]), ("is:exclusive", [1]), ("is:reprint", [])]:
        expr = parse(text).expr
        assert (without.find(expr).docs, without.find(expr).events_missing) == ([], True)
        assert (with_events.find(expr).docs, with_events.find(expr).events_missing) == (docs, False)


def test_relative_dates_move_with_the_clock() -> None:
    moment = [NOW]
    search = Search(index_of([story(1, "yesterday")]), clock=lambda: moment[0], zone=UTC)
    expr = parse("on:yesterday").expr
    assert search.find(expr).docs == [0]
    moment[0] = datetime(2020, 3, 5, tzinfo=UTC)
    assert search.find(expr).docs == []


def test_a_build_can_be_stopped() -> None:
    assert build_index([story(1, "a")], TREE, should_stop=lambda: True) is None


def test_stories_must_come_in_deck_order() -> None:
    with pytest.raises(ValueError, match="deck order"):
        build_index([story(2, "old"), story(1, "new")], TREE)


def test_another_format_is_not_read() -> None:
    blocks = index_of([story(1, "a")]).blocks()
    blocks["search"] = blocks["search"].replace(b"\xa6format\x01", b"\xa6format\x7f")
    assert SearchIndex.of_blocks(blocks) is None
