"""Tables and paragraphs fit the terminal, whatever the letters."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.cli.layout import Column, Glyphs, cut, table, wrap
from tui.text.sanitize import clean_line

WORDS = st.text(max_size=60).map(clean_line)
WIDTHS = st.integers(min_value=4, max_value=90)


@given(WORDS, WIDTHS)
def test_a_cut_text_is_no_wider_than_its_room(text: str, width: int) -> None:
    for glyphs in (Glyphs(), Glyphs.plain()):
        assert cell_len(cut(text, width, glyphs)) <= width


@given(WORDS, WIDTHS)
@example("\U0001f3fb", 4)
@example("\U0001f3fb\U0001f3fb x", 8)
@example("\U0001f3fb" + "harbour" * 3, 4)
@example("\u0301" + "x" * 9, 4)
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=5), st.integers(min_value=1, max_value=120))
def test_no_line_of_a_table_is_wider_than_the_terminal(rows: list[tuple[str, str, str]], width: int) -> None:
    columns = (Column("A", limit=8), Column("B", flexible=True, least=12), Column("C", optional=True))
    assert all(cell_len(line) <= width for line in table(columns, rows, width, Glyphs()))


def test_columns_line_up_by_cells_not_by_letters() -> None:
    rows = [("日本", "x"), ("e\u0301", "x"), ("plain", "x")]
    lines = table((Column("NAME"), Column("X")), rows, None, Glyphs())
    assert {cell_len(line[: line.index("x")]) for line in lines[1:]} == {7}


def test_numbers_stand_at_the_right() -> None:
    assert table((Column("N", right=True), Column("T")), [("1", "a"), ("1,000", "b")], None, Glyphs()) == [
        "    N  T",
        "    1  a",
        "1,000  b",
    ]


COLUMNS = (Column("WHEN"), Column("HEADLINE", flexible=True, least=10), Column("ID", optional=True))
ROW = ("today", "A headline of many words", "news/card.md")


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (None, "today  A headline of many words  news/card.md"),
        (80, "today  A headline of many words  news/card.md"),
        (40, "today  A headline of many…  news/card.md"),
        (30, "today  A headline of many wor…"),
        (17, "today  A headlin…"),
    ],
)
def test_the_headline_gives_way_first_and_then_the_id_goes(width: int | None, line: str) -> None:
    assert table(COLUMNS, [ROW], width, Glyphs())[1] == line


def test_a_table_without_rows_has_no_titles_either() -> None:
    assert table(COLUMNS, [], 80, Glyphs()) == []


def test_a_wrapped_text_may_hang_under_its_label() -> None:
    assert wrap("one two three", 12, "     ", "Say: ") == ["Say: one two", "     three"]
