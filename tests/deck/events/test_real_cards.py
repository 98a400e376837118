"""The event split on real cards: the seed that defines the format, and the pairs that people judged."""

import random
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.conftest import SHARED
from tests.deck.events.event_stories import together
from tui.bench.events import evaluate
from tui.bench.labels import read_labels
from tui.cards.worker.batches import load
from tui.clock import lag
from tui.deck.events.build import build_events
from tui.deck.events.coverage import coverage_of
from tui.model import Story

LABELS = SHARED / "labels" / "same_event_dev.json"


def stories_below(folder: Path) -> list[Story]:
    return [story for batch in load(folder) for story in batch.stories]


@pytest.mark.parametrize("others", ["", "azure"])
def test_the_seed_is_one_event_of_six_outlets_that_the_daily_beast_broke(real_cards: Path, others: str) -> None:
    (seed,) = stories_below(real_cards / "seed")
    more = stories_below(real_cards / others) if others else []
    events = build_events([seed, *more])
    assert events is not None

    told = coverage_of(events, seed)

    assert (told.event.outlets, told.event.span) == (6, timedelta(hours=3, minutes=56))
    assert (told.undated, told.background, told.later) == ((), (), ())
    rows = [(row.outlet, lag(row.lag) if row.lag else "first", row.this_story) for row in told.timeline]
    assert rows[0] == ("The Daily Beast", "first", False)
    assert rows[2] == ("Ars Technica", "+1:56", True)
    assert rows[-1][1] == "+3:56"
    assert told.timeline[0].published_at is not None
    assert f"{told.timeline[0].published_at:%H:%M}" == "14:59"


def test_pairs_that_people_judged_are_mostly_told_apart(real_cards: Path) -> None:
    if not LABELS.is_file():
        pytest.skip("the judged pairs are not beside this checkout")
    labels = read_labels(LABELS.read_bytes())
    assert isinstance(labels, tuple)

    measured = evaluate(stories_below(real_cards), labels)

    assert measured is not None
    assert (measured.pairs, measured.unknown) == (len(labels), ())
    assert measured.on_all.precision >= 0.95
    assert measured.on_all.recall >= 0.85
    assert measured.left_out.precision >= 0.95
    assert measured.left_out.recall >= 0.85


def moved(cards: list[Story], onto: list[Story], days: int) -> list[Story]:
    """Cards with what they list, as if they were told in the days of others, or so many days before."""
    chance = random.Random(len(onto))
    moments = [card.published_at for card in onto if card.published_at is not None]
    told = []
    for card in cards:
        at = chance.choice(moments) - timedelta(days=days)
        later = at - (card.published_at or at)
        related = tuple(
            replace(item, published_at=item.published_at and item.published_at + later) for item in card.related
        )
        told.append(replace(card, id=f"others/{card.id}", published_at=at, time_known=True, related=related))
    return told


@pytest.mark.parametrize("days", [0, 900])
@pytest.mark.parametrize("news", [SHARED / "cards" / "azure", SHARED / "labels" / "weeks" / "cards"])
def test_cards_on_something_else_change_hardly_any_answer(real_cards: Path, news: Path, days: int) -> None:
    if not news.is_dir():
        pytest.skip("the weeks with labels are not beside this checkout")
    stories = stories_below(news)
    others = moved(stories_below(real_cards / "powerapps"), stories, days)
    alone = together(build_events(stories), stories)

    among = together(build_events([*stories, *others]), stories)

    assert len(others) > 1400
    assert len(alone) > 300
    assert len(alone ^ among) < 0.02 * len(alone | among)


def test_a_folder_opened_further_down_is_measured_too(real_cards: Path) -> None:
    if not LABELS.is_file():
        pytest.skip("the judged pairs are not beside this checkout")
    labels = read_labels(LABELS.read_bytes())
    assert isinstance(labels, tuple)
    labels = labels[:40]

    measured = evaluate(stories_below(real_cards / "azure"), labels)

    assert measured is not None
    assert measured.unknown == ()
