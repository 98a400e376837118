"""Nothing that a head says is lost without a word: every key gives something, or is listed, or is warned about."""

import json

import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.cards.format.dialects.table import MEANINGS, NESTED, SEED_KEYS, SEED_MARKS
from tui.cards.format.parse import parse_card
from tui.cards.format.rules import ReadingRules
from tui.model import Card

KEYS = sorted({*(key for keys in MEANINGS.values() for key in keys), *NESTED, "rating", "x-y", "Größe"})
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(2**40), 2**40),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.sampled_from(["https://example.org/a", "2026-07-08 14:30", "[[A name]]", "#a #b", "a, b", "data:x", "yes"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_characters="\x7f\x85\xa0\xad"), max_size=12),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=3)),
    max_leaves=6,
)
HEADS = st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1, max_size=5)


def written(head: dict[str, object], kind: str) -> str:
    if kind == "json":
        return f"{json.dumps(head)}\n\nA body."
    if kind in ("toml", "fenced"):
        text = tomlkit.dumps(head)
        return f"+++\n{text}\n+++\nA body." if kind == "toml" else f"```toml\n{text}\n```\nA body."
    lines = "\n".join(f"{key}: {json.dumps(value)}" for key, value in head.items())
    return {"yaml": f"---\n{lines}\n---\nA body.", "unopened": f"title: a\n{lines}\n---\nA body."}[kind]


def account(card: Card) -> set[str]:
    """The keys at the top of a head that gave something or are listed as having given nothing."""
    used = {key.strip() for _, keys in card.origins for key in keys.split(",")}
    return {key.partition(".")[0] for key in used} | set(card.unread)


@given(HEADS, st.sampled_from(["yaml", "json", "toml", "fenced", "unopened"]), st.sampled_from(["", "Europe/Berlin"]))
@settings(max_examples=400, deadline=None)
def test_every_key_of_any_head_gives_something_or_is_told_of(head: dict[str, object], kind: str, zone: str) -> None:
    parsed = parse_card(written(head, kind).encode(), "a.md", ReadingRules(zone))
    if parsed.card is None:
        assert parsed.problems
        return
    warned = {problem.field.partition(".")[0].partition("[")[0] for problem in parsed.problems}
    shown = {path.partition(".")[0].partition("[")[0] for path, _value in parsed.card.fields}
    told = account(parsed.card) | warned | (SEED_KEYS if not SEED_MARKS.isdisjoint(head) else set())
    for key, value in head.items():
        assert key in shown
        empty = value in ("", [], {}) or (isinstance(value, str) and value.strip() in ("", "~", "null"))
        assert key in told or empty or key in SEED_KEYS, (key, value)


@given(HEADS, st.sampled_from(["yaml", "json", "toml", "unopened"]))
@settings(max_examples=200, deadline=None)
def test_every_value_stays_readable_in_the_inspector(head: dict[str, object], kind: str) -> None:
    parsed = parse_card(written(head, kind).encode(), "a.md")
    if parsed.card is None:
        assert parsed.problems
        return
    values = " ".join(value for _path, value in parsed.card.fields)
    for value in head.values():
        if isinstance(value, str) and value.isalnum() and value.isascii():
            assert value in values or value in ("null", "Null", "NULL")
