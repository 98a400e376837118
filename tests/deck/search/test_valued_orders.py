"""Whatever a list is ordered by, rows that have it stand before those that do not, either way round."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deck.decks import folders
from tests.deck.events.event_stories import coverage, story
from tests.deck.stored.blocks import analysed
from tests.deck.test_deck import deck_of
from tests.deck.test_listing import ids, lister
from tui.deck.analysis import Analysis
from tui.deck.search.sorting import SORTS, Sort
from tui.deck.view import View
from tui.model import Story

EVERY_SORT = [Sort(name, reverse) for name in SORTS for reverse in (False, True)]
FLOOD = "Zephyrion outage locks Lisbon customers out of their accounts"


def has_value(analysis: Analysis, story: Story, name: str) -> bool:
    """Whether there is anything that an order could go by."""
    event = analysis.event(story.id)
    assert event is not None
    match name:
        case "quality":
            return story.quality is not None
        case "heat":
            return story.heat is not None
        case "newest" | "oldest":
            return story.published_at is not None
        case "first":
            return any(member.time_known for member in event.members)
        case "burst":
            return sum(member.time_known for member in event.members) > 1
    return True


@pytest.mark.parametrize("sort", EVERY_SORT, ids=str)
@settings(deadline=None, max_examples=40)
@given(cards=folders(), grouped=st.booleans())
def test_rows_without_a_value_come_after_all_that_have_one(sort: Sort, cards: list[Story], grouped: bool) -> None:
    analysis, _ = analysed(deck_of(*cards))
    listing = lister().list(analysis, View(sort=sort, grouped=grouped))
    known = [has_value(analysis, listing.deck.story(doc), sort.name) for doc in listing.docs]
    assert known == sorted(known, reverse=True)


def told(story_id: str, hours: float | None, others: tuple[float, ...], *, time_known: bool = True) -> Story:
    """A story whose related pieces of other outlets tell the same, each at its hour."""
    pieces = [
        story(f"{story_id}{n}", f"{FLOOD} {story_id}", hour, time_known=time_known) for n, hour in enumerate(others)
    ]
    return story(story_id, f"{FLOOD} {story_id}", hours, related=tuple(map(coverage, pieces)), time_known=time_known)


@pytest.mark.parametrize("reverse", [False, True])
def test_a_lone_or_undated_story_bursts_no_more_than_an_event_of_many_outlets(reverse: bool) -> None:
    cards = [
        told("slow", 0, (3, 9, 20, 30, 40, 46)),
        story("lone", "A quiet day in the harbour", 1),
        told("dates", 200, (200, 200), time_known=False),
        story("undated", "Tomatoes", None),
    ]
    analysis, _ = analysed(deck_of(*cards))
    rows = ids(lister().list(analysis, View(sort=Sort("burst", reverse))))
    assert rows[0] == "slow.md"
    assert set(rows[1:]) == {"lone.md", "dates.md", "undated.md"}
