"""Bodies on the screen: no letter is lost, no line too wide, and parts look as they are meant at any width."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stories import story
from tui.text.html import body_blocks
from tui.text.runs import LOOKS, Run, Styled
from tui.ui.widgets.body_lines import body_lines
from tui.ui.widgets.lines import Line, cell_width, steady
from tui.ui.widgets.story_content import StoryContent
from tui.ui.widgets.styled_text import styled_lines

LETTERS = st.text(alphabet="ab\u6e2f\u0301 \n\u200d\U0001f44d", max_size=60)
RUNS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(LOOKS)), max_size=4)


def shown(source: str, width: int) -> list[Line]:
    body = body_blocks(source, "markdown")
    content = StoryContent(story("a.md"), None, datetime(2021, 9, 1, tzinfo=UTC), UTC, body=body)
    return body_lines(content, width)


def text(line: Line) -> str:
    return "".join(text for text, _style in line.spans)


@given(LETTERS, RUNS, st.integers(2, 30))
def test_a_styled_text_is_the_text_wrapped_with_every_letter_in_its_look(
    letters: str, runs: list[tuple[int, int, str]], width: int
) -> None:
    letters = letters.strip()
    kept = [Run(a, min(b, len(letters)), look) for a, b, look in runs if a < min(b, len(letters))]  # type: ignore[arg-type]
    lines = styled_lines(Styled(letters, tuple(kept)), "text", width)
    assert all(sum(cell_width(part) for part, _style in line) <= width for line in lines)
    drawn = [(letter, style) for line in lines for part, style in line for letter in part if not letter.isspace()]
    assert [letter for letter, _style in drawn] == [each for each in steady(letters) if not each.isspace()]
    places = [place for place, letter in enumerate(letters) if steady(letter) and not letter.isspace()]
    for (_letter, style), place in zip(drawn, places, strict=True):
        assert set(style.split("+")[1:]) == {run.look for run in kept if run.start <= place < run.end}


TABLE = """| Name | Count |
|------|------:|
| **a** | 7 |
| \u6e2f\u4eac e\u0301 | 1,200 |
"""


def test_a_table_stands_in_columns_whatever_letters_are_in_it() -> None:
    lines = [text(line) for line in shown(TABLE, 60)][3:]
    assert lines == [
        " Name   \u2502 Count",
        " \u2500\u2500\u2500\u2500\u2500\u2500\u2500\u253c\u2500\u2500\u2500\u2500\u2500\u2500",
        " a      \u2502     7",
        " \u6e2f\u4eac e\u0301 \u2502 1,200",
    ]
    assert len({cell_width(line) for line in lines}) == 1


@pytest.mark.parametrize("width", [1, 5, 12, 20, 40, 60, 88])
def test_no_line_is_wider_than_there_is_room_and_no_word_is_lost(width: int) -> None:
    source = f"{TABLE}\n> quoted *words*\n\n- item **one**\n  - deeper `code` in it\n\n```\nsome  code  here\n```\n"
    lines = shown(source, width)
    if width >= 12:
        assert max(cell_width(text(line)) for line in lines) <= width + 1, "a blank stands before each line"
    letters = "".join(text(line) for line in lines).replace(" ", "")
    for word in ("Name", "Count", "1,200", "\u6e2f", "quoted", "words", "deeper", "here"):
        assert set(word) <= set(letters)


def test_code_keeps_its_blanks_and_is_broken_where_the_room_ends() -> None:
    lines = [text(line) for line in shown("```\nif a:\n    b =  1\n```", 12)]
    assert [line.rstrip() for line in lines[3:]] == ["   if a:", "       b =", "     1"]


def test_lists_stand_apart_from_code_and_quotes_belong_together() -> None:
    lines = [text(line).rstrip() for line in shown("> one\n>\n> two\n\n```\nx\n```\n- a\n- b", 30)]
    assert lines[3:] == [" \u258f one", " \u258f", " \u258f two", "", "   x", "", " \u2022 a", " \u2022 b"]
