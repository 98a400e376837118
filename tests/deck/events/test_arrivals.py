"""A card that arrives joins its event at once, and all is as if the whole deck had been looked through anew."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.conftest import SHARED
from tests.deck.events.event_stories import coverage, listing, story, together
from tests.deck.events.test_lexicon import town_news, unrelated
from tests.deck.stored.blocks import stored
from tests.deck.test_deck import deck_of
from tui.cards.worker.batches import load
from tui.clock import utc_now
from tui.deck.analysis import Analysis
from tui.deck.changed import changed_analysis, changed_deck
from tui.deck.events.arrivals import MOST_ARRIVALS
from tui.deck.events.build import build_events
from tui.deck.events.coverage import coverage_of
from tui.deck.events.events import Relation
from tui.deck.stored.snapshot import open_snapshot
from tui.deck.view import Lister, View
from tui.model import Story

FIRE = "Quillon harbour in Lisbon destroyed by fire"
FERRIES = "Zephyrion buys Braga ferries for $28bn"
NEWS = (
    story("alpha", FIRE, 0),
    story("beta", "Fire destroys Quillon harbour in Lisbon", 2),
    story("gamma", "Lisbon: Quillon harbour lost to fire", 3),
    story("delta", FERRIES, 5),
    story("epsilon", "Braga ferries go to Zephyrion for $28bn", 6),
    story("zeta", "Xanthe zoo opens its okapi house", 7),
)
REAL = (SHARED / "labels" / "weeks" / "cards", SHARED / "cards" / "azure")


def opened(stories: Sequence[Story]) -> Analysis:
    """A deck as it is read back from its cache file."""
    snapshot = open_snapshot(stored(deck_of(*stories))[1])
    assert snapshot is not None
    return snapshot.analysis


def arrive(base: Analysis, arrived: Sequence[Story], removed: Sequence[str] = ()) -> Analysis:
    return changed_analysis(base, changed_deck(base.deck, arrived, removed))


def agreement(news: Sequence[Story], late: int, seed: int) -> float:
    """The share of the pairs of one event on which a full build, and arrivals over a stored deck, agree.

    The cards come in any order, one after the other; every second time the deck was stored anew in between.
    """
    order = random.Random(seed).sample(list(news), len(news))
    base = opened(order[late:])
    if seed % 2:
        base = opened([*order[late:], *order[: late // 2]])
        found = arrive(base, order[late // 2 : late]).events
    else:
        found = arrive(base, order[:late]).events
    mine, theirs = together(found, news), together(build_events(news), news)
    assert theirs
    return len(mine & theirs) / len(mine | theirs)


@settings(deadline=None, max_examples=6)
@given(seed=st.integers(0, 1000), late=st.sampled_from([1, 2, 9, 40]))
def test_any_order_of_arrivals_gives_what_a_full_build_gives(seed: int, late: int) -> None:
    assert agreement([*town_news(), *unrelated(150, seed, 0)], late, seed) >= 0.99


@pytest.mark.parametrize("folder", REAL, ids=lambda folder: folder.name)
@pytest.mark.parametrize("seed", range(2))
def test_any_order_of_arrivals_of_real_cards_gives_what_a_full_build_gives(folder: Path, seed: int) -> None:
    if not folder.is_dir():
        pytest.skip(f"{folder.name} is not beside this checkout")
    news = [card for batch in load(folder) for card in batch.stories]
    assert agreement(news, 40, seed) >= 0.99


def test_a_piece_that_only_a_card_elsewhere_lists_stays_in_its_event() -> None:
    fire = story("fire", f"{FIRE}, Zephyrion ferries sunk", 0, excerpt="Zephyrion lost three ferries at the quay.")
    page = story("page", "Fire destroys Quillon harbour in Lisbon", 1)
    late = story("late", "Three Zephyrion ferries sunk at the Lisbon quay", 2)
    base = opened([fire, listing(NEWS[5], page), *NEWS[3:5]])
    assert base.events is not None
    assert base.events.is_of_event(coverage(page), fire)

    events = arrive(base, [late]).events

    assert events is not None
    assert events.of_story("late.md") is events.of_story("fire.md")
    assert events.is_of_event(coverage(page), fire)


def test_a_card_that_arrives_stands_in_the_row_of_its_event() -> None:
    base = opened(NEWS)
    analysis = arrive(base, [story("late", "Quillon harbour fire in Lisbon destroys all", 4)])
    event = analysis.event("late.md")
    assert event is not None
    assert set(event.story_ids) == {"alpha.md", "beta.md", "gamma.md", "late.md"}
    rows = Lister(utc_now).plain(analysis.deck, View(), analysis).docs
    assert [analysis.deck.story(doc).id for doc in rows] == ["zeta.md", "delta.md", "alpha.md"]


def test_a_card_that_arrives_has_its_coverage_told_and_says_why() -> None:
    first = NEWS[0]
    late = listing(story("late", "Fire destroys the Quillon harbour in Lisbon", 1), first)
    events = arrive(opened([first, *NEWS[3:]]), [late]).events
    assert events is not None
    assert events.relation(late, coverage(first)) is Relation.SAME_EVENT
    assert events.story_of(coverage(late)) == "late.md"
    assert events.story_of(coverage(first)) == "alpha.md"
    assert "rare words in common" in events.why(late, coverage(first))
    assert [row.story_id for row in coverage_of(events, first).timeline] == ["alpha.md", "late.md"]


def test_a_card_of_a_page_that_others_list_takes_its_place_in_their_event() -> None:
    page = story("page", "Lisbon: fire at the Quillon harbour", 1)
    event = arrive(opened([listing(NEWS[0], page), *NEWS[3:]]), [page]).event("page.md")
    assert event is not None
    assert set(event.story_ids) == {"alpha.md", "page.md"}


def test_a_card_on_something_else_is_an_event_by_itself_and_changes_no_other() -> None:
    base = opened(NEWS)
    analysis = arrive(base, [story("late", "Viseu crowns a chess master of eleven", 4)])
    event = analysis.event("late.md")
    assert event is not None
    assert event.story_ids == ("late.md",)
    assert together(analysis.events, NEWS) == together(base.events, NEWS)


def test_a_card_that_goes_leaves_its_event() -> None:
    analysis = arrive(opened(NEWS), [], ["alpha.md"])
    assert analysis.event("alpha.md") is None
    event = analysis.event("beta.md")
    assert event is not None
    assert event.story_ids == ("beta.md", "gamma.md")
    assert together(analysis.events, NEWS[1:]) == together(build_events(NEWS[1:]), NEWS[1:])


def test_a_card_that_becomes_another_moves_to_another_event() -> None:
    analysis = arrive(opened(NEWS), [replace(NEWS[0], title="Zephyrion to buy Braga ferries for $28bn")])
    event, left = analysis.event("alpha.md"), analysis.event("beta.md")
    assert event is not None
    assert left is not None
    assert set(event.story_ids) == {"alpha.md", "delta.md", "epsilon.md"}
    assert left.story_ids == ("beta.md", "gamma.md")


def test_more_cards_than_can_be_judged_at_once_are_all_there() -> None:
    news = town_news()
    analysis = arrive(opened(news[:20]), news[20:])
    assert len(news[20:]) > MOST_ARRIVALS
    listed = Lister(utc_now).plain(analysis.deck, View(grouped=False), analysis)
    assert len(listed.docs) == len(news)
    found = [card.id for card in news[20:] if analysis.event(card.id) is not None]
    assert len(found) >= MOST_ARRIVALS
