"""What was stored of a deck is the deck again; what is damaged is told and never believed."""

from pathlib import Path

import pytest

from tests.deck.events import event_stories as told
from tests.deck.events.test_coverage import HOUSE, broadcast
from tests.deck.stored.blocks import Blocks, stored
from tests.deck.test_deck import deck_of
from tests.stories import story
from tui.cards.folder.data import load_data
from tui.cards.worker.batches import load
from tui.clock import utc_now
from tui.deck.analysis import Analysis
from tui.deck.columns import MarkedDocs
from tui.deck.deck import Deck, DeckBuilder
from tui.deck.events.coverage import coverage_of
from tui.deck.search.sorting import SORTS, Sort
from tui.deck.stored.snapshot import StoredAnalysis, open_snapshot
from tui.deck.view import Lister, Listing, View
from tui.errors import DamagedCacheError
from tui.model import Coverage
from tui.resources import sample_content_dir

QUERIES = (
    "",
    "amazon",
    "clea",
    '"client list"',
    "topic:ai",
    "outlet:reuters",
    "is:first",
    "outlets:>2 -jedi",
    "on:2020",
)
EVERYWHERE = ("snapshot", "deck", "deck.times.seconds", "events.numbers", "events.leads", "events.ahead")


def deck_in(root: Path) -> Deck:
    data = load_data(root)
    builder = DeckBuilder(data.topics, data.outlets)
    for batch in load(root):
        builder.add(batch.stories)
    return builder.deck()


def opened(blocks: Blocks) -> StoredAnalysis:
    snapshot = open_snapshot(blocks)
    assert snapshot is not None
    return snapshot


@pytest.fixture(scope="module")
def demo() -> tuple[Analysis, Blocks]:
    return stored(deck_in(sample_content_dir()))


def test_the_deck_is_the_same(demo: tuple[Analysis, Blocks]) -> None:
    before, after = demo[0].deck, opened(demo[1]).analysis.deck
    assert list(after.stories) == list(before.stories)
    assert [after.story(doc) for doc in range(len(after))] == list(before.stories)
    assert after.story(-1) == before.story(-1)
    assert (after.topic_nodes, after.outlets, after.kinds) == (before.topic_nodes, before.outlets, before.kinds)
    assert after.shown_count == before.shown_count
    for entry in before.stories:
        assert after.find(entry.id) == entry
        assert after.find_url(entry.url) == before.find_url(entry.url)
        assert after.urls_of(entry.outlet.name) == before.urls_of(entry.outlet.name)
        assert after.listed(entry) == before.listed(entry)
        for item in entry.related:
            assert after.find_url(item.url) == before.find_url(item.url)
    assert after.find("nothing.md") is None
    with pytest.raises(IndexError):
        after.story(len(after))


def test_unread_stories_are_counted_without_reading_what_only_a_query_needs(demo: tuple[Analysis, Blocks]) -> None:
    blocks = demo[1]
    blocks.asked.clear()
    analysis = opened(blocks).analysis
    unread = MarkedDocs(read=1)
    lister = Lister(utc_now)
    assert lister.unread(lister.plain(analysis.deck, View(), analysis), unread, load=True).facets is not None
    needless = ("search.excerpt", "search.coverage.item", "search.coverage.joined", "search.story.title")
    assert not [name for name in blocks.asked if name.startswith(needless)]


def test_equal_coverage_is_one_object_when_all_is_read(demo: tuple[Analysis, Blocks]) -> None:
    objects: dict[Coverage, Coverage] = {}
    items = [item for entry in opened(demo[1]).analysis.deck.stories for item in entry.related]
    assert all(objects.setdefault(item, item) is item for item in items)


def test_events_are_the_same(demo: tuple[Analysis, Blocks]) -> None:
    before, after = demo[0], opened(demo[1]).analysis
    assert before.events is not None
    assert after.events is not None
    for entry in before.deck.stories:
        assert after.event(entry.id) == before.event(entry.id)
        assert coverage_of(after.events, entry) == coverage_of(before.events, entry)
        for item in entry.related:
            assert after.events.relation(entry, item) is before.events.relation(entry, item)
            assert after.events.key_of(item) == before.events.key_of(item)
            assert after.events.story_of(item) == before.events.story_of(item)
            assert after.events.why(entry, item) == before.events.why(entry, item)
    assert after.event("nothing.md") is None


def test_publishers_are_the_same() -> None:
    cards = broadcast(*HOUSE)
    builder = DeckBuilder()
    builder.add(cards)
    before, blocks = stored(builder.deck())
    after = opened(blocks).analysis

    assert after.event("p0.md") == before.event("p0.md")
    assert (event := after.event("p0.md")) is not None
    assert event.outlets == 4


def test_lists_are_the_same_whatever_is_asked(demo: tuple[Analysis, Blocks]) -> None:
    before, after = demo[0], opened(demo[1]).analysis
    for query in QUERIES:
        for sort in (None, *map(Sort, SORTS)):
            for grouped in (True, False):
                view = View(query, sort, grouped)
                assert shown(Lister(utc_now).list(after, view)) == shown(Lister(utc_now).list(before, view))


def shown(listing: Listing) -> tuple[list[int], list[int], object]:
    return list(listing.docs), list(listing.matching), listing.facets


def test_a_plain_list_is_the_one_that_a_search_for_everything_gives(demo: tuple[Analysis, Blocks]) -> None:
    analysis = opened(demo[1]).analysis
    for view in (View(), View(grouped=False), View(expanded=frozenset({analysis.deck.story(0).id}))):
        plain = Lister(utc_now).plain(analysis.deck, view, analysis)
        searched = Lister(utc_now).list(analysis, view)
        assert (list(plain.docs), list(plain.depths)) == (list(searched.docs), list(searched.depths))
        assert plain.facets is not None
        assert searched.facets is not None
        assert plain.facets.months == searched.facets.months
        assert dict(plain.facets.outlets) == dict(searched.facets.outlets)


def test_the_first_screen_needs_neither_index_nor_all_stories(demo: tuple[Analysis, Blocks]) -> None:
    blocks = demo[1]
    blocks.asked.clear()
    analysis = opened(blocks).analysis
    listing = Lister(utc_now).plain(analysis.deck, View(), analysis)
    analysis.event(analysis.deck.story(listing.docs[0]).id)
    assert not [name for name in blocks.asked if name.startswith("search.")]


def test_a_reprint_is_told_with_its_original() -> None:
    text = "The same long text, word for word, as an agency sends it to all of its many customers"
    one = told.story("a", "Contoso buys robot maker Fabrikam", 0, excerpt=text)
    other = told.story("b", "Contoso buys robot maker Fabrikam", 1, excerpt=text)
    before, blocks = stored(deck_of(told.listing(one, other), other))
    event = opened(blocks).analysis.event("a.md")
    assert event == before.event("a.md")
    assert event is not None
    assert [member.reprint_of for member in event.members] == ["", event.members[0].key]


def test_two_cards_of_one_page_are_one_piece_of_their_event() -> None:
    url = "https://example.org/same"
    before, blocks = stored(deck_of(story("a.md", url=url), story("b.md", "2020-02-27 10:00", url=url)))
    after = opened(blocks).analysis
    assert after.event("b.md") == after.event("a.md") == before.event("a.md")


def test_an_empty_deck_can_be_stored() -> None:
    _, blocks = stored(deck_of())
    analysis = opened(blocks).analysis
    assert len(analysis.deck) == 0
    assert not Lister(utc_now).plain(analysis.deck, View(), analysis).docs
    assert not Lister(utc_now).list(analysis, View("anything")).docs


@pytest.mark.parametrize("name", EVERYWHERE)
def test_without_what_every_use_needs_it_is_not_opened(demo: tuple[Analysis, Blocks], name: str) -> None:
    blocks = demo[1]
    blocks.damaged = {name}
    try:
        assert open_snapshot(blocks) is None
    finally:
        blocks.damaged = set()


def test_wherever_it_is_damaged_nothing_wrong_is_shown_and_the_damage_is_told(demo: tuple[Analysis, Blocks]) -> None:
    before, blocks = demo
    for name in blocks.names():
        blocks.damaged = {name}
        try:
            snapshot = open_snapshot(blocks)
            if snapshot is not None:
                check_all(snapshot, before, name)
        finally:
            blocks.damaged = set()


def check_all(snapshot: StoredAnalysis, before: Analysis, damaged: str) -> None:
    """Everything that is told is right, or the damage is told."""
    analysis, events = snapshot.analysis, before.events
    assert analysis.events is not None
    assert events is not None
    found = []
    for doc, right in enumerate(before.deck.stories):
        found += [analysis.deck.story(doc) == right, analysis.deck.doc(right.id) == doc]
        found += [analysis.deck.find_url(right.url) == before.deck.find_url(right.url)]
        found += [analysis.event(right.id) == before.event(right.id)]
        found += [analysis.events.relation(right, item) is events.relation(right, item) for item in right.related]
        found += [analysis.events.why(right, item) == events.why(right, item) for item in right.related[:2]]
    assert all(found) or snapshot.damage.found, damaged
    try:
        listing = Lister(utc_now).list(analysis, View("amazon"))
    except DamagedCacheError:
        return
    assert shown(listing) == shown(Lister(utc_now).list(before, View("amazon")))
