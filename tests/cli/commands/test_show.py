"""`newsdeck show`: one story, found by any of its names."""

import json
import os
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from tests.cli.harness import environment, newsdeck, write_card

URL = "https://www.example.org/story"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    related = [
        {
            "title": "Later",
            "webUrl": "https://example.com/later",
            "publishedDateTime": "2020-02-26T18:00:00Z",
            "provider": {"name": "CNET"},
        },
        {"title": "No link", "publishedDateTime": "2020-02-26T00:00:00Z"},
        {
            "title": "First of all",
            "webUrl": "https://example.com/first",
            "publishedDateTime": "2020-02-26T14:59:00Z",
            "provider": {"name": "The Daily Beast"},
        },
    ]
    write_card(
        tmp_path,
        "news/one.md",
        title="One story",
        webUrl=URL,
        publishedDateTime="2020-02-26T16:55:00Z",
        provider={"name": "Ars Technica", "domain": "example.org", "authors": ["A. Writer"]},
        topics=["AI", "Privacy"],
        related=related,
        excerpt="What happened.",
    )
    write_card(tmp_path, "news/two.md", title="Two")
    return tmp_path


@pytest.mark.parametrize("wanted", ["news/one.md", URL, "http://example.org/story/"])
def test_a_story_is_found_by_id_and_by_link(folder: Path, wanted: str) -> None:
    result = newsdeck("show", wanted, "--path", folder)
    assert (result.status, result.lines[0]) == (0, "One story")


def test_a_story_is_found_by_its_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "news")
    assert newsdeck("show", "one.md").lines[0] == "One story"
    assert newsdeck("show", "one.md", "--path", os.pardir).lines[0] == "One story"


def test_the_facts_are_labelled(folder: Path) -> None:
    lines = newsdeck("show", URL, "--path", folder).lines
    for fact in (
        "Outlet     Ars Technica",
        "By         A. Writer",
        "Published  Wed 26 Feb 2020 16:55",
        "Topics     AI, Privacy",
        f"Link       {URL}",
        "Card       news/one.md",
        "What happened.",
    ):
        assert fact in lines


def test_the_same_event_comes_first_and_what_is_similar_is_told_apart(folder: Path) -> None:
    lines = newsdeck("show", URL, "--path", folder).lines
    start = lines.index("Same event: 1 outlet")
    assert [line.strip() for line in lines[start + 1 :] if line] == [
        "*  2020-02-26 16:55, Ars Technica, first",
        "(this story)",
        "Later, similar: 1 piece",
        "1  2020-02-26 18:00, CNET",
        "Later",
        "https://example.com/later",
        "Background, similar: 2 pieces",
        "2  2020-02-26 14:59, The Daily Beast",
        "First of all",
        "https://example.com/first",
        "3  2020-02-26",
        "No link",
        "(no link)",
    ]


def test_a_story_that_nothing_covers_has_no_coverage(folder: Path) -> None:
    assert "Same event" not in newsdeck("show", "news/two.md", "--path", folder).out


def test_times_are_local(folder: Path) -> None:
    east = environment(zone=timezone(timedelta(hours=9)))
    assert "Thu 27 Feb 2020 01:55" in newsdeck("show", URL, "--path", folder, within=east).out


def test_texts_wrap_to_the_terminal_but_links_stay_whole(folder: Path) -> None:
    title, link = "word " * 60, "https://example.org/" + "a" * 150
    write_card(folder, "long.md", title=title, webUrl=link, excerpt=title)
    lines = newsdeck("show", "long.md", "--path", folder, within=environment(terminal=True, columns=40)).lines
    assert max(len(line) for line in lines if "http" not in line and "\x1b" not in line) <= 40
    assert any(line.endswith(link) for line in lines)


def test_json_is_the_story_with_its_coverage(folder: Path) -> None:
    record = json.loads(newsdeck("show", URL, "--path", folder, "--json").out)
    assert record["title"] == "One story"
    assert [(piece["title"], piece["relation"]) for piece in record["coverage"]] == [
        ("Later", "later"),
        ("First of all", "background"),
        ("No link", "background"),
    ]
    assert record["coverage"][1] == {
        "title": "First of all",
        "url": "https://example.com/first",
        "outlet": "The Daily Beast",
        "domain": "example.com",
        "published_at": "2020-02-26T14:59:00Z",
        "relation": "background",
        "lag_minutes": None,
        "reprint_of": None,
        "id": None,
    }


@pytest.mark.parametrize("wanted", ["news/three.md", "https://example.org/other", "", "\x1b[31m"])
def test_no_such_story(folder: Path, wanted: str) -> None:
    result = newsdeck("show", wanted, "--path", folder)
    assert (result.status, result.out) == (4, "")
    assert "\x1b" not in result.err


def test_the_seed_card_shows_the_outlet_that_was_first_first(real_cards: Path) -> None:
    (seed,) = (real_cards / "seed").iterdir()
    lines = [line.strip() for line in newsdeck("show", seed).lines]
    rows = [line for line in lines if line[:1].isdigit() and "2020-02-26" in line]
    assert "Same event: 6 outlets in 3:56" in lines
    assert rows[0] == "1  2020-02-26 14:59, The Daily Beast, first"
    assert "*  2020-02-26 16:55, Ars Technica, +1:56" in lines
    assert len(rows) == 5
