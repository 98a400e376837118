"""Heads of other tools with texts of several lines, comments and lists go the fast way, and say what YAML says."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cards.fast.ways import TOKENS, assert_same
from tui.cards.fast.parts import PartReader
from tui.cards.fast.reader import FastReader
from tui.cards.fast.sections import cut_sections, read_sections
from tui.cards.format.yaml import build

FORMS = (
    "title: A quay\n  that opens\n  again\n",
    "title: 'A quay\n  that isn''t\n    shut'\n",
    'title: "A quay \\u00e9 \\"open\\"\n  again"\n',
    "description: >-\n  **Ox** is open:\n  # no comment\n  - no list\n",
    "description: >\n    folded\n    'quoted'\n\n",
    "description: |\n  line one\n  line: two\n",
    "description: |-\n line\n",
    "# said before all\ntitle: Quay\n\n# between\n\nlink: https://a.example/b\n",
    "tags:\n  # which\n  - a\n# of them\n  - 'b c'\n",
    "tags:\n- --flag\n- -x\n",
    "\n\ntitle: Quay\n",
    "extra:\n  # why\n  link_to: https://a.example/c\n",
    "tags: [a, 'b', \"c d\"]\n",
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_usual_forms_go_the_fast_way(form: str, ends: str, mark: str) -> None:
    head = f"{form}date: 2026-01-05\n" if "title" in form else f"{form}title: t\ndate: 2026-01-05\n"
    card = f"{mark}---\n{head}---\nA body.\n".replace("\n", ends)
    assert assert_same(FastReader(), card.encode())


LINES = st.sampled_from(
    [
        *(
            "a",
            "b c",
            "d: e",
            "f:",
            "- g",
            "# h",
            "i #j",
            "k # l",
            "'m",
            "n'",
            '"o',
            'p"',
            "''",
            '\\"',
            "\\",
            "[q",
            "r]",
        ),
        *("---", "...", "--s", "- - t", "? u", "&v w", "*x", "!y", "| z", ">", "%", "@", "`", "{a", "}", "é", "\u2028"),
        *("", " ", "  ", "\t", "a\t", "\x07", "null", "~", "1", "2026-01-05", "https://a.example/b", "\x85"),
    ]
)
OPENINGS = st.sampled_from(
    [*("", " a", " 'b", ' "c', " >-", " >", " |", " |-", " |+", " >2", " > # d", " e: f", " - g"), " [", " {}", " # h"]
)


@st.composite
def section(draw: st.DrawFn) -> str:
    """A key with a value and lines below it, most of them indented alike."""
    key = draw(st.sampled_from(["title", "description", "tags", "link", "source", "date", "author", "extra", "x"]))
    indent = draw(st.sampled_from(["  ", "    ", " ", ""]))
    lines = draw(st.lists(LINES, max_size=4))
    odd = draw(st.sampled_from(["", "", "", " ", "  "]))
    block = "".join(f"{indent}{odd if number else ''}{line}\n" for number, line in enumerate(lines))
    return f"{key}:{draw(OPENINGS)}\n{block}"


@given(st.lists(section(), min_size=1, max_size=3), st.lists(LINES, max_size=1))
@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_agree_whatever_stands_below_a_key(sections: list[str], first: list[str]) -> None:
    text = "".join([*(f"{line}\n" for line in first), *sections, "created: 2026-01-05\n"])
    assert_same(FastReader(), f"---\n{text}---\n# B\n".encode())


@given(st.sampled_from(FORMS), st.integers(0, 200), TOKENS | LINES)
@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_agree_whatever_is_put_into_a_form(form: str, at: int, token: str) -> None:
    head = f"url: https://a.example/b\n{form}"
    at = min(at, len(head))
    text = f"{head[:at]}{token}{head[at:]}date: 2026-01-05\n"
    assert_same(FastReader(), f"---\n{text}---\n# B\n".encode("utf-8", "replace"))


@given(st.lists(section(), min_size=1, max_size=3))
@settings(max_examples=800, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_taken_is_the_tree_of_yaml(sections: list[str]) -> None:
    text = "".join(["link: https://a.example/b\n", *sections])
    found = cut_sections(text)
    taken = None if found is None else read_sections(found, PartReader())
    if taken is not None and not taken.is_usual and "\u2028" not in text and "\x85" not in text:
        assert taken.mapping == build(text).value
