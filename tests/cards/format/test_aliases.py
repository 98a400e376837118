"""Aliases, anchors and merge keys: read as python-frontmatter writes them, and limited by what they expand to."""

from typing import Any

import frontmatter
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tui.cards.format.parse import parse_card, parse_story
from tui.cards.format.problems import CardSyntaxError
from tui.cards.format.yaml import MAX_DEPTH, build

CNN = {"name": "CNN Money", "domain": "money.cnn.com"}


def test_what_python_frontmatter_writes_of_one_object_used_twice_is_read() -> None:
    post = frontmatter.Post("Body", title="Harbour", provider=CNN, related=[{"title": "Ferry", "provider": CNN}])
    written = frontmatter.dumps(post)
    assert "&id001" in written
    parsed = parse_story(written.encode(), "a.md")
    assert parsed.problems == ()
    assert parsed.story is not None
    assert (parsed.story.outlet.name, parsed.story.related[0].outlet.name) == ("CNN Money", "CNN Money")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: &x {t: b}\nc: *x", {"a": {"t": "b"}, "c": {"t": "b"}}),
        ("a: &x [b, c]\nd: [*x, *x]", {"a": ["b", "c"], "d": [["b", "c"], ["b", "c"]]}),
        ("a: &x b\n*x : c", {"a": "b", "b": "c"}),
        ("a: &x b\nc: &x d\ne: *x", {"a": "b", "c": "d", "e": "d"}),
        ("a: &x {t: b, u: c}\nd: {<<: *x, t: e}", {"a": {"t": "b", "u": "c"}, "d": {"t": "e", "u": "c"}}),
        (
            "a: &x {t: b}\nc: &y {t: d, u: e}\nf: {<<: [*x, *y]}",
            {"a": {"t": "b"}, "c": {"t": "d", "u": "e"}, "f": {"t": "b", "u": "e"}},
        ),
        ('"<<": a', {"<<": "a"}),
        ("a: &x\nb: *x", {"a": None, "b": None}),
    ],
)
def test_an_alias_stands_for_the_value_itself(text: str, value: object) -> None:
    assert build(text).value == value


LEAVES = st.sampled_from(["a", "b c", "harbour", "7th", "x y z"])
TREES: st.SearchStrategy[Any] = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcde"), inner, max_size=4)
)


@given(TREES, TREES)
def test_a_tree_whose_parts_are_used_twice_comes_back(one: object, other: object) -> None:
    tree = {"first": one, "second": [one, other, {"inner": other}], "third": one}
    assert build(yaml.safe_dump(tree)).value == tree


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("a: *x", "yaml-alias", 1),
        ("a: b\nc: &x {d: *x}", "yaml-alias", 2),
        ("a: *x\nb: &x c", "yaml-alias", 1),
        ("a: &x {b: c}\n*x : d", "yaml-key", 2),
        ("a: b\n<<: c", "yaml-merge", 2),
        ("<<: [{a: b}, c]", "yaml-merge", 1),
        ("a: &x " + "x" * 100_000 + "\nb: [" + "*x, " * 20 + "]", "yaml-size", 2),
        ("a0: &a0 [x]\n" + "\n".join(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 60)), "yaml-depth", MAX_DEPTH),
        ("a: &x [" + "x, " * 9_000 + "]\nb: [" + "*x, " * 9 + "]", "yaml-size", 2),
    ],
)
def test_what_stands_for_nothing_or_too_much_is_refused_at_its_line(text: str, rule: str, line: int) -> None:
    with pytest.raises(CardSyntaxError) as caught:
        build(text)
    assert (caught.value.rule, caught.value.line) == (rule, line)


@pytest.mark.parametrize("damage", [b"\xff", b"caf\xe9", b"\xc0\xaf", b"\xed\xa0\x80", b"\xe2\x82"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_byte_in_the_body_that_is_not_utf_8_keeps_the_story(damage: bytes, ends: str) -> None:
    head = ends.join(["---", "title: Caf\u00e9 opens", "topics: [a]", "---", "", "Fine line.", "Bad: "]).encode()
    parsed = parse_card(head + damage + b" end", "a.md")
    assert parsed.card is not None
    assert parsed.card.story.title == "Caf\u00e9 opens"
    assert "\ufffd" in parsed.card.body
    assert parsed.card.body.endswith("end")
    (problem,) = parsed.problems
    assert (problem.rule, problem.severity, problem.line) == ("encoding", "warning", 7)


@pytest.mark.parametrize(
    "data",
    [
        b"---\ntitle: caf\xe9\n---\nbody",
        b"---\ntitle: x\nexcerpt: \xff\n---\nbody\xff",
        "---\ntitle: x\n---\n".encode("utf-16"),
    ],
)
def test_a_byte_in_the_front_matter_that_is_not_utf_8_is_a_problem(data: bytes) -> None:
    parsed = parse_story(data, "a.md")
    assert parsed.story is None
    assert [(problem.rule, problem.severity) for problem in parsed.problems] == [("encoding", "error")]
