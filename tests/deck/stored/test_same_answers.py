"""What was stored and is read in place answers every question as the deck that was built."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deck.decks import IDS, LATE, TOPICS, folders
from tests.deck.events import event_stories as told
from tests.deck.stored.blocks import stored
from tests.deck.test_deck import deck_of
from tests.stories import story
from tui.deck.analysis import Analysis
from tui.deck.changed import changed_analysis, changed_deck
from tui.deck.columns import MarkedDocs, bits_of
from tui.deck.events.coverage import coverage_of
from tui.deck.search.sorting import SORTS, Sort
from tui.deck.stored.snapshot import open_snapshot
from tui.deck.view import Lister, View
from tui.model import Details, Outlet, Story

QUERIES = (
    "",
    "robot",
    '"learns to"',
    "-cloud outlet:cnn",
    "topic:ai OR kind:video",
    "in:coverage learns -outlet:reuters",
    "coverage:>0 quality:>=10",
    "since:2020-02 until:2020-02-29",
    "is:undated",
    "is:removed",
    "is:exclusive",
    "is:read",
    "outlets:>1",
    "url:example.org",
)


def clock() -> datetime:
    return LATE + timedelta(days=1)


def both(stories: list[Story]) -> tuple[Analysis, Analysis]:
    """A deck as it was built, and as it is read back."""
    built, blocks = stored(deck_of(*stories, topics=TOPICS))
    snapshot = open_snapshot(blocks)
    assert snapshot is not None
    assert not snapshot.damage.found
    return built, snapshot.analysis


@settings(deadline=None, max_examples=25)
@given(folders(7))
def test_stories_counts_and_times_are_those_that_were_stored(stories: list[Story]) -> None:
    built, read = both(stories)
    assert list(read.deck.stories) == list(built.deck.stories)
    assert [read.deck.story(doc) for doc in range(len(stories))] == list(built.deck.stories)
    assert list(read.deck.stories[::-1]) == list(built.deck.stories)[::-1]
    assert read.deck.counts == built.deck.counts
    assert read.deck.topic_nodes == built.deck.topic_nodes
    assert list(read.deck.removed) == list(built.deck.removed)
    times = read.deck.times
    assert times is not None
    assert times.dated == sum(each.published_at is not None for each in stories)
    known = [doc for doc, each in enumerate(built.deck.stories) if each.time_known]
    assert times.exact == bits_of(known, len(stories))


@settings(deadline=None, max_examples=25)
@given(folders(7), st.sampled_from([None, *(Sort(name) for name in SORTS)]), st.booleans(), st.sets(st.integers(0, 6)))
def test_every_query_lists_the_same_in_every_order(
    stories: list[Story], sort: Sort | None, grouped: bool, read_docs: set[int]
) -> None:
    built, read = both(stories)
    marks = MarkedDocs(read=bits_of({doc for doc in read_docs if doc < len(stories)}, len(stories)))
    for query in QUERIES:
        view = View(query, sort, grouped, frozenset(IDS[:2]))
        one, other = (Lister(clock, UTC).list(each, view, marks) for each in (built, read))
        assert (list(one.docs), one.depths) == (list(other.docs), other.depths), query
        assert (list(one.matching), one.facets, one.sort) == (list(other.matching), other.facets, other.sort), query


@settings(deadline=None, max_examples=25)
@given(folders(7))
def test_events_and_what_covers_a_story_are_the_same(stories: list[Story]) -> None:
    built, read = both(stories)
    assert built.events is not None
    assert read.events is not None
    for each in built.deck.stories:
        assert read.event(each.id) == built.event(each.id)
        assert coverage_of(read.events, each) == coverage_of(built.events, each)
        for item in each.related:
            assert read.events.relation(each, item) == built.events.relation(each, item)
            assert read.events.story_of(item) == built.events.story_of(item)
            assert read.events.why(each, item) == built.events.why(each, item)
    assert read.event("news/unknown.md") is None


@settings(deadline=None, max_examples=20)
@given(folders(6), folders(3))
def test_changes_lie_over_a_stored_deck_as_over_a_built_one(stories: list[Story], new: list[Story]) -> None:
    built, read = both(stories)
    gone = {each.id for each in stories[:1]} - {each.id for each in new}
    one, other = (changed_analysis(each, changed_deck(each.deck, new, gone)) for each in (built, read))
    assert list(one.deck.stories) == list(other.deck.stories)
    for query in QUERIES:
        for view in (View(query), View(query, Sort("oldest"), grouped=False)):
            mine, theirs = (Lister(clock, UTC).list(each, view) for each in (one, other))
            assert (list(mine.docs), mine.depths, mine.facets) == (list(theirs.docs), theirs.depths, theirs.facets)


HOSTILE = (
    "a" * 5_000,
    "\U0001f600 \u0301combining \u6f22\u5b57",
    "quotes \" ' ` and \\ back",
    "\ufffd[31mred",
    "",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    card = Story("a.md", text, excerpt=text, outlet=Outlet(text, text), topics=(text,), kind=text, related=())
    _, read = both([card, story("b.md")])
    found = read.deck.find("a.md")
    assert found == card
    assert read.deck.find("b.md") == story("b.md")


def test_what_only_some_cards_carry_comes_back_too() -> None:
    details = Details(items=("news/b",), length_minutes=12, rating=4.5, sealed_bytes=512, price="free")
    card = Story("a.md", "Course", details=details, body_bytes=77, removed=True, published=False, heat=0, quality=0)
    _, read = both([card])
    assert read.deck.story(0) == card


def test_a_place_outside_the_deck_is_an_error_and_not_another_story() -> None:
    _, read = both([story("a.md"), story("b.md")])
    assert read.deck.story(-2).id == "a.md"
    for place in (2, -3, 1_000_000):
        with pytest.raises(IndexError):
            read.deck.story(place)


def test_a_piece_that_many_cards_list_is_stored_once() -> None:
    piece = told.coverage(told.story("piece", "A piece that everybody lists", 0, excerpt="x" * 3_000))
    few, many = (
        sum(len(blocks.block(name)) for name in blocks.names() if name.startswith("deck.coverage"))
        for blocks in (
            stored(deck_of(*(story(f"{n}.md", related=(piece,)) for n in range(size))))[1] for size in (2, 40)
        )
    )
    assert few == many
