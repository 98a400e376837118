"""The fast way and the guarded way say the same of every card that the fast way takes."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cards.fast.ways import CARD, TOKENS, assert_same
from tui.cards.fast.reader import FastReader
from tui.cards.folder.scan import scan
from tui.cards.format.parse import parse_story

REAL_CARDS = Path(__file__).resolve().parents[4] / "shared" / "cards"


@st.composite
def mutated(draw: st.DrawFn, text: str) -> bytes:
    """`text` with a few pieces put in, taken out, doubled or indented otherwise."""
    for _ in range(draw(st.integers(1, 4))):
        lines = text.split("\n")
        at = draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(["token", "drop", "double", "indent", "swap", "cut", "join"]))
        if change == "token":
            place = draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:place] + draw(TOKENS) + lines[at][place:]
        elif change == "drop":
            del lines[at]
        elif change == "double":
            lines.insert(draw(st.integers(0, len(lines))), lines[at])
        elif change == "indent":
            lines[at] = " " * draw(st.integers(0, 8)) + lines[at].lstrip(" ")
        elif change == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        elif change == "cut":
            lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
        elif at + 1 < len(lines):
            lines[at : at + 2] = [lines[at] + lines[at + 1]]
        text = "\n".join(lines)
    return text.encode()


VALUES = st.one_of(TOKENS, st.text(max_size=12), st.text(max_size=12).map(lambda text: f'"{text}"'))
KEYS = st.sampled_from(
    [
        "title",
        "excerpt",
        "quality",
        "published",
        "provider",
        "topics",
        "related",
        "images",
        "items",
        "x",
        "y1",
        "webUrl",
    ]
)
LINES = st.builds(
    lambda indent, dash, key, value: " " * indent + dash + key + value,
    st.integers(0, 6),
    st.sampled_from(["", "", "- "]),
    st.one_of(st.just(""), KEYS.map(lambda key: f"{key}: "), KEYS.map(lambda key: f"{key}:")),
    VALUES,
)
ODD_SHAPES = st.lists(LINES, max_size=8).map(
    lambda lines: ("---\n" + "\n".join(lines) + "\n---\n").encode("utf-8", "replace")
)


def test_the_plain_card_is_taken() -> None:
    assert assert_same(FastReader(), CARD.encode())


@given(mutated(CARD))
@settings(max_examples=600, deadline=None)
def test_both_ways_agree_on_mutated_cards(data: bytes) -> None:
    reader = FastReader()
    reader.read(CARD.encode(), "known.md")
    assert_same(reader, data)


@given(ODD_SHAPES)
@settings(max_examples=600, deadline=None)
def test_both_ways_agree_on_odd_shapes(data: bytes) -> None:
    assert_same(FastReader(), data)


@pytest.fixture(scope="module")
def real_texts() -> list[str]:
    """A few dozen real cards of moderate size, of all kinds."""
    if not REAL_CARDS.is_dir():
        pytest.skip(f"no real cards at {REAL_CARDS}")
    paths = [Path(entry.path.decode()) for entry in scan(REAL_CARDS).entries[::37]]
    return [path.read_text(encoding="utf-8") for path in paths if path.stat().st_size < 12_000]


@given(data=st.data())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_agree_on_mutated_real_cards(real_texts: list[str], data: st.DataObject) -> None:
    assert_same(FastReader(), data.draw(mutated(data.draw(st.sampled_from(real_texts)))))


def test_both_ways_agree_on_every_real_card_and_nearly_all_go_the_fast_way() -> None:
    if not REAL_CARDS.is_dir():
        pytest.skip(f"no real cards at {REAL_CARDS}")
    reader = FastReader()
    entries = scan(REAL_CARDS).entries
    # Every fifth, for the guarded way takes a while.
    taken = [assert_same(reader, Path(entry.path.decode()).read_bytes()) for entry in entries[::5]]
    assert sum(taken) >= 0.995 * len(taken)


LONG_LISTS = [
    pytest.param("topics:\n" + "- a\n" * 30_000, id="many-scalars"),
    pytest.param("x:\n" + "- a:\n" * 20_000, id="many-mappings"),
    pytest.param("related:\n" + "  - title: a\n" * 1001, id="many-entries"),
    pytest.param("related:\n" + ("  - title: a\n" + "    x:\n" * 20) * 990, id="many-short-keys"),
    pytest.param("related:\n" + "  - title: abcdefgh\n" * 1000 + "x:\n" + "- a\n" * 20_000, id="much-beside-entries"),
]


@pytest.mark.parametrize("front_matter", LONG_LISTS)
def test_what_is_too_much_for_one_way_is_too_much_for_the_other(front_matter: str) -> None:
    assert_same(FastReader(), f"---\ntitle: t\n{front_matter}\n---\n".encode())


@pytest.mark.parametrize(
    "key_value",
    [
        "title: 1.10",
        "title: 007",
        "title: null",
        "title: yes",
        "title: 12:30:45",
        "title: 0x1F",
        "title: ~",
        "title: 1e5",
    ],
)
def test_a_text_that_looks_like_a_number_stays_as_it_is_written(key_value: str) -> None:
    data = f"---\n{key_value}\nname: fallback\n---\n".encode()
    fast = FastReader().read(data, "a.md")
    story = fast or parse_story(data, "a.md").story
    assert story is not None
    written = key_value.removeprefix("title: ")
    assert story.title == ("fallback" if written in {"null", "~"} else written)


def test_an_entry_that_comes_again_is_the_same_object() -> None:
    reader = FastReader()
    first = reader.read(CARD.encode(), "a.md")
    second = reader.read(CARD.replace("Harbour", "Old harbour").encode(), "b.md")
    assert first is not None
    assert second is not None
    assert first.title != second.title
    assert first.related[0] is second.related[0]


def entry(number: int, words: str = "") -> str:
    return f"  - title: Piece {number}{words}\n    webUrl: https://a.example/{number}\n"


ROW = [entry(number) for number in range(5)]
OTHER_ROWS = [
    pytest.param(ROW, id="the-same"),
    pytest.param(ROW[:3], id="shorter"),
    pytest.param([*ROW, entry(5)], id="longer"),
    pytest.param(ROW[1:], id="begins-later"),
    pytest.param(ROW[::-1], id="backwards"),
    pytest.param([ROW[0], ROW[0], ROW[1], ROW[0], ROW[1]], id="in-circles"),
    pytest.param([ROW[0], entry(1, " and more"), *ROW[2:]], id="one-is-longer"),
    pytest.param([ROW[0], entry(7), *ROW[2:]], id="one-is-another"),
    pytest.param([*ROW[:4], entry(4, " at last")], id="the-last-goes-on"),
    pytest.param([ROW[0], "\n", *ROW[1:]], id="a-blank-line"),
    pytest.param([*ROW, "\n\n"], id="blank-lines-behind"),
    pytest.param([ROW[0], "    quality: 5\n", *ROW[1:]], id="one-has-more-keys"),
    pytest.param([ROW[0], "    quality: soon\n", *ROW[1:]], id="one-is-wrong"),
    pytest.param([*ROW, "  - other: no title\n"], id="one-without-title"),
]


@pytest.mark.parametrize("entries", OTHER_ROWS)
def test_what_followed_an_entry_before_decides_nothing(entries: list[str]) -> None:
    reader = FastReader()
    cards = [f"---\ntitle: Card\nrelated:\n{''.join(row)}quality: 7\n---\nText\n" for row in (ROW, entries, ROW)]
    read = [reader.read(card.encode(), "a.md") for card in cards]
    assert read[0] == read[2] == parse_story(cards[0].encode(), "a.md").story
    assert read[1] in (None, parse_story(cards[1].encode(), "a.md").story)
    assert read[0] is not None


def test_entries_are_read_in_any_order_after_all_were_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.cards.fast.reader.MEMO_LIMIT", 150)
    reader = FastReader()
    for rotated in range(20):
        row = "".join(entry((rotated + number) % 7) for number in range(6))
        card = f"---\ntitle: Card\nrelated:\n{row}quality: 7\n---\n".encode()
        assert reader.read(card, "a.md") == parse_story(card, "a.md").story
