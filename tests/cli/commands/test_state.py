"""`newsdeck state`: marks leave and come back whole, and coming back twice changes nothing."""

from pathlib import Path

import pytest

from tests.cli.harness import environment, newsdeck, write_card
from tui.paths import state_dir
from tui.state.sqlite import SqliteStore

URL = "https://example.org/a"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_card(tmp_path / "cards", "a.md", title="Marked", webUrl=URL)
    write_card(tmp_path / "cards", "b.md", title="Plain", webUrl="https://example.org/b")
    return tmp_path / "cards"


@pytest.fixture
def marked(folder: Path) -> Path:
    store = SqliteStore(state_dir() / "state.db", lambda notice: None, lambda keys: None).start()
    assert store.wait_ready(10)
    store.mark_read([URL])
    store.star([URL])
    assert store.flush(10)
    store.close()
    return folder


def test_marks_answer_queries_and_stand_in_records(marked: Path) -> None:
    assert "Marked" in newsdeck("list", marked, "-q", "is:starred").out
    assert "Plain" not in newsdeck("list", marked, "-q", "is:read").out
    assert '"starred": true' in newsdeck("list", marked, "-q", "is:read", "--json").out


def test_private_knows_no_marks(marked: Path) -> None:
    assert "Marked" not in newsdeck("--private", "list", marked, "-q", "is:starred").out


def test_listing_makes_no_database(folder: Path) -> None:
    newsdeck("list", folder, "--json")
    assert not (state_dir() / "state.db").exists()


def test_an_export_comes_back_whole_and_only_once(
    marked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "marks.jsonl"
    assert newsdeck("state", "export", file).status == 0
    assert file.stat().st_mode & 0o077 == 0, "nobody else may read it"
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
    assert "Marked" not in newsdeck("list", marked, "-q", "is:starred").out
    assert "1 mark changed" in newsdeck("state", "import", file).err
    assert "Marked" in newsdeck("list", marked, "-q", "is:starred is:read").out
    assert "0 marks changed" in newsdeck("state", "import", file).err


def test_lines_that_say_nothing_are_told_and_left_out() -> None:
    result = newsdeck("state", "import", within=environment(answer='{"newsdeck":"state","version":1}\nnonsense\n'))
    assert result.status == 0
    assert "line 2" in result.err
    assert "1 line left out" in result.err


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    result = newsdeck("state", "import", tmp_path / "none")
    assert result.status != 0
    assert "cannot be read" in result.err


def test_a_hundred_cards_that_are_renamed_and_moved_keep_their_marks(tmp_path: Path) -> None:
    cards = tmp_path / "cards"
    urls = [f"https://example.org/{number}" for number in range(100)]
    for number, url in enumerate(urls):
        write_card(cards, f"{number}.md", title=f"Story {number}", webUrl=url)
    store = SqliteStore(state_dir() / "state.db", lambda notice: None, lambda keys: None).start()
    assert store.wait_ready(10)
    store.star(urls)
    assert store.flush(10)
    store.close()
    moved = tmp_path / "elsewhere" / "cards"
    moved.parent.mkdir()
    cards.rename(moved)
    for file in list(moved.iterdir()):
        file.rename(file.with_name(f"renamed-{file.name}"))
    assert len(newsdeck("list", moved, "-q", "is:starred", "--format", "jsonl").lines) == 100
