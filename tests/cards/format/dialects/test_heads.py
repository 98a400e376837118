"""Heads of every kind: what is one, what is none, and what is wrong with one."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cards.fast.ways import TOKENS, assert_same
from tests.cards.format.test_total import TREES, assert_result
from tui.cards.fast.reader import FastReader
from tui.cards.format.dialects.heads import why_no_head
from tui.cards.format.dialects.table import MEANINGS, NESTED
from tui.cards.format.parse import parse_story

KEYS = st.sampled_from([*(key for keys in MEANINGS.values() for key in keys), *NESTED, "rating", "x\x1b[31m"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# A heading\n\nText",
        "Note: this is a plain text.\n\nMore of it.",
        "Dear all,\n---\nbye",
        "Remember: nothing\n---\ntitle: x\n---\n",
        "{% include x %}\n",
        "{{< figure >}}\n",
        "```\ntitle = 1\n```\n",
        "+++ title\n",
        "Title of it all\n===\n",
    ],
)
def test_plain_text_is_no_card(text: str) -> None:
    parsed = parse_story(text.encode(), "x.md")
    assert (parsed.story, parsed.problems) == (None, ())


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("+++\ntitle = \n+++\n", "toml-syntax", 2),
        ('+++\na = 1\ntitle = "x\n+++\n', "toml-syntax", 3),
        ("+++\ntitle = 'x'\n", "front-matter-open", 1),
        ('{\n "title": "x",\n "tags": [\n', "json-syntax", 4),
        ("```toml\ntitle = 1\n", "front-matter-open", 1),
        ("title: x\ntags: [a\n---\n", "yaml-syntax", 2),
        ("+++\na = " + "[" * 5000 + "\n+++\n", "toml-syntax", 2),
        ('{"a":' + "[" * 100_000, "json-syntax", 1),
        ("+++\n" + "a." * 20_000 + "a = 1\n+++\n", "front-matter-size", 1),
        ('{"a":' + "[" * 40 + "]" * 40 + "}", "front-matter-size", 1),
    ],
)
def test_a_broken_head_is_a_problem_with_its_place(text: str, rule: str, line: int) -> None:
    parsed = parse_story(text.encode(), "x.md")
    assert parsed.story is None
    assert [(problem.rule, problem.line, problem.severity) for problem in parsed.problems] == [(rule, line, "error")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("+++\ntitle = 'x'\ndate = 'soon'\n+++\n", 3),
        ("Title: x\nDate: soon\n\nText", 2),
        ("title: x\ndate: soon\n---\n", 2),
    ],
)
def test_a_warning_names_the_line_of_its_key(text: str, line: int) -> None:
    parsed = parse_story(text.encode(), "x.md")
    assert parsed.story is not None
    assert [(problem.rule, problem.line) for problem in parsed.problems] == [("bad-date", line)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("\n---\ntitle: x\n---\n", "has blank lines before its first ---"),
        ("\u200b---\ntitle: x\n---\n", "has an invisible character before its first ---"),
        (" \n", "is empty"),
        ("Dear all\n", "begins with “Dear all”, which is no head"),
    ],
)
def test_why_a_text_is_no_card(text: str, why: str) -> None:
    assert why_no_head(text) == why


@given(st.dictionaries(KEYS, TREES, max_size=6), st.text(max_size=50))
@settings(max_examples=300, deadline=None)
def test_any_value_under_any_key_gives_a_story(tree: dict[str, object], body: str) -> None:
    json = msgspec.json.encode(tree).decode()
    for text in (f"---\n{json}\n---\n{body}", f"{json}\n\n{body}"):
        assert_result(text.encode("utf-8", "replace"))


@given(
    st.lists(st.one_of(TOKENS, st.text(max_size=6), KEYS), max_size=12),
    st.sampled_from(["---", "+++", "{", "```toml", ""]),
)
@settings(max_examples=500, deadline=None)
def test_any_head_gives_a_story_or_a_problem(tokens: list[str], mark: str) -> None:
    head = "".join(tokens)
    data = f"{mark}\n{head}\n{mark}\nbody".encode("utf-8", "replace")
    assert_result(data)
    parsed = parse_story(data, "x.md")
    if mark in {"---", "+++"}:
        assert parsed.story is not None or parsed.problems


@given(st.lists(st.one_of(KEYS.map(lambda key: f"\n{key}: "), TOKENS), max_size=12))
@settings(max_examples=500, deadline=None)
def test_both_ways_read_other_dialects_alike(tokens: list[str]) -> None:
    assert_same(FastReader(), f"---\ntitle: a{''.join(tokens)}\n---\n# B\n".encode("utf-8", "replace"))
