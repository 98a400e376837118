"""What is worked out of a deck of bytes, a story at a time, is what is worked out of its stories as values."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.deck.decks import IDS, TOPICS, cards
from tests.deck.stored.blocks import analysed
from tests.deck.stored.test_gathered import BATCHES, NAMED, Senders, built, says_the_same
from tests.stories import coverage, story
from tui.cache.kept import KeptBytes
from tui.deck.analysis import group_deck
from tui.deck.counts import Declared
from tui.deck.deck import Deck, DeckBuilder
from tui.deck.numbering import NumberedStories
from tui.deck.stored.early import early_blocks
from tui.deck.stored.numbered import NumberingGatherer
from tui.deck.stored.snapshot import snapshot_blocks
from tui.model import Story


def written(deck: Deck) -> dict[str, bytes]:
    whole, events = analysed(deck)
    return snapshot_blocks(deck, whole.index, events)


def told(deck: Deck) -> dict[str, bytes]:
    events = analysed(deck)[1]
    return early_blocks(deck, events, group_deck(deck, events.all))


def gathered(batches: list[tuple[int, list[Story]]], declared: Declared) -> NumberingGatherer:
    gatherer = NumberingGatherer(KeptBytes(None), declared)
    senders = Senders(gatherer)
    for source, stories in batches:
        senders.send(stories, source)
    return gatherer


@settings(deadline=None, max_examples=60)
@given(BATCHES, st.sampled_from((Declared(TOPICS), NAMED)))
def test_its_blocks_are_those_of_a_deck_of_values(batches: list[tuple[int, list[Story]]], declared: Declared) -> None:
    deck, values = gathered(batches, declared).deck(), built(batches, declared)
    says_the_same(deck, values)
    assert written(deck) == written(values)
    assert told(deck) == told(values)


@settings(deadline=None, max_examples=60)
@given(BATCHES, st.lists(st.sampled_from(IDS), max_size=4), st.lists(cards(), max_size=3))
def test_stories_that_are_removed_or_come_again_leave_nothing_behind(
    batches: list[tuple[int, list[Story]]], removed: list[str], again: list[Story]
) -> None:
    gatherer, builder = gathered(batches, NAMED), DeckBuilder(declared=NAMED)
    gatherer.deck()
    for _, stories in batches:
        builder.add(stories)
    gatherer.remove(removed)
    builder.remove(removed)
    says_the_same(gatherer.deck(), builder.deck())
    Senders(gatherer).send(again)
    builder.add(again)
    says_the_same(gatherer.deck(), builder.deck())


def test_equal_pieces_of_several_senders_have_one_number() -> None:
    piece = coverage("https://cnet.com/a", "2020-02-26 10:00")
    one, other = story("a.md", related=(piece,)), story("b.md", related=(coverage("https://cnet.com/b"), piece))
    deck = gathered([(1, [one]), (2, [structs.replace(other)])], Declared()).deck()
    assert isinstance(deck.stories, NumberedStories)
    listed = [list(deck.stories.listed(doc)) for doc in range(2)]
    assert listed[0][0] == listed[1][1] != listed[1][0]
    assert deck.stories.item(listed[0][0]) == piece


@pytest.mark.parametrize("related", [(), (coverage("https://cnet.com/a"),)])
def test_heads_come_without_what_they_list(related: tuple[()]) -> None:
    deck = gathered([(0, [story("a.md", related=related)])], Declared()).deck()
    assert isinstance(deck.stories, NumberedStories)
    assert deck.stories.head(0) == next(deck.stories.heads()) == story("a.md")
