"""Facets picked with keys or mouse are the same thing as the query text."""

import pytest

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
