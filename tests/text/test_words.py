"""Words as search sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.words import fold, words_of

ROWS = [
    ("Clearview's face-matching AI", ("clearview", "s", "face", "matching", "ai")),
    ("Café CAFE\u0301 cafe", ("cafe", "cafe", "cafe")),
    ("Łódź straße Ærø", ("lodz", "strasse", "aero")),
    ("５Ｇ snake_case", ("5g", "snake", "case")),
    ("日本語 ok", ("日", "本", "語", "ok")),
    ("한국어 новости", (fold("한국어"), "новости")),
    ("… — 🔥 +++", ()),
]


@pytest.mark.parametrize(("text", "words"), ROWS)
def test_splits(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == words


@given(st.text())
def test_folding_is_final_and_case_does_not_matter(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert all(fold(word) == word for word in words_of(text))
