"""Whoever judges, and in how many parts, the events are the same."""

import os
import signal

import pytest
from hypothesis import HealthCheck, given, settings

import tui.deck.events.candidates as candidates
import tui.deck.events.groups as groups
import tui.deck.events.judge as judge
import tui.deck.events.lexicon as lexicon
from tests.deck.decks import folders
from tests.deck.events.event_stories import story
from tui.deck.events.build import BuiltEvents, build_events
from tui.deck.events.judge import Judge
from tui.model import Story

CARDS = [
    story(f"{outlet}{number}", f"Quillon harbour {number} burnt in Lisbon {word}", number * 30 + hours)
    for number in range(12)
    for hours, (outlet, word) in enumerate((("alpha", "today"), ("beta", "on Sunday"), ("gamma", "last night")))
]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process helps with a handful of pieces."""
    monkeypatch.setattr(candidates, "_PIECES_A_PART", 3)
    monkeypatch.setattr(groups, "_WORTH_HELP", 2)


def built(stories: list[Story], *, alone: bool) -> BuiltEvents:
    events = build_events(stories, alone=alone)
    assert events is not None
    return events


def test_two_processes_find_the_events_that_one_finds() -> None:
    one = built(CARDS, alone=True)
    assert any(len(event.story_ids) > 1 for event in one.all)
    assert built(CARDS, alone=False).all == one.all


@pytest.mark.parametrize("kept", [1, 2, 5])
def test_however_little_is_remembered_of_pairs_and_pieces_the_events_are_the_same(
    monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    expected = built(CARDS, alone=True).all
    monkeypatch.setattr(judge, "_VERDICTS_KEPT", kept)
    monkeypatch.setattr(lexicon, "_TERMS_KEPT", 4 * kept)
    assert built(CARDS, alone=True).all == expected


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(folders(7))
def test_two_processes_find_the_events_of_any_folder(stories: list[Story]) -> None:
    assert built(stories, alone=False).all == built(stories, alone=True).all


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(folders(7))
def test_parts_of_any_size_give_the_same_events(stories: list[Story]) -> None:
    small = built(stories, alone=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "_PIECES_A_PART", 1000)
        assert built(stories, alone=True).all == small.all


@pytest.mark.usefixtures("leaves_no_process")
def test_one_that_is_killed_while_it_judges_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = built(CARDS, alone=True).all
    here, may_match = os.getpid(), Judge.may_match

    def doomed(self: Judge, one: int, other: int) -> bool:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return may_match(self, one, other)

    monkeypatch.setattr(Judge, "may_match", doomed)
    assert built(CARDS, alone=False).all == expected
