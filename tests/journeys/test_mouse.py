"""What a hand does with the mouse in the real program: pulls thumbs and borders, selects text and copies it."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal, open_terminal
from tui.resources import sample_content_dir

FIRST = "Found in Azure"
THUMB, RULE = "┃", "── Same event"


@pytest.fixture
def demo(terminal: Terminal) -> Terminal:
    """The demo cards at a width with all three panes."""
    terminal.newsdeck("demo", size=(150, 24))
    terminal.wait_for("1 of 15", FIRST, "Same event · 8 outlets", "arstechnica.com/information")
    return terminal


def cell(screen: str, text: str, *, after: int = 0) -> tuple[int, int]:
    """Where a text begins on the screen: its column and line, from 1."""
    for number, line in enumerate(screen.splitlines(), 1):
        if (place := line.find(text, after)) >= 0:
            return place + 1, number
    raise AssertionError(f"{text!r} is not on the screen:\n{screen}")


def border_right_of(screen: str, title: str) -> int:
    """The column of the right border of the pane with this title."""
    top = next(line for line in screen.splitlines() if f"╭─ {title} " in line)
    return top.index("╮", top.index(f"╭─ {title} ")) + 1


def test_the_thumb_moves_the_view_and_not_the_selection(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(150, 14))
    screen = terminal.wait_for("1 of 15", f"27 Aug {FIRST}", "Ars Technica")
    column = border_right_of(screen, "Stories") - 1
    rows = [number for number, line in enumerate(screen.splitlines(), 1) if line[column - 1] == THUMB]
    terminal.mouse("press", column, rows[0])
    terminal.mouse("drag", column, rows[0] + 4)
    terminal.wait_without(f"27 Aug {FIRST}")
    assert "1 of 15" in terminal.screen()
    terminal.mouse("drag", column, rows[0])
    terminal.wait_for(f"27 Aug {FIRST}", "1 of 15")
    terminal.mouse("drag", column - 20, 13)
    terminal.mouse("release", column - 20, 13)
    terminal.wait_without(f"27 Aug {FIRST}")
    terminal.press("j")
    terminal.wait_for("2 of 15")


@pytest.mark.parametrize(
    ("pane", "text"), [("story", "arstechnica.com/information"), ("list", FIRST), ("topics", "Security")]
)
def test_text_of_any_pane_is_selected_and_copied(demo: Terminal, pane: str, text: str) -> None:
    screen = demo.screen()
    column, line = cell(screen, text, after={"topics": 0, "list": 26, "story": 80}[pane])
    demo.mouse("press", column, line)
    demo.mouse("drag", column + 3, line)
    demo.mouse("drag", column + len(text) - 1, line)
    demo.mouse("release", column + len(text) - 1, line)
    demo.press("C-c")
    demo.wait_for("Copied")
    demo.wait_until(lambda: demo.clipboard() == text, f"{text!r} in the clipboard")
    assert "1 of 15" in demo.screen()


def test_a_selection_stays_in_the_pane_it_began_in_and_goes_over_lines(demo: Terminal) -> None:
    screen = demo.screen()
    column, line = cell(screen, RULE, after=80)
    demo.mouse("press", column + 3, line)
    demo.mouse("drag", column + 3, line + 1)
    demo.mouse("drag", 40, line + 4)
    demo.mouse("release", 40, line + 4)
    demo.press("C-c")
    demo.wait_for("Copied")
    demo.wait_until(lambda: demo.clipboard().startswith("Same event · 8 outlets"), "the lines in the clipboard")
    copied = demo.clipboard()
    assert "first" in copied
    assert "│" not in copied
    demo.press("Escape")
    demo.wait_without("Copied")
    demo.press("C-c")
    demo.wait_for("q quits")


@pytest.mark.parametrize("keys", [(), ("?",), ("/",), (":",)], ids=["list", "help", "query", "palette"])
def test_ctrl_c_says_how_to_quit_and_ctrl_z_suspends_wherever_one_is(terminal: Terminal, keys: tuple[str, ...]) -> None:
    terminal.shell()
    terminal.type(f"{sys.executable} -m tui demo\n")
    before = terminal.wait_for("1 of 15", FIRST)
    terminal.press(*keys)
    if keys:
        terminal.wait_until(lambda: terminal.screen() != before, "something to open")
    terminal.press("C-c")
    terminal.wait_for("q quits")
    terminal.press("C-z")
    terminal.wait_for("Stopped", "ready>")
    assert terminal.is_given_back()
    terminal.type("fg\n")
    terminal.wait_for("╭")
    terminal.press("Escape")
    terminal.wait_for("of 15", FIRST)


@pytest.mark.parametrize(("title", "by"), [("Stories", -12), ("Stories", 15), ("Topics", 9)])
def test_a_border_is_pulled_and_stays_where_it_was_next_time(
    terminal: Terminal, tmp_path: Path, title: str, by: int
) -> None:
    root = tmp_path / "cards"
    shutil.copytree(sample_content_dir(), root)
    terminal.newsdeck(str(root), size=(150, 24))
    before = border_right_of(terminal.wait_for("1 of 15", FIRST), title)
    terminal.mouse("press", before, 12)
    terminal.mouse("drag", before + by // 2, 12)
    terminal.mouse("drag", before + by, 12)
    terminal.mouse("release", before + by, 12)
    terminal.wait_until(lambda: border_right_of(terminal.screen(), title) == before + by, "the border to move")
    terminal.press("q")
    terminal.wait_for("ended with 0.")
    terminal.newsdeck(str(root), size=(150, 24))
    terminal.wait_for("of 15", FIRST)
    terminal.wait_until(lambda: border_right_of(terminal.screen(), title) == before + by, "the border to be there")


def links_drawn(program: str) -> str:
    """What is written of the demo to a terminal that says it is this program."""
    with open_terminal() as terminal:
        terminal.start("env", f"TERM_PROGRAM={program}", sys.executable, "-m", "tui", "demo", size=(150, 24))
        terminal.wait_for("1 of 15", FIRST, "arstechnica.com/information")
        file = terminal.record()
        terminal.press("C-l")
        terminal.wait_until(lambda: "India Times" in file.read_text(errors="replace"), "the screen to be drawn anew")
        return file.read_text(errors="replace")


def test_links_are_links_for_the_terminal_where_it_can() -> None:
    drawn = links_drawn("WezTerm")
    assert ";https://arstechnica.com/information-technology/2021/08/" in drawn
    assert "\x1b]8;" not in links_drawn("Apple_Terminal")
