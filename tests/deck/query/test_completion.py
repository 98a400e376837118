"""What is offered while a query is typed."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.deck.query.ast import leaves
from tui.deck.query.completion import complete
from tui.deck.query.keys import KEYS
from tui.deck.query.parse import parse

DECK = {
    "outlet": [("Ars Technica", 31), ("ZDNet", 112), ("The Verge", 40), ('The "Real" News', 2)],
    "topic": [("AI", 164), ("Databases", 227), ("Data Security", 12)],
    "kind": [("article", 400), ("video", 3)],
    "domain": [],
}


def values(key: str) -> Sequence[tuple[str, int]]:
    return DECK[key]


def offered(text: str, cursor: int | None = None) -> list[str]:
    found = complete(text, len(text) if cursor is None else cursor, values)
    return [suggestion.insert for suggestion in found.suggestions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("azure ", []),
        ("out", ["outlet:", "outlets:"]),
        ("azure -ou", ["outlet:", "outlets:"]),
        ("(to", ["topic:"]),
        ("data", ["topic:Databases", 'topic:"Data Security"']),
        ("sec", ['topic:"Data Security"']),
        ("outlet:", ["outlet:ZDNet", 'outlet:"The Verge"', 'outlet:"Ars Technica"', 'outlet:"The \\"Real\\" News"']),
        ("outlet:te", ['outlet:"Ars Technica"']),
        ('outlet:"ars t', ['outlet:"Ars Technica"']),
        ("-topic:a", ["topic:AI"]),
        ("is:un", ["is:unread", "is:unpublished", "is:undated"]),
        ("IS:STAR", ["is:starred"]),
        ("since:last", ['since:"last monday"']),
        ("foo:x", []),
        ('"a phra', []),
    ],
)
def test_offers(text: str, expected: list[str]) -> None:
    assert offered(text) == expected


def test_counts_and_help_come_with_a_suggestion() -> None:
    (suggestion,) = complete("topic:datab", 11, values).suggestions
    assert (suggestion.count, suggestion.help) == (227, "has this topic or one below it")


@pytest.mark.parametrize(
    ("text", "cursor", "after", "then"),
    [
        ("azure -out", 10, "azure -outlet:", 14),
        ("azure outlet:zd", 15, "azure outlet:ZDNet ", 19),
        ("outlet:zd azure", 9, "outlet:ZDNet azure", 13),
        ("(kind:vi OR b)", 8, "(kind:video OR b)", 12),
    ],
)
def test_a_suggestion_replaces_the_word_before_the_cursor(text: str, cursor: int, after: str, then: int) -> None:
    completion = complete(text, cursor, values)
    assert completion.applied(text, completion.suggestions[0]) == (after, then)


@given(st.text('ab:"\\-() é', max_size=20), st.integers(0, 20))
def test_any_text_can_be_completed(text: str, cursor: int) -> None:
    cursor = min(cursor, len(text))
    completion = complete(text, cursor, values)
    assert 0 <= completion.start <= completion.end == cursor
    for suggestion in completion.suggestions:
        after, then = completion.applied(text, suggestion)
        assert after[:then].rstrip().endswith(suggestion.insert)


@given(st.sampled_from(sorted(KEYS)), st.sampled_from(["", "a", "d", "un", ">", "7", "last m", "the"]), st.booleans())
def test_every_value_that_is_offered_can_be_taken_as_it_is(name: str, beginning: str, quoted: bool) -> None:
    value = f'"{beginning}' if quoted else beginning.replace(" ", "")
    text = f"robot {name}:{value}"
    completion = complete(text, len(text), lambda key: DECK.get(key, []))
    for suggestion in completion.suggestions:
        after, _cursor = completion.applied(text, suggestion)
        parsed = parse(after)
        assert parsed.errors == ()
        assert parse(suggestion.insert).expr in leaves(parsed.expr)


@given(st.sampled_from(["o", "to", "da", "a", "se", "is:", "outlet:", "since:", "topic:d"]), st.integers(0, 9))
def test_no_more_is_offered_than_there_is_room_for_and_the_best_of_it(text: str, limit: int) -> None:
    every = complete(text, len(text), values, limit=100).suggestions
    assert complete(text, len(text), values, limit).suggestions == every[:limit]


COUNTED = st.dictionaries(
    st.sampled_from(["Data", "Databases", "Big Data", "Security", "DATA Sets"]), st.integers(1, 9)
)


@given(COUNTED)
def test_values_that_begin_so_come_first_and_then_the_fullest(counts: dict[str, int]) -> None:
    offered = complete("topic:dat", 9, lambda key: list(counts.items())).suggestions
    shown = [
        (not each.insert.removeprefix("topic:").strip('"').lower().startswith("dat"), -(each.count or 0))
        for each in offered
    ]
    assert shown == sorted(shown)
    assert {each.count for each in offered} == {count for name, count in counts.items() if "dat" in name.lower()}


@pytest.mark.parametrize(
    ("text", "cursor", "start"),
    [("robot outlet:cnn", 16, 6), ("-outlet:cnn", 11, 1), ("(outlet:c", 9, 1), ("a b", 1, 0)],
)
def test_what_is_replaced_is_the_word_at_the_cursor_without_its_minus_or_parenthesis(
    text: str, cursor: int, start: int
) -> None:
    completion = complete(text, cursor, values)
    assert (completion.start, completion.end) == (start, cursor)
