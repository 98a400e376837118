"""What a reader types, and what newsdeck makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.deck.query.ast import EVERYTHING, Expr, Or, Phrase, Term, Word, all_of, any_of, leaves, negated
from tui.deck.query.keys import KEYS, ValueKind, quoted_example
from tui.deck.query.parse import MAX_LENGTH, parse
from tui.deck.query.printing import printed

UNDERSTOOD = [
    ("", ""),
    ("  clearview   ai ", "clearview ai"),
    ("face-matching", "face-matching"),
    ('"a phrase" -not', '"a phrase" -not'),
    ("a OR b c", "a OR b c"),
    ("(a OR b) c", "(a OR b) c"),
    ("((a)) (b c)", "a b c"),
    ("-(a OR b) -(-c)", "-(a OR b) c"),
    ("or ORacle", "or ORacle"),
    ("a AND b", "a b"),
    ("a AND b OR c AND d", "a b OR c d"),
    ("a AND (b OR c)", "a (b OR c)"),
    ("a NOT b", "a -b"),
    ("NOT (a OR b) AND NOT c", "-(a OR b) -c"),
    ("NOT NOT a -NOT b", "a b"),
    ("and not ANDROID NOTE AND-x", "and not ANDROID NOTE AND-x"),
    ('"AND" title:NOT', '"AND" title:NOT'),
    ('NOT"a b"', '-"a b"'),
    ("Outlet:ZDNet IS:Unread", "outlet:ZDNet is:unread"),
    ('outlet:"Ars Technica"', 'outlet:"Ars Technica"'),
    ('outlet:"ZDNet"', "outlet:ZDNet"),
    ('topic:"The \\"real\\" thing"', 'topic:"The \\"real\\" thing"'),
    ('since:"Last Monday" until:2020-02', 'since:"last monday" until:2020-02'),
    ("quality:>50 heat:20..80 outlets:>=2", "quality:>50 heat:20..80 outlets:>=2"),
    ("10:30 c++", "10:30 c++"),
    ("https://www.zdnet.com/article/a/", "url:https://www.zdnet.com/article/a/"),
    ('"face mat*"', '"face mat*"'),
    ('foo"bar"', 'foo "bar"'),
]

WRONG = [
    ("azure outlt:zdnet", "azure", 6, "outlet:"),
    ("azure is:unr", "azure", 9, "is:unread"),
    ("azure since:last", "azure", 12, 'since:"last monday"'),
    ("azure since:2020-02-31", "azure", 12, "since:2020-02"),
    ("azure topic:", "azure", 12, ""),
    ("azure quality:high", "azure", 14, ""),
    ("azure on:24h", "azure", 9, "since:24h"),
    ("azure OR", "azure", 6, ""),
    ("OR azure", "azure", 0, ""),
    ("azure AND", "azure", 6, ""),
    ("AND azure", "azure", 0, ""),
    ("azure AND AND sql", "azure sql", 6, ""),
    ("azure AND OR sql", "azure OR sql", 6, ""),
    ("azure NOT", "azure", 6, ""),
    ("NOT OR azure", "azure", 0, ""),
    ("azure -", "azure", 6, ""),
    ("azure ()", "azure", 6, ""),
    ("(azure", "azure", 0, ""),
    ("azure)", "azure", 5, ""),
    ("azure ***", "azure", 6, ""),
    ('azure "', "azure", 6, ""),
    ('"azure clo', '"azure clo*"', 0, ""),
    ('outlet:"Ars Tech', 'outlet:"Ars Tech"', 7, ""),
]


@pytest.mark.parametrize(("text", "meaning"), UNDERSTOOD)
def test_understands(text: str, meaning: str) -> None:
    parsed = parse(text)
    assert (printed(parsed.expr), parsed.errors) == (meaning, ())


@pytest.mark.parametrize(("text", "understood", "position", "nearest"), WRONG)
def test_keeps_what_it_understands_and_points_at_the_rest(
    text: str, understood: str, position: int, nearest: str
) -> None:
    parsed = parse(text)
    (error,) = parsed.errors
    assert (printed(parsed.expr), error.position, error.nearest) == (understood, position, nearest)
    assert error.message


def test_several_errors_come_in_order_of_position() -> None:
    positions = [error.position for error in parse("(a OR) b) foo:x -").errors]
    assert positions == sorted(positions)
    assert len(positions) == 4


def test_deep_parentheses_are_refused_and_their_content_is_kept() -> None:
    parsed = parse("(" * 400 + "azure" + ")" * 400)
    assert printed(parsed.expr) == "azure"
    assert parsed.errors[0].position == 12


def test_an_overlong_query_is_read_as_far_as_the_limit() -> None:
    parsed = parse("a" * (MAX_LENGTH + 1))
    assert parsed.expr == Word("a" * MAX_LENGTH)
    assert [error.position for error in parsed.errors] == [MAX_LENGTH]


PIECES = st.sampled_from(
    [
        '"',
        "(",
        ")",
        "-",
        " ",
        "OR",
        " AND ",
        " NOT ",
        ":",
        "\\",
        "*",
        "é",
        "漢",
        "\n",
        "a",
        *(f"{key}:" for key in KEYS),
        "unread",
        "7d",
        ">5",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join)))
def test_any_text_is_read_and_printed_to_the_same_query(text: str) -> None:
    parsed = parse(text)
    assert all(0 <= error.position <= len(text) and error.message for error in parsed.errors)
    again = parse(printed(parsed.expr))
    assert (again.expr, again.errors) == (parsed.expr, ())


WORDS = st.text("abcé漢1-'", min_size=1, max_size=8).filter(lambda text: text.strip("-'") == text != "")
TEXTS = st.text('ab" \\*(:', min_size=1, max_size=8).map(lambda text: " ".join(f"{text}x".split()))
LEAVES = st.one_of(
    WORDS.map(Word),
    st.builds(Phrase, TEXTS.map(lambda text: text.rstrip("*")), st.booleans()),
    st.builds(Term, st.sampled_from(["topic", "outlet", "title", "url"]), TEXTS),
    st.sampled_from(["is:unread", "has:link", "quality:>50", "since:7d", "in:coverage"]).map(
        lambda text: Term(text.partition(":")[0], text.partition(":")[2])
    ),
)
EXPRESSIONS: st.SearchStrategy[Expr] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(negated),
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: all_of(*parts)),
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: any_of(*parts)),
    ),
    max_leaves=10,
)


@given(EXPRESSIONS, EXPRESSIONS)
def test_operators_in_capitals_mean_what_blanks_and_minus_signs_mean(one: Expr, other: Expr) -> None:
    left, right = f"({printed(one)})", f"({printed(other)})"
    for written, meant in (
        (f"{left} AND {right}", all_of(one, other)),
        (f"{left} OR {right}", any_of(one, other)),
        (f"NOT {left}", negated(one)),
        (f"{left} NOT {right}", all_of(one, negated(other))),
        (f"{left} AND NOT {right} OR {left}", any_of(all_of(one, negated(other)), one)),
    ):
        parsed = parse(written)
        assert (parsed.expr, parsed.errors) == (meant, ())


@given(
    EXPRESSIONS, st.sampled_from(sorted(KEYS)), st.sampled_from(["", '""', '" "']), st.sampled_from(["", "-", "NOT "])
)
def test_a_key_without_a_value_is_unfinished_and_leaves_the_rest_alone(
    expr: Expr, key: str, value: str, sign: str
) -> None:
    before = printed(expr) if not isinstance(expr, Or) else f"({printed(expr)})"
    parsed = parse(f"{before} {sign}{key}:{value}")
    assert parsed.expr == expr
    (error,) = [error for error in parsed.errors if error.unfinished]
    assert error.position == len(before) + 1 + len(sign) + len(key) + 1
    assert f"{key}:" in error.message


@pytest.mark.parametrize("text", ["is:nonsense", "foo:", "azure -", "azure AND", 'azure "', "since:someday"])
def test_what_is_wrong_is_not_merely_unfinished(text: str) -> None:
    assert [error.unfinished for error in parse(text).errors] == [False]


@given(EXPRESSIONS)
def test_a_printed_query_reads_as_itself(expr: Expr) -> None:
    parsed = parse(printed(expr))
    assert (parsed.expr, parsed.errors) == (expr, ())


def test_no_query_is_everything() -> None:
    assert parse(" ").expr == EVERYTHING
    assert leaves(EVERYTHING) == []


@pytest.mark.parametrize("name", KEYS)
def test_every_key_of_the_table_takes_its_own_values(name: str) -> None:
    key = KEYS[name]
    values = key.values if key.kind is not ValueKind.TEXT else ("anything",)
    for value in values:
        parsed = parse(f"{name}:{quoted_example(value)}")
        assert (parsed.expr, parsed.errors) == (Term(name, value), ())
