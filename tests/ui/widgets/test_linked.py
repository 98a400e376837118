"""Links that the terminal itself opens: only those that the policy lets through without a question."""

import msgspec
import pytest
from rich.segment import Segment

from tests.stories import story
from tests.ui.widgets.test_story_lines import PaneApp, alone, covered, text
from tui.model import Outlet
from tui.text.html import body_blocks
from tui.ui.widgets.inks import LINKS_CLASS
from tui.ui.widgets.linked import drawn_linked
from tui.ui.widgets.story_lines import story_lines
from tui.ui.widgets.story_pane import StoryPane


def linked(url: str, domain: str = "example.com") -> dict[str, str]:
    """The parts of a line that lead somewhere, with where they lead."""
    drawn = drawn_linked([Segment(" "), Segment("\u258c one"), Segment(" two   ")], url, domain)
    assert "".join(segment.text for segment in drawn) == " \u258c one two   "
    return {segment.text: segment.style.link for segment in drawn if segment.style and segment.style.link}


def test_what_is_written_leads_there_and_the_room_around_does_not() -> None:
    assert linked("https://example.com/a?b=c") == {
        "one": "https://example.com/a?b=c", " two": "https://example.com/a?b=c",
    }  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://example.com/\x1b]8;;https://evil.example\x1b\\",
        "https://example.com/\x07",
        "https://user@example.com/",
        "https://evil.example/",
        "http://example.com/",
        "https://127.0.0.1/",
        "https://example.com:8080/",
        "https://ex\u0430mple.com/",
    ],
)
def test_what_is_refused_or_asked_about_leads_nowhere(url: str) -> None:
    assert linked(url) == {}


def test_what_a_terminal_could_take_for_its_own_is_encoded() -> None:
    assert set(linked("https://example.com/a b\u0301;c").values()) == {"https://example.com/a%20b%CC%81;c"}


LINKED = """See [there and **here** too](https://example.org/there), [that](https://example.org/that) and
[nothing](javascript:alert(1)) in [1].

- an [item](https://example.org/item) with [that](https://example.org/that) again

> said [somebody](https://elsewhere.example/quote)

| a | b |
| - | - |
| [cell](https://example.org/cell) | [x](https://example.org/item) |
"""


@pytest.mark.parametrize("related", [True, False])
@pytest.mark.parametrize("width", [24, 100])
async def test_linked_texts_of_a_body_are_links_of_the_terminal_where_they_stand(related: bool, width: int) -> None:
    body = body_blocks(LINKED, "markdown")
    outlet = Outlet("Example", "example.org")
    content = alone(msgspec.structs.replace(covered() if related else story("a.md"), outlet=outlet), body=body)
    app = PaneApp()
    async with app.run_test(size=(width, 80)):
        app.add_class(LINKS_CLASS)
        pane = app.query_one(StoryPane)
        pane.show(content)
        found: dict[str, str] = {}
        for strip in pane.render_lines(pane.size.region):
            for segment in strip:
                if segment.style is not None and segment.style.link:
                    found[segment.style.link] = f"{found.get(segment.style.link, '')} {segment.text.strip()}"
    assert "javascript" not in str(found)
    assert "elsewhere.example" not in str(found)
    for url, words in (("there", "there and here too"), ("that", "that that"), ("item", "item x"), ("cell", "cell")):
        said = " ".join(found[f"https://example.org/{url}"].split()).replace("/ ", "/")
        assert said.startswith(words), said
        assert said.endswith(f"example.org/{url}"), "the list of links below leads there, too"


def test_links_of_the_body_are_numbered_on_behind_the_coverage() -> None:
    body = body_blocks(
        "See [there](https://example.org/there) and [1] and [this](https://example.org/this).", "markdown"
    )
    content = alone(covered(), body=body)
    shown = "\n".join(map(text, story_lines(content, 100)))
    assert "See there [3] and [1] and this [4]." in shown
    assert "[3] example.org/there" in shown
    assert "[4] example.org/this" in shown
    assert [target.url for target in content.links] == ["https://example.org/there", "https://example.org/this"]


def test_without_coverage_links_are_numbered_from_one() -> None:
    body = body_blocks("See [there](https://example.org/there).", "markdown")
    shown = "\n".join(map(text, story_lines(alone(story("a.md"), body=body), 100)))
    assert "See there [1]." in shown
    assert "[1] example.org/there" in shown
