"""Whatever changes in a folder, the reader sees what opening it anew would show."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deck.decks import IDS, LATE, OUTLETS, STEMS, TOPICS, URLS, cards, folders
from tests.deck.test_deck import deck_of
from tests.stories import story
from tui.deck.analysis import Analysis, find_events, index_deck
from tui.deck.changed import changed_analysis, changed_deck
from tui.deck.columns import MarkedDocs, Times, bits_of
from tui.deck.deck import Deck
from tui.deck.query.parse import parse
from tui.deck.search.facets import facets_of
from tui.deck.search.sorting import SORTS, Sort
from tui.deck.view import Lister, Listing, View
from tui.model import Story

ZONES = (UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-8)))
BATCHES = st.lists(
    st.tuples(st.lists(cards(), max_size=3), st.sets(st.sampled_from(IDS), max_size=3)), min_size=1, max_size=3
)
"""Changes one after another: the stories that came, and the ids that are no longer there."""

QUERIES = (
    "",
    "robot",
    "-cloud",
    '"to see"',
    "outlet:cnn",
    "outlet:mon",
    "-outlet:cnn",
    "topic:ai",
    "topic:safe",
    "kind:video OR is:undated",
    "on:2020-02",
    "since:2020-03-01 quality:>5",
    "in:coverage outlet:cnn",
    "in:coverage -outlet:cnn",
    "coverage:>0",
    "is:removed",
    "url:example.org/1",
    "id:a.html",
)


def clock() -> datetime:
    return LATE + timedelta(days=1)


def changed(before: list[Story], batches: Iterable[tuple[list[Story], set[str]]]) -> tuple[Deck, Deck]:
    """The deck after all changes, laid one over the other, and the deck that the same stories make anew."""
    deck = deck_of(*before, topics=TOPICS)
    left = {each.id: each for each in before}
    for new, gone in batches:
        gone = gone - {each.id for each in new}
        deck = changed_deck(deck, new, gone)
        left = {key: each for key, each in left.items() if key not in gone} | {each.id: each for each in new}
    return deck, deck_of(*left.values(), topics=TOPICS)


@settings(deadline=None, max_examples=50)
@given(folders(), BATCHES)
def test_its_stories_stand_in_the_same_order_and_are_found_in_the_same_ways(
    before: list[Story], batches: list[tuple[list[Story], set[str]]]
) -> None:
    deck, anew = changed(before, batches)
    assert list(deck.stories) == list(anew.stories) == [deck.story(doc) for doc in range(len(deck))]
    assert deck.stories[1:-1] == list(anew.stories[1:-1])
    assert [deck.doc(each) for each in IDS] == [anew.doc(each) for each in IDS]
    assert [deck.find_url(each) for each in URLS] == [anew.find_url(each) for each in URLS]
    assert [deck.urls_of(each, URLS[1]) for each in OUTLETS] == [anew.urls_of(each, URLS[1]) for each in OUTLETS]
    assert list(deck.removed) == list(anew.removed)


@settings(deadline=None, max_examples=50)
@given(folders(), BATCHES)
def test_a_collection_lists_the_same_stories(before: list[Story], batches: list[tuple[list[Story], set[str]]]) -> None:
    deck, anew = changed(before, batches)
    collection = story("all.md")
    for items in (STEMS, STEMS[::-1], ("news/unknown", STEMS[0])):
        asking = Story(collection.id, collection.title, details=type(collection.details)(items=items))
        assert deck.listed(asking) == anew.listed(asking)


@settings(deadline=None, max_examples=50)
@given(folders(), BATCHES, st.sampled_from(ZONES))
def test_its_counts_and_facets_are_the_same(
    before: list[Story], batches: list[tuple[list[Story], set[str]]], zone: timezone
) -> None:
    deck, anew = changed(before, batches)
    assert (deck.topic_nodes, deck.outlets, deck.kinds) == (anew.topic_nodes, anew.outlets, anew.kinds)
    assert deck.shown_count == anew.shown_count
    assert deck.times is not None
    times = Times.of((each.published_at, each.time_known) for each in anew.stories)
    assert facets_of(deck, deck.times, zone) == facets_of(anew, times, zone)


def analysed(before: list[Story], new: list[Story], gone: set[str]) -> tuple[Analysis, Analysis]:
    """The analysis of a changed deck, with the index of the deck before, and one with an index of its own."""
    base = index_deck(deck_of(*before, topics=TOPICS))
    assert base is not None
    _, anew = changed(before, [(new, gone)])
    whole = index_deck(anew)
    assert whole is not None
    return changed_analysis(base, changed_deck(base.deck, new, gone - {each.id for each in new})), whole


def found(analysis: Analysis, view: View, marks: MarkedDocs | None = None) -> Listing:
    return Lister(clock, UTC).list(analysis, view, marks)


def without_zeros(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


@settings(deadline=None, max_examples=40)
@given(folders(), st.lists(cards(), max_size=3), st.sets(st.sampled_from(IDS), max_size=3))
def test_every_query_finds_the_same_with_the_same_counts(before: list[Story], new: list[Story], gone: set[str]) -> None:
    merged, whole = analysed(before, new, gone)
    for query in QUERIES:
        mine, anew = (found(each, View(query, Sort("newest"))) for each in (merged, whole))
        assert list(mine.docs) == list(anew.docs), query
        assert mine.facets is not None
        assert anew.facets is not None
        for name in ("topics", "outlets", "kinds"):
            assert without_zeros(getattr(mine.facets, name)) == without_zeros(getattr(anew.facets, name)), query
        assert [each for each in mine.facets.months if each.count] == [
            each for each in anew.facets.months if each.count
        ]


@settings(deadline=None, max_examples=40)
@given(folders(), st.lists(cards(), max_size=3), st.sets(st.sampled_from(IDS), max_size=3), st.data())
def test_every_query_counts_as_many(before: list[Story], new: list[Story], gone: set[str], data: st.DataObject) -> None:
    merged, whole = analysed(before, new, gone)
    size = len(whole.deck)
    read, muted = (bits_of(data.draw(st.sets(st.integers(0, size - 1) if size else st.nothing())), size) for _ in "rm")
    mine, anew = (each.searcher(MarkedDocs(read, muted=muted), clock, UTC) for each in (merged, whole))
    for query in (*QUERIES, "is:read", "is:unread", "is:muted"):
        expr = parse(query).expr
        assert mine.count(expr) == anew.count(expr) == len(anew.find(expr).docs), query


@settings(deadline=None, max_examples=40)
@given(folders(), st.lists(cards(), max_size=3), st.sets(st.sampled_from(IDS), max_size=3))
def test_orders_are_the_same_but_for_new_stories_that_stand_first_by_relevance(
    before: list[Story], new: list[Story], gone: set[str]
) -> None:
    merged, whole = analysed(before, new, gone)
    arrived = {each.id for each in new}
    for name in SORTS:
        for reverse in (False, True):
            view = View(sort=Sort(name, reverse))
            mine, anew = (ids(found(each, view)) for each in (merged, whole))
            assert sorted(mine) == sorted(anew)
            if name in ("newest", "oldest", "quality", "heat"):
                assert mine == anew
                continue
            if name == "relevance":
                fresh = [each in arrived for each in mine]
                assert fresh == sorted(fresh, reverse=True)


@pytest.mark.parametrize("name", ["first", "outlets"])
@pytest.mark.parametrize("reverse", [False, True])
def test_a_new_story_stands_last_in_an_order_by_events_until_they_are_found_again(name: str, reverse: bool) -> None:
    old = [story(f"{n}.md", f"2020-02-0{n} 10:00", title=f"Robots learn to fly {n}") for n in (1, 2, 3)]
    indexed = index_deck(deck_of(*old))
    assert indexed is not None
    base = find_events(indexed)
    assert base is not None
    known = changed_analysis(base, changed_deck(base.deck, [story("new.md", "2020-02-02 12:00")]))
    rows = ids(found(known, View(sort=Sort(name, reverse))))
    assert len(rows) == 4
    assert rows[-1] == "new.md"


def ids(listing: Listing) -> list[str]:
    return [listing.deck.story(doc).id for doc in listing.docs]


@settings(deadline=None, max_examples=30)
@given(folders(), st.lists(cards(), max_size=3), st.sets(st.sampled_from(IDS)), st.sets(st.sampled_from(IDS)))
def test_marks_stay_with_their_stories(before: list[Story], new: list[Story], read: set[str], muted: set[str]) -> None:
    merged, whole = analysed(before, new, set())
    size = len(merged.deck)
    docs = [[doc for doc in map(merged.deck.doc, sorted(each)) if doc is not None] for each in (read, muted)]
    marks = MarkedDocs(read=bits_of(docs[0], size), starred=bits_of(docs[1], size), muted=bits_of(docs[1], size))
    for query in ("", "is:read", "is:unread", "is:starred is:muted", "-is:read robot"):
        view = View(query, Sort("newest"))
        assert ids(found(merged, view, marks)) == ids(found(whole, view, marks)), query


@settings(deadline=None, max_examples=30)
@given(folders(), st.lists(cards(), max_size=3), st.sets(st.sampled_from(IDS), max_size=3))
def test_going_to_a_date_leads_to_the_same_story(before: list[Story], new: list[Story], gone: set[str]) -> None:
    merged, whole = analysed(before, new, gone)
    lister = Lister(clock, UTC)
    for date in ("2020-03", "2020-02-29", "yesterday", "2019", "1999", "never"):
        found, anew = (lister.find_date(lister.list(each, View(grouped=False)), date) for each in (merged, whole))
        assert found == anew, date


@pytest.mark.parametrize("arrives", ["CNN", "CNN Money"])
def test_a_name_picked_in_full_stays_that_name_alone_when_another_like_it_comes(arrives: str) -> None:
    other = {"CNN": "CNN Money", "CNN Money": "CNN"}[arrives]
    merged, _ = analysed([story("old.md", outlet=other)], [story("new.md", outlet=arrives)], set())
    expected = {"CNN": "new.md", "CNN Money": "old.md"}[arrives]
    assert ids(found(merged, View("outlet:cnn"))) == [expected]
    assert ids(found(merged, View("outlet:cn", Sort("newest")))) == ["new.md", "old.md"]


def test_the_same_folder_again_changes_nothing_and_all_of_it_can_go() -> None:
    stories = [story(name, f"2020-01-0{day} 10:00") for day, name in enumerate(IDS[:5], 1)]
    deck = deck_of(*stories)
    assert list(changed_deck(deck, stories).stories) == list(deck.stories)
    assert list(changed_deck(deck, [], ["news/unknown.md"]).stories) == list(deck.stories)
    empty = changed_deck(deck, [], IDS)
    assert (len(empty), empty.shown_count, empty.outlets, empty.kinds) == (0, 0, (), ())
    with pytest.raises(IndexError):
        empty.story(0)


def test_a_deck_that_changed_is_a_new_one_and_the_one_before_stays_as_it_was() -> None:
    deck = deck_of(story("a.md", outlet="CNN"), story("b.md", outlet="CNN"))
    changed_deck(deck, [story("c.md")], ["a.md"])
    assert [each.id for each in deck.stories] == ["a.md", "b.md"]
    assert [(each.name, each.count) for each in deck.outlets] == [("CNN", 2)]
    assert deck.doc("c.md") is None


@settings(deadline=None, max_examples=25)
@given(folders(6), st.lists(cards(), max_size=3), st.sets(st.sampled_from(IDS), max_size=3))
def test_every_story_of_a_changed_deck_has_a_row_of_its_own_or_of_its_event(
    before: list[Story], new: list[Story], gone: set[str]
) -> None:
    indexed = index_deck(deck_of(*before, topics=TOPICS))
    assert indexed is not None
    base = find_events(indexed)
    assert base is not None
    deck = changed_deck(base.deck, new, gone - {each.id for each in new})
    analysis = changed_analysis(base, deck)
    listing = Lister(clock, UTC).plain(deck, View(), analysis)
    rows = [listing.row_of(each.id) for each in deck.stories if not each.removed]
    assert None not in rows
    assert set(rows) == set(range(len(listing.docs)))
    was_there = {each.id for each in before}
    for each in deck.stories:
        if each.id not in was_there and not each.removed:
            event = analysis.event(each.id)
            assert event is not None
            assert deck.story(listing.docs[listing.row_of(each.id) or 0]).id in event.story_ids
