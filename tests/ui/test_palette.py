"""The palette: what is typed finds the action that is meant, before those that only have to do with it."""

import pytest

from tui.config.actions import ACTIONS, ActionSpec, key_sign
from tui.ui.palette.ranking import MOST, ranked

OFFERED = [spec for spec in ACTIONS if spec.palette]


def found(typed: str) -> list[str]:
    return [spec.id for spec in ranked(OFFERED, typed)]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("star", "star"),
        ("STAR ", "star"),
        ("sta", "star"),
        ("starred", "only_starred"),
        ("view", "open_view"),
        ("save", "save_view"),
        ("saved view", "open_view"),
        ("quit", "quit"),
        ("theme", "theme"),
        ("unread", "only_unread"),
        ("day older", "next_day"),
        ("help", "help"),
        ("zn", ""),
        ("cpl", "copy_url"),
        ("browser", "browse"),
        ("$EDITOR", "note"),
    ],
)
def test_the_action_that_is_meant_comes_first(typed: str, best: str) -> None:
    assert [*found(typed), ""][0] == best


@pytest.mark.parametrize("spec", OFFERED, ids=lambda spec: spec.id)
def test_every_action_is_first_by_its_name_or_shares_it_and_found_by_its_key(spec: ActionSpec) -> None:
    named = ranked(OFFERED, spec.label)
    assert spec in [each for each in named if each.label == named[0].label]
    for key in spec.keys:
        assert spec in ranked(OFFERED, key_sign(key))[:3]


def test_of_what_is_found_a_handful_is_shown_and_all_without_letters() -> None:
    assert all(0 < len(found(letter)) <= MOST for letter in "aeiost")
    assert found("  ") == [spec.id for spec in OFFERED]
    assert found("duration of nothing") == []
    assert len(found("star")) < 6
