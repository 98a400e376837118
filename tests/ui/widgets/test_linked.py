"""Links that the terminal itself opens: only those that the policy lets through without a question."""

import pytest
from rich.segment import Segment

from tui.ui.widgets.linked import drawn_linked


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
