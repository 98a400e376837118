"""Whose marks are shown where: each folder has its own, wherever it lies, and what was read is counted."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.journeys.terminal import Terminal
from tests.ui.cards import write_story
from tui.paths import state_dir
from tui.state import rows

SIZE = (150, 42)
PAGE = "https://example.org/shared"
STARRED = "★"


def folder(root: Path, own: str) -> Path:
    """A folder of three cards; the newest is of a page that all folders have, the others are its own."""
    write_story(root, "a.md", title="The page everybody has", webUrl=PAGE, publishedDateTime="2021-08-31T10:00:00Z")
    write_story(root, "b.md", title=f"Only in {own}", webUrl=f"https://example.org/{own}")
    write_story(root, "c.md", title=f"Without a link in {own}", webUrl=None, publishedDateTime="2021-08-29T10:00:00Z")
    return root


def leave(terminal: Terminal) -> None:
    terminal.press("q")
    terminal.wait_for("ended with 0.")


def star_first(terminal: Terminal, *arguments: str, count: str = "of 3", link: str = "example.org/shared") -> None:
    """Star the first story of a folder, once it is the one that is read, and leave."""
    terminal.newsdeck(*arguments, size=SIZE)
    terminal.wait_for(f"1 {count}", link)
    terminal.press("f")
    terminal.wait_for("Starred")
    terminal.wait_for(STARRED)
    leave(terminal)


def test_the_demo_remembers_nothing_unless_it_is_asked_to(terminal: Terminal) -> None:
    star_first(terminal, "demo", count="of 15", link="arstechnica.com")
    terminal.newsdeck("demo", size=SIZE)
    terminal.wait_for("1 of 15", "Same event")
    assert "★" not in terminal.screen()
    leave(terminal)
    assert not (state_dir() / "state.db").exists()
    star_first(terminal, "demo", "--remember", count="of 15", link="arstechnica.com")
    terminal.newsdeck("demo", "--remember", size=SIZE)
    terminal.wait_for("1 of 15", STARRED)
    leave(terminal)
    terminal.newsdeck("demo", size=SIZE)
    terminal.wait_for("1 of 15", "Same event")
    assert "★" not in terminal.screen()


def test_a_folder_with_the_same_page_does_not_show_the_marks_of_another(terminal: Terminal, tmp_path: Path) -> None:
    mine, other = folder(tmp_path / "mine", "mine"), folder(tmp_path / "other", "other")
    star_first(terminal, str(mine))
    terminal.newsdeck(str(other), size=SIZE)
    terminal.wait_for("3 stories", "1 of 3", "Only in other")
    terminal.press("F")
    terminal.wait_for("0 of 0")
    terminal.press("Escape")
    terminal.wait_for("3 stories", "1 of 3")
    leave(terminal)
    terminal.newsdeck(str(mine), str(other), size=SIZE)
    terminal.wait_for("Only in other", "Only in mine", "★")
    terminal.press("/")
    terminal.type("is:starred")
    terminal.wait_for("1 shown")
    terminal.type(" source:other")
    terminal.wait_for("0 shown")


def test_a_moved_folder_and_a_renamed_card_keep_their_marks(terminal: Terminal, tmp_path: Path) -> None:
    mine = folder(tmp_path / "mine", "mine")
    star_first(terminal, str(mine))
    mine.rename(tmp_path / "moved")
    (tmp_path / "moved" / "a.md").rename(tmp_path / "moved" / "another name.md")
    terminal.newsdeck(str(tmp_path / "moved"), size=SIZE)
    terminal.wait_for("3 stories", "1 of 3", STARRED)
    leave(terminal)
    for number, name in enumerate(("another name.md", "b.md", "c.md")):
        (tmp_path / "moved" / name).rename(tmp_path / "moved" / f"{number}.md")
    (tmp_path / "moved").rename(tmp_path / "moved again")
    terminal.newsdeck(str(tmp_path / "moved again"), size=SIZE)
    terminal.wait_for("3 stories", "1 of 3", STARRED)


def test_a_copy_begins_without_the_marks_of_the_folder_it_was_made_of(terminal: Terminal, tmp_path: Path) -> None:
    mine = folder(tmp_path / "mine", "mine")
    star_first(terminal, str(mine))
    shutil.copytree(mine, tmp_path / "copy")
    terminal.newsdeck(str(tmp_path / "copy"), size=SIZE)
    terminal.wait_for("3 stories", "1 of 3", "Only in mine")
    terminal.press("F")
    terminal.wait_for("0 of 0")
    terminal.press("Escape")
    terminal.wait_for("3 stories", "1 of 3")
    leave(terminal)
    terminal.newsdeck(str(mine), size=SIZE)
    terminal.wait_for("3 stories", "1 of 3", STARRED)


def test_marks_of_before_stay_in_the_folders_they_may_have_been_made_in(terminal: Terminal, tmp_path: Path) -> None:
    mine, other = folder(tmp_path / "mine", "mine"), folder(tmp_path / "other", "other")
    star_first(terminal, str(mine))
    with closing(sqlite3.connect(state_dir() / "state.db")) as database:
        (known,) = database.execute("SELECT id, path, sketch, visited, at FROM folder").fetchall()
    shutil.rmtree(state_dir())
    state_dir().mkdir(parents=True, mode=0o700)
    with closing(sqlite3.connect(state_dir() / "state.db", isolation_level=None)) as database:
        rows.migrate(database, upto=3)
        database.execute("INSERT INTO folder VALUES (?, ?, ?, ?, ?)", known)
        database.execute(
            "INSERT INTO mark (key, starred, starred_at, revision) VALUES (?, 1, 1600000000000, 1)", (PAGE,)
        )
    terminal.newsdeck(str(mine), size=SIZE)
    terminal.wait_for("3 stories", "1 of 3", STARRED)
    leave(terminal)
    terminal.newsdeck(str(other), size=SIZE)
    terminal.wait_for("3 stories", "1 of 3", "Only in other")
    terminal.press("F")
    terminal.wait_for("0 of 0")


TEXT = "Contoso buys the robot maker Fabrikam for 3 billion dollars in Rotterdam, both firms said."


def told(root: Path, name: str, title: str, hour: int, *others: str) -> None:
    """A card about one happening, by an outlet of its own."""
    domain = f"{name}.example"
    related = [{"title": title, "url": f"https://{other}.example/page"} for other in others]
    write_story(
        root, f"{name}.md", title=title, excerpt=TEXT, publishedDateTime=f"2021-08-30T{hour:02}:00:00Z",
        webUrl=f"https://{domain}/page", provider={"name": name.title(), "domain": domain}, related=related,
        quality=90 if name == "alpha" else 10,
    )  # fmt: skip


def test_only_what_came_after_reading_is_new(terminal: Terminal, tmp_path: Path) -> None:
    root = tmp_path / "mine"
    told(root, "alpha", "Contoso buys robot maker Fabrikam for 3 billion", 10, "beta")
    told(root, "beta", "Contoso buys robot maker Fabrikam for 3 billion dollars", 11, "alpha")
    terminal.newsdeck(str(root), size=SIZE)
    terminal.wait_for("2 outlets", "▌●")
    terminal.press("m")
    terminal.wait_for("u undoes")
    terminal.wait_for("all read")
    told(root, "gamma", "Contoso buys the robot maker Fabrikam for 3 billion", 9, "alpha", "beta")
    terminal.wait_for("+1 new", "3 outlets")
    leave(terminal)
    told(root, "delta", "Robot maker Fabrikam is bought by Contoso for 3 billion dollars", 8, "alpha", "beta")
    terminal.newsdeck(str(root), size=SIZE)
    terminal.wait_for("+2 new", "4 outlets")
    terminal.press("m")
    terminal.wait_without("+2 new")
    leave(terminal)
    terminal.newsdeck(str(root), size=SIZE)
    screen = terminal.wait_for("4 outlets", "1 of 1", "all read")
    assert not [count for count in range(1, 4) if f"+{count} new" in screen]


def test_what_is_unread_is_counted_everywhere_and_goes_down_as_it_is_read(terminal: Terminal, tmp_path: Path) -> None:
    root = tmp_path / "mine"
    told(root, "alpha", "Contoso buys robot maker Fabrikam for 3 billion", 10, "beta")
    told(root, "beta", "Contoso buys robot maker Fabrikam for 3 billion dollars", 11, "alpha")
    folder(root, "mine")
    terminal.newsdeck(str(root), size=(210, 42))
    terminal.wait_for("5 stories in 4 rows · 5 unread", "2 cards")
    terminal.press("m")
    terminal.wait_for("5 stories in 4 rows · 4 unread", "4/5", "2/3")
    terminal.wait_until(lambda: "2/3" in row_of(terminal, "│   Example "), "the outlet to count what is unread")
    terminal.press("u")
    terminal.wait_for("Undone")
    terminal.wait_for("5 unread")
    terminal.press("/")
    terminal.type("fabrikam")
    terminal.press("Enter")
    terminal.wait_for("2 shown in 1 row · 2 unread")
    terminal.press("+")
    terminal.wait_for("2 shown · 2 unread")
    terminal.press("j", "m")
    terminal.wait_for("2 shown · 1 unread")
    terminal.press("+")
    terminal.wait_for("2 shown in 1 row · 1 unread", "1 of 2 unread")
    terminal.press("W")
    terminal.wait_for("Save this view as")
    terminal.type("Deal")
    terminal.press("Enter")
    terminal.wait_for("Saved view Deal")
    terminal.press("w")
    terminal.wait_for("1 of 2 unread · fabrikam")


def row_of(terminal: Terminal, text: str) -> str:
    """The line of the screen that has a text."""
    return next((line for line in terminal.screen().splitlines() if text in line), "")
