"""Rows Y of the hostile corpus: whatever a card file holds, the others are read and this one is explained."""

import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.cards.format.parse import parse_card, parse_story
from tui.cards.worker.batches import load
from tui.model import Problem, Story

GOOD = b"---\ntitle: A quiet day\n---\n"


def card(front_matter: str | bytes) -> bytes:
    inner = front_matter.encode() if isinstance(front_matter, str) else front_matter
    return b"---\n" + inner + b"\n---\n"


def read_beside_good(folder: Path, data: bytes) -> tuple[list[Story], list[Problem], int]:
    (folder / "2020-01-01-good.md").write_bytes(GOOD)
    (folder / "2020-01-02-bad.md").write_bytes(data)
    batches = list(load(folder))
    stories = [story for batch in batches for story in batch.stories]
    return (
        stories,
        [problem for batch in batches for problem in batch.problems],
        sum(batch.not_cards for batch in batches),
    )


LAUGHS = "a: &a [x, x]\n" + "\n".join(
    f"{new}: &{new} [{', '.join(['*' + old] * 9)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

REFUSED = [
    pytest.param("Y1 billion laughs", card(LAUGHS), "yaml-size", 7, id="Y1"),
    pytest.param("Y2 self alias", card("a: &a [*a]"), "yaml-alias", 2, id="Y2"),
    pytest.param("Y2 alias alone", card("title: x\nb: *a"), "yaml-alias", 3, id="Y2-alias"),
    pytest.param("Y3 merge", card("base: &b {a: 1}\n<<: [*b, x]"), "yaml-merge", 3, id="Y3"),
    pytest.param("Y4 unclosed", card("a: " + "[" * 100_000), "yaml-depth", 2, id="Y4-unclosed"),
    pytest.param("Y4 closed", card("a: " + "[" * 100_000 + "]" * 100_000), "yaml-depth", 2, id="Y4-closed"),
    pytest.param("Y5 lists", card("- " * 100_000), "yaml-depth", 2, id="Y5"),
    pytest.param("Y6 levels", card("\n".join(" " * depth + "a:" for depth in range(500))), "yaml-depth", 34, id="Y6"),
    pytest.param("Y7 tags", card("topics: [! ! ! !]"), "yaml-syntax", 2, id="Y7"),
    pytest.param("Y7 tag", card("topics: [!a b]"), "yaml-tag", 2, id="Y7-one"),
    pytest.param("Y8 anchors", card("topics: [& & & & &]"), "yaml-syntax", 2, id="Y8"),
    pytest.param("Y9 keys", card("? " * 2000), "yaml-key", 2, id="Y9"),
    pytest.param("Y10 values", card(": " * 20_000), "yaml-syntax", 2, id="Y10"),
    pytest.param("Y11 object", card("a: !!python/object/apply:os.system [x]"), "yaml-tag", 2, id="Y11"),
    pytest.param("Y12 timestamp", card("a: !!timestamp hello"), "yaml-tag", 2, id="Y12"),
    pytest.param("Y17 tabs", card("a:\n\tb: c"), "yaml-syntax", 3, id="Y17"),
    pytest.param("Y19 UTF-16", "---\ntitle: x\n---\n".encode("utf-16"), "encoding", 1, id="Y19"),
    pytest.param("Y20 latin-1", card("title: x\nexcerpt: caf\u00e9".encode("latin-1")), "encoding", 3, id="Y20"),
    pytest.param("Y20 overlong", card(b"title: \xc0\xaf"), "encoding", 2, id="Y20-overlong"),
    pytest.param("Y21 NUL", card("title: x\nexcerpt: a\0b"), "yaml-character", 3, id="Y21"),
    pytest.param("Y21 ESC", card("title: x\nexcerpt: a\x1b[31m"), "yaml-character", 3, id="Y21-ESC"),
    pytest.param("Y21 surrogate", card('title: "\\ud800"'), "yaml-syntax", 2, id="Y21-surrogate"),
    pytest.param("Y24 open", b"---\ntitle: x\n", "front-matter-open", 1, id="Y24"),
    pytest.param("Y24 too long", card("a: " + "x" * 300_000), "front-matter-size", 1, id="Y24-long"),
    pytest.param("Y25 quoted", card('title: "a\n---\nb"'), "yaml-syntax", 2, id="Y25"),
    pytest.param("Y26 list", card("- a\n- b"), "front-matter-type", 2, id="Y26-list"),
    pytest.param("Y26 scalar", card("only text"), "front-matter-type", 2, id="Y26-scalar"),
    pytest.param("Y26 empty", card(""), "front-matter-empty", 1, id="Y26-empty"),
    pytest.param("Y26 nothing", b"---\n---\n", "front-matter-empty", 1, id="Y26-nothing"),
    pytest.param("Y28 nodes", card("a:\n" + " - a\n" * 55_000), "front-matter-size", 1, id="Y28-long"),
    pytest.param("Y28 nodes", card("a: [" + "a," * 52_000 + "]"), "yaml-size", 2, id="Y28-nodes"),
    pytest.param("Y29 key", card("k" * 200_000 + ": a"), "yaml-syntax", 2, id="Y29"),
    pytest.param("Y32 directive", card("%YAML 9.9"), "yaml-syntax", 2, id="Y32"),
    pytest.param("complex key", card("? [a]\n: b"), "yaml-key", 2, id="complex-key"),
    pytest.param("open quote", card('title: x\nexcerpt: "never closed'), "yaml-syntax", 3, id="open-quote"),
    pytest.param("colon", card("title: One: two"), "yaml-syntax", 2, id="colon"),
]


@pytest.mark.parametrize(("name", "data", "rule", "line"), REFUSED)
def test_a_card_that_is_refused_is_listed_and_the_others_are_read(
    tmp_path: Path, name: str, data: bytes, rule: str, line: int
) -> None:
    stories, problems, not_cards = read_beside_good(tmp_path, data)
    assert [story.title for story in stories] == ["A quiet day"]
    assert [(problem.file, problem.rule, problem.severity) for problem in problems] == [
        ("2020-01-02-bad.md", rule, "error")
    ]
    assert problems[0].line == line
    assert problems[0].message.endswith(".")
    assert not_cards == 0


READ = [
    pytest.param(b"\xef\xbb\xbf" + card("title: x"), [], id="Y18-byte-order-mark"),
    pytest.param(b"---\r\ntitle: x\r\n---\r\nbody\r\n", [], id="Y22-CRLF"),
    pytest.param(b"---\rtitle: x\r---\rbody\r", [], id="Y22-CR"),
    pytest.param(b"---  \ntitle: x\n---\t\n", [], id="blanks-behind-delimiters"),
    pytest.param(card("title: x\nquality:\t34"), [], id="Y16-tab"),
    pytest.param(card("title: y\ntitle: x"), ["duplicate-key"], id="Y13-duplicate"),
    pytest.param(card("title: x\ncontent: a\nhandler: b\n__class__: c\ntext: d"), [], id="Y30-keys"),
    pytest.param(card("title: x\nsecured: {a: [b, c]}"), [], id="secured-mapping"),
    pytest.param(card("title: x\nnested: " + "[" * 30 + "]" * 30), [], id="deep-but-allowed"),
]


@pytest.mark.parametrize(("data", "rules"), READ)
def test_an_odd_card_is_read(tmp_path: Path, data: bytes, rules: list[str]) -> None:
    stories, problems, _ = read_beside_good(tmp_path, data)
    assert [story.title for story in stories] == ["x", "A quiet day"]
    assert [problem.rule for problem in problems] == rules


def test_y31_a_second_document_ends_with_the_front_matter() -> None:
    parsed = parse_card(b"---\ntitle: first\n---\ntitle: second\n---\n", "a.md")
    assert parsed.card is not None
    assert parsed.card.story.title == "first"
    assert "second" in parsed.card.body
    assert parse_story(card("title: x\n...\nb: c"), "a.md").problems != ()


def test_y13_a_doubled_key_counts_last_and_is_told_with_its_line() -> None:
    parsed = parse_story(card("title: first\ntype: a\ntitle: second"), "a.md")
    assert parsed.story is not None
    assert parsed.story.title == "second"
    assert [(problem.rule, problem.line, problem.severity) for problem in parsed.problems] == [
        ("duplicate-key", 4, "warning")
    ]


@pytest.mark.parametrize("number", ["9" * 5000, "1e400", ".nan", "-.inf", "0x1F", "1_000", "12:30:45", "1.5"])
def test_y14_a_number_no_score_can_be_is_told_and_left_out(number: str) -> None:
    parsed = parse_story(card(f"title: x\nquality: {number}"), "a.md")
    assert parsed.story is not None
    assert parsed.story.quality is None
    assert [(problem.field, problem.line) for problem in parsed.problems] == [("quality", 3)]


BAD_DATES = [
    *("0000-01-01", "2020-02-30", "2020-02-01T25:00:00Z", "2020-02-01T10:61:00Z", "2020-02-01T10:00:61Z"),
    *("2020-02-01T10:00:00+99:00", "9999-12-31T23:59:59-14:00", "1969-12-31", "2101-01-01T10:00:00Z", "soon"),
]


@pytest.mark.parametrize("date", BAD_DATES)
def test_y15_a_date_nobody_can_believe_is_told_and_left_out(date: str) -> None:
    parsed = parse_story(card(f'title: x\npublishedDateTime: "{date}"'), "a.md")
    assert parsed.story is not None
    assert parsed.story.published_at is None
    assert [(problem.rule, problem.line, problem.field) for problem in parsed.problems] == [
        ("bad-date", 3, "publishedDateTime")
    ]


def test_y15_naive_times_are_utc_and_bare_dates_have_no_time() -> None:
    naive = parse_story(card("title: x\npublishedDateTime: 2020-02-26 16:55:00"), "a.md").story
    bare = parse_story(card("title: x\npublishedDateTime: 2020-02-26"), "a.md").story
    assert naive is not None
    assert bare is not None
    assert (naive.published_at, naive.time_known) == (datetime(2020, 2, 26, 16, 55, tzinfo=UTC), True)
    assert (bare.published_at, bare.time_known) == (datetime(2020, 2, 26, tzinfo=UTC), False)


def test_y23_of_a_file_of_100_mb_only_the_beginning_is_read(tmp_path: Path) -> None:
    with (tmp_path / "2020-01-03-huge.md").open("wb") as huge:
        huge.write(b"---\ntitle: x\n---\n")
        huge.truncate(100_000_000)
    tracemalloc.start()
    stories, problems, _ = read_beside_good(tmp_path, GOOD)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(stories) == 3
    assert [(problem.rule, problem.severity) for problem in problems] == [("file-size", "warning")]
    assert peak < 20_000_000


KEYS = [
    *("title", "excerpt", "publishedDateTime", "webUrl", "type", "quality", "heat", "published", "removed"),
    *("provider", "topics", "related", "images", "items", "actions", "price", "length", "levels", "ratings"),
    *("members", "affiliation", "twitter", "featuredContent", "secured", "otherNames", "updatedDateTime"),
]
VALUES = {
    "list": "[a, {b: c}, [d], 1, null]",
    "mapping": "{a: b, name: [1], url: {}, images: {c: d}}",
    "null": "null",
    "int": "7",
    "float": "7.5",
    "bool": "true",
    "date": "2020-02-26",
    "text": "some text",
}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize("key", KEYS)
def test_y27_any_key_may_be_of_any_type(key: str, value: str) -> None:
    parsed = parse_card(card(f"name: fallback\n{key}: {value}"), "2020-01-01-a.md")
    assert parsed.card is not None
    assert parsed.card.story.title
    assert all(problem.severity == "warning" and problem.line == 3 for problem in parsed.problems)


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize("key", ["title", "webUrl", "publishedDateTime", "provider", "quality", "images"])
def test_y27_any_key_of_coverage_may_be_of_any_type(key: str, value: str) -> None:
    text = f"title: x\nrelated:\n  - title: first\n    {key}: {value}\n  - title: second"
    parsed = parse_story(card(text), "a.md")
    assert parsed.story is not None
    assert parsed.story.related[-1].title == "second"


def test_y28_only_a_thousand_covering_pieces_are_kept() -> None:
    parsed = parse_story(card("title: x\nrelated:\n" + "  - title: a\n" * 1500), "a.md")
    assert parsed.story is not None
    assert len(parsed.story.related) == 1000
    assert [(problem.rule, problem.line) for problem in parsed.problems] == [("too-many", 3)]


def test_a_thousand_faults_give_a_list_that_can_be_read() -> None:
    entries = "".join(f"  - title: a{index}\n    quality: x{index}\n" for index in range(900))
    parsed = parse_card(card("title: x\nrelated:\n" + entries), "a.md")
    assert parsed.card is not None
    assert len(parsed.problems) == 51
    assert parsed.problems[-1].message.startswith("850 more")


def test_y29_a_key_of_200_kib_is_shown_cut() -> None:
    long_key = "k" * 200_000
    parsed = parse_card(card(f"title: x\n? {long_key}\n: [a, b]"), "a.md")
    assert parsed.card is not None
    assert all(len(key) <= 1000 for key, _ in parsed.card.fields)
