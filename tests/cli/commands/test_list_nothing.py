"""`newsdeck list` when nothing matches, and when the query was not understood: never everything, never a crash."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.harness import newsdeck
from tests.ui.cards import write_story
from tui.export.records import STORY_KEYS

EMPTY = {"json": "[]\n", "jsonl": "", "csv": ",".join(STORY_KEYS) + "\n", "md": "", "urls": ""}
QUERIES = ["topc:AI", "(", "title:", "\U0001f44d", "is:", '"', "a OR", "-", "since:yesterdayish", "outlets:many"]


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    write_story(tmp_path / "cards", "a.md", title="Harbour opens", publishedDateTime="2021-08-28T10:00:00Z")
    write_story(tmp_path / "cards", "b.md", title="Ferry sails", publishedDateTime="2021-08-27T10:00:00Z")
    return tmp_path / "cards"


@pytest.mark.parametrize("words", [["--no-cache"], []], ids=["cold", "cached"])
@pytest.mark.parametrize("coverage", [[], ["--coverage"]], ids=["stories", "coverage"])
@pytest.mark.parametrize("form", EMPTY)
def test_an_empty_result_is_a_result_in_every_form(
    cards: Path, form: str, words: list[str], coverage: list[str]
) -> None:
    if form == "csv" and coverage:
        pytest.skip("CSV has no room for coverage")
    result = newsdeck("list", str(cards), "-q", "zzzz", "--format", form, *words, *coverage)
    assert (result.status, result.out) == (0, EMPTY[form])
    assert newsdeck("list", str(cards), "-q", "zzzz", "--format", form, "--fail-empty", *words).status == 1


@pytest.mark.parametrize("form", ["table", *EMPTY])
@pytest.mark.parametrize("query", QUERIES)
def test_a_query_that_is_not_understood_prints_no_story(cards: Path, query: str, form: str) -> None:
    result = newsdeck("list", str(cards), "-q", query, "--format", form)
    assert (result.status, result.out) == (2, "")
    assert "query, character" in result.err


def test_a_query_that_matches_all_is_none_that_was_not_understood(cards: Path) -> None:
    result = newsdeck("list", str(cards), "-q", "", "--format", "jsonl")
    assert (result.status, len(result.lines)) == (0, 2)


def test_the_header_names_the_columns_that_follow(cards: Path) -> None:
    (first, _second) = csv.DictReader(io.StringIO(newsdeck("list", str(cards), "--format", "csv").out))
    assert tuple(first) == STORY_KEYS
    assert first["title"] == "Harbour opens"
