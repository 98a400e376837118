"""What a view lists: a query's stories, one row for each event, its members in place, marks as they are."""

import pytest
from msgspec.structs import replace

from tests.deck.events import event_stories as told
from tests.deck.test_deck import deck_of
from tests.stories import story
from tui.clock import utc_now
from tui.deck.analysis import Analysis, find_events, index_deck
from tui.deck.columns import MarkedDocs, bits_of
from tui.deck.deck import Deck
from tui.deck.search.sorting import Sort
from tui.deck.view import Lister, Listing, View

TEXT = "Contoso buys the robot maker Fabrikam for 3 billion dollars in Rotterdam"


def analysed(deck: Deck) -> Analysis:
    analysis = index_deck(deck)
    assert analysis is not None
    whole = find_events(analysis)
    assert whole is not None
    return whole


def event_deck() -> Deck:
    first = told.story("a", "Contoso buys robot maker Fabrikam for 3 billion", 0, excerpt=TEXT, quality=10)
    second = told.story("b", "Contoso buys robot maker Fabrikam for 3 billion dollars", 1, excerpt=TEXT, quality=50)
    third = told.story(
        "c", "Fabrikam, the robot maker, is bought by Contoso for 3 billion", 2, excerpt=TEXT, quality=20
    )
    other = told.story("z", "A quiet day at the museum of clocks", 1.5)
    lead = told.listing(second, first, third)
    return deck_of(told.listing(first, second), lead, told.listing(third, second), other)


def rows(listing: Listing) -> list[str]:
    return [listing.deck.story(doc).id for doc in listing.docs]


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analysed(event_deck())


@pytest.fixture
def lister() -> Lister:
    return Lister(utc_now)


def test_an_event_is_one_row_told_by_its_lead_where_that_stands(analysis: Analysis, lister: Lister) -> None:
    listing = lister.list(analysis, View())
    assert rows(listing) == ["z.md", "b.md"]
    assert listing.stories == 4


def test_flat_shows_every_story(analysis: Analysis, lister: Lister) -> None:
    assert rows(lister.list(analysis, View(grouped=False))) == ["c.md", "z.md", "b.md", "a.md"]


def test_an_expanded_event_shows_its_other_stories_below_its_lead(analysis: Analysis, lister: Lister) -> None:
    listing = lister.list(analysis, View(expanded=frozenset({"a.md"})))
    assert rows(listing) == ["z.md", "b.md", "c.md", "a.md"]
    assert list(listing.depths) == [0, 0, 1, 1]


def test_where_the_lead_does_not_match_another_story_tells_the_event(analysis: Analysis, lister: Lister) -> None:
    assert rows(lister.list(analysis, View("-id:b.md fabrikam", Sort("newest")))) == ["c.md"]


def test_a_folded_story_is_found_at_the_row_of_its_event(analysis: Analysis, lister: Lister) -> None:
    listing = lister.list(analysis, View())
    assert listing.row_of("a.md") == listing.row_of("b.md") == 1
    assert listing.row_of("unknown.md") is None
    assert lister.list(analysis, View("museum")).row_of("a.md") is None


def test_what_makes_no_sense_in_a_query_is_told_and_the_rest_counts(analysis: Analysis, lister: Lister) -> None:
    listing = lister.list(analysis, View("museum quality:many"))
    assert rows(listing) == ["z.md"]
    assert [error.position for error in listing.errors] == [15]


def test_orders_by_events(analysis: Analysis, lister: Lister) -> None:
    assert rows(lister.list(analysis, View(sort=Sort("outlets")))) == ["b.md", "z.md"]
    assert not lister.list(analysis, View(sort=Sort("outlets"))).by_time
    assert lister.list(analysis, View(sort=Sort("oldest"))).by_time


def test_marks_answer_queries_and_muted_stories_hide(analysis: Analysis, lister: Lister) -> None:
    deck, size = analysis.deck, len(analysis.deck)
    read, muted = deck.doc("z.md"), deck.doc("c.md")
    assert read is not None
    assert muted is not None
    marks = MarkedDocs(bits_of([read], size), 0, bits_of([muted], size))
    flat = View(grouped=False)
    assert rows(lister.list(analysis, replace(flat, query="is:read"), marks)) == ["z.md"]
    assert rows(lister.list(analysis, flat, marks)) == ["z.md", "b.md", "a.md"]
    assert rows(lister.list(analysis, replace(flat, query="is:muted"), marks)) == ["c.md"]


def test_before_events_are_found_every_story_has_its_row(lister: Lister) -> None:
    indexed = index_deck(event_deck())
    assert indexed is not None
    assert len(lister.list(indexed, View()).docs) == 4


def test_a_plain_listing_leaves_removed_stories_out(lister: Lister) -> None:
    deck = deck_of(story("a.md"), story("gone.md", removed=True))
    assert rows(lister.plain(deck, View())) == ["a.md"]


def test_completion_and_dates_come_from_the_deck(analysis: Analysis, lister: Lister) -> None:
    assert ("A", 1) in lister.values(analysis, "outlet")
    listing = lister.list(analysis, View())
    for view, first in ((View(grouped=False), "c.md"), (View(), "z.md")):
        found = lister.find_date(lister.list(analysis, view), "2021-03-02")
        assert found is not None
        assert (analysis.deck.story(found.doc).id, found.count) == (first, 4)
    assert lister.find_date(listing, "someday") is None


def test_analysing_ends_when_told_to() -> None:
    deck = event_deck()
    assert index_deck(deck, lambda: True) is None
    indexed = index_deck(deck)
    assert indexed is not None
    assert find_events(indexed, should_stop=lambda: True) is None


def test_who_was_first_and_who_copied_can_be_asked(analysis: Analysis, lister: Lister) -> None:
    flat = View("is:first", grouped=False)
    assert rows(lister.list(analysis, flat)) == ["a.md"]
    assert rows(lister.list(analysis, replace(flat, query="is:exclusive"))) == ["z.md"]
    assert rows(lister.list(analysis, replace(flat, query="outlets:>2"))) == ["c.md", "b.md", "a.md"]
