"""What a possessive repetition of a group takes, and what it gives back, under each Python that newsdeck runs under."""

import re
from typing import NamedTuple

import pytest
from hypothesis import event, given, reject
from hypothesis import strategies as st

from tui.text.patterns import compiled, late, with_atomic_turns


@pytest.mark.parametrize(
    ("pattern", "text", "taken"),
    [
        ("(?:ab?c)++", "aca", "ac"),
        ("(?:ab?c)*+", "acab", "ac"),
        ("x(?:ab?c)?+", "xa", "x"),
        ("(?:ab?c){1,3}+", "acacab", "acac"),
        ("(?:(?!c).)++", "abc", "ab"),
        ("(?:-(?:ab)?+c)*+", "-abc-aa", "-abc"),
        ("((a)b?c)*+", "aca", "ac"),
    ],
)
def test_a_turn_that_fails_takes_nothing(pattern: str, text: str, taken: str) -> None:
    for expression in (compiled(pattern), late(pattern)()):
        found = expression.match(text)
        assert found is not None
        assert found[0] == taken


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("(?:ab)*+", "(?>(?:ab))*+"),
        ("(a(?P<b>c)?+){2,}+", "(?>(a(?>(?P<b>c))?+)){2,}+"),
        ("(a){,3}+(b){4}+", "(?>(a)){,3}+(?>(b)){4}+"),
        ("(?(1)a|b)*+", "(?>(?(1)a|b))*+"),
    ],
)
def test_each_turn_of_a_possessive_group_is_atomic(pattern: str, told: str) -> None:
    assert with_atomic_turns(pattern) == told


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:ab)*(c)+?(d){2}",
        r"[^)(]*+\)*+x{2}+",
        r"[]()*+][^](]*+",
        r"(?:a){}+(b){x}+(c){,}",
        r"(?#(a)*+",
        r"\\(?:a[\])*+])",
    ],
)
def test_all_other_expressions_stay_as_they_are(pattern: str) -> None:
    assert with_atomic_turns(pattern) == pattern


SINGLE = ["a", "b", "c", "[ab]++", "[^c]", "[)(*+]", r"\)", r"\(?+", ".", "(?!c)", "(?=a)", "(?<!a)", "b?", "(?#(*+)"]
OPENED = ["(?:", "(?:", "(?>", "(?i:", "("]
TIMES = ["*+", "++", "?+", "{2}+", "{1,3}+", "{,2}+", "{2,}+", "*", "?", "{2}", ""]


class Told(NamedTuple):
    """An expression, and one that says the same with nothing but greedy repetitions in atomic groups."""

    possessive: str
    greedy: str


def repeated(opened: str, ways: list[list[Told]], times: str) -> Told:
    possessive, greedy = ("|".join("".join(part[form] for part in way) for way in ways) for form in (0, 1))
    if not times.endswith("+"):
        return Told(f"{opened}{possessive}){times}", f"{opened}{greedy}){times}")
    return Told(f"{opened}{possessive}){times}", f"(?>(?>{opened}{greedy})){times[:-1]})")


def repetitions(parts: st.SearchStrategy[Told]) -> st.SearchStrategy[Told]:
    ways = st.lists(st.lists(parts, min_size=1, max_size=3), min_size=1, max_size=2)
    return st.builds(repeated, st.sampled_from(OPENED), ways, st.sampled_from(TIMES))


PART = st.sampled_from([Told(part, part) for part in SINGLE])


@given(repetitions(PART | repetitions(PART)), st.text("abc()*+", max_size=8))
def test_nothing_else_is_matched_with_atomic_turns(told: Told, text: str) -> None:
    event("repeated possessively" if with_atomic_turns(told.possessive) != told.possessive else "not so")
    try:
        found = [match.span() for match in re.finditer(with_atomic_turns(told.possessive), text)]
    except SystemError:
        # Python finds a fault in itself: groups in a repetition that is possessive (gh-101955).
        reject()
    assert found == [match.span() for match in re.finditer(told.greedy, text)]
