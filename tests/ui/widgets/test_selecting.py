"""Text selected with the mouse: whole letters, at any width of theirs, and copied as it is to be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from tui.ui.widgets.lines import Line, cell_width
from tui.ui.widgets.selecting import drawn_selected, letter_at, selection_of, text_of, word_at

CHOSEN = Style(reverse=True)


def lines_of(*texts: str, style: str = "text", target: int | None = None) -> list[tuple[int, Line]]:
    return [(number, Line(((text, style),), target)) for number, text in enumerate(texts)]


@given(st.text(alphabet="ab 港京é\u0301", min_size=1, max_size=30), st.integers(0, 70))
def test_a_cell_belongs_to_the_letter_that_is_drawn_there(text: str, cells: int) -> None:
    place = letter_at(Line(((text, "text"),)), cells)
    assert cell_width(text[:place]) <= max(cells, 0)
    if place < len(text):
        assert cell_width(text[: place + 1]) > cells
    else:
        assert cell_width(text) <= cells


@given(st.lists(st.sampled_from(["ab", "港京", " ", "e\u0301x"]), max_size=8), st.integers(0, 12), st.integers(-1, 12))
def test_selecting_changes_how_letters_look_and_no_letter(texts: list[str], start: int, end: int) -> None:
    whole = "".join(texts)
    drawn = drawn_selected([Segment(text) for text in texts], (start, end), CHOSEN)
    assert "".join(segment.text for segment in drawn) == whole
    chosen = "".join(segment.text for segment in drawn if segment.style == CHOSEN)
    assert chosen == whole[start : None if end == -1 else max(end, start)]


@pytest.mark.parametrize(
    ("lines", "start", "end", "copied"),
    [
        (lines_of(" one two three"), (0, 5), (0, 7), "two"),
        (lines_of(" one two three"), (0, 7), (0, 5), "two"),
        (lines_of("   one   ", "   two   ", "     three"), (0, 3), (2, 9), "one\ntwo\n  three"),
        (lines_of("  one", "", "  two"), (0, 0), (2, 99), "one\n\ntwo"),
        (
            lines_of(" example.com/a-long-", " address", style="link", target=3),
            (0, 1),
            (1, 8),
            "example.com/a-long-address",
        ),
        (lines_of(" \u6e2f\u4eac"), (0, 2), (0, 2), "\u4eac"),
    ],
    ids=["within a line", "backwards", "room around", "a blank line", "a link on two lines", "wide letters"],
)
def test_what_is_copied(
    lines: list[tuple[int, Line]], start: tuple[int, int], end: tuple[int, int], copied: str
) -> None:
    assert text_of(lines, selection_of(start, end)) == copied


@pytest.mark.parametrize(("letter", "word"), [(0, ""), (1, "one"), (3, "one"), (4, ""), (5, "two,"), (30, "")])
def test_a_word_is_what_stands_between_blanks(letter: int, word: str) -> None:
    text = " one two, three"
    start, end = word_at(Line(((text, "text"),)), letter)
    assert text[start:end] == word
