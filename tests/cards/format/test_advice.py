"""A headline without quotes goes wrong in many ways: the advice names the cause, and nothing is cut without a word."""

import pytest

from tui.cards.format.parse import parse_story

SIGNS = {
    "[Update] Harbour plan": "[",
    "!important news": "!",
    "*Starred* news": "*",
    "{{date}} note": "{",
    "- dash first": "-",
    "@harbour opens": "@",
    "`code` in front": "`",
    "%d boats": "%",
    "> quoted line": ">",
    "| piped line": "|",
    "] closing": "]",
    ", comma": ",",
}


@pytest.mark.parametrize("key", ["title", "excerpt", "related:\n  - title"])
@pytest.mark.parametrize("text", SIGNS)
def test_the_advice_names_the_sign_that_the_text_begins_with(text: str, key: str) -> None:
    parsed = parse_story(f"---\nname: x\n{key}: {text}\n---\n".encode(), "a.md")
    (problem,) = parsed.problems
    assert problem.message.endswith(f"put the text in double quotes: it begins with {SIGNS[text]}.")
    assert problem.line == 3 + key.count("\n")


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("topics: [a, b\ntitle: x", "never closed"),
        ("title: Harbour: the plan", "it holds a colon and a blank"),
        ('title: "open\nexcerpt: x', "opened and never closed"),
    ],
)
def test_other_causes_keep_their_own_advice(head: str, said: str) -> None:
    (problem,) = parse_story(f"---\n{head}\n---\n".encode(), "a.md").problems
    assert said in problem.message
    assert "begins with" not in problem.message


@pytest.mark.parametrize("text", ["&more news", "&x Harbour", "&a-b c d"])
def test_an_anchor_that_nothing_repeats_is_a_warning(text: str) -> None:
    parsed = parse_story(f"---\ntitle: {text}\nexcerpt: x\n---\n".encode(), "a.md")
    (problem,) = parsed.problems
    assert (problem.severity, problem.line) == ("warning", 2)
    assert problem.message.endswith("put the text in double quotes: it begins with &.")


@pytest.mark.parametrize(("text", "column"), [("Harbour # 1", 16), ("Top #1 and # 2", 12), ("Harbour   #tag", 18)])
def test_a_headline_that_a_comment_cuts_is_a_warning_at_its_column(text: str, column: int) -> None:
    parsed = parse_story(f"---\ntitle: {text}\n---\n".encode(), "a.md")
    (problem,) = parsed.problems
    assert (problem.severity, problem.field, problem.line, problem.column) == ("warning", "title", 2, column)
    assert parsed.story is not None


@pytest.mark.parametrize(
    "head",
    ["title: Harbour#1", 'title: "Harbour # 1"', "title: Harbour\ndraft: false # not yet", "title: x\n# all"],
)
def test_other_signs_and_comments_are_no_warning(head: str) -> None:
    assert parse_story(f"---\n{head}\n---\n".encode(), "a.md").problems == ()


def test_a_link_that_is_refused_is_said_once() -> None:
    (problem,) = parse_story(b'---\ntitle: "U"\nwebUrl: www.example.org/x\n---\n', "a.md").problems
    assert problem.message.count("not opened") == 1
