"""Wrapping, cutting and padding by terminal cells: nothing is lost, nothing is wider than its room."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.text.sanitize import clean_block
from tui.ui.widgets.lines import (
    cell_width,
    cut,
    left,
    right,
    rule,
    steady,
    styled,
    to_ascii,
    wrap,
    wrap_facts,
    wrap_link,
)

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
PIECES = (
    *("a", "b", "-", " ", " ", "\n", "\u00a0", "\u6f22", "\u5b57", "\U0001f600", "e\u0301", "\u2764\ufe0f", FAMILY),
    *("\u200d", "\ufe0f", "\u0301", "\ufdfd", "\U0001242b", "\u0e44", "\u0e01\u0e47", "\u1100\u1161", "\u3000"),
)
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=60).map("".join).map(clean_block)
WIDTHS = st.integers(2, 30)


def letters(text: str) -> str:
    """What stands in the cells of a text: what only says how to draw them is left out."""
    return "".join(steady(text).split())


@given(TEXTS, WIDTHS)
@example("漢字漢字", 3)
@example(f"{FAMILY}{FAMILY} {FAMILY}", 5)
@example("a\u200d b", 2)
def test_a_wrapped_line_is_never_wider_than_its_room(text: str, width: int) -> None:
    assert all(cell_width(line) <= width for line in wrap(text, width))


@given(TEXTS, st.integers(-1, 30))
@example("漢字", 1)
def test_wrapping_loses_no_character(text: str, width: int) -> None:
    assert "".join("".join(wrap(text, width)).split()) == letters(text)


@given(TEXTS, WIDTHS)
@example("a\n aa", 2)
@example("    four five", 5)
def test_a_word_that_fits_on_a_line_is_not_broken(text: str, width: int) -> None:
    lines = wrap(text, width)
    for word in text.split():
        if cell_width(letters(word)) <= width:
            assert any(letters(word) in line for line in lines)


@given(TEXTS)
def test_a_text_that_fits_stays_as_it_is(text: str) -> None:
    assert wrap(text, max(cell_width(steady(text)), 1)) == steady(text).split("\n")


@given(TEXTS, WIDTHS, st.integers(1, 4))
def test_a_limited_text_says_that_it_goes_on(text: str, width: int, limit: int) -> None:
    whole, kept = wrap(text, width), wrap(text, width, limit)
    assert len(kept) <= limit
    assert all(cell_width(line) <= width for line in kept)
    if len(whole) <= limit:
        assert kept == whole
    else:
        assert kept[:-1] == whole[: limit - 1]
        assert kept[-1].endswith("…")


@given(TEXTS.map(lambda text: text.replace("\n", " ")), st.integers(0, 30))
@example("漢字", 3)
def test_a_cut_text_is_its_beginning(text: str, width: int) -> None:
    kept = cut(text, width)
    assert cell_width(kept) <= width
    if width and cell_width(steady(text)) <= width:
        assert kept == steady(text)
    elif width:
        assert kept.endswith("…")
        assert steady(text).startswith(kept[:-1])


@given(TEXTS.map(lambda text: text.replace("\n", " ")), st.integers(0, 30))
def test_a_padded_text_fills_its_room_exactly(text: str, width: int) -> None:
    assert cell_width(left(text, width)) == width
    assert cell_width(right(text, width)) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("a\n\nb", 10, ["a", "", "b"]),
        ("superlongword", 5, ["super", "longw", "ord"]),
        ("go superlongword", 5, ["go", "super", "longw", "ord"]),
        ("漢字漢字", 5, ["漢字", "漢字"]),
        ("anything", 0, list("anything")),
    ],
)
def test_lines_break_where_a_reader_expects(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


ADDRESSES = st.lists(st.sampled_from(["/", "-", "a", "bcd", "字", "?x=", "longer-word", "%20"]), max_size=40).map(
    "".join
)


@given(ADDRESSES, st.integers(2, 30))
def test_a_wrapped_address_loses_nothing_and_fits(address: str, width: int) -> None:
    lines = wrap_link(address, width)
    assert "".join(lines) == address
    assert all(cell_width(line) <= width for line in lines)
    assert len(lines) <= 1 + 2 * cell_width(address) // (width - 1)


@pytest.mark.parametrize(
    ("address", "width", "lines"),
    [
        ("example.com/a/story", 20, ["example.com/a/story"]),
        ("example.com/information-technology/2021", 20, ["example.com/", "information-", "technology/2021"]),
        ("example.com/abcdefghijklmnopqrstuvw", 14, ["example.com/", "abcdefghijklmn", "opqrstuvw"]),
        ("", 10, [""]),
    ],
)
def test_an_address_is_broken_where_it_has_parts(address: str, width: int, lines: list[str]) -> None:
    assert wrap_link(address, width) == lines


@given(st.lists(st.text("ab ", max_size=12).map(str.strip), max_size=8), st.integers(3, 40))
def test_facts_never_leave_a_dot_at_the_end_of_a_line(facts: list[str], width: int) -> None:
    lines = wrap_facts(facts, width)
    assert all(cell_width(line) <= width for line in lines)
    assert not any(line.startswith("·") or line.endswith("·") for line in lines)
    assert "".join("".join(lines).replace("·", "").split()) == "".join("".join(facts).split())


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (30, ["Fri 27 Aug · AI · Databases"]),
        (20, ["Fri 27 Aug · AI", "Databases"]),
        (8, ["Fri 27", "Aug · AI", "Database", "s"]),
    ],
)
def test_facts_share_lines_as_far_as_they_fit(width: int, lines: list[str]) -> None:
    assert wrap_facts(["Fri 27 Aug", "", "AI", "Databases"], width) == lines


def test_code_keeps_its_indentation_where_it_must_be_broken() -> None:
    assert wrap("if a:\n    return something", 14)[1].startswith("    ")


def test_styled_lines_carry_their_target_and_indent() -> None:
    (line,) = styled(["text"], "dim", " ▏ ", target=4)
    assert "".join(text for text, _style in line.spans) == " ▏ text"
    assert line.target == 4


def test_a_rule_is_filled_to_the_edge() -> None:
    line = rule("Topics")
    assert "".join(text for text, _style in line.spans) == "── Topics "
    assert line.fill == "─"


def test_everything_newsdeck_draws_with_has_an_ascii_form_of_the_same_width() -> None:
    signs = "▌─━│…·•●▶▸›▏✗–“”’‘"
    assert to_ascii(signs).isascii()
    assert cell_width(to_ascii(signs)) == cell_width(signs)


@given(TEXTS)
@example("x\u200dy")
@example(FAMILY)
@example("1\ufe0f\u20e3")
def test_every_terminal_agrees_how_wide_a_line_is(text: str) -> None:
    """The width of a whole is the sum of its characters', which is what a terminal that joins nothing draws."""
    for line in wrap(text, 20):
        assert cell_width(line) == sum(cell_width(char) for char in line)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("\U0001f468\u200d\U0001f467", "\U0001f468\U0001f467"),
        ("\u2764\ufe0f", "\u2764"),
        ("\U0001f44d\U0001f3fd", "\U0001f44d"),
        ("caf\u00e9 cafe\u0301 \u6f22\u5b57", "caf\u00e9 cafe\u0301 \u6f22\u5b57"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
    ],
)
def test_only_what_says_how_to_draw_is_left_out(text: str, drawn: str) -> None:
    assert steady(text) == drawn
