"""Facets picked with keys or mouse are the same thing as the query text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.deck.query.ast import Expr, Word, leaves
from tui.deck.query.parse import parse
from tui.deck.query.printing import printed
from tui.deck.query.selection import Pick, pick, picked

STEPS = [
    ("", "AI", Pick.ALL, "topic:AI"),
    ("azure", "AI", Pick.ALL, "azure topic:AI"),
    ("topic:AI", "IoT", Pick.ALL, "topic:AI topic:IoT"),
    ("topic:AI", "IoT", Pick.ANY, "topic:AI OR topic:IoT"),
    ("azure topic:AI", "IoT", Pick.ANY, "azure (topic:AI OR topic:IoT)"),
    ("azure (topic:AI OR topic:IoT)", "SQL", Pick.ANY, "azure (topic:AI OR topic:IoT OR topic:SQL)"),
    ("azure (topic:AI OR topic:IoT)", "AI", None, "azure topic:IoT"),
    ("topic:AI", "AI", None, ""),
    ("topic:AI", "AI", Pick.NOT, "-topic:AI"),
    ("-topic:AI azure", "AI", Pick.ALL, "azure topic:AI"),
    ("(topic:AI OR outlet:ZDNet)", "SQL", Pick.ANY, "(topic:AI OR outlet:ZDNet) topic:SQL"),
    ("a OR b", "SQL", Pick.NOT, "(a OR b) -topic:SQL"),
]


@pytest.mark.parametrize(("before", "value", "how", "after"), STEPS)
def test_picking(before: str, value: str, how: Pick | None, after: str) -> None:
    expr = pick(parse(before).expr, "topic", value, how)
    assert printed(expr) == after
    assert parse(printed(expr)).expr == expr


def test_what_is_picked_is_read_from_the_query() -> None:
    expr = parse("azure topic:AI -topic:IoT (topic:SQL OR topic:Data) (topic:X OR y) outlet:ZDNet").expr
    assert picked(expr, "topic") == {"AI": Pick.ALL, "IoT": Pick.NOT, "SQL": Pick.ANY, "Data": Pick.ANY}
    assert picked(parse("topic:A OR topic:B").expr, "topic") == {"A": Pick.ANY, "B": Pick.ANY}


NAMES = st.sampled_from(["AI", "IoT", "SQL", 'The "Real"', "Data Sets"])
HOW = st.sampled_from([Pick.ANY, Pick.ALL, Pick.NOT, None])
STEPS_TAKEN = st.lists(st.tuples(st.sampled_from(["topic", "outlet"]), NAMES, HOW), max_size=5)
BEGINNINGS = st.sampled_from(
    ["", "azure", "a OR b", "-(a b)", "(topic:AI OR x)", "topic:AI OR topic:SQL", "outlet:AI c"]
)


def after(start: str, steps: list[tuple[str, str, Pick | None]]) -> Expr:
    expr = parse(start).expr
    for key, value, how in steps:
        expr = pick(expr, key, value, how)
    return expr


@given(BEGINNINGS, STEPS_TAKEN, NAMES, HOW)
def test_what_was_picked_last_shows_as_picked_so(
    start: str, steps: list[tuple[str, str, Pick | None]], value: str, how: Pick | None
) -> None:
    before = after(start, steps)
    expr = pick(before, "topic", value, how)
    others = {name: shown for name, shown in picked(before, "topic").items() if name != value}
    shown = picked(expr, "topic")
    if how is Pick.ANY and Pick.ALL not in others.values() and Pick.ANY not in others.values():
        assert shown[value] is Pick.ALL  # a choice of one is no choice
    else:
        assert shown.get(value) is how
    assert set(shown) - {value} == set(others)
    assert picked(expr, "outlet") == picked(before, "outlet")


@given(BEGINNINGS, STEPS_TAKEN, NAMES, HOW)
def test_picking_the_same_again_changes_nothing_and_leaving_it_takes_it_away(
    start: str, steps: list[tuple[str, str, Pick | None]], value: str, how: Pick | None
) -> None:
    before = after(start, steps)
    expr = pick(before, "topic", value, how)
    assert printed(pick(expr, "topic", value, None)) == printed(pick(before, "topic", value, None))
    assert value not in picked(pick(expr, "topic", value, None), "topic")
    if how in (Pick.ALL, Pick.NOT):
        assert pick(expr, "topic", value, how) == expr


@given(BEGINNINGS, STEPS_TAKEN)
def test_the_query_line_shows_what_was_picked_and_reads_the_same(
    start: str, steps: list[tuple[str, str, Pick | None]]
) -> None:
    expr = after(start, steps)
    parsed = parse(printed(expr))
    assert (parsed.expr, parsed.errors) == (expr, ())


@given(BEGINNINGS, STEPS_TAKEN)
def test_words_typed_by_hand_stay_whatever_is_picked(start: str, steps: list[tuple[str, str, Pick | None]]) -> None:
    typed = [leaf for leaf in leaves(parse(start).expr) if isinstance(leaf, Word)]
    assert [leaf for leaf in leaves(after(start, steps)) if isinstance(leaf, Word)] == typed
