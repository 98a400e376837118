"""The list follows its folder while it is open, and the reader stays where they were."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.journeys.folders import Cards, children_of, headline
from tests.journeys.terminal import DEADLINE, Terminal
from tests.ui.cards import write_story

SIZE = (150, 60)
NEWEST = "2021-08-29T10:00:00Z"


@pytest.fixture
def cards(terminal: Terminal, tmp_path: Path) -> Cards:
    """Cards that are open, with the cursor on the sixth, and whose cache file is there."""
    cards = Cards(tmp_path / "cards")
    terminal.newsdeck(str(cards.root), size=SIZE)
    terminal.wait_for("12 stories", "1 of 12", headline(11))
    terminal.press("j", "j", "j", "j", "j")
    terminal.wait_for("6 of 12")
    wait_selected(terminal, headline(5))
    terminal.wait_until(cards.is_stored, "the cache file")
    return cards


def selected(terminal: Terminal) -> str:
    """The headline of the row that the cursor is on."""
    cells = (cell for line in terminal.screen().splitlines() for cell in line.split("│"))
    rows = (cell for cell in cells if "▌" in cell and " number" in cell)
    words = re.search(r"(\w+ number\d+)", next(rows, ""))
    return words[1] if words is not None else ""


def wait_selected(terminal: Terminal, wanted: str) -> None:
    """Wait until the cursor is on the row with this headline."""
    terminal.wait_until(lambda: selected(terminal) == wanted, f"the cursor to be on {wanted!r}")


def test_a_new_card_is_told_and_r_goes_there(terminal: Terminal, cards: Cards) -> None:
    cards.write(0, "new.md", title="Brand number99", publishedDateTime=NEWEST)
    terminal.wait_for("1 new story", "r goes there")
    terminal.wait_for("7 of 13", "Brand number99")
    wait_selected(terminal, headline(5))
    terminal.press("r")
    terminal.wait_for("13 stories", "1 of 13")
    wait_selected(terminal, "Brand number99")


def test_new_cards_are_counted_and_r_goes_to_the_first_of_them_and_then_looks_for_more(
    terminal: Terminal, cards: Cards
) -> None:
    for number, day in ((97, 17), (98, 24), (99, 17)):
        cards.write(0, f"{number}.md", title=f"Brand number{number}", publishedDateTime=f"2021-08-{day}T11:00:00Z")
    terminal.wait_for("3 new stories")
    terminal.wait_for("7 of 15", *map(headline, range(12)))
    terminal.press("r")
    wait_selected(terminal, "Brand number98")
    terminal.press("r")
    terminal.wait_for("Nothing new.")


def test_a_changed_card_is_told_anew_where_it_stands(terminal: Terminal, cards: Cards) -> None:
    cards.write(5, title="Corrected number5")
    wait_selected(terminal, "Corrected number5")
    screen = terminal.wait_for("6 of 12")
    assert not re.search(r"\d new stor", screen)
    terminal.wait_without(headline(5))


def test_a_removed_card_goes_and_the_cursor_stays_on_its_story(terminal: Terminal, cards: Cards) -> None:
    cards.file(2).unlink()
    terminal.wait_for("5 of 11")
    wait_selected(terminal, headline(5))
    terminal.wait_without(headline(2))
    cards.file(5).unlink()
    terminal.wait_for("5 of 10")
    wait_selected(terminal, headline(6))


def test_a_renamed_card_is_the_same_story_and_not_new(terminal: Terminal, cards: Cards) -> None:
    cards.file(5).rename(cards.root / "another name.md")
    cards.file(8).unlink()
    screen = terminal.wait_for("6 of 11")
    wait_selected(terminal, headline(5))
    assert not re.search(r"\d new stor", screen)
    terminal.press("i")
    terminal.wait_for("another name.md")


def test_a_query_stays_while_cards_come(terminal: Terminal, cards: Cards) -> None:
    terminal.press("/")
    terminal.type("tomatoes OR brand")
    terminal.press("Enter")
    terminal.wait_for("1 shown", headline(3))
    cards.write(0, "new.md", title="Brand number99", publishedDateTime="2021-08-01T10:00:00Z")
    terminal.wait_for("1 new story")
    terminal.wait_for("2 shown", "Brand number99", headline(3))
    wait_selected(terminal, headline(3))


def test_new_stories_that_are_gone_again_do_not_keep_r_from_looking(terminal: Terminal, cards: Cards) -> None:
    cards.write(0, "new.md", title="Brand number99", publishedDateTime=NEWEST)
    terminal.wait_for("1 new story")
    terminal.wait_for("7 of 13")
    (cards.root / "new.md").unlink()
    terminal.wait_for("6 of 12")
    terminal.press("r")
    terminal.wait_for("Nothing new.")


def test_a_folder_that_is_moved_away_keeps_its_list_until_it_is_back(
    terminal: Terminal, cards: Cards, tmp_path: Path
) -> None:
    cards.root.rename(tmp_path / "away")
    terminal.wait_for("There is no folder")
    terminal.wait_for("6 of 12")
    terminal.press("j")
    terminal.wait_for("7 of 12")
    write_story(tmp_path / "away", "new.md", title="Brand number99", publishedDateTime=NEWEST)
    (tmp_path / "away").rename(cards.root)
    terminal.wait_for("The folder is back.")
    terminal.wait_for("8 of 13", "Brand number99")
    wait_selected(terminal, headline(6))


def git(root: Path, *words: str) -> None:
    identity = ("-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(("git", "-C", str(root), *identity, *words), check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_another_state_is_checked_out_and_back(terminal: Terminal, tmp_path: Path) -> None:
    cards = Cards(tmp_path / "cards")
    git(cards.root, "init", "-q", "-b", "first")
    git(cards.root, "add", ".")
    git(cards.root, "commit", "-q", "-m", "Twelve cards")
    git(cards.root, "checkout", "-q", "-b", "second")
    for number in (0, 2, 11):
        cards.file(number).unlink()
    cards.file(5).rename(cards.root / "moved.md")
    cards.write(7, title="Corrected number7")
    for number in range(90, 95):
        cards.write(0, f"{number}.md", title=f"Brand number{number}", publishedDateTime=NEWEST)
    git(cards.root, "add", "-A")
    git(cards.root, "commit", "-q", "-m", "Another state")
    git(cards.root, "checkout", "-q", "first")
    terminal.newsdeck(str(cards.root), size=SIZE)
    terminal.wait_for("12 stories", "1 of 12", headline(11))
    terminal.press("j", "j", "j", "j", "j", "j")
    wait_selected(terminal, headline(6))
    git(cards.root, "checkout", "-q", "second")
    brands = [f"Brand number{number}" for number in range(90, 95)]
    terminal.wait_for("5 new stories")
    terminal.wait_for("10 of 14", "Corrected number7", *brands)
    wait_selected(terminal, headline(6))
    for number in (0, 2, 7, 11):
        terminal.wait_without(headline(number))
    git(cards.root, "checkout", "-q", "first")
    terminal.wait_for("7 of 12", *map(headline, range(12)))
    wait_selected(terminal, headline(6))
    terminal.wait_without("Brand")


@contextmanager
def flood(root: Path) -> Iterator[None]:
    """All files below a folder are touched, again and again, for as long as this lasts; once before it begins."""
    files = [os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names]
    begun, over = Event(), Event()

    def touch() -> None:
        while not over.is_set():
            for file in files:
                os.utime(file)
            begun.set()

    thread = Thread(target=touch)
    thread.start()
    try:
        assert begun.wait(DEADLINE)
        yield
    finally:
        over.set()
        thread.join()


def test_keys_and_news_come_through_while_all_files_are_touched_without_end(terminal: Terminal, tmp_path: Path) -> None:
    root = tmp_path / "cards"
    for number in range(2000):
        write_story(root / f"{number % 20:02}", f"{number:04}.md", title=f"Story number{number}")
    terminal.newsdeck(str(root), size=(100, 30))
    terminal.wait_for("2,000 stories", "1 of ")
    with flood(root):
        for place in range(2, 7):
            terminal.press("j")
            terminal.wait_for(f"{place} of ")
        write_story(root, "new.md", title="Brand new", publishedDateTime=NEWEST)
        terminal.wait_for("1 new story")
        terminal.wait_for("2,001 stories")
        terminal.press("k")
        terminal.wait_for("5 of ")
    (root / "new.md").unlink()
    terminal.wait_for("2,000 stories")


def test_a_worker_that_is_killed_is_replaced_and_nothing_is_missed(terminal: Terminal, cards: Cards) -> None:
    reader = int(terminal.pid_file.read_text())
    for number in (98, 99):
        before = children_of(reader)
        assert before
        for child in before:
            os.kill(child, 9)
        cards.write(0, f"{number}.md", title=f"Brand number{number}", publishedDateTime=NEWEST)
        terminal.wait_for(f"Brand number{number}")
        assert children_of(reader).isdisjoint(before)
    terminal.wait_for("8 of 14")
    wait_selected(terminal, headline(5))
