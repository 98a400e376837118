"""An outlet, a topic or a kind is picked by its name, however it is written, and counted under one spelling."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.deck.columns import bits_of, flags_of, rows_of
from tui.deck.search.name_columns import NameColumns, NameRowsBuilder
from tui.text.words import words_of

NAMES = ("CNN", "cnn", "CNN Money", "Cnn-Money", "C++", "C", "El País", "el pais", "???", "Money", "")
ROWS = st.lists(st.lists(st.sampled_from(NAMES), max_size=3), max_size=8)
ASKED = st.sampled_from(("cnn", "CNN", "cnn money", "cnn-mon", "mon", "c", "pais", "EL PAÍS", "???", "nothing", "m"))


def table_of(rows: list[list[str]]) -> NameColumns:
    builder = NameRowsBuilder()
    for row, names in enumerate(rows):
        for name in names:
            builder.add(row, name)
    return builder.finish(len(rows))


def key_of(name: str) -> tuple[str, ...]:
    return words_of(name) or (name,)


def begins(name: str, asked: str) -> bool:
    """Whether the words asked for stand in the name in sequence, the last of them perhaps a beginning."""
    words, sought = words_of(name), words_of(asked)
    runs = [words[at : at + len(sought)] for at in range(len(words) - len(sought) + 1)] if sought else []
    return any(run[:-1] == sought[:-1] and run[-1].startswith(sought[-1]) for run in runs)


@given(ROWS, ASKED)
def test_a_whole_name_means_that_name_alone_and_anything_else_the_names_that_begin_so(
    rows: list[list[str]], asked: str
) -> None:
    names = [name for each in rows for name in each if name]
    whole = any(key_of(name) == key_of(asked) for name in names)
    wanted = [
        row
        for row, each in enumerate(rows)
        if any(name and (key_of(name) == key_of(asked) if whole else begins(name, asked)) for name in each)
    ]
    assert rows_of(table_of(rows).rows_named(asked)) == wanted


@given(ROWS, ASKED)
def test_where_others_know_more_names_they_may_say_whether_it_is_a_whole_one(rows: list[list[str]], asked: str) -> None:
    table = table_of(rows)
    whole, part = table.rows_named(asked, True), table.rows_named(asked, False)
    assert table.rows_named(asked) in (whole, part)
    if words_of(asked):
        assert whole & ~part == 0


@given(ROWS, st.sets(st.integers(0, 7)))
def test_every_name_counts_the_chosen_rows_that_have_it_in_any_case(rows: list[list[str]], chosen: set[int]) -> None:
    table = table_of(rows)
    bits = bits_of({row for row in chosen if row < len(rows)}, len(rows))
    counts = dict(
        zip((name.casefold() for name in table.names), table.counts(bits, flags_of(bits, len(rows))), strict=True)
    )
    expected = Counter(name for row in rows_of(bits) for name in {each.casefold() for each in rows[row] if each})
    assert Counter(counts) == expected
    assert set(counts) == {name.casefold() for each in rows for name in each if name}


@given(st.lists(st.lists(st.sampled_from(("CNN", "cnn", "Cnn", "BBC")), max_size=3), max_size=6))
def test_of_several_spellings_the_most_used_one_is_shown(rows: list[list[str]]) -> None:
    uses = Counter(name for each in rows for name in each if name)
    shown = table_of(rows).names
    assert len({name.casefold() for name in shown}) == len(shown)
    for name in shown:
        assert uses[name] == max(count for other, count in uses.items() if other.casefold() == name.casefold())


@settings(max_examples=30)
@given(ROWS, ASKED)
def test_names_read_back_answer_the_same(rows: list[list[str]], asked: str) -> None:
    table = table_of(rows)
    blocks = {name: memoryview(block) for name, block in table.blocks("names").items()}
    again = NameColumns.of_blocks("names", len(rows), blocks)
    bits = bits_of(range(0, len(rows), 2), len(rows))
    flags = flags_of(bits, len(rows))
    assert (list(again.names), again.counts(bits, flags)) == (list(table.names), table.counts(bits, flags))
    assert again.rows_named(asked) == table.rows_named(asked)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("cnn.example", [0, 1]),
        ("www.CNN.example", [0, 1]),
        ("money.cnn", [1]),
        ("cnn", [0, 1, 2]),
        (".example", [0, 1]),
        ("nn.example", []),
        ("example.org", []),
    ],
)
def test_a_domain_takes_in_those_below_it_but_begins_at_a_label(asked: str, found: list[int]) -> None:
    table = table_of([["cnn.example"], ["money.cnn.example"], ["cnn.test"], [""]])
    assert rows_of(table.rows_of_domain(asked)) == found


def test_a_name_of_nearly_every_row_counts_as_well_as_a_rare_one() -> None:
    rows = [["Daily", f"Outlet {row}"] if row % 3 else ["Daily"] for row in range(700)]
    table = table_of(rows)
    bits = bits_of(range(0, 700, 7), 700)
    counts = dict(zip(table.names, table.counts(bits, flags_of(bits, 700)), strict=True))
    assert counts["Daily"] == 100
    assert (counts["Outlet 7"], counts["Outlet 8"]) == (1, 0)
    assert rows_of(table.rows_named("daily")) == list(range(700))
    assert rows_of(table.rows_named("outlet 1")) == [1]
    assert rows_of(table.rows_named("outlet 69")) == [691, 692, 694, 695, 697, 698]
