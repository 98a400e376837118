"""A reader looks for stories: by words, keys, dates and notes, and comes back to where they were."""

from pathlib import Path

import pytest

from tests.journeys.folders import Cards
from tests.journeys.terminal import Terminal


def selected(terminal: Terminal) -> str:
    """The line of the screen that the selection begins on."""
    return next((line for line in terminal.screen().splitlines() if "▌" in line), "")


def test_typing_selects_the_best_hit_unless_the_reader_has_moved(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(110, 30))
    terminal.wait_for("1 of 1")
    terminal.press("G", "/")
    terminal.type("nutanix")
    terminal.wait_for("2 shown", "1 of ")
    terminal.wait_until(lambda: "Nutanix" in selected(terminal), "the best hit to be selected")
    terminal.press("Enter", "Escape")
    terminal.wait_without("shown")
    terminal.press("G")
    terminal.wait_for("15 of 15")
    terminal.press("s", "j", "Enter")
    terminal.wait_for("oldest", "1 of 15")


def test_esc_out_of_a_search_gives_the_place_back(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(110, 24), environ={"NEWSDECK_READ_AFTER": "0"})
    terminal.wait_for("1 of 1")
    for _row in range(7):
        terminal.press("j")
    terminal.wait_for("8 of 1", "Thu 14 May 2020 16:38")
    before = terminal.wait_for("15 rows · 26 unread", "8 outlets in 4:51", "GeekWire", "8 of 15")
    terminal.press("/")
    terminal.type("zzz")
    terminal.wait_for("Nothing matches")
    terminal.press("Escape")
    terminal.wait_until(lambda: terminal.screen() == before, "the screen to be as it was")
    terminal.press("/")
    terminal.type("azure")
    terminal.wait_for("shown", "1 of ")
    terminal.press("Enter", "j", "Escape")
    terminal.wait_until(lambda: terminal.screen() == before, "the screen to be as it was")
    terminal.press("F")
    terminal.wait_for("Nothing matches")
    terminal.press("Escape")
    terminal.wait_until(lambda: terminal.screen() == before, "the screen to be as it was")


def test_every_value_of_a_key_is_offered_with_its_count(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(120, 36))
    terminal.wait_for("1 of 1")
    terminal.press("/")
    terminal.type("outlet:")
    screen = terminal.wait_for("outlet: from this outlet", "ZDNet                      3", " 20 ─")
    assert "needs a value" not in screen
    terminal.press("Up")
    terminal.wait_for("20 of 20")
    terminal.press("Down", "Down", "Down")
    terminal.wait_for("2 of 20", "▌Ars Technica    ")
    terminal.press("Enter")
    terminal.wait_for('outlet:"Ars Technica"', "2 shown")
    terminal.type("is:")
    terminal.wait_for("is: its state", "unread", "unpublished", "starred")
    terminal.type("unr")
    terminal.press("Tab")
    terminal.wait_for('outlet:"Ars Technica" is:unread', "2 shown")
    terminal.press("Escape")
    terminal.wait_without("is:unread")


def test_operators_in_capitals_narrow_and_widen(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(120, 36))
    terminal.wait_for("1 of 1")
    terminal.press("/")
    terminal.type("nutanix OR metaswitch")
    terminal.wait_for("4 shown")
    terminal.press("C-u")
    terminal.type("azure AND nutanix")
    terminal.wait_for("2 shown")
    terminal.press("C-u")
    terminal.type("azure AND NOT azure")
    terminal.wait_for("Nothing matches")
    terminal.press("C-u")
    terminal.type("azure AND")
    terminal.wait_for("^ AND needs something on both sides")


def test_a_day_is_gone_to_and_what_is_no_day_is_told_at_once(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(120, 36))
    terminal.wait_for("1 of 1")
    terminal.press("D")
    terminal.wait_for("Go to a day")
    terminal.type("someday")
    terminal.wait_for("not a date")
    terminal.press("C-u")
    terminal.type("Wed 30 Jun 2021")
    terminal.wait_for("1 story on Wed 30 Jun 2021")
    terminal.press("C-u")
    terminal.type("4 jul 2021")
    terminal.wait_for("no story on Sun 4 Jul 2021, nearest Thu 1 Jul 2021")
    terminal.press("Enter")
    terminal.wait_without("nearest")
    terminal.wait_for("3 of 1", "AT&T's network technology")


def test_n_in_the_story_says_which_match_of_how_many(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(130, 24))
    terminal.wait_for("1 of 1")
    terminal.press("/")
    terminal.type("azure")
    terminal.wait_for("shown")
    terminal.press("Enter", "Enter", "n")
    terminal.wait_for("match 1 of ")
    terminal.press("n")
    terminal.wait_for("match 2 of ")
    terminal.press("N")
    terminal.wait_for("match 1 of ")


@pytest.fixture
def cards(tmp_path: Path) -> Cards:
    """A folder of twelve cards."""
    return Cards(tmp_path / "cards")


def test_what_waits_for_the_reader_stands_in_the_title_until_it_was_seen_to(terminal: Terminal, cards: Cards) -> None:
    terminal.newsdeck(str(cards.root), size=(130, 30))
    terminal.wait_for("12 stories", "1 of 12")
    terminal.press("x", "x")
    terminal.wait_for("2 picked")
    terminal.press("Escape")
    terminal.wait_without("2 picked")
    terminal.press("j", "j", "j")
    cards.write(3, "new.md", title="Something quite new", publishedDateTime="2021-09-01T10:00:00Z")
    terminal.wait_for("13 stories", "1 new · r")
    terminal.press("k", "k")
    assert "1 new · r" in terminal.screen()
    terminal.press("r")
    terminal.wait_for("1 of 13")
    terminal.wait_without("1 new · r")
    terminal.wait_until(
        lambda: any("▌" in line and "Something quite new" in line for line in terminal.screen().splitlines()),
        "the new story to be gone to",
    )
    terminal.press("W")
    terminal.wait_for("Save this view")
    terminal.type("all of it")
    terminal.press("Enter")
    terminal.wait_for("· all of it")
    terminal.press("X", "Enter")
    terminal.wait_for("13 muted · V")
