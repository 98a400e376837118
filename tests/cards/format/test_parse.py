"""python-frontmatter with our handler: its habits do not get through."""

import frontmatter
import pytest

from tui.cards.format.parse import CardHandler, parse_card
from tui.cards.format.problems import CardSyntaxError


def test_keys_and_body_come_as_python_frontmatter_gives_them() -> None:
    metadata, body = frontmatter.parse("---\ntitle: x\nyear: 2020\n---\n\nText\n", handler=CardHandler())
    assert metadata == {"title": "x", "year": "2020"}
    assert body == "Text"


def test_keys_named_like_its_own_parameters_are_only_keys() -> None:
    metadata, _ = frontmatter.parse("---\ncontent: a\nhandler: b\nencoding: c\n---\n", handler=CardHandler())
    assert metadata == {"content": "a", "handler": "b", "encoding": "c"}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("---\ntitle: x\n", "front-matter-open"),
        ("title: x\n---\n", "front-matter-missing"),
        ("---\n- a\n---\n", "front-matter-type"),
        ("---\n---\n", "front-matter-empty"),
        ("---\na: *b\n---\n", "yaml-alias"),
    ],
)
def test_what_it_would_swallow_is_raised(text: str, rule: str) -> None:
    with pytest.raises(CardSyntaxError) as caught:
        frontmatter.parse(text, handler=CardHandler())
    assert caught.value.rule == rule
    assert not isinstance(caught.value, ValueError)


def test_dashes_inside_a_value_do_not_end_the_front_matter() -> None:
    metadata, body = frontmatter.parse("---\ntitle: |-\n  a\n  ---\n  b\n---\nText", handler=CardHandler())
    assert metadata == {"title": "a\n---\nb"}
    assert body == "Text"


@pytest.mark.parametrize(
    ("body", "form"),
    [
        ("<p>One</p>\n\nSee [all](https://a.example/b).", "markdown"),
        ("<p>One</p>\n\nSee [all](//a.example/b).", "markdown"),
        ("<p>One</p>\n\nSee [all](/b).", "html"),
        ("<p>One</p>\n\n<p>Two</p>", "html"),
    ],
)
def test_a_body_that_begins_with_a_tag_may_go_on_in_markdown(body: str, form: str) -> None:
    card = parse_card(f"---\ntitle: a\n---\n{body}\n".encode(), "a.md").card
    assert card is not None
    assert card.body_format == form
