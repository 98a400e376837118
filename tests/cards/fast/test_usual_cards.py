"""Cards with the usual keys in their usual order are read faster still, and say the same."""

import textwrap

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cards.fast.ways import TOKENS, assert_same
from tui.cards.fast.reader import FastReader

WORDS = st.lists(
    st.sampled_from(["Bridge", "shut", "’til", "–", "é", "&amp;", "&", "&#8217;", "it's", "🌉"]), min_size=1
)
ODD_WORDS = st.lists(
    st.sampled_from(
        [
            *(
                "Bridge",
                " ",
                "  ",
                "&",
                "&#27;",
                "\u0301",
                "\u202e",
                "\u200b",
                "\xa0",
                "\x85",
                "\ufeff",
                "\x1b",
                "\u2028",
            ),
            *("\\u0041", "\\n", "\\u2028", "\\", '"', "'", "''", "x" * 999, ":", " #"),
        ]
    ),
    max_size=5,
)
LINKS = st.builds(
    "https://{}{}{}{}".format,
    st.sampled_from(["a.com", "www.a-b.co.uk", "a"]),
    st.sampled_from(["/", "/x/y.html", "/a%20b", "/it's", "/A_(b)"]),
    st.sampled_from(["", "?", "?a=b&c=d", "?q?"]),
    st.sampled_from(["", "#", "#top", "#a?b"]),
)
ODD_LINKS = st.builds(
    "{}{}{}".format,
    st.sampled_from(["https://", "HTTPS://", "ftp://", "//", ""]),
    st.sampled_from(["A.com", "-a.com", "xn--a", "münchen.de", "a.com:8080", "u@a.com", "a." * 127 + "com"]),
    st.sampled_from(["", "/a%zb", "/a b", "/é", "/\x85", "/x" * 1100, "?a%2", "#a#b"]),
)
NUMBERS = st.sampled_from(["0", "7", "-1", "-7", "007", "123456789"])
ODD_NUMBERS = st.sampled_from(["1234567890", "1.5", "x", '"3"', "", "null", "[]"])


def in_quotes(text: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """The texts without quotation marks and in both kinds of them, whether or not that makes them YAML."""
    return st.tuples(st.sampled_from(["", '"', "'"]), text).map(lambda parts: f"{parts[0]}{parts[1]}{parts[0]}")


TEXT = (WORDS.map(" ".join).map(lambda text: f'"{text}, and so on"'), in_quotes(ODD_WORDS.map("".join)) | TOKENS)
LINK = (LINKS | LINKS.map(lambda text: f'"{text}"'), in_quotes(LINKS | ODD_LINKS) | TOKENS)
NUMBER = (NUMBERS, ODD_NUMBERS)
# The keys of an entry of `related` in their order, each with values as they should be, and with others.
ENTRY_KEYS = {
    "  - title:": TEXT,
    "    excerpt:": TEXT,
    "    publishedDateTime:": (
        st.sampled_from(["2020-02-26T16:40:00Z", "2020-02-26T00:00:00Z"]),
        st.sampled_from(["2020-02-30T16:40:00Z", "1969-12-31T23:59:59Z", "2020-02-26T24:00:00Z", "2020-02-26", ""]),
    ),
    "    webUrl:": LINK,
    "    ampWebUrl:": LINK,
    "    cdnAmpWebUrl:": LINK,
    "    type:": (
        st.sampled_from(["article", "video"]),
        st.sampled_from(["null", "Null", "yes", '"a b"', "a" * 51, "a-b"]),
    ),
    "    provider:": (
        st.just("\n      name: Daily\n      domain: daily.example"),
        st.sampled_from(
            [
                "Daily",
                "\n      name: Morningstar%2c Inc.",
                "\n      name: [a]",
                "\n      name: a\n      name: b",
                "".join(f"\n      k{number}: x" for number in range(60)),
                "\n      name: \x85",
                "\n    - a",
                "\n      - a\n     - b",
            ]
        ),
    ),
    "    quality:": NUMBER,
    "    heat:": NUMBER,
    "    images:\n      - url:": LINK,
    "        width:": NUMBER,
    "        height:": NUMBER,
    "        isCached:": (st.sampled_from(["true", "false"]), st.sampled_from(["yes", "", "True", "\n      - url: b"])),
}
# The same for what stands before `related`.
CARD_KEYS = {
    **{
        key.removeprefix("    ").removeprefix("  - ").replace("\n    ", "\n"): ENTRY_KEYS[key]
        for key in list(ENTRY_KEYS)[:7]
    },
    "provider:": ENTRY_KEYS["    provider:"],
    "topics:": (
        st.sampled_from(["\n  - AI\n  - ai", "\n- AI", "\n  - AI\n\n"]),
        st.sampled_from(["AI", "", "[]", "\n  - [x]", "\n  - a: b", "\n  x: y", "\n   \n", " a\n  - b"]),
    ),
    "images:\n  - url:": LINK,
    "    width:": NUMBER,
    "    height:": NUMBER,
    "levels:": (
        st.just("\n\n  - beginner\n   "),
        st.sampled_from(["\n  - a\n- b", "\n- a\n  - b", "{a: b}", "\n  - &a b"]),
    ),
}


@st.composite
def usual(draw: st.DrawFn, keys: dict[str, tuple[st.SearchStrategy[str], st.SearchStrategy[str]]], odd: int) -> str:
    """Lines of most of the keys; as many values as `odd` are not as they should be."""
    chosen = draw(st.sets(st.sampled_from(list(keys)), min_size=odd, max_size=odd))
    left_out = draw(
        st.sets(st.sampled_from([key for key in keys if "title" not in key and "url" not in key]), max_size=2)
    )
    lines = ((key, draw(values[key in chosen])) for key, values in keys.items() if key in chosen or key not in left_out)
    return "".join(f"{key}{value}\n" if value.startswith("\n") else f"{key} {value}\n" for key, value in lines)


def card_of(head: str, *entries: str) -> bytes:
    related = "related:\n" + "".join(entries) if entries else ""
    return f"---\n{head}{related}---\n".encode("utf-8", "replace")


@given(usual(CARD_KEYS, odd=0), st.lists(usual(ENTRY_KEYS, odd=0), max_size=2))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_usual_cards_go_the_fast_way(head: str, entries: list[str]) -> None:
    assert assert_same(FastReader(), card_of(head, *entries))


@given(usual(CARD_KEYS, odd=1), st.lists(usual(ENTRY_KEYS, odd=0), max_size=1))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_agree_on_usual_cards_with_an_odd_value(head: str, entries: list[str]) -> None:
    assert_same(FastReader(), card_of(head, *entries))


@given(usual(ENTRY_KEYS, odd=1))
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_agree_on_usual_entries_with_an_odd_value(entry: str) -> None:
    assert_same(FastReader(), card_of("title: t\n", entry))


USUAL_ENTRY = """  - title: "Bridge shut for a while"
    excerpt: "Owners of cafés wait: nobody knows what comes next"
    webUrl: "https://a.example/b/e"
    type: article
    provider:
      name: Daily
      domain: daily.example
    images:
      - url: "https://a.example/c/e"
        width: 5
"""


@pytest.mark.parametrize("place", ["Bridge", "shut", "cafés", "/b", "Daily", "/c", '"Bridge', "knows", 'next"'])
@pytest.mark.parametrize(
    "odd", ["\x85", "\u2028", "\ufeff", "\x1b", "\u202e", "\xa0", "é", " ", "&amp;", "\\n", "%2c", "'"]
)
def test_both_ways_agree_on_an_odd_character_wherever_it_stands(place: str, odd: str) -> None:
    for entry in (USUAL_ENTRY.replace(place, odd + place), USUAL_ENTRY.replace(place, place + odd)):
        assert_same(FastReader(), card_of("title: t\n", entry))
        assert_same(FastReader(), card_of(textwrap.dedent(entry.replace("  - title", "    title"))))


@pytest.mark.parametrize("indent", ["     ", "      ", "       ", "        "])
def test_both_ways_agree_on_images_that_are_indented_otherwise(indent: str) -> None:
    entry = f"{USUAL_ENTRY}{indent}- url: https://a.example/d\n"
    assert_same(FastReader(), card_of("title: t\n", entry))
    assert_same(FastReader(), card_of(textwrap.dedent(entry.replace("  - title", "    title"))))


@given(st.lists(usual(ENTRY_KEYS, odd=0) | usual(ENTRY_KEYS, odd=1), min_size=1, max_size=3), st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_was_read_before_changes_nothing(entries: list[str], data: st.DataObject) -> None:
    reader = FastReader()
    heads = usual(CARD_KEYS, odd=0) | usual(CARD_KEYS, odd=1)
    for _ in range(3):
        card = card_of(data.draw(heads), *data.draw(st.permutations(entries)))
        assert reader.read(card, "a.md") == FastReader().read(card, "a.md")
