"""Whatever a card says, Markdown shows it and does nothing with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tui.export.markdown import escaped, link

URL = "https://example.org/a"
GITHUB = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def inline_tokens(text: str) -> list[Token]:
    tokens = GITHUB.parse(text)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    return tokens[1].children or []


@pytest.mark.parametrize(
    "text",
    [
        "# no heading",
        "- no item",
        "+ no item",
        "1. no item",
        "12) no item",
        "> no quote",
        "=== no underline",
        "*no* _stress_ `code`",
        "<script>alert(1)</script>",
        "AT&amp;T &#42; AT&T",
        "a](https://evil.example) [b",
        "![x](y) <https://evil.example>",
        "~~gone~~ a | b",
        r"a back\slash",
        "1",
        "2020-02-26 16:55",
    ],
)
def test_a_text_is_shown_as_it_is(text: str) -> None:
    assert "".join(token.content for token in inline_tokens(escaped(text))) == text
    assert {token.type for token in inline_tokens(escaped(text))} <= {"text", "text_special"}


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=1))
def test_no_text_becomes_markup(text: str) -> None:
    assert "".join(token.content for token in inline_tokens(escaped(text))) == text
    opening, *inside, closing = inline_tokens(link(text, URL))
    assert (opening.type, opening.attrGet("href"), closing.type) == ("link_open", URL, "link_close")
    assert "".join(token.content for token in inside) == text


def test_without_a_link_the_text_stands_alone() -> None:
    assert link("A [b]", "") == r"A \[b\]"
