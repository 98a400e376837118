"""Expressions keep one normal form, so that the same wish is the same query however it was put together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.deck.query.test_parse import EXPRESSIONS
from tui.deck.query.ast import (
    EVERYTHING,
    And,
    Expr,
    Not,
    Or,
    Term,
    Word,
    all_of,
    any_of,
    leaves,
    negated,
    positive_leaves,
)
from tui.deck.query.parse import parse
from tui.deck.query.printing import printed

A, B, C = Word("a"), Word("b"), Term("outlet", "CNN")


def is_normal(expr: Expr) -> bool:
    """Whether no `And` lies in an `And`, no `Or` in an `Or`, no `Not` in a `Not`, and none of them is needless."""
    match expr:
        case And(parts) | Or(parts):
            inside = any(type(part) is type(expr) for part in parts)
            return len(parts) > 1 and not inside and all(map(is_normal, parts))
        case Not(part):
            return not isinstance(part, Not) and is_normal(part)
    return True


@given(st.lists(EXPRESSIONS, min_size=1, max_size=4))
def test_putting_expressions_together_keeps_their_form_and_loses_no_word(parts: list[Expr]) -> None:
    words = [leaf for part in parts for leaf in leaves(part)]
    for made in (all_of(*parts), any_of(*parts)):
        assert is_normal(made)
        assert leaves(made) == words
    assert is_normal(negated(parts[0]))


@given(EXPRESSIONS)
def test_refusing_twice_is_asking(expr: Expr) -> None:
    assert negated(negated(expr)) == expr
    assert negated(expr) != expr


@given(EXPRESSIONS)
def test_putting_together_is_the_same_in_one_step_or_in_two(expr: Expr) -> None:
    assert all_of(all_of(A, expr), B) == all_of(A, all_of(expr, B)) == all_of(A, expr, B)
    assert any_of(any_of(A, expr), B) == any_of(A, any_of(expr, B)) == any_of(A, expr, B)


@given(EXPRESSIONS)
def test_what_can_be_shown_is_what_is_not_refused(expr: Expr) -> None:
    shown = positive_leaves(expr)
    assert all(leaf in leaves(expr) for leaf in shown)
    if "-" not in printed(expr):
        assert shown == leaves(expr)
    assert positive_leaves(Not(expr)) == []


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (EVERYTHING, ""),
        (all_of(A), "a"),
        (all_of(A, EVERYTHING, B), "a b"),
        (any_of(all_of(A, B), C), "a b OR outlet:CNN"),
        (all_of(any_of(A, B), C), "(a OR b) outlet:CNN"),
        (negated(any_of(A, B)), "-(a OR b)"),
        (negated(C), "-outlet:CNN"),
        (all_of(negated(all_of(A, B)), C), "-(a b) outlet:CNN"),
        (Term("outlet", 'The "Real" News'), 'outlet:"The \\"Real\\" News"'),
        (Term("title", "a(b"), 'title:"a(b"'),
        (Term("title", "back\\slash now"), 'title:"back\\\\slash now"'),
    ],
)
def test_an_expression_is_printed_as_a_reader_would_type_it(expr: Expr, text: str) -> None:
    assert printed(expr) == text
    assert parse(text).expr == expr


def test_words_under_a_refusal_are_words_of_the_query_but_nothing_to_show() -> None:
    expr = parse('robot -(cloud OR outlet:cnn) (sees OR -"by night")').expr
    assert leaves(expr) == [
        Word("robot"),
        Word("cloud"),
        Term("outlet", "cnn"),
        Word("sees"),
        parse('"by night"').expr,
    ]
    assert positive_leaves(expr) == [Word("robot"), Word("sees")]
