"""Several folders on one command line, by path or name, read with or without a zone and plain texts."""

import json
from pathlib import Path

import pytest

from tests.cli.harness import newsdeck, write_card
from tui.paths import config_file


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "one", tmp_path / "other"
    write_card(one, "a.md", title="Ours", topics=["AI"], date="2026-07-08 14:30", source="https://example.org/a")
    write_card(other, "a.md", title="Theirs", topics=["AI", "Law"], provider={"name": "Wire"})
    (other / "plain.txt").write_text("Only words\n")
    return one, other


def listed(*words: str | Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in newsdeck("list", *words, "--format", "jsonl").lines]


def test_several_folders_are_listed_as_one(two: tuple[Path, Path]) -> None:
    assert {row["id"]: row["title"] for row in listed(*two)} == {"one/a.md": "Ours", "other/a.md": "Theirs"}
    assert [row["title"] for row in listed(*two, "-q", "source:other")] == ["Theirs"]
    assert [row["id"] for row in listed(two[0])] == ["a.md"]


def test_topics_and_outlets_are_counted_together(two: tuple[Path, Path]) -> None:
    topics = json.loads(newsdeck("topics", *two, "--json").out)
    assert {topic["name"]: topic["stories"] for topic in topics} == {"AI": 2, "Law": 1}
    outlets = json.loads(newsdeck("outlets", *two, "--json").out)
    assert {outlet["name"] for outlet in outlets} == {"Wire", "example.org"}


def test_a_story_is_found_in_any_of_them(two: tuple[Path, Path]) -> None:
    paths = ("--path", two[0], "--path", two[1])
    for wanted, title in (("other/a.md", "Theirs"), (two[0] / "a.md", "Ours"), ("https://example.org/a", "Ours")):
        assert json.loads(newsdeck("show", wanted, *paths, "--json").out)["title"] == title
    assert newsdeck("show", "a.md", *paths).status == 4


def test_check_names_the_folder_of_each_problem_and_adds_the_tools_up(two: tuple[Path, Path]) -> None:
    (two[1] / "broken.md").write_text("---\ntitle: [\n---\n")
    result = newsdeck("check", *two)
    assert result.lines[0].startswith("other/broken.md:")
    assert "1 error" in result.err
    told = newsdeck("check", *two, "--explain", "one/a.md")
    assert "title          from title  Ours" in told.lines


def test_a_name_of_the_configuration_opens_its_folder(two: tuple[Path, Path]) -> None:
    file = config_file()
    file.parent.mkdir(parents=True)
    file.write_text(f'[folders]\nwork = "{two[0]}"\nhome = "{two[1]}"\n')
    assert [row["id"] for row in listed("work")] == ["a.md"]
    assert {row["id"] for row in listed("work", "home")} == {"work/a.md", "home/a.md"}
    assert newsdeck("index", "status", "work", "home").status == 0
    refusal = newsdeck("wrok")
    assert refusal.status == 3
    assert "Did you mean `newsdeck work`?" in refusal.err


def test_a_time_without_zone_is_local_to_the_setting(two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    assert [row["published_at"] for row in listed(two[0])] == ["2026-07-08T14:30:00Z"]
    file = config_file()
    file.parent.mkdir(parents=True)
    file.write_text('zone = "Europe/Berlin"\n')
    assert [row["published_at"] for row in listed(two[0])] == ["2026-07-08T12:30:00Z"]
    assert "local to Europe/Berlin" in newsdeck("check", two[0], "--explain", "a.md").out


def test_plain_texts_are_read_where_that_is_asked_for(two: tuple[Path, Path]) -> None:
    assert {row["title"] for row in listed(two[1])} == {"Theirs"}
    assert {row["title"] for row in listed("--plain", two[1])} == {"Theirs", "Only words"}
    assert "1 card as plain text" in newsdeck("--plain", "check", two[1]).err


def test_a_folder_of_plain_texts_says_how_to_read_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words\n")
    refusal = newsdeck("list", tmp_path)
    assert refusal.status == 3
    assert "--plain reads them all the same. a.txt begins with “Words”" in refusal.err
    assert [row["title"] for row in listed(tmp_path, "--plain")] == ["Words"]


def test_loading_is_measured_on_one_folder_only(two: tuple[Path, Path]) -> None:
    refusal = newsdeck("bench", *two)
    assert refusal.status == 2
    assert "one folder" in refusal.err
