"""A word, a beginning or a sequence is found in exactly the rows whose text holds it, however often it is asked for."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deck.search.reference import holds, split
from tui.deck.columns import rows_of
from tui.deck.search.postings import WordField, WordRowsBuilder
from tui.text.words import words_of

TEXT = st.lists(
    st.sampled_from(["a", "ab", "abc", "b", "ba", "Café", "CAFE", "漢字", "x-y", "Ørsted", "--"]), max_size=5
)
TEXTS = st.lists(TEXT.map(" ".join), max_size=6)
SOUGHT = st.sampled_from(["a", "ab", "abc", "b", "c", "ca", "cafe", "漢", "x", "y", "ors", "zz"])


def field_of(texts: Sequence[str]) -> WordField:
    builder = WordRowsBuilder()
    for text in texts:
        builder.add(text)
    return builder.finish()


def expected(texts: Sequence[str], words: Sequence[str], prefix: bool) -> list[int]:
    return [row for row, text in enumerate(texts) if holds(text, " ".join(words), prefix)]


@given(TEXTS, st.lists(SOUGHT, min_size=1, max_size=3), st.booleans())
def test_rows_are_those_that_reading_finds(texts: list[str], words: list[str], prefix: bool) -> None:
    sought = words_of(" ".join(words))
    assert rows_of(field_of(texts).rows(sought, prefix)) == expected(texts, sought, prefix)


@given(TEXTS, st.lists(st.tuples(st.lists(SOUGHT, min_size=1, max_size=3), st.booleans()), min_size=2, max_size=6))
def test_what_was_asked_before_does_not_change_an_answer(
    texts: list[str], questions: list[tuple[list[str], bool]]
) -> None:
    asked = field_of(texts)
    for words, prefix in questions:
        sought = words_of(" ".join(words))
        assert asked.rows(sought, prefix) == field_of(texts).rows(sought, prefix)


@given(TEXTS, st.lists(SOUGHT, min_size=2, max_size=2))
def test_typing_a_sequence_letter_by_letter_and_deleting_it_finds_the_same(texts: list[str], words: list[str]) -> None:
    field = field_of(texts)
    head, last = words
    typed = [words_of(f"{head} {last[:length]}") for length in range(1, len(last) + 1)]
    for sought in (*typed, *reversed(typed)):
        assert rows_of(field.rows(sought, True)) == expected(texts, sought, True)


@given(TEXTS)
def test_the_vocabulary_has_every_word_once_with_all_its_rows(texts: list[str]) -> None:
    table = field_of(texts).table
    words = {word for text in texts for word in split(text)}
    assert list(table.words) == sorted(words)
    for word in words:
        number = table.number_of(word)
        rows = [row for row, text in enumerate(texts) if word in split(text)]
        assert list(table.rows_of_word(number)) == rows_of(table.rows_with(word)) == rows
    assert table.number_of("nothing") == -1
    assert table.rows_with("nothing") == 0


@given(TEXTS, SOUGHT)
def test_words_that_begin_alike_stand_together(texts: list[str], beginning: str) -> None:
    table = field_of(texts).table
    low, high = table.range_of(beginning)
    alike = [number for number, word in enumerate(table.words) if word.startswith(beginning)]
    assert alike == list(range(low, high))


@settings(max_examples=30)
@given(TEXTS, st.lists(SOUGHT, min_size=1, max_size=2), st.booleans())
def test_a_field_read_back_answers_the_same(texts: list[str], words: list[str], prefix: bool) -> None:
    field = field_of(texts)
    blocks = {name: memoryview(block) for name, block in field.blocks("text").items()}
    again = WordField.of_blocks("text", len(texts), blocks)
    sought = words_of(" ".join(words))
    assert again.rows(sought, prefix) == field.rows(sought, prefix)
    assert list(again.table.words) == list(field.table.words)


@pytest.fixture(scope="module")
def many() -> tuple[list[str], WordField]:
    """Rows enough for common words to be kept as sets and for short beginnings to be collected ahead."""
    texts = [
        f"{'common' if row % 2 else 'comet'} row{2999 if row % 500 == 3 else 1000 + row % 900} "
        f"{'shared word' if row % 40 == 0 else 'word shared'}"
        for row in range(2_600)
    ]
    return texts, field_of(texts)


@pytest.mark.parametrize("read_back", [False, True], ids=["built", "read back"])
@pytest.mark.parametrize(
    "words",
    ["c", "co", "com", "come", "comm", "common", "r", "ro", "row", "row1", "row18", "row2", "w", "s", "sh", "", "q"],
)
def test_beginnings_of_many_rows_are_found_like_any_other(
    many: tuple[list[str], WordField], words: str, read_back: bool
) -> None:
    texts, field = many
    if read_back:
        field = WordField.of_blocks("text", len(texts), {k: memoryview(b) for k, b in field.blocks("text").items()})
    begins = [row for row, text in enumerate(texts) if words and any(each.startswith(words) for each in text.split())]
    assert rows_of(field.rows(words_of(words), True)) == begins
    whole = [row for row, text in enumerate(texts) if words in text.split()]
    assert rows_of(field.rows(words_of(words), False)) == whole


@pytest.mark.parametrize(
    "phrase", ["shared word", "word shared", "row1007 shared", "comet row1040", "word sha", "row1010 w"]
)
def test_sequences_in_many_rows_are_found_like_any_other(many: tuple[list[str], WordField], phrase: str) -> None:
    texts, field = many
    for prefix in (False, True):
        whole = [row for row, text in enumerate(texts) if f" {phrase} " in f" {text} "]
        begins = [row for row, text in enumerate(texts) if f" {phrase}" in f" {text}"]
        assert rows_of(field.rows(words_of(phrase), prefix)) == (begins if prefix else whole)


def test_words_that_only_stand_apart_are_no_sequence_however_many_words_there_are() -> None:
    words = [f"w{number:03}" for number in range(300)]
    texts = [" ".join(words), "w256 w000 w001", "w001 w000", "w000 w001 w256"]
    field = field_of(texts)
    assert rows_of(field.rows(("w001", "w000"), False)) == [2]
    assert rows_of(field.rows(("w256", "w0"), True)) == [1]
    assert rows_of(field.rows(("w255", "w256"), False)) == [0]
