"""`newsdeck check`: every problem, where it is, and an exit status that scripts can use."""

import json
from pathlib import Path

import pytest

from tests.cli.harness import newsdeck, write_card


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_card(tmp_path, "good.md", title="Good")
    (tmp_path / "notes.txt").write_text("no card at all\n", encoding="utf-8")
    return tmp_path


def break_card(folder: Path) -> None:
    (folder / "broken.md").write_text("---\ntitle: Fine\ntopics: [a\nquality: 1\n---\n", encoding="utf-8")


def make_odd(folder: Path) -> None:
    write_card(folder, "odd.md", title="Odd", publishedDateTime="the day before yesterday")


def test_a_good_folder_is_silent(folder: Path) -> None:
    result = newsdeck("check", folder)
    assert (result.status, result.out) == (0, "")
    assert "1 card, 1 story, 1 other file; 0 errors, 0 warnings." in result.err


def test_an_error_names_file_line_and_column(folder: Path) -> None:
    break_card(folder)
    result = newsdeck("check", folder)
    assert result.status == 1
    (line,) = result.lines
    file, row, column, severity, rest = line.split(":", 4)
    assert (file, severity.strip()) == ("broken.md", "error")
    assert int(row) > 1
    assert int(column) > 0
    assert rest.endswith("]")


def test_a_warning_names_its_field_and_is_no_failure(folder: Path) -> None:
    make_odd(folder)
    result = newsdeck("check", folder)
    assert result.status == 0
    assert "odd.md:" in result.out
    assert "warning: publishedDateTime: " in result.out


@pytest.mark.parametrize("spoil", [break_card, make_odd])
def test_strict_takes_any_problem_for_a_failure(folder: Path, spoil: object) -> None:
    assert callable(spoil)
    assert newsdeck("check", folder, "--strict").status == 0
    spoil(folder)
    assert newsdeck("check", folder, "--strict").status == 5


def test_json_counts_and_explains(folder: Path) -> None:
    break_card(folder)
    make_odd(folder)
    result = newsdeck("check", folder, "--json")
    report = json.loads(result.out)
    assert {key: report[key] for key in ("cards", "stories", "not_cards")} == {
        "cards": 3,
        "stories": 2,
        "not_cards": 1,
    }
    broken, odd = report["problems"]
    assert set(broken) == {"file", "line", "column", "field", "rule", "severity", "message"}
    assert (broken["file"], broken["field"], broken["severity"]) == ("broken.md", None, "error")
    assert (odd["file"], odd["field"], odd["severity"]) == ("odd.md", "publishedDateTime", "warning")


def test_a_problem_without_a_place_has_none_in_json(folder: Path) -> None:
    (folder / "link.md").symlink_to("/etc/passwd")
    (problem,) = json.loads(newsdeck("check", folder, "--json").out)["problems"]
    assert (problem["line"], problem["column"]) == (None, None)


def test_a_folder_of_broken_cards_only_is_no_empty_folder(tmp_path: Path) -> None:
    break_card(tmp_path)
    assert newsdeck("check", tmp_path).status == 1
    assert newsdeck("list", tmp_path).status == 0


def test_content_files_are_never_written(folder: Path) -> None:
    break_card(folder)
    before = {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.iterdir()}
    newsdeck("check", folder)
    assert {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.iterdir()} == before


def test_hostile_names_and_texts_are_shown_literally(tmp_path: Path) -> None:
    (tmp_path / "a\x1b]0;x\x07\nb.md").write_bytes(b"---\ntitle: \x1b[31m\n---\n")
    result = newsdeck("check", tmp_path)
    assert result.status == 1
    assert len(result.lines) == 1
    assert result.out.startswith("a\ufffd]0;x\ufffd b")
    assert not set(result.out + result.err) & set("\x1b\x07")


def test_every_real_card_is_read(real_cards: Path) -> None:
    report = json.loads(newsdeck("check", real_cards, "--json").out)
    assert report["cards"] > 2000
    assert report["stories"] + sum(p["severity"] == "error" for p in report["problems"]) == report["cards"]


def clip(folder: Path, name: str) -> Path:
    file = folder / name
    file.write_text(
        "---\ntitle: Quay\nsource: https://quay.example/a\npublished: 2026-01-04 10:00\nrating: 7\n---\nText"
    )
    return file


def test_what_was_read_of_each_tool_is_said(folder: Path) -> None:
    clip(folder, "clip.md")
    assert newsdeck("check", folder).err.splitlines()[1:] == [
        "newsdeck: 1 file is no card: 1 without a head (notes.txt).",
        "newsdeck: 1 card as Obsidian clippings: 1 with a link, 1 with a time, 1 with an outlet; "
        "keys not read: rating (1).",
        "newsdeck: 1 card as other cards: 0 with a link, 0 with a time, 0 with an outlet.",
    ]


def test_a_key_that_is_a_sentence_is_cut(folder: Path) -> None:
    (folder / "long.md").write_text(f"---\ntitle: Quay\ndate: 2026-01-04\n{'of nets ' * 20}: x\n---\nText")
    (said,) = [line for line in newsdeck("check", folder).err.splitlines() if "as posts" in line]
    assert "of nets of nets" in said
    assert len(said) < 160


@pytest.mark.parametrize("named", ["id", "path"])
def test_a_card_is_explained_by_its_keys(folder: Path, named: str) -> None:
    file = clip(folder, "clip.md")
    result = newsdeck("check", folder, "--explain", "clip.md" if named == "id" else str(file))
    assert result.status == 0
    assert result.lines[0] == "clip.md: a card as Obsidian clippings"
    rows = [line.split() for line in result.lines[1:]]
    assert ["link", "from", "source", "https://quay.example/a"] in rows
    assert ["time", "from", "published", "2026-01-04T10:00:00Z"] in rows
    assert ["not", "read", "rating"] in rows
    assert any(row[0] == "zone" for row in rows)


def test_a_file_that_is_no_card_is_explained(folder: Path) -> None:
    result = newsdeck("check", folder, "--explain", "notes.txt")
    assert (result.status, result.out) == (1, "")
    assert "notes.txt: not a card: it begins with “no card at all”, which is no head." in result.err


def test_a_folder_of_other_files_says_how_many_and_why(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("\n---\ntitle: x\n---\n")
    result = newsdeck("list", tmp_path)
    assert result.status == 3
    assert "--plain reads them all the same. b.md has blank lines before its first ---." in result.err
