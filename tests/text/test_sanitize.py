"""Cleaned text: what a reader sees of a headline that was made to harm the terminal."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.sanitize import (
    BODY_LIMIT,
    EXCERPT_LIMIT,
    TITLE_LIMIT,
    TOPIC_LIMIT,
    clean_block,
    clean_line,
    clean_path,
    clean_preformatted,
    decode_entities,
)

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
NASTY = st.text(
    st.sampled_from("ae\u0301\u0308\u200d\ufe0f\u1161 \t\r\n\x1b\x9b\x85\u2028\u202e\u200b\ud800\udc80\U000e0041…")
)


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("Plain headline", "Plain headline"),
        ("[/foo] [bold]stays literal", "[/foo] [bold]stays literal"),
        ("10\xa0% of\u202fusers", "10\xa0% of\u202fusers"),
        ("family 👨\u200d👩\u200d👧 and ❤\ufe0f", "family 👨\u200d👩\u200d👧 and ❤\ufe0f"),
        ("नमस्ते दुनिया", "नमस्ते दुनिया"),
        ("ﷺ 𒐫", "ﷺ 𒐫"),
        ("two\r\nlines", "two lines"),
        ("  ends  ", "ends"),
        ("zero\u200bwidth soft\xadhyphen", "zerowidth softhyphen"),
        ("e" + "\u0301" * 9, "e" + "\u0301" * 4),
        ("\u0301\u0301lonely marks", "lonely marks"),
        ("a \u0301mark on a blank", "a mark on a blank"),
        ("ᄒ" + "ᅡ" * 50, "ᄒ" + "ᅡ" * 4),
    ],
)
def test_line_is_shown_as(given_text: str, shown: str) -> None:
    assert clean_line(given_text) == shown


def test_block_keeps_its_lines() -> None:
    assert clean_block("one\r\ntwo\n\nthree\tfour\x0bfive") == "one\ntwo\n\nthree four five"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("\n \n  if x:\r\n\ty()\n\n", "  if x:\n    y()"),
        ("a\tb\tc", "a   b   c"),
        ("\x1b[31m\u202ecode", "\ufffd[31mcode"),
        ("- item  \n\n    more", "- item  \n\n    more"),
    ],
)
def test_source_text_keeps_its_indentation(source: str, shown: str) -> None:
    assert clean_preformatted(source) == shown


@pytest.mark.parametrize(
    ("clean", "limit"),
    [
        (clean_line, TITLE_LIMIT),
        (clean_block, EXCERPT_LIMIT),
        (clean_preformatted, BODY_LIMIT),
        (lambda text: clean_line(text, TOPIC_LIMIT), TOPIC_LIMIT),
    ],
)
def test_long_text_is_cut_with_an_ellipsis(clean: Callable[[str], str], limit: int) -> None:
    fits = "x" * limit
    assert clean(fits) == fits
    assert clean(fits + "x") == "x" * (limit - 1) + "…"


def test_cut_leaves_no_blank_before_the_ellipsis() -> None:
    assert clean_line("word next", 6) == "word…"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"caf\xc3\xa9.md", "café.md"),
        (b"caf\xe9.md", "caf\ufffd.md"),
        ("caf\udce9.md", "caf\ufffd.md"),
        ("new\nline.md", "new line.md"),
        (" two.md", " two.md"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("-rf", "-rf"),
    ],
)
def test_file_name_is_shown_as(name: bytes | str, shown: str) -> None:
    assert clean_path(name) == shown


@pytest.mark.parametrize(
    "reference", ["&#27;]0;x", "&#x9b;31m", "&#x202e;abc", "&#0;", "&#xd800;", "&bsol;&NewLine;&Tab;"]
)
def test_entities_bring_no_control_past_the_cleaning(reference: str) -> None:
    assert_harmless(clean_line(decode_entities(reference)))


def test_entities_are_decoded_once() -> None:
    assert decode_entities("Q&amp;A &amp;lt;") == "Q&A &lt;"


def assert_harmless(text: str, allowed: str = "") -> None:
    for character in text:
        assert character in allowed or unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(character) not in {
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        }
        assert character not in "\u200b\u200e\u200f\u061c\u2060\ufeff\xad\u3164"


def assert_marks_are_bounded(text: str) -> None:
    run = 5
    for character in text:
        run = run + 1 if unicodedata.category(character)[0] == "M" else 0
        assert run <= 4 or character.isspace()


@given(ANY_TEXT | NASTY)
def test_no_text_harms_the_terminal(text: str) -> None:
    line, block, path = clean_line(text), clean_block(text), clean_path(text)
    assert_harmless(line)
    assert_harmless(block, allowed="\n")
    assert_harmless(path)
    assert_marks_are_bounded(line)


def test_no_character_escapes_by_passing_for_ordinary() -> None:
    for code in (
        *range(0x10000),
        *range(0x1D100, 0x1D200),
        *range(0x1F000, 0x1F800),
        *range(0xE0000, 0xE0200),
    ):
        line = clean_line("a" + chr(code) * 6)
        assert_harmless(line)
        assert_marks_are_bounded(line)


@given(ANY_TEXT | NASTY, st.integers(min_value=1, max_value=12))
def test_cleaning_twice_changes_nothing(text: str, limit: int) -> None:
    for clean in (clean_line, clean_block, clean_preformatted):
        once = clean(text, limit)
        assert len(once) <= limit
        assert clean(once, limit) == once
    assert clean_path(clean_path(text)) == clean_path(text)


@given(st.text(st.characters(max_codepoint=0x7E, min_codepoint=0x21) | st.sampled_from("äöüßéñ中文字日本語кия")))
def test_ordinary_text_is_untouched(text: str) -> None:
    assert clean_line(text) == text
    assert clean_block(text) == text
