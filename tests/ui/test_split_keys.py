"""Key sequences that a slow line tears apart act as nothing; the reader's own keys all arrive."""

import pytest

from tui.ui.split_keys import WINDOW_SECONDS, SplitKeys

TAILS = ["[A", "[B", "OA", "OP", "[1;5A", "[15~", "[[A", "O5D", "[<0;3;4M", "[57441u", "[200~"]


def delivered(text: str, gap: float, start: float = 0.1) -> str:
    """What reaches the reader of ESC and the characters that follow, each after a gap in seconds."""
    keys = SplitKeys()
    assert not keys.swallows("escape", "\x1b", 0.0)
    now, seen = start, ""
    for character in text:
        held = keys.holds
        if not keys.swallows(character, character, now):
            seen += ("O" if held else "") + character
        now += gap
    return seen + ("O" if keys.let_go() else "")


@pytest.mark.parametrize("gap", [0.0, 0.1, WINDOW_SECONDS - 0.01])
@pytest.mark.parametrize("tail", TAILS)
def test_the_rest_of_a_sequence_is_dropped_whole(tail: str, gap: float) -> None:
    assert delivered(tail, gap) == ""
    assert delivered(tail + "jA", gap) == "jA"


@pytest.mark.parametrize("typed", ["j", "A", "jO[A", "q", "1", "~", "Oj", "O", "OO", "Om"])
def test_what_no_key_sends_is_the_readers_own(typed: str) -> None:
    assert delivered(typed, 0.05) == typed


def test_after_the_window_every_key_is_the_readers_own() -> None:
    assert delivered("[A", 0.0, start=WINDOW_SECONDS + 0.01) == "[A"
    assert delivered("OA", 0.0, start=WINDOW_SECONDS + 0.01) == "OA"


def test_a_sequence_that_stops_in_the_middle_holds_nothing_up() -> None:
    keys = SplitKeys()
    keys.swallows("escape", "\x1b", 0.0)
    assert keys.swallows("left_square_bracket", "[", 0.1)
    assert not keys.swallows("A", "A", 0.1 + 2 * WINDOW_SECONDS)
