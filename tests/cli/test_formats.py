"""The forms of output, byte by byte, on the demo cards. `python -m tests.cli.test_formats` writes the samples anew."""

import csv
import io
import json
import sys
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from tests.cli.harness import environment, newsdeck, write_card
from tui.resources import sample_content_dir

GOLDEN = Path(__file__).parent / "golden"
STORY = "_news/2020-02-26-startup-that-matches-faces-loses-its-customer-list-to-an-intruder.md"
LIST = ("list", "-q", "jedi")
SAMPLES: dict[str, tuple[tuple[str, ...], int | None]] = {
    "list.table": (LIST, None),
    "list.table.80": ((*LIST, "--coverage", "-n", "2"), 80),
    "list.table.200": ((*LIST, "--coverage", "-n", "2"), 200),
    "list.json": ((*LIST, "--json", "-n", "2"), None),
    "list.jsonl": ((*LIST, "--format", "jsonl", "--coverage", "-n", "2"), None),
    "list.csv": ((*LIST, "--format", "csv"), None),
    "list.md": ((*LIST, "--format", "md", "--coverage", "-n", "2"), None),
    "list.urls": ((*LIST, "--format", "urls", "--coverage"), None),
    "show.txt": (("show", STORY), None),
    "show.json": (("show", STORY, "--json"), None),
    "topics.txt": (("topics",), None),
    "topics.json": (("topics", "--json"), None),
    "outlets.txt": (("outlets",), None),
    "outlets.json": (("outlets", "--json"), None),
    "keys.json": (("keys", "--json"), None),
    "themes.txt": (("themes",), None),
    "themes.json": (("themes", "--json"), None),
}


def printed(words: tuple[str, ...], columns: int | None) -> bytes:
    result = newsdeck(*words, within=environment(terminal=columns is not None, columns=columns))
    assert result.status == 0, result.err
    return result.out.encode()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_form_of_output_stays_as_it_is(name: str) -> None:
    assert printed(*SAMPLES[name]) == (GOLDEN / name).read_bytes()


def test_every_form_tells_the_same_stories() -> None:
    stories = json.loads(newsdeck("list", "--json").out)
    ids = [story["id"] for story in stories]
    assert [json.loads(line)["id"] for line in newsdeck("list", "--format", "jsonl").lines] == ids
    assert [row["id"] for row in csv.DictReader(io.StringIO(newsdeck("list", "--format", "csv").out))] == ids
    assert [line.split()[-1] for line in newsdeck("list").lines[1:]] == ids
    lines = newsdeck("list", "--format", "md").lines
    assert all(story["title"] in line for story, line in zip(stories, lines, strict=True))


def test_what_is_unknown_is_null_and_never_absent(tmp_path: Path) -> None:
    write_card(tmp_path, title="Bare", heat=-1)
    (bare,) = json.loads(newsdeck("list", tmp_path, "--json", "--coverage").out)
    unknown = ("url", "outlet", "domain", "published_at", "kind", "quality", "heat", "excerpt")
    known = {
        "id": "card.md",
        "title": "Bare",
        "topics": [],
        "published": True,
        "coverage_count": 0,
        "event_id": "card.md",
        "event_size": 1,
        "read": False,
        "starred": False,
        "coverage": [],
    }
    assert bare == {**dict.fromkeys(unknown), **known}


def test_the_host_of_the_link_stands_in_for_a_missing_domain(tmp_path: Path) -> None:
    write_card(tmp_path, title="T", webUrl="https://www.example.org/a")
    assert json.loads(newsdeck("list", tmp_path, "--json").out)[0]["domain"] == "example.org"


def test_a_piece_that_comes_twice_or_is_the_story_itself_counts_once(tmp_path: Path) -> None:
    pieces = ["https://example.com/b", "https://www.example.com/b/", "https://example.org/a", "https://example.net/c"]
    related = [{"title": "Piece", "webUrl": url} for url in pieces]
    write_card(tmp_path, title="T", webUrl="https://example.org/a", related=related)
    (record,) = json.loads(newsdeck("list", tmp_path, "--json", "--coverage").out)
    assert record["coverage_count"] == 2
    assert [piece["url"] for piece in record["coverage"]] == ["https://example.com/b", "https://example.net/c"]


def test_times_are_utc_for_programs_and_local_for_people(tmp_path: Path) -> None:
    write_card(tmp_path, title="Late", publishedDateTime="2020-02-26T23:30:00Z")
    east = environment(zone=timezone(timedelta(hours=2)))
    assert newsdeck("list", tmp_path, within=east).lines[1].startswith("2020-02-27 01:30")
    east = environment(zone=timezone(timedelta(hours=2)))
    record = json.loads(newsdeck("list", tmp_path, "--format", "jsonl", within=east).out)
    assert record["published_at"] == "2020-02-26T23:30:00Z"


def test_a_date_without_a_time_is_the_same_day_everywhere(tmp_path: Path) -> None:
    write_card(tmp_path, title="Some day", publishedDateTime="2020-02-26T00:00:00Z")
    west = environment(zone=timezone(timedelta(hours=-8)))
    assert newsdeck("list", tmp_path, within=west).lines[1].split()[0] == "2020-02-26"


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_a_headline_is_no_formula_in_a_spreadsheet(tmp_path: Path, title: str) -> None:
    write_card(tmp_path, title=title)
    (row,) = csv.DictReader(io.StringIO(newsdeck("list", tmp_path, "--format", "csv").out))
    assert row["title"] == f"'{title}"


def test_a_list_of_links_holds_only_what_may_be_opened(tmp_path: Path) -> None:
    write_card(tmp_path, "2020-01-02-a.md", title="A", webUrl="javascript:alert(1)")
    write_card(tmp_path, "2020-01-01-b.md", title="B", webUrl="https://example.org/b")
    result = newsdeck("list", tmp_path, "--format", "urls")
    assert result.lines == ["https://example.org/b"]
    assert "1 link that must not be opened" in result.err


def test_a_headline_cannot_break_out_of_a_markdown_link(tmp_path: Path) -> None:
    write_card(tmp_path, title="a](https://evil.example) [b", webUrl="https://example.org/x)y")
    assert (
        newsdeck("list", tmp_path, "--format", "md")
        .lines[0]
        .startswith(r"- [a\](https://evil.example) \[b](https://example.org/x%29y)")
    )


def test_a_link_that_is_refused_is_no_link_in_markdown(tmp_path: Path) -> None:
    write_card(tmp_path, title="Click", webUrl="javascript:alert(1)")
    assert newsdeck("list", tmp_path, "--format", "md").lines == ["- Click"]


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "md", "urls"])
def test_nothing_in_a_card_reaches_the_terminal_as_an_order(tmp_path: Path, form: str) -> None:
    evil = "\x1b[31mred\x1b]52;c;eA==\x07\x9b1m\u202egnp\r\x08"
    related = [{"title": evil, "webUrl": f"https://example.org/{evil}", "provider": {"name": evil}}]
    write_card(tmp_path, f"{evil}.md", title=evil, excerpt=evil, topics=[evil], type=evil, related=related)
    coverage = () if form == "csv" else ("--coverage",)
    result = newsdeck(
        "list",
        tmp_path,
        "--format",
        form,
        *coverage,
        within=environment(terminal=True, columns=300, environ={"NO_COLOR": "1"}),
    )
    assert result.status == 0
    for text in (result.out, result.err):
        assert not set(text) & set("\x1b\x07\x08\r\x9b\u202e")
    if form != "urls":
        assert "\ufffd[31mred" in result.out.replace("\\[", "[")


def test_all_demo_cards_are_without_problems() -> None:
    result = newsdeck("check", sample_content_dir())
    assert (result.status, result.out) == (0, "")


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for sample, (words, columns) in SAMPLES.items():
        (GOLDEN / sample).write_bytes(printed(words, columns))
    sys.stdout.write(f"{len(SAMPLES)} samples written\n")
