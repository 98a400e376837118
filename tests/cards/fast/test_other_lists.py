"""Plain lists of other tools read the fast way are what YAML makes of them."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cards.fast.ways import assert_same
from tui.cards.fast.parts import PartReader
from tui.cards.fast.reader import FastReader
from tui.cards.fast.sections import cut_sections, read_sections

WORDS = (
    *("a", "b c", "'it''s'", '"x \\" y"', "[a, b]", "12", "true", "~", "null", "c: d", "- e", "#f", "g #h"),
    *("*i", "[[j]]", "https://k.example/l", "m:n", "'", "&o p", "{}"),
)
INDENTS = ("", "  ", "    ")


@given(
    st.sampled_from(INDENTS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=5),
    st.sampled_from(["tags", "categories", "author", "source"]),
    st.sampled_from(["", "\n", "    - z\n", "  k: v\n"]),
)
@settings(max_examples=400, deadline=None)
def test_both_ways_give_the_same_story(indent: str, items: list[str], key: str, behind: str) -> None:
    block = "".join(f"{indent}- {item}\n" for item in items)
    text = f"---\ntitle: a\nsource: https://example.org/a\n{key}:\n{block}{behind}created: 2026-01-05\n---\n# B\n"
    assert_same(FastReader(), text.encode())


@pytest.mark.parametrize("items", [["a"], ["a", "'b'"], ['"c: d"', "e f", "[]"], ["x/y", "https://a.example/b"]])
def test_a_list_of_plain_values_is_what_yaml_makes_of_it(items: list[str]) -> None:
    text = "title: a\nlink: b\ntags:\n" + "".join(f"  - {item}\n" for item in items)
    found = cut_sections(text)
    assert found is not None
    sections = read_sections(found, PartReader())
    assert sections is not None
    assert sections.mapping == yaml.safe_load(text)
