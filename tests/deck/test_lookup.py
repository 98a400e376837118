"""A story is found the same way in a deck in memory, in one on disk and in one that changed."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deck.decks import IDS, OUTLETS, STEMS, TOPICS, URLS, folders
from tests.deck.stored.blocks import stored
from tests.deck.test_deck import deck_of
from tests.stories import story
from tui.deck.changed import changed_deck
from tui.deck.deck import Deck
from tui.deck.lookup import MemoryLookup, stem_of, url_key
from tui.deck.stored.snapshot import open_snapshot
from tui.model import Details, Story
from tui.text.urls import canonical_url

Maker = Callable[[list[Story]], Deck]


def in_memory(stories: list[Story]) -> Deck:
    return deck_of(*stories, topics=TOPICS)


def on_disk(stories: list[Story]) -> Deck:
    _, blocks = stored(in_memory(stories))
    snapshot = open_snapshot(blocks)
    assert snapshot is not None
    return snapshot.analysis.deck


def overlaid(stories: list[Story]) -> Deck:
    """Half of the stories came later, to where others had to go."""
    first, later = stories[::2], stories[1::2]
    other = [story(each.id, outlet="Elsewhere", url="https://elsewhere.example/") for each in later[:1]]
    return changed_deck(in_memory([*first, *other, story("gone.md")]), later, ["gone.md"])


def overlaid_on_disk(stories: list[Story]) -> Deck:
    return changed_deck(on_disk(stories[::2]), stories[1::2])


MAKERS = [
    pytest.param(in_memory, id="in memory"),
    pytest.param(on_disk, id="on disk"),
    pytest.param(overlaid, id="changed"),
    pytest.param(overlaid_on_disk, id="changed on disk"),
]


@pytest.mark.parametrize("make", MAKERS)
@settings(deadline=None, max_examples=20)
@given(stories=folders())
def test_every_key_leads_to_the_stories_that_have_it(make: Maker, stories: list[Story]) -> None:
    deck = make(stories)
    shown = list(enumerate(deck.stories))
    found = deck.found_by
    for key in (*IDS, "", "gone.md"):
        assert found.doc(key) == next((doc for doc, each in shown if each.id == key), None)
    for stem in (*STEMS, "", "news"):
        assert list(found.docs_of_stem(stem)) == [doc for doc, each in shown if each.id.rsplit(".", 1)[0] == stem]
    for url in URLS[1:]:
        key = canonical_url(url)
        assert list(found.docs_of_url(key)) == [
            doc for doc, each in shown if each.url and canonical_url(each.url) == key
        ]
    for outlet in ("CNN", "CNN Money", "Reuters", "cnn", "Elsewhere"):
        assert list(found.docs_of_outlet(outlet)) == [doc for doc, each in shown if each.outlet.name == outlet]
    assert list(found.removed_docs()) == [doc for doc, each in shown if each.removed]


@pytest.mark.parametrize("make", MAKERS)
@settings(deadline=None, max_examples=15)
@given(stories=folders(), besides=st.sampled_from(URLS))
def test_other_links_of_an_outlet_lead_elsewhere_than_to_the_page_at_hand(
    make: Maker, stories: list[Story], besides: str
) -> None:
    deck = make(stories)
    for outlet in OUTLETS:
        links = {each.url for each in stories if outlet and each.outlet.name == outlet and each.url}
        own = canonical_url(besides) if besides else None
        assert deck.urls_of(outlet, besides) == {url for url in links if canonical_url(url) != own}


@pytest.mark.parametrize("make", MAKERS)
def test_a_collection_shows_its_cards_in_its_own_order_and_no_holes(make: Maker) -> None:
    collection = Story("all.md", "All", details=Details(items=("news/c", "news/nowhere", "news/a", "news/c")))
    stories = [story("news/a.md", "2020-01-03 10:00"), story("news/c.html", "2020-01-01 10:00"), collection]
    assert [each.id for each in make(stories).listed(collection)] == ["news/c.html", "news/a.md", "news/c.html"]


@pytest.mark.parametrize("make", MAKERS)
def test_of_two_cards_that_differ_in_their_suffix_a_collection_lists_the_older(make: Maker) -> None:
    collection = Story("all.md", "All", details=Details(items=("news/a",)))
    stories = [story("news/a.md", "2020-01-03 10:00"), story("news/a.html", "2020-01-01 10:00"), collection]
    assert [each.id for each in make(stories).listed(collection)] == ["news/a.html"]


@pytest.mark.parametrize("make", MAKERS)
def test_of_two_cards_with_one_page_the_newest_is_opened(make: Maker) -> None:
    pages = ("https://example.org/1", "http://www.example.org/1/")
    stories = [story("old.md", "2020-01-01 10:00", url=pages[0]), story("new.md", "2020-01-02 10:00", url=pages[1])]
    deck = make(stories)
    for url in (*pages, "https://example.org/1?utm_medium=rss"):
        found = deck.find_url(url)
        assert found is not None
        assert found.id == "new.md"
    assert deck.find_url("javascript:alert(1)") is None


@pytest.mark.parametrize(
    ("story_id", "stem"), [("a.md", "a"), ("b/a.b.html", "b/a.b"), ("b.d/plain", "b"), ("plain", "")]
)
def test_a_stem_is_the_id_without_its_suffix(story_id: str, stem: str) -> None:
    assert stem_of(story_id) == stem


def test_a_story_without_a_link_has_no_key_of_a_link() -> None:
    assert url_key(Story("a.md", "T")) == ""
    assert MemoryLookup([Story("a.md", "T"), Story("b.md", "T")]).docs_of_url("") == ()
