"""A reader's way through the real program in a real terminal: move, filter, read, open, resize, leave."""

import os
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal

FIRST = "Found in Azure"
FIRST_URL = (
    "https://arstechnica.com/information-technology/2021/08/"
    "worst-cloud-vulnerability-you-can-imagine-discovered-in-microsoft-azure/"
)


@pytest.fixture
def browser(tmp_path: Path) -> Path:
    """A browser that writes down each argument it is started with, a line each."""
    program = tmp_path / "recorder"
    program.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$#\" \"$@\" >>'{tmp_path}/calls'\n")
    program.chmod(0o755)
    return program


def calls(browser: Path) -> list[str]:
    file = browser.parent / "calls"
    return file.read_text().splitlines() if file.exists() else []


def test_from_the_list_to_the_browser_and_out(terminal: Terminal, browser: Path) -> None:
    terminal.newsdeck("demo", size=(150, 42), environ={"BROWSER": str(browser)})
    terminal.wait_for(
        "26 stories", "1 of 15", FIRST, "Same event · 8 outlets", "arstechnica.com/information-technology"
    )
    terminal.press("j")
    terminal.wait_for("2 of 15", "Azure Government Top Secret")
    terminal.press("k", "o")
    terminal.wait_for("opened with recorder")
    terminal.wait_until(lambda: calls(browser) == ["1", FIRST_URL], "the browser to be started with the link alone")
    terminal.press("/")
    terminal.type("daily beast")
    terminal.wait_for("1 of 1", "thedailybeast.com")
    terminal.press("Enter", "Enter")
    terminal.press("c")
    terminal.wait_for("▌1 ", "this story")
    terminal.press("h", "Escape")
    terminal.wait_for("of 15", "this story")
    terminal.press("q")
    terminal.wait_for("ended with 0.")
    assert terminal.is_given_back()
    assert calls(browser) == ["1", FIRST_URL]


def test_undo_and_redo_take_what_the_reader_did(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(150, 42))
    terminal.wait_for("1 of 15")
    terminal.press("f")
    terminal.wait_for("Starred “Found in Azure")
    terminal.press("u")
    terminal.wait_for("Undone: starred “Found in Azure", "ctrl+r redoes")
    terminal.press("C-r")
    terminal.wait_for("Done again: starred “Found in Azure")
    terminal.press("q")
    terminal.wait_for("ended with 0.")


def test_q_closes_what_is_on_top_before_it_leaves(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(60, 24))
    terminal.wait_for("Stories", "1 of 15")
    terminal.press("Enter")
    terminal.wait_without("Stories")
    terminal.press("q")
    terminal.wait_for("Stories", "1 of 15")
    terminal.press("q")
    terminal.wait_for("ended with 0.")
    assert terminal.is_given_back()


def test_resizing_live_keeps_the_story_that_is_read(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(180, 50))
    terminal.wait_for("1 of 15", "Topics", "Stories", "Story")
    terminal.press("j", "j", "Enter")
    terminal.wait_for("3 of 15", "▌", "Outlets")
    terminal.resize(100, 30)
    terminal.wait_until(lambda: "Outlets" not in terminal.screen(), "the topics to make room")
    terminal.wait_for("Stories", "Story", "zdnet.com")
    terminal.resize(60, 20)
    terminal.wait_without("Stories")
    terminal.wait_for("Story", "zdnet.com")
    terminal.resize(15, 4)
    terminal.wait_for("needs", "20 x 5")
    terminal.resize(60, 20)
    terminal.wait_for("Story", "zdnet.com")
    terminal.press("j")
    terminal.press("Escape")
    terminal.wait_for("Stories", "3 of 15")
    terminal.resize(180, 50)
    terminal.wait_for("Topics", "Stories", "Story", "3 of 15", "zdnet.com")
    terminal.press("q")
    terminal.wait_for("ended with 0.")


def test_a_byte_that_is_no_text_does_no_harm(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(100, 30))
    terminal.wait_for("1 of 15")
    terminal.send_bytes(b"\xe9\xff\xfe")
    terminal.press("/")
    terminal.send_bytes(b"caf\xe9")
    terminal.wait_for("0 of 0")
    terminal.press("Escape")
    terminal.wait_for(" of 15")
    terminal.press("q")
    terminal.wait_for("ended with 0.")
    assert terminal.is_given_back()


def test_without_a_browser_the_link_is_shown(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(200, 42), environ={"BROWSER": "no-such-browser"})
    terminal.wait_for("1 of 15")
    terminal.press("o")
    shown = terminal.wait_for("Not opened", "no-such-browser", "copied")
    assert "https://arstechnica.com/information-technology/2021/08/" in shown
    terminal.press("q")
    terminal.wait_for("ended with 0.")


def test_a_browser_that_ends_at_once_is_told_about(terminal: Terminal, tmp_path: Path) -> None:
    program = tmp_path / "broken"
    program.write_text('#!/bin/sh\necho "it is broken" >&2\nexit 3\n')
    program.chmod(0o755)
    terminal.newsdeck("demo", size=(150, 42), environ={"BROWSER": str(program)})
    terminal.wait_for("1 of 15")
    terminal.press("o")
    assert "it is broken" not in terminal.wait_for("broken ended at once with status 3")


def test_the_mouse_chooses(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(150, 42))
    screen = terminal.wait_for("1 of 15", "Top Secret opens")
    line = next(number for number, text in enumerate(screen.splitlines()) if "Top Secret opens" in text)
    press, release = (f"\x1b[<0;60;{line + 1}{end}".encode() for end in "Mm")
    terminal.send_bytes(press + release)
    terminal.wait_for("2 of 15", "Same event · 4 outlets")


def test_a_note_stands_in_the_story_and_is_found(terminal: Terminal, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\necho 'ask Wiz about the timeline' >\"$1\"\n")
    editor.chmod(0o755)
    terminal.newsdeck("demo", size=(150, 42), environ={"VISUAL": str(editor), "EDITOR": str(editor)})
    terminal.wait_for("1 of 1", FIRST)
    terminal.press("e")
    terminal.wait_for("Wrote a note on")
    terminal.wait_for("Note: ask Wiz about the timeline")
    terminal.press("/")
    terminal.type("has:note")
    terminal.wait_for("1 of 1", "1 shown")
    terminal.press("Escape", "/")
    terminal.type("note:timeline")
    terminal.wait_for("1 of 1", "1 shown")
    terminal.press("Enter", "u")
    terminal.wait_for("Undone")
    terminal.wait_without("Note: ask")


def test_plain_words_find_first_what_says_them_itself(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(100, 42))
    terminal.wait_for("1 of 1")
    terminal.press("/")
    terminal.type("jedi")
    terminal.wait_for("4 shown", "2 more only in related pieces", "› JEDI dispute")
    terminal.type(" in:coverage")
    terminal.wait_without("only in related pieces")


def test_the_wheel_moves_the_view_and_not_the_selection(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(100, 24))
    terminal.wait_for("1 of 1", "▌●", FIRST)
    for _turn in range(6):
        terminal.send_bytes(b"\x1b[<65;20;10M")
    terminal.wait_without("▌●")
    assert "1 of 1" in terminal.screen()
    terminal.press("j")
    terminal.wait_for("2 of 1", "▌")


def test_what_was_marked_is_there_again_next_time(terminal: Terminal) -> None:
    terminal.newsdeck("demo", "--remember", size=(150, 42))
    terminal.wait_for("1 of 15", "▌●", "Same event")
    terminal.press("m")
    terminal.wait_for("u undoes")
    terminal.wait_for("▌    21:00")
    terminal.press("j", "f")
    terminal.wait_for("Starred")
    terminal.wait_for("▌●★")
    terminal.press("q")
    terminal.wait_for("ended with 0.")
    terminal.newsdeck("demo", "--remember", size=(150, 42))
    terminal.wait_for("2 of 15", "▌●★")
    terminal.press("u")
    terminal.wait_for("Undone")
    terminal.wait_without("★")
    terminal.press("M")
    terminal.wait_for("is:unread", "shown")


def test_an_event_unfolds_and_leads_on_to_its_cards(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(150, 42))
    terminal.wait_for("1 of 15", FIRST)
    terminal.press("+")
    terminal.wait_for("1 of 16", "More than 3,000 companies")
    terminal.press("v")
    terminal.wait_for("of 26", "flat")
    terminal.press("v", "l", "c")
    terminal.wait_for("▌1 ")
    terminal.press(",", *"......")
    terminal.wait_for("▌7 ")
    terminal.press("Enter")
    terminal.wait_for("Story ‹", "fossbytes.com")
    terminal.press("BSpace")
    terminal.wait_for("arstechnica.com/information-technology")


def test_a_query_is_completed_and_its_mistakes_are_told(terminal: Terminal) -> None:
    terminal.newsdeck("demo", size=(150, 42))
    terminal.wait_for("1 of 15")
    terminal.press("/")
    terminal.type("outlet:zd")
    terminal.wait_for("outlet: from this outlet", "ZDNet    ")
    terminal.press("Tab")
    terminal.wait_for("3 shown")
    terminal.type("qualty:3")
    terminal.wait_for("^ no key qualty:", "did you mean quality:")
    terminal.press("Escape")
    terminal.wait_for(" of 15")


def test_a_folder_is_never_written_to(terminal: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "cards"
    folder.mkdir()
    (folder / "2020-02-26-a.md").write_text("---\ntitle: Only one\nwebUrl: https://example.com/a\n---\n\nA body.\n")
    before = {path: path.stat().st_mtime_ns for path in (folder, *folder.iterdir())}
    terminal.newsdeck(str(folder), size=(100, 30))
    terminal.wait_for("1 of 1", "A body.")
    terminal.press("i")
    terminal.wait_for("webUrl")
    terminal.press("q")
    terminal.wait_without("webUrl")
    terminal.press("q")
    terminal.wait_for("ended with 0.")
    assert {path: path.stat().st_mtime_ns for path in (folder, *folder.iterdir())} == before
    assert os.listdir(folder) == ["2020-02-26-a.md"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n\n---\ntitle: Late\n---\n", "has blank lines"),
        ("\u200b---\ntitle: Unseen\n---\n", "has an invisible character"),
        ("Notes of a week\n\nMore of them.\n", "begins with “Notes of a week”"),
    ],
    ids=["blank lines", "an invisible character", "prose"],
)
def test_a_folder_without_cards_says_what_is_in_it(terminal: Terminal, tmp_path: Path, text: str, said: str) -> None:
    for name in ("a.md", "b.md", "c.md"):
        (tmp_path / name).write_text(text)
    terminal.newsdeck(str(tmp_path), size=(150, 30))
    terminal.wait_for("No cards here", "None of 3 text files here has a head that can be", ".md", said)
