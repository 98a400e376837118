"""What a list shows, whichever way it was made: with an index or without, from memory or from disk."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deck.decks import IDS, LATE, TOPICS, folders
from tests.deck.events import event_stories as told
from tests.deck.stored.blocks import analysed
from tests.deck.test_deck import deck_of
from tests.stories import story
from tui.deck.analysis import Analysis, index_deck
from tui.deck.columns import MarkedDocs, bits_of
from tui.deck.deck import Deck
from tui.deck.search.sorting import SORTS, Sort
from tui.deck.view import Lister, Listing, View
from tui.model import Story

TEXT = "Contoso buys the robot maker Fabrikam for 3 billion dollars in Rotterdam"


def clock() -> datetime:
    return LATE + timedelta(days=1)


def lister() -> Lister:
    return Lister(clock, UTC)


def ids(listing: Listing) -> list[str]:
    return [listing.deck.story(doc).id for doc in listing.docs]


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    """Three stories of one event, of which b leads, and two others."""
    pieces = [
        told.story(name, f"Contoso buys robot maker Fabrikam for 3 billion{end}", hours, excerpt=TEXT, quality=quality)
        for name, end, hours, quality in (("a", "", 0, 10), ("b", " dollars", 1, 50), ("c", " in cash", 2, 20))
    ]
    event = [told.listing(each, *(other for other in pieces if other is not each)) for each in pieces]
    whole, _ = analysed(deck_of(*event, told.story("y", "Clocks", 3), told.story("z", "A quiet day", 1.5)))
    return whole


EVERY_VIEW = [
    View(query, sort, grouped, expanded)
    for query in ("", "fabrikam", "-id:b.md", "nothing")
    for sort in (None, Sort("oldest"), Sort("quality", reverse=True))
    for grouped in (True, False)
    for expanded in (frozenset[str](), frozenset({"c.md", "unknown.md"}))
]


@pytest.mark.parametrize("view", EVERY_VIEW, ids=map(str, range(len(EVERY_VIEW))))
def test_every_story_that_matches_is_found_at_one_row_and_every_row_is_such_a_story(
    analysis: Analysis, view: View
) -> None:
    listing = lister().list(analysis, view)
    rows = {doc: listing.row_of(analysis.deck.story(doc).id) for doc in range(len(analysis.deck))}
    assert {doc for doc, row in rows.items() if row is not None} == set(listing.matching)
    assert len(set(listing.docs)) == len(listing.docs) == len(listing.depths)
    assert set(listing.docs) <= set(listing.matching)
    assert listing.stories == len(listing.matching)
    assert all(rows[doc] == row for row, doc in enumerate(listing.docs))
    if not view.grouped:
        assert list(listing.docs) == list(listing.matching)


def test_any_story_of_an_event_unfolds_it(analysis: Analysis) -> None:
    for name in ("a.md", "b.md", "c.md"):
        assert ids(lister().list(analysis, View(expanded=frozenset({name})))) == [
            "y.md",
            "z.md",
            "b.md",
            "c.md",
            "a.md",
        ]
    assert ids(lister().list(analysis, View(expanded=frozenset({"z.md"})))) == ["y.md", "z.md", "b.md"]


@settings(deadline=None, max_examples=40)
@given(folders(), st.sets(st.sampled_from(IDS)))
def test_the_list_before_there_is_an_index_is_the_one_that_comes_after(stories: list[Story], muted: set[str]) -> None:
    deck = deck_of(*stories, topics=TOPICS)
    indexed = index_deck(deck)
    assert indexed is not None
    bits = bits_of((doc for doc in map(deck.doc, muted) if doc is not None), len(deck))
    plain = lister().plain(deck, View(), muted=bits)
    searched = lister().list(indexed, View(), MarkedDocs(muted=bits))
    assert list(plain.docs) == list(searched.docs)
    assert list(plain.matching) == list(searched.matching)
    assert plain.facets is None
    assert not any(story.removed or story.id in muted for story in map(deck.story, plain.docs))


@settings(deadline=None, max_examples=25)
@given(folders(7), st.frozensets(st.sampled_from(IDS), max_size=3), st.booleans())
def test_a_plain_list_groups_and_unfolds_as_a_search_for_everything_does(
    stories: list[Story], expanded: frozenset[str], grouped: bool
) -> None:
    whole, _ = analysed(deck_of(*stories, topics=TOPICS))
    view = View(grouped=grouped, expanded=expanded)
    plain, searched = lister().plain(whole.deck, view, whole), lister().list(whole, view)
    assert (list(plain.docs), plain.depths) == (list(searched.docs), searched.depths)


def test_one_lister_answers_for_the_deck_and_the_marks_it_is_asked_about() -> None:
    one, other = (index_deck(deck_of(story(name, title="Robot"))) for name in ("a.md", "b.md"))
    assert one is not None
    assert other is not None
    same = lister()
    assert [ids(same.list(each, View("robot"))) for each in (one, other, one)] == [["a.md"], ["b.md"], ["a.md"]]
    assert ids(same.list(one, View("is:read"), MarkedDocs(read=1))) == ["a.md"]
    assert ids(same.list(one, View("is:read"))) == []
    assert same.values(other, "outlet") == [("Ars Technica", 1)]


@pytest.mark.parametrize(
    ("view", "plain"),
    [
        (View(), True),
        (View("  "), True),
        (View(sort=Sort("newest")), True),
        (View(grouped=False, expanded=frozenset({"a.md"})), True),
        (View("robot"), False),
        (View(sort=Sort("newest", reverse=True)), False),
        (View(sort=Sort("quality")), False),
    ],
)
def test_only_everything_in_the_decks_own_order_needs_no_index(view: View, plain: bool) -> None:
    assert view.is_plain == plain


@pytest.mark.parametrize(
    ("query", "narrowed"), [("", False), ("  ", False), ("robot", True), ("-is:read", True), ("quality:x", False)]
)
def test_a_list_is_narrowed_where_the_query_leaves_something_out(
    analysis: Analysis, query: str, narrowed: bool
) -> None:
    assert lister().list(analysis, View(query)).narrowed == narrowed


@pytest.mark.parametrize("name", SORTS)
def test_days_are_told_only_where_rows_stand_by_their_own_time(analysis: Analysis, name: str) -> None:
    listing = lister().list(analysis, View(sort=Sort(name), grouped=False))
    seconds = [each.published_at.timestamp() for each in map(analysis.deck.story, listing.docs) if each.published_at]
    if listing.by_time:
        assert seconds in (sorted(seconds), sorted(seconds, reverse=True))
    assert listing.by_time == (name in ("newest", "oldest"))


def test_a_question_about_events_says_when_it_came_too_early(analysis: Analysis) -> None:
    early = index_deck(analysis.deck)
    assert early is not None
    for query in ("outlets:>1", "is:first", "-is:exclusive"):
        assert lister().list(early, View(query)).events_missing
        assert not lister().list(analysis, View(query)).events_missing
    assert not lister().list(early, View("fabrikam")).events_missing


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ("2020-02-29", ("b.md", 1)),
        ("2020-02", ("b.md", 2)),
        ("2020-02-20", ("b.md", 0)),
        ("2020-02-19", ("c.md", 0)),
        ("2020", ("a.md", 3)),
        ("2021", ("a.md", 0)),
        ("1999", ("c.md", 0)),
        ("Sat 29 Feb 2020 10:00", ("b.md", 1)),
        ("29 Feb 2020 11:00", ("b.md", 0)),
    ],
)
def test_going_to_a_date_leads_to_its_first_story_or_the_nearest_and_never_to_a_removed_one(
    date: str, found: tuple[str, int]
) -> None:
    deck = deck_of(
        story("a.md", "2020-03-01 10:00"),
        story("gone.md", "2020-02-29 23:00", removed=True),
        story("b.md", "2020-02-29 10:00"),
        story("c.md", "2020-02-10 10:00"),
        story("undated.md", None),
    )
    indexed = index_deck(deck)
    assert indexed is not None
    for view in (View(), View("is:unread")):
        at = lister().find_date(lister().list(indexed, view), date)
        assert at is not None
        assert (deck.story(at.doc).id, at.count) == found
    oldest = lister().find_date(lister().list(indexed, View(sort=Sort("oldest"))), "2020-02")
    assert oldest is not None
    assert deck.story(oldest.doc).id == "c.md"
    narrowed = lister().find_date(lister().list(indexed, View("id:c.md")), date)
    assert narrowed is not None
    assert deck.story(narrowed.doc).id == "c.md"


def test_where_nothing_has_a_date_there_is_none_to_go_to() -> None:
    indexed = index_deck(deck_of(story("undated.md", None)))
    assert indexed is not None
    assert lister().find_date(lister().list(indexed, View()), "2020") is None


def test_nothing_is_listed_of_nothing() -> None:
    listing = lister().plain(Deck(), View())
    assert (list(listing.docs), listing.depths, listing.stories, listing.row_of("a.md")) == ([], b"", 0, None)
