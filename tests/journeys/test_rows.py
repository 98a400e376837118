"""What a row of the list tells, how much of it fits, and what there is to do with it, in a real terminal."""

from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal
from tests.journeys.test_reading import browser, calls
from tests.ui.cards import piece, write_story

__all__ = ["browser"]

STILL = {"NEWSDECK_READ_AFTER": "0"}
"""Nothing counts as read because the cursor rests on it."""
HARBOUR = "Harbour of Rotterdam closes after a collision of two container ships"
AUTHORITY = "Port authority closes the harbour of Rotterdam after two container ships collide"
GLACIER = "Glacier above Zermatt loses a third of its ice within a single summer"


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    """An event of nineteen outlets, three of them with copies of one text, and thirty lone stories of older days."""
    root = tmp_path / "cards"
    rows = [
        piece(
            AUTHORITY if number < 3 else f"{HARBOUR}, says witness{number}",
            f"https://outlet{number}.example/harbour",
            f"2021-08-28T{number:02}:30:00Z",
            f"Outlet {number}",
            f"outlet{number}.example",
        )
        for number in range(18)
    ]
    write_story(
        root, "harbour.md", title=f"{HARBOUR} at night", publishedDateTime="2021-08-29T20:30:00Z", related=rows,
        quality=87, provider={"name": "The Amsterdam Harbour Gazette", "domain": "gazette.example"},
        topics=["Ships", "Ports"], excerpt="What the port authority knows so far.", published=False,
    )  # fmt: skip
    for number in range(30):
        write_story(
            root, f"lone{number:02}.md", title=f"Lone{number:02} story of a quiet afternoon",
            publishedDateTime=f"2021-07-{1 + number // 2:02}T1{number % 10}:00:00Z", topics=["Ships"],
        )  # fmt: skip
    return root


def row(screen: str, text: str) -> str:
    """The line of the list that a text stands on, from the left border of the list on."""
    line = next((line for line in screen.splitlines() if text in line), "")
    return max((part for part in line.split("│") if text in part), key=len, default="")


def test_read_state_star_and_pick_stand_beside_each_other(terminal: Terminal, cards: Path) -> None:
    terminal.newsdeck(str(cards), size=(150, 42), environ=STILL)
    terminal.wait_for("1 of 31", "19 outlets")
    terminal.press("f")
    terminal.wait_for("▌●★  20:30 Harbour")
    terminal.press("x")
    terminal.wait_for(" ●★◆ 20:30 Harbour")
    terminal.press("k", "x", "m", "k", "x")
    terminal.wait_for(" ●★◆ 20:30 Harbour", "▌    19:00 Lone29")


def test_the_marks_of_a_row_differ_in_plain_ascii_too(terminal: Terminal, cards: Path) -> None:
    terminal.newsdeck(str(cards), "--ascii", size=(150, 42), environ=STILL)
    terminal.wait_for("1 of 31", "19 outlets", ">o   20:30 Harbour")
    terminal.press("f", "x")
    terminal.wait_for(" o*# 20:30 Harbour")
    terminal.press("k", "x", "k", "m")
    terminal.wait_for("> *  20:30 Harbour")


@pytest.mark.parametrize("width", [200, 120, 80, 60, 44, 34])
def test_however_narrow_a_row_is_it_tells_its_outlets(terminal: Terminal, cards: Path, width: int) -> None:
    terminal.newsdeck(str(cards), size=(width, 42), environ={**STILL, "NEWSDECK_DENSITY": "roomy"})
    terminal.wait_for("1 of 31", "Harbour")
    terminal.wait_for("19 outlets")


def test_a_row_shows_what_the_list_is_ordered_by_and_what_has_none_of_it_comes_last(
    terminal: Terminal, cards: Path
) -> None:
    terminal.newsdeck(str(cards), size=(150, 42), environ=STILL)
    terminal.wait_for("1 of 31", "19 outlets")
    terminal.press("G")
    terminal.wait_for("31 of 31")
    chosen = (
        ("quality", "jjjj", "quality 87"),
        ("burst", "jj", "an hour"),
        ("first", "kkkk", "first 28 Aug 2021 00:30"),
    )
    for order, steps, said in chosen:
        terminal.press("s")
        terminal.wait_for("Sort", order)
        terminal.press(*steps, "Enter")
        terminal.wait_for("1 of 31", order, said)
        terminal.wait_until(
            lambda: "▌●" in row(terminal.screen(), "Harbour of Rotterdam"), "the cursor to be on the first row"
        )


def test_at_the_usual_size_of_a_terminal_there_are_twelve_stories_and_a_key_for_more_room(
    terminal: Terminal, cards: Path
) -> None:
    terminal.newsdeck(str(cards), size=(80, 24), environ=STILL)
    screen = terminal.wait_for("1 of 31", "… 19", "Lone29")
    assert row(screen, "29 Aug Harbour").rstrip("┃").endswith("… 19")
    assert screen.count("Lone") >= 11
    terminal.press("Z")
    assert terminal.wait_without("Lone21").count("Lone") < 8


def test_the_configuration_chooses_the_density(terminal: Terminal, cards: Path, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('density = "compact"\n')
    terminal.newsdeck(str(cards), "--config", str(config), size=(150, 42), environ=STILL)
    screen = terminal.wait_for("1 of 31", "29 Aug Harbour", "… 19", "── Thu 15 Jul 2021")
    # Of the rows only those that share their day stand under it.
    assert "Sun 29 Aug" not in row(screen, "2021 ─")


def test_a_span_of_time_is_written_alike_wherever_it_is_told(terminal: Terminal, cards: Path) -> None:
    terminal.newsdeck(str(cards), size=(200, 50), environ=STILL)
    screen = terminal.wait_for("19 outlets in 1 d 20 h", "Same event · 19 outlets", "+4:00")
    assert screen.count(" in 1 d 20 h") == 2
    terminal.press("c", "G")
    terminal.wait_for("+1 d 20 h")


def test_what_is_not_published_says_so_with_a_sign_and_no_story_says_that_a_folder_knows_of_nobody_else(
    terminal: Terminal, tmp_path: Path
) -> None:
    write_story(tmp_path, "a.md", title=GLACIER, published=False)
    terminal.newsdeck(str(tmp_path), size=(150, 42), environ=STILL)
    screen = terminal.wait_for("1 of 1", "Mon 30 Aug 2021 10:00", "◌")
    assert "unpublished" not in screen
    assert "other outlet" not in screen


def test_copies_of_a_text_unfold_in_place_and_open(terminal: Terminal, cards: Path, browser: Path) -> None:
    terminal.newsdeck(str(cards), size=(150, 50), environ={**STILL, "BROWSER": str(browser)})
    terminal.wait_for("1 of 31", "×3")
    terminal.press("c")
    terminal.wait_for("▌1", "▸ ×3")
    assert "Outlet 2 " not in terminal.screen()
    terminal.press("+")
    terminal.wait_for("▾ ×3", "Outlet 1 ", "Outlet 2 ")
    terminal.press("j", "j", "o")
    terminal.wait_until(lambda: calls(browser) == ["1", "https://outlet2.example/harbour"], "the copy to be opened")
    terminal.press("k", "k", "+")
    terminal.wait_for("▸ ×3")


def test_outlets_without_a_name_are_found_by_their_host_and_topics_are_offered_the_rarest_first(
    terminal: Terminal, cards: Path
) -> None:
    write_story(
        cards, "host.md", title=GLACIER, webUrl="https://www.glacier.example/a", provider=None, topics=["Ships", "Ice"],
        publishedDateTime="2021-08-30T10:00:00Z",
    )  # fmt: skip
    terminal.newsdeck(str(cards), size=(150, 42), environ=STILL)
    terminal.wait_for("1 of 32", "Glacier", "glacier.example")
    terminal.press("*")
    terminal.wait_for("1 of 1", "outlet:glacier.example")
    terminal.press("Escape")
    terminal.wait_for("1 of 32")
    terminal.press("#")
    lines = terminal.wait_for("Ice", "Ships", "32").splitlines()
    offered = [next(n for n, line in enumerate(lines) if f"│ {topic}" in line or f" {topic} " in line)
               for topic in ("Ice", "Ships")]  # fmt: skip
    assert offered == sorted(offered)
    terminal.press("Enter")
    terminal.wait_for("1 of 1", "topic:Ice")
