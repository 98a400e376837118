"""A reprint is of the event however late it comes; a column's title makes no event of what stands under it."""

import pytest

from tests.deck.events.event_stories import story, together
from tui.deck.events.build import build_events
from tui.model import Story

DAY = 24
HARBOUR = "Quillon reopens the harbour of Lisbon after a fire"


def pairs(*stories: Story) -> set[tuple[str, str]]:
    return together(build_events(list(stories)), list(stories))


@pytest.mark.parametrize("days", [1, 6, 11])
def test_a_reprint_joins_its_event_however_late(days: int) -> None:
    assert pairs(story("alpha", HARBOUR, 0), story("beta", HARBOUR, days * DAY)) == {("alpha.md", "beta.md")}


def test_the_same_headline_after_more_than_two_weeks_is_another_event() -> None:
    assert not pairs(story("alpha", HARBOUR, 0), story("beta", HARBOUR, 15 * DAY))


@pytest.mark.parametrize("title", ["Not much happened today", "News in brief from Lisbon", "Open thread"])
def test_a_daily_column_is_one_event_a_day(title: str) -> None:
    daily = [story(f"d{day:02}", title, day * DAY, outlet="Column") for day in range(20)]

    assert not pairs(*daily)


def test_a_story_that_its_outlet_prints_again_the_next_day_stays_one_event() -> None:
    again = [story(f"d{day}", HARBOUR, day * DAY, outlet="Herald") for day in range(2)]

    assert pairs(*again) == {("d0.md", "d1.md")}


@pytest.mark.parametrize(
    "title",
    [
        "15 big Quillon announcements from Lisbon Build",
        "The top Quillon announcements",
        "Quillon: everything announced",
    ],
)
def test_a_round_up_of_a_conference_joins_none_of_its_events(title: str) -> None:
    told = "Quillon opens Lisbon Build with a harbour for Zephyrion"

    assert not pairs(story("alpha", told, 0), story("beta", title, 1, excerpt=told))
