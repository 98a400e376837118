"""What leaves newsdeck, byte by byte, on hostile cards. `python -m tests.export.test_forms` writes the samples anew."""

import csv
import html
import io
import json
import sys
import tempfile
import unicodedata
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.cli.harness import newsdeck, write_card
from tests.export.hostile_cards import TITLES, write_hostile_cards

GOLDEN = Path(__file__).parent / "golden"
COVERED = ("-q", "id:covered", "--coverage")
SAMPLES: dict[str, tuple[str, ...]] = {
    "stories.md": ("list", "--format", "md"),
    "stories.csv": ("list", "--format", "csv"),
    "stories.jsonl": ("list", "--format", "jsonl"),
    "stories.urls": ("list", "--format", "urls", "--coverage"),
    "covered.md": ("list", *COVERED, "--format", "md"),
    "covered.json": ("list", *COVERED, "--format", "json"),
    "coverage.txt": ("coverage", "covered.md"),
    "coverage.json": ("coverage", "covered.md", "--json"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cards = tmp_path_factory.mktemp("hostile")
    write_hostile_cards(cards)
    return cards


def printed(folder: Path, words: tuple[str, ...]) -> str:
    where = (str(folder),) if words[0] == "list" else ("--path", str(folder))
    result = newsdeck(words[0], *words[1:], *where)
    assert result.status == 0, result.err
    return result.out


@pytest.mark.parametrize("name", SAMPLES)
def test_a_form_stays_as_it_is(folder: Path, name: str) -> None:
    assert printed(folder, SAMPLES[name]).encode() == (GOLDEN / name).read_bytes()


def shown(title: str) -> str:
    """A title as a reader sees it: in one line, with its entities decoded and its letters composed."""
    return " ".join(unicodedata.normalize("NFC", html.unescape(title)).split())


def one_line(text: object) -> str:
    return " ".join(unicodedata.normalize("NFC", str(text)).split())


def test_markdown_renders_to_one_item_a_story_with_its_title_as_its_only_link(folder: Path) -> None:
    tokens = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .parse(printed(folder, SAMPLES["stories.md"]))
    )
    kinds = {token.type for token in tokens}
    assert kinds == {
        "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
        "paragraph_open", "paragraph_close", "inline",
    }  # fmt: skip
    items = [token.children or [] for token in tokens if token.type == "inline"]
    assert len(items) == len(TITLES) + 1
    for (name, title), item in zip(TITLES.items(), items, strict=False):
        opening, *inside = item[: [token.type for token in item].index("link_close")]
        assert opening.type == "link_open"
        assert str(opening.attrGet("href")).startswith(f"https://example.org/{name}")
        assert one_line("".join(token.content for token in inside)) == shown(title)
        assert {token.type for token in item[len(inside) + 2 :]} <= {"text", "text_special"}


def test_csv_reads_back_to_the_same_texts_and_no_cell_is_a_formula(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(printed(folder, SAMPLES["stories.csv"]))))
    assert len(rows) == len(TITLES) + 1
    for title, row in zip(TITLES.values(), rows, strict=False):
        assert one_line(row["title"].removeprefix("'")) == shown(title)
        assert one_line(row["excerpt"].removeprefix("'")) == shown(title)
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("excerpt", ["one\ntwo", "x\n=1+1", 'a\n\n- b, c\n"d"', "\r\n+1\r\n@x"])
def test_a_text_of_several_lines_stays_in_its_cell(tmp_path: Path, excerpt: str) -> None:
    write_card(tmp_path, title="Title", excerpt=excerpt)
    (row,) = csv.DictReader(io.StringIO(printed(tmp_path, ("list", "--format", "csv")), newline=""))
    assert row["excerpt"].removeprefix("'").split() == excerpt.split()
    assert row["coverage_count"] == "0"


def test_a_line_of_json_is_a_story_and_says_what_csv_says(folder: Path) -> None:
    records = [json.loads(line) for line in printed(folder, SAMPLES["stories.jsonl"]).splitlines()]
    rows = list(csv.DictReader(io.StringIO(printed(folder, SAMPLES["stories.csv"]))))
    assert [one_line(record["title"]) for record in records[: len(TITLES)]] == [
        shown(title) for title in TITLES.values()
    ]
    assert [list(record) for record in records] == [list(row) for row in rows]
    for record, row in zip(records, rows, strict=True):
        for key in ("id", "url", "published_at", "quality"):
            assert row[key] == ("" if record[key] is None else str(record[key]))


def test_every_link_that_is_listed_may_be_opened_and_stands_in_one_line(folder: Path) -> None:
    links = printed(folder, SAMPLES["stories.urls"]).splitlines()
    assert all(link.startswith("https://") and link.isascii() and " " not in link for link in links)
    assert len(set(links)) == len(links) == len(TITLES) + 5
    assert "evil" not in "".join(links)


def write_samples() -> None:
    """Write the golden files anew."""
    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        write_hostile_cards(Path(name))
        for sample, words in SAMPLES.items():
            (GOLDEN / sample).write_bytes(printed(Path(name), words).encode())
    sys.stdout.write(f"{len(SAMPLES)} samples written\n")


if __name__ == "__main__":
    write_samples()
