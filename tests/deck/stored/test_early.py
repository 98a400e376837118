"""Events that come before they are written tell what the built ones do, to whoever holds the same stories."""

from types import MappingProxyType

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from tests.deck.decks import TOPICS, folders
from tests.deck.events.event_stories import coverage, listing, story
from tests.deck.stored.blocks import analysed
from tests.deck.test_deck import deck_of
from tui.deck.analysis import Analysis, group_deck, index_deck
from tui.deck.deck import Deck
from tui.deck.events.coverage import coverage_of
from tui.deck.stored.early import early_analysis, early_blocks
from tui.model import Story

FIRE = "Quillon harbour in Lisbon destroyed by fire"


def told(deck: Deck) -> tuple[Analysis, Analysis | None]:
    """A deck with its events as they were built, and as they are told of the same stories in another process."""
    whole, events = analysed(deck)
    blocks = early_blocks(deck, events, group_deck(deck, events.all))
    return whole, early_analysis(deck_of(*deck.stories, topics=TOPICS), blocks)


def same(built: Analysis, early: Analysis | None) -> None:
    assert early is not None
    assert early.events is not None
    assert built.events is not None
    assert not early.can_search
    for each in built.deck.stories:
        assert early.event(each.id) == built.event(each.id)
        assert coverage_of(early.events, each) == coverage_of(built.events, each)
        for item in each.related:
            assert early.events.story_of(item) == built.events.story_of(item)
            assert early.events.key_of(item) == built.events.key_of(item)
    assert early.grouping is not None
    assert built.grouping is not None
    assert list(early.grouping.numbers) == list(built.grouping.numbers)
    assert early.event("news/unknown.md") is None


@settings(deadline=None, max_examples=25)
@given(folders(7))
def test_they_tell_what_the_built_ones_do(stories: list[Story]) -> None:
    same(*told(deck_of(*stories, topics=TOPICS)))


def test_pieces_that_many_list_and_pages_of_two_cards_are_told() -> None:
    url = "https://quay.example/fire"
    one, other = story("alpha", FIRE, 0, url=url), story("beta", FIRE, 0, url=url)
    third = story("gamma", "Fire destroys Quillon harbour in Lisbon", 2)
    page = coverage(story("delta", "Lisbon: Quillon harbour lost in a fire", 3))
    same(*told(deck_of(listing(one, third), replace(other, related=(page,)), replace(third, related=(page,)))))


def test_beside_an_index_that_was_made_here_all_pieces_are_told() -> None:
    one, other = story("alpha", FIRE), story("beta", FIRE, 1)
    whole, early = told(deck_of(listing(one, story("gamma", "Okapi house opens", 2)), other))
    assert early is not None
    indexed = index_deck(early.deck)
    assert indexed is not None
    analysis = indexed.joined(early)
    assert analysis.can_search
    assert analysis.events is not None
    assert whole.events is not None
    assert set(analysis.events.piece_numbers()) == set(whole.events.piece_numbers())


def test_reasons_are_said_to_come_later() -> None:
    one, other = story("alpha", FIRE), story("beta", FIRE, 1)
    _, early = told(deck_of(listing(one, other), other))
    assert early is not None
    assert early.events is not None
    assert "as soon as" in early.events.why(listing(one, other), coverage(other))


@pytest.mark.parametrize("change", ["nothing", "other deck", "torn"])
def test_what_does_not_fit_the_deck_tells_nothing(change: str) -> None:
    deck = deck_of(story("alpha", FIRE), story("beta", FIRE, 1))
    _, events = analysed(deck)
    blocks = early_blocks(deck, events, group_deck(deck, events.all))
    if change == "nothing":
        blocks = {}
    elif change == "other deck":
        deck = deck_of(story("alpha", FIRE))
    else:
        blocks = {name: block[:-3] for name, block in blocks.items()}
    assert early_analysis(deck, MappingProxyType(blocks)) is None
