"""What is offered while a query is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.deck.query.ast import leaves
from tui.deck.query.completion import Offers, complete
from tui.deck.query.keys import KEYS
from tui.deck.query.parse import parse
from tui.deck.query.prefixes import NamesByPrefix
from tui.text.words import words_of

DECK = {
    "outlet": [("Ars Technica", 31), ("ZDNet", 112), ("The Verge", 40), ('The "Real" News', 2)],
    "topic": [("AI", 164), ("Databases", 227), ("Data Security", 12)],
    "kind": [("article", 400), ("video", 3)],
}
OFFERS = Offers({key: NamesByPrefix(names) for key, names in DECK.items()}, {("is", "unread"): 12, ("since", "7d"): 3})


def offered(text: str, cursor: int | None = None) -> list[str]:
    found = complete(text, len(text) if cursor is None else cursor, OFFERS)
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
        ("is:", [f"is:{state}" for state in KEYS["is"].values]),
        ("robot -has: azure", []),
        ("title:", []),
        ("AND", []),
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
    (suggestion,) = complete("topic:datab", 11, OFFERS).suggestions
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
    completion = complete(text, cursor, OFFERS)
    assert completion.applied(text, completion.suggestions[0]) == (after, then)


@given(st.text('ab:"\\-() é', max_size=20), st.integers(0, 20))
def test_any_text_can_be_completed(text: str, cursor: int) -> None:
    cursor = min(cursor, len(text))
    completion = complete(text, cursor, OFFERS)
    assert 0 <= completion.start <= completion.end == cursor
    for suggestion in completion.suggestions:
        after, then = completion.applied(text, suggestion)
        assert after[:then].rstrip().endswith(suggestion.insert)


@given(st.sampled_from(sorted(KEYS)), st.sampled_from(["", "a", "d", "un", ">", "7", "last m", "the"]), st.booleans())
def test_every_value_that_is_offered_can_be_taken_as_it_is(name: str, beginning: str, quoted: bool) -> None:
    value = f'"{beginning}' if quoted else beginning.replace(" ", "")
    text = f"robot {name}:{value}"
    completion = complete(text, len(text), OFFERS)
    for suggestion in completion.suggestions:
        after, _cursor = completion.applied(text, suggestion)
        parsed = parse(after)
        assert parsed.errors == ()
        assert parse(suggestion.insert).expr in leaves(parsed.expr)


def test_counts_stand_beside_the_values_that_every_deck_has_too() -> None:
    found = {each.label: each.count for each in complete("is:", 3, OFFERS).suggestions}
    assert (found["unread"], found["starred"]) == (12, None)
    assert {each.label: each.count for each in complete("since:", 6, OFFERS).suggestions}["7d"] == 3


@pytest.mark.parametrize(
    ("text", "labels"),
    [("outlet:z", ["ZDNet"]), ("outlet:ars", ["Ars Technica"]), ("data", ["topic:Databases", 'topic:"Data Security"'])],
)
def test_only_values_of_several_keys_are_told_apart_by_the_key(text: str, labels: list[str]) -> None:
    assert [each.label for each in complete(text, len(text), OFFERS).suggestions] == labels


@given(
    st.lists(st.tuples(st.text("abc d-", min_size=1, max_size=6), st.integers(0, 9)), max_size=30),
    st.text("abc d", max_size=3),
)
def test_names_are_found_as_if_each_was_looked_at(named: list[tuple[str, int]], beginning: str) -> None:
    names = NamesByPrefix(named)

    def kind(name: str) -> int | None:
        words = words_of(name)
        starts = [" ".join(words[first:]) for first in range(len(words))]
        return 0 if name.startswith(beginning) else 1 if any(each.startswith(beginning) for each in starts) else None

    expected = [(kind(name), -count, name) for name, count in named if kind(name) is not None]
    assert [(name, count) for _kind, count, name in sorted(expected)] == [
        (name, -count) for name, count in names.beginning(beginning)
    ]


COUNTED = st.dictionaries(
    st.sampled_from(["Data", "Databases", "Big Data", "Security", "DATA Sets"]), st.integers(1, 9)
)


@given(COUNTED)
def test_values_that_begin_so_come_first_and_then_the_fullest(counts: dict[str, int]) -> None:
    offered = complete("topic:dat", 9, Offers({"topic": NamesByPrefix(counts.items())})).suggestions
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
    completion = complete(text, cursor, OFFERS)
    assert (completion.start, completion.end) == (start, cursor)
