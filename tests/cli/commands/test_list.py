"""`newsdeck list`: which stories, in which order, and how it ends."""

from pathlib import Path

import pytest

from tests.cli.harness import newsdeck, write_card


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = (
        ("a", "Alpha Café", "2020-01-03T10:00:00Z", 5, 90),
        ("b", "Beta", "2020-01-01T10:00:00Z", 80, -1),
        ("c", "Gamma", None, -1, 10),
        ("d", "Delta", "2020-01-02T10:00:00Z", 0, 50),
    )
    for name, title, when, quality, heat in rows:
        front: dict[str, object] = {
            "title": title,
            "webUrl": f"https://example.org/{name}",
            "quality": quality,
            "heat": heat,
            "publishedDateTime": when,
        }
        write_card(tmp_path, f"{name}.md", **front)
    return tmp_path


def listed(*argv: str | Path) -> str:
    return "".join(line[-1] for line in newsdeck("list", *argv, "--format", "urls").lines)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        pytest.param("newest", "adbc", id="undated-last"),
        pytest.param("oldest", "bdac", id="undated-last-here-too"),
        pytest.param("quality", "badc", id="zero-is-known-minus-one-is-not"),
        pytest.param("heat", "adcb", id="unscored-last"),
    ],
)
def test_the_order_asked_for(folder: Path, sort: str, order: str) -> None:
    assert listed(folder, "--sort", sort) == order


@pytest.mark.parametrize(
    ("query", "found"),
    [("alpha", "a"), ("ALPHA cafe", "a"), ("alpha beta", ""), ("del", "d"), ("ta", ""), ("", "adbc")],
)
def test_all_words_must_begin_a_word_whatever_their_case_and_accents(folder: Path, query: str, found: str) -> None:
    assert listed(folder, "-q", query) == found


def test_no_more_stories_than_asked_for(folder: Path) -> None:
    assert listed(folder, "-n", "2") == "ad"


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5", "²", "9" * 30])
def test_a_number_of_stories_is_a_whole_number_from_one(folder: Path, number: str) -> None:
    result = newsdeck("list", folder, f"-n{number}")
    assert result.status == 2
    assert number in result.err


def test_removed_stories_are_hidden_unless_asked_for(folder: Path) -> None:
    write_card(folder, "e.md", title="Gone", webUrl="https://example.org/e", removed=True)
    assert "e" not in listed(folder)
    assert listed(folder, "-q", "is:removed") == "e"


def test_no_match_is_an_answer_too(folder: Path) -> None:
    result = newsdeck("list", folder, "-q", "nothing")
    assert (result.status, result.out) == (0, "")
    assert "no story matches" in result.err


def test_what_only_related_pieces_say_is_told_but_not_listed(folder: Path) -> None:
    related = [{"title": "Rare thing seen", "url": "https://example.net/rare"}]
    write_card(folder, "f.md", title="Another", webUrl="https://example.org/f", related=related)
    result = newsdeck("list", folder, "-q", "rare")
    assert (result.status, result.out) == (0, "")
    assert "also 1 only in related pieces; in:coverage finds them." in result.err
    assert listed(folder, "-q", "in:coverage rare") == "f"


def test_no_match_can_be_a_failure(folder: Path) -> None:
    assert newsdeck("list", folder, "-q", "nothing", "--fail-empty").status == 1
    assert newsdeck("list", folder, "--fail-empty").status == 0


def test_a_broken_card_does_not_hide_the_others(folder: Path) -> None:
    (folder / "broken.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    result = newsdeck("list", folder)
    assert (result.status, len(result.lines)) == (0, 5)
    assert "1 file could not be read; `newsdeck check` says why" in result.err


def test_strict_comes_before_an_empty_answer(folder: Path) -> None:
    (folder / "broken.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    assert newsdeck("list", folder, "--strict").status == 5
    assert newsdeck("list", folder, "--strict", "--fail-empty", "-q", "nothing").status == 5


def test_coverage_does_not_fit_a_csv_line(folder: Path) -> None:
    result = newsdeck("list", folder, "--format", "csv", "--coverage")
    assert (result.status, result.out) == (2, "")
    assert "jsonl" in result.err


def test_a_single_card_file_can_be_listed(folder: Path) -> None:
    assert listed(folder / "d.md") == "d"
