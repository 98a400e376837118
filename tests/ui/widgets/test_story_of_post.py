"""How a post of a site is laid out for reading: nothing is said that goes without saying, and nothing twice."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from tests.stories import story
from tui.deck.outlets import Bylines
from tui.model import Outlet
from tui.text.html import body_blocks
from tui.ui.widgets.story_content import StoryContent
from tui.ui.widgets.story_lines import story_lines

NOW = datetime(2020, 2, 26, 20, 0, tzinfo=UTC)


def page(content: StoryContent, width: int = 70) -> str:
    lines = story_lines(content, width)
    return "\n".join("".join(text for text, _style in line.spans).rstrip() for line in lines)


def one(**fields: object) -> StoryContent:
    return StoryContent(replace(story("a.md", title="A headline"), **fields), None, NOW, UTC)


def test_of_a_folder_without_outlets_neither_that_nor_a_missing_link_is_said_of_each_story() -> None:
    bare = replace(one(outlet=Outlet(), url=""), bylines=Bylines(names_outlets=False))
    shown = page(bare)
    assert "unknown outlet" not in shown
    assert "no link" not in shown
    assert "\n\n\n" not in shown
    assert "Wed 26 Feb 2020" in shown
    assert "notes" in page(replace(bare, story=replace(bare.story, id="notes/a.md")))


@pytest.mark.parametrize(
    ("excerpt", "body", "is_shown"),
    [
        ("The tide turns at noon, as every day.", "The tide turns at noon, as every day. Boats wait.", False),
        (
            "The tide turns at noon, as…",
            "# Tide\n\nThe **tide** turns at [noon](https://a.example), as every day.",
            False,
        ),
        ("The tide turns at noon. Boats wait…", "The tide turns at noon.\n\nBoats wait for it.", False),
        ("The tide turns at noon, as every day.", "![A pier](a.png)\n\nThe tide turns at noon, as every day.", False),
        ("The tide turns at noon, as every day.", "The tide turns at one.", True),
        ("The tide turns at noon, as every day.", "The tide turns", True),
        ("Boats wait for the tide.", "The tide turns at noon. Boats wait for the tide.", True),
        ("The", "The tide turns.", True),
    ],
)
def test_an_excerpt_that_the_body_begins_with_is_not_shown_twice(excerpt: str, body: str, is_shown: bool) -> None:
    bare = one(excerpt=excerpt, related=())
    both = replace(bare, body=body_blocks(body, "markdown"))
    assert excerpt in page(bare, 120)
    before_text = page(both, 120).partition("Text")[0]
    assert (excerpt in before_text) == is_shown
