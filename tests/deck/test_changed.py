"""A deck in which stories changed is the deck that all the stories would make."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deck.events import event_stories as told
from tests.deck.test_deck import deck_of
from tests.stories import story
from tui.clock import utc_now
from tui.deck.analysis import Analysis, find_events, index_deck
from tui.deck.changed import changed_analysis, changed_deck
from tui.deck.columns import MarkedDocs, bits_of
from tui.deck.counts import Declared
from tui.deck.deck import Deck
from tui.deck.search.sorting import Sort
from tui.deck.view import Lister, Listing, View
from tui.model import Outlet, Story, Topic

START = datetime(2020, 2, 26, tzinfo=UTC)
NAMES = "abcdefgh"


@st.composite
def made(draw: st.DrawFn) -> Story:
    """A story with one of few ids, moments, links and topics, so that many fall together."""
    name = draw(st.sampled_from(NAMES))
    hours = draw(st.one_of(st.none(), st.integers(0, 3)))
    return Story(
        id=f"{name}.md",
        title=draw(st.sampled_from(["One", "Two"])),
        url=draw(st.sampled_from(["", "https://example.org/1", "https://example.org/2/", f"https://{name}.org/"])),
        outlet=Outlet(draw(st.sampled_from(["", "CNET", "Reuters"])), draw(st.sampled_from(["cnet.com", ""]))),
        published_at=None if hours is None else START + timedelta(hours=hours),
        time_known=hours is not None and draw(st.booleans()),
        topics=draw(st.sampled_from([(), ("AI",), ("ai", "Cloud"), ("Vision",)])),
        kind=draw(st.sampled_from(["", "article", "video"])),
        removed=draw(st.booleans()),
    )


def told_of(deck: Deck) -> dict[str, object]:
    """All that a deck can be asked."""
    urls = ["https://example.org/1", "https://example.org/2", *(f"https://{name}.org" for name in NAMES)]
    times = deck.times
    return {
        "stories": list(deck.stories),
        "one by one": [deck.story(doc) for doc in range(len(deck))],
        "ids": [deck.doc(f"{name}.md") for name in NAMES],
        "urls": [deck.docs_of_url(url) for url in urls],
        "stems": [list(deck.found_by.docs_of_stem(name)) for name in NAMES],
        "outlets": [list(deck.found_by.docs_of_outlet(name)) for name in ("CNET", "Reuters")],
        "removed": list(deck.removed),
        "counts": (deck.topic_nodes, deck.outlets, deck.kinds, deck.shown_count),
        "times": None if times is None else (repr(list(times.seconds)), times.exact),
    }


@given(st.lists(made(), max_size=12), st.lists(made(), max_size=6), st.sets(st.sampled_from(NAMES), max_size=3))
def test_it_is_the_deck_that_all_the_stories_would_make(before: list[Story], new: list[Story], gone: set[str]) -> None:
    topics = (Topic("AI"), Topic("Vision", "AI"))
    base = deck_of(*{entry.id: entry for entry in before}.values(), topics=topics)
    arrived = {entry.id: entry for entry in new}
    removed = {f"{name}.md" for name in gone} - set(arrived)
    left = {entry.id: entry for entry in before if entry.id not in removed} | arrived
    whole = changed_deck(deck_of(topics=topics), left.values())
    assert told_of(changed_deck(base, new, removed)) == told_of(whole)
    assert list(whole.stories) == list(deck_of(*left.values(), topics=topics).stories)


def test_a_deck_can_change_again_and_again() -> None:
    deck = deck_of(story("a.md", "2020-01-01 10:00"), story("c.md", "2020-01-03 10:00"))
    deck = changed_deck(deck, [story("b.md", "2020-01-02 10:00")])
    deck = changed_deck(deck, [story("b.md", "2020-01-04 10:00")], ["a.md"])
    assert [entry.id for entry in deck.stories] == ["b.md", "c.md"]
    assert deck.doc("a.md") is None


def test_new_names_of_topics_count_and_new_stories_take_the_declared_name_of_their_outlet() -> None:
    deck = deck_of(story("a.md", topics=("Vision",)))
    arrived = Story("b.md", "Title", outlet=Outlet("", "cnet.com"))
    declared = Declared((Topic("AI"), Topic("Vision", "AI")), {"cnet.com": "CNET"})
    changed = changed_deck(deck, [arrived], declared=declared)
    assert [(node.name, node.depth) for node in changed.topic_nodes] == [("AI", 0), ("Vision", 1)]
    assert changed.story(changed.doc("b.md") or 0).outlet.name == "CNET"


QUERIES = ("", "one", "-two", "outlet:cnet", "topic:ai", "kind:video", "on:2020", "is:undated", "is:removed", "is:read")
SORTS = (None, Sort("newest"), Sort("newest", reverse=True), Sort("oldest"), Sort("oldest", reverse=True))


@settings(deadline=None, max_examples=40)
@given(st.lists(made(), max_size=12), st.lists(made(), max_size=6), st.sets(st.sampled_from(NAMES), max_size=3))
def test_it_is_searched_as_if_it_had_an_index_of_its_own(before: list[Story], new: list[Story], gone: set[str]) -> None:
    base = deck_of(*{entry.id: entry for entry in before}.values())
    indexed = index_deck(base)
    assert indexed is not None
    deck = changed_deck(base, new, {f"{name}.md" for name in gone} - {entry.id for entry in new})
    whole, changed = index_deck(deck), changed_analysis(indexed, deck)
    assert whole is not None
    assert changed.can_search
    marks = MarkedDocs(
        read=bits_of(range(0, len(deck), 2), len(deck)), muted=bits_of(range(0, len(deck), 5), len(deck))
    )
    for query in QUERIES:
        for sort in SORTS:
            view = View(query, sort)
            mine, theirs = (Lister(utc_now, UTC).list(each, view, marks) for each in (changed, whole))
            if query == "one" or (query == "-two" and sort is None):
                assert sorted(mine.docs) == sorted(theirs.docs)
            else:
                assert list(mine.docs) == list(theirs.docs)
            assert counted(mine) == counted(theirs)


def counted(listing: Listing) -> object:
    """The counts of a list, those that are 0 left out."""
    facets = listing.facets
    assert facets is not None
    counts = [{name: count for name, count in each.items() if count} for each in (facets.topics, facets.outlets)]
    return counts, [month for month in facets.months if month.count]


TEXT = "Contoso buys the robot maker Fabrikam for 3 billion dollars in Rotterdam"


@pytest.fixture
def analysis() -> Analysis:
    first = told.story("a", "Contoso buys robot maker Fabrikam for 3 billion", 0, excerpt=TEXT, quality=10)
    second = told.story("b", "Contoso buys robot maker Fabrikam for 3 billion dollars", 1, excerpt=TEXT, quality=50)
    lead = told.listing(second, first)
    indexed = index_deck(deck_of(told.listing(first, second), lead, told.story("z", "A quiet day at the clocks", 3)))
    assert indexed is not None
    whole = find_events(indexed)
    assert whole is not None
    return whole


def rows(analysis: Analysis) -> list[str]:
    listing = Lister(utc_now).plain(analysis.deck, View(), analysis)
    return [analysis.deck.story(doc).id for doc in listing.docs]


def test_events_stay_folded_and_a_new_story_has_a_row_of_its_own(analysis: Analysis) -> None:
    assert rows(analysis) == ["z.md", "b.md"]
    deck = changed_deck(analysis.deck, [told.story("n", "Something else altogether", 2)])
    changed = changed_analysis(analysis, deck)
    assert rows(changed) == ["z.md", "n.md", "b.md"]
    assert changed.can_search
    assert not changed.is_whole
    event = changed.event("a.md")
    assert event is not None
    assert event.outlets == 2
    fresh = changed.event("n.md")
    assert fresh is not None
    assert fresh.story_ids == ("n.md",)


def test_a_new_story_of_an_event_that_was_found_has_its_row(analysis: Analysis) -> None:
    late = told.story("n", "Contoso buys the robot maker Fabrikam for 3 billion", 2, excerpt=TEXT, quality=20)
    changed = changed_analysis(analysis, changed_deck(analysis.deck, [late]))
    assert rows(changed) == ["z.md", "b.md"]
    event = changed.event("n.md")
    assert event is not None
    assert event.story_ids == ("b.md", "n.md", "a.md")


def test_where_the_lead_of_an_event_is_gone_another_of_its_stories_takes_its_row(analysis: Analysis) -> None:
    deck = changed_deck(analysis.deck, [], ["b.md"])
    assert rows(changed_analysis(analysis, deck)) == ["z.md", "a.md"]


def test_a_story_that_is_told_anew_stays_in_its_event(analysis: Analysis) -> None:
    deck = changed_deck(
        analysis.deck, [told.story("b", "Contoso buys Fabrikam, the robot maker", 1, excerpt=TEXT, quality=50)]
    )
    assert rows(changed_analysis(analysis, deck)) == ["z.md", "b.md"]
