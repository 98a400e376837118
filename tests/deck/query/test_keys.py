"""The keys of the query language forgive case and blanks, and where they cannot help they say what would do."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.deck.query.ast import Term
from tui.deck.query.keys import KEYS, Refusal, ValueKind, checked, find_key, nearest, quoted_example
from tui.deck.query.parse import parse

NAMES = sorted(KEYS)
STATES = KEYS["is"].values


@pytest.mark.parametrize("name", NAMES)
def test_a_key_is_found_in_any_case(name: str) -> None:
    for text in (name, name.upper(), name.title()):
        assert find_key(text) == KEYS[name]


@pytest.mark.parametrize("name", [name for name in NAMES if len(name) > 4])
def test_one_letter_too_few_or_too_many_still_leads_to_the_key(name: str) -> None:
    for place in range(1, len(name) - 1):
        for typo in (name[:place] + name[place + 1 :], name[:place] + "x" + name[place:]):
            refusal = find_key(typo)
            assert isinstance(refusal, Refusal)
            near = refusal.nearest.removesuffix(":")
            assert near in KEYS
            assert f"did you mean {near}:?" in refusal.message
            assert near == name or near.startswith(typo) or name.startswith(near)


def test_what_is_like_no_key_gets_advice_to_quote_it() -> None:
    refusal = find_key("zzzzzz")
    assert isinstance(refusal, Refusal)
    assert refusal.nearest == ""
    assert '"zzzzzz:"' in refusal.message


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", ["", "   "])
def test_a_key_without_a_value_is_refused_with_an_example_that_works(name: str, value: str) -> None:
    refusal = checked(KEYS[name], value)
    assert isinstance(refusal, Refusal)
    example = re.search(r"such as (.+)$", refusal.message)
    if KEYS[name].kind is ValueKind.ONE_OF:
        offered = refusal.message.partition(" takes ")[2].split(", ")
        assert tuple(offered) == KEYS[name].values
        assert all(parse(f"{name}:{each}").expr == Term(name, each) for each in offered)
    elif example is None:
        assert KEYS[name].kind is ValueKind.TEXT
    else:
        assert parse(example[1]).errors == ()
        assert isinstance(parse(example[1]).expr, Term)


@pytest.mark.parametrize("name", [name for name in NAMES if KEYS[name].kind is not ValueKind.TEXT])
@pytest.mark.parametrize("value", ["???", "5,5", "next year", "un read"])
def test_a_value_that_makes_no_sense_is_named_in_the_message(name: str, value: str) -> None:
    refusal = checked(KEYS[name], value)
    assert isinstance(refusal, Refusal)
    assert value in refusal.message
    assert refusal.message.startswith(f"{name}:")
    if refusal.nearest:
        assert parse(refusal.nearest).errors == ()


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("is:UNREAD", "unread"),
        ('is:" starred "', "starred"),
        ('since:"Last Monday"', "last monday"),
        ("outlet:ZDNet", "ZDNet"),
        ('outlet:" ZDNet "', "ZDNet"),
        ("quality:>=50", ">=50"),
    ],
)
def test_a_value_is_kept_in_one_form(query: str, value: str) -> None:
    expr = parse(query).expr
    assert isinstance(expr, Term)
    assert expr.value == value


@given(st.sampled_from(STATES), st.integers(1, 20))
def test_the_beginning_of_a_value_leads_to_one_that_begins_so(state: str, length: int) -> None:
    near = nearest(state[:length], STATES)
    assert near.startswith(state[:length])


@given(st.text(max_size=12))
def test_near_is_always_one_of_the_choices_or_none(text: str) -> None:
    assert nearest(text, STATES) in ("", *STATES)


def test_hours_are_no_day_to_be_on_and_the_message_says_what_to_say_instead() -> None:
    refusal = checked(KEYS["on"], "24h")
    assert refusal == Refusal("on: needs a day, month or year; for hours say since:24h", "since:24h")
    assert checked(KEYS["since"], "24h") == "24h"


@pytest.mark.parametrize(("value", "written"), [("7d", "7d"), ("last monday", '"last monday"')])
def test_an_example_is_written_as_it_must_be_typed(value: str, written: str) -> None:
    assert quoted_example(value) == written


def test_every_key_says_what_it_is_for() -> None:
    assert all(key.help and len(key.help) < 60 for key in KEYS.values())
    assert len({key.help for key in KEYS.values()}) == len(KEYS)
