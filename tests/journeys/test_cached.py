"""Opening a folder again shows what is known of it at once, and never anything wrong."""

import shutil
import signal
import sys
from pathlib import Path

import pytest

from tests.journeys.folders import WORDS, Cards, headline
from tests.journeys.terminal import Terminal, python_file
from tests.ui.cards import write_story
from tui.cache.file import cache_path, open_cache
from tui.paths import cache_dir
from tui.resources import sample_content_dir
from tui.session import ANALYSE_HERE_BELOW

# Whoever reads cards is mute, so that what shows all the same comes from the cache file.
MUTE = [
    "import threading",
    "import tui.cards.worker.feed as f",
    "import tui.session.folder as s",
    "s.start_worker = lambda start: None",
    "f.CardFeed.news = lambda self, stop: threading.Event().wait()",
]


def test_the_second_start_shows_the_grouped_list_without_reading_a_card(terminal: Terminal, tmp_path: Path) -> None:
    root = tmp_path / "cards"
    shutil.copytree(sample_content_dir(), root)
    terminal.newsdeck(str(root), size=(150, 42))
    terminal.wait_for("1 of 15", "26 stories")
    path = cache_path(cache_dir(), root)
    terminal.wait_until(lambda: open_cache(path, root) is not None, "the cache file")
    terminal.press("q")
    terminal.wait_for("ended with 0.")
    terminal.start(sys.executable, str(python_file(tmp_path, MUTE)), str(root), size=(150, 42))
    terminal.wait_for("1 of 15", "26 stories", "Found in Azure", "Same event · 8 outlets")
    terminal.press("/")
    terminal.type("daily beast")
    terminal.wait_for("1 of 1", "thedailybeast.com")


def stored(terminal: Terminal, root: Path) -> Cards:
    """Cards whose cache file was written by a reader that was left."""
    cards = Cards(root)
    terminal.newsdeck(str(root), size=(150, 60))
    terminal.wait_for("12 stories", "1 of 12", headline(11))
    terminal.wait_until(cards.is_stored, "the cache file")
    terminal.press("q")
    terminal.wait_for("ended with 0.")
    return cards


BLOCKS = ["deck.stories", "deck.stories.ends", "deck.ids.keys", "search", "events", "events.leads", "files"]


def flip(cards: Cards, *names: str) -> None:
    """Change a byte in each of these blocks of the cache file; in its header without any."""
    cache = cards.cache()
    assert cache is not None
    data = bytearray(cards.cache_file.read_bytes())
    for name in names:
        block = bytes(cache.block(name))
        data[data.index(block) + len(block) // 2] ^= 0x20
    data[20] ^= 0 if names else 0x20
    cards.cache_file.write_bytes(data)


@pytest.mark.parametrize("names", [(), *((name,) for name in BLOCKS), BLOCKS], ids=["header", *BLOCKS, "all"])
def test_with_flipped_bytes_in_the_cache_file_the_list_is_right(
    terminal: Terminal, tmp_path: Path, names: tuple[str, ...]
) -> None:
    cards = stored(terminal, tmp_path / "cards")
    flip(cards, *names)
    cards.write(0, "new.md", title="Brand new", publishedDateTime="2021-08-29T10:00:00Z")
    terminal.newsdeck(str(cards.root), size=(150, 60))
    terminal.wait_for("of 13", "Brand new", *map(headline, range(12)))
    terminal.press("/")
    terminal.type(WORDS[7])
    terminal.wait_for("1 shown", headline(7))
    terminal.press("Escape")
    terminal.wait_without(" shown")
    terminal.wait_for("of 13")
    terminal.press("q")
    terminal.wait_for("ended with 0.")


def test_without_a_place_for_cache_files_events_are_found_all_the_same(terminal: Terminal, tmp_path: Path) -> None:
    cache_dir().parent.mkdir(parents=True)
    cache_dir().write_text("In the way.")
    for number in range(ANALYSE_HERE_BELOW + 100):
        write_story(tmp_path / "cards", f"{number:04}.md", title=f"Story number{number}")
    terminal.newsdeck(str(tmp_path / "cards"), size=(150, 60))
    terminal.wait_for("2,100 stories", "of 2,100")
    terminal.press("/")
    terminal.type("outlets:1 number2042")
    terminal.wait_for("1 shown", "Story number2042")


@pytest.mark.parametrize("option", ["--private", "--no-cache"])
def test_who_wants_no_cache_file_gets_none_and_nothing_is_left(terminal: Terminal, tmp_path: Path, option: str) -> None:
    cards = Cards(tmp_path / "cards")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    terminal.newsdeck(option, str(cards.root), size=(150, 60), environ={"TMPDIR": str(temporary)})
    terminal.wait_for("12 stories", "1 of 12", *map(headline, range(12)))
    terminal.wait_until(lambda: any(file.suffix for file in temporary.rglob("*")), "a cache file for this time alone")
    terminal.press("q")
    terminal.wait_for("ended with 0.")
    assert not cache_dir().exists()
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_however_it_ends_nothing_is_left_of_a_private_session(
    terminal: Terminal, tmp_path: Path, number: signal.Signals
) -> None:
    cards = Cards(tmp_path / "cards")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    terminal.newsdeck("--private", str(cards.root), size=(150, 60), environ={"TMPDIR": str(temporary)})
    terminal.wait_for("12 stories", "1 of 12")
    terminal.wait_until(lambda: any(file.suffix for file in temporary.rglob("*")), "a cache file for this time alone")
    terminal.kill(number)
    process = Path(f"/proc/{terminal.pid_file.read_text().strip()}")
    terminal.wait_until(lambda: not process.exists() or "ended with" in terminal.screen(), "the reader to end")
    terminal.wait_until(lambda: not any(temporary.iterdir()), "the cache file to go")
