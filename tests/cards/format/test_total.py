"""Any bytes give a result, and whatever text comes out is fit to be shown."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.cards.folder.scan import scan
from tui.cards.format.parse import parse_card, parse_story
from tui.text.sanitize import BODY_LIMIT, EXCERPT_LIMIT, clean_block, clean_line

REAL_CARDS = Path(__file__).resolve().parents[4] / "shared" / "cards"
BLOCKS = {"excerpt", "body"}

KEYS = st.sampled_from(
    [
        *("title", "name", "excerpt", "publishedDateTime", "webUrl", "originalUrl", "type", "quality", "published"),
        *("provider", "topics", "related", "images", "items", "actions", "price", "length", "levels", "ratings"),
        *("affiliation", "twitter", "featuredContent", "secured", "domain", "url", "authors", "width", "x\x1b[31m"),
    ]
)
HOSTILE_TEXT = st.text(st.sampled_from("\x1b\x07\x9b\u202e\u2028\u200b\ud7ff\ue000%2c&#x;[]ab \n\r\t\\\"'é字")).map(
    lambda text: text + "&#27;]52;c;x&#7;"
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), HOSTILE_TEXT)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


def texts(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a result with the name of the field that holds it."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from texts(getattr(value, field), field)
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item, name)
    else:
        assert value is None or isinstance(value, (bool, int, float, datetime))


def assert_clean(result: object) -> None:
    for name, text in texts(result):
        if name in BLOCKS:
            assert clean_block(text, BODY_LIMIT if name == "body" else EXCERPT_LIMIT) == text
        else:
            assert clean_line(text, 5000) == text


def assert_result(data: bytes) -> None:
    card = parse_card(data, "2020-01-01-a.md")
    story = parse_story(data, "2020-01-01-a.md")
    assert_clean(card)
    assert (card.card.story if card.card else None) == story.story
    assert story.story is None or story.story.title
    assert all(problem.message and problem.file == "2020-01-01-a.md" for problem in card.problems)
    if card.card is None:
        assert all(problem.severity == "error" for problem in card.problems)
        assert len(card.problems) <= 1
    else:
        assert all(problem.severity == "warning" for problem in card.problems)


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_result(data: bytes) -> None:
    assert_result(data)


@given(st.binary(max_size=200))
@settings(max_examples=500, deadline=None)
def test_any_front_matter_gives_a_result(data: bytes) -> None:
    assert_result(b"---\n" + data + b"\n---\nbody\n")


@given(st.text(max_size=200))
@settings(max_examples=500, deadline=None)
def test_any_text_as_front_matter_gives_a_result(text: str) -> None:
    assert_result(f"---\n{text}\n---\n{text}".encode("utf-8", "replace"))


@given(st.dictionaries(KEYS, TREES, max_size=6), HOSTILE_TEXT)
@settings(max_examples=250, deadline=None)
def test_any_tree_gives_a_clean_story(tree: dict[str, object], body: str) -> None:
    # JSON is YAML, and its escapes bring every character through.
    front_matter = msgspec.json.encode(tree).decode()
    assert_result(f"---\n{front_matter}\n---\n{body}".encode("utf-8", "replace"))


def test_every_real_card_is_read_or_explained() -> None:
    if not REAL_CARDS.is_dir():
        pytest.skip(f"no real cards at {REAL_CARDS}")
    entries = scan(REAL_CARDS).entries
    assert len(entries) > 2000
    for entry in entries[::9]:
        parsed = parse_card(Path(entry.path.decode()).read_bytes(), entry.id)
        assert parsed.card is not None, parsed.problems
        assert [problem for problem in parsed.problems if problem.severity == "error"] == []
        assert_clean(parsed.card.story)
