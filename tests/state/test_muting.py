"""What a mute keeps out of sight, and what it leaves."""

import pytest

from tui.model import Outlet, Story
from tui.state.muting import Muting
from tui.state.values import Mute, MuteKind

STORY = Story(
    "a.md",
    "Face-matching startup has its list stolen",
    outlet=Outlet("Ars Technica", "arstechnica.com"),
    topics=("AI", "Management Tools"),
    excerpt="Customers of the “secretive” start-up were told. It runs on C++.",
)


@pytest.mark.parametrize(
    ("kind", "value", "hidden"),
    [
        (MuteKind.OUTLET, "ars technica", True),
        (MuteKind.OUTLET, "ArsTechnica.com", True),
        (MuteKind.OUTLET, "Ars", False),
        (MuteKind.TOPIC, "management tools", True),
        (MuteKind.TOPIC, "Management", False),
        (MuteKind.PHRASE, "face matching", True),
        (MuteKind.PHRASE, "FACE-MATCHING STARTUP", True),
        (MuteKind.PHRASE, "the secretive start up", True),
        (MuteKind.PHRASE, "art", False),
        (MuteKind.PHRASE, "matching has", False),
        (MuteKind.PHRASE, "C++", True),
        (MuteKind.PHRASE, "++", True),
        (MuteKind.PHRASE, "(", False),
        (MuteKind.PHRASE, ".*", False),
    ],
)
def test_a_mute_hides_what_it_names(kind: MuteKind, value: str, hidden: bool) -> None:
    mute = Mute(kind, value)
    assert Muting([mute]).hides(STORY) == (mute if hidden else None)


def test_the_mute_that_hides_is_told_among_many() -> None:
    phrases = [Mute(MuteKind.PHRASE, value) for value in ("nothing of it", "list stolen", "startup")]
    assert Muting([Mute(MuteKind.OUTLET, "CNET"), *phrases]).hides(STORY) in phrases[1:]


def test_without_mutes_nothing_is_hidden() -> None:
    assert not Muting([])
    assert Muting([]).hides(STORY) is None
