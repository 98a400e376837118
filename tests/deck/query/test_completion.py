"""What is offered while a query is typed."""

from collections.abc import Sequence

import pytest

from tui.deck.query.completion import complete

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
