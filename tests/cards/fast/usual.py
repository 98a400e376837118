"""Heads and entries of `related` with the usual keys in their usual order, some values as they should not be."""

from hypothesis import strategies as st

from tests.cards.fast.ways import CARD, TOKENS
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

SIZE = (st.sampled_from(["0", "7", "007", "123456789"]), NUMBER[1] | st.just("-1"))
# All that heads have, in the order in which nearly all have it.
HEAD_KEYS = {
    "category:": (st.sampled_from(["news", "blog"]), st.sampled_from(["null", "", "[a]", "a b", '"news"', "9to5"])),
    "title:": TEXT,
    "excerpt:": TEXT,
    "publishedDateTime:": ENTRY_KEYS["    publishedDateTime:"],
    "originalUrl:": LINK,
    "webUrl:": LINK,
    "ampWebUrl:": LINK,
    "cdnAmpWebUrl:": LINK,
    "type:": ENTRY_KEYS["    type:"],
    "price:": (st.just("Free"), st.sampled_from(["$5", "Null", "", "Free trial", "[]", "x" * 51])),
    "length:": (
        st.sampled_from(["PT13M57S", "P1D", "PT0S"]),
        st.sampled_from(["P", "PT", "P1X", "52 mins", "", "PT5M\npublishedDateTime: 2020-02-26T16:40:00Z"]),
    ),
    "ratings:": (
        st.sampled_from(["\n  count: 32\n  average: 4.65625", "\n  count: 0\n  average: 0"]),
        st.sampled_from(["\n  count: -1\n  average: 1.", "\n  average: 4.5", "\n  count: 1\n  average: x", "5", ""]),
    ),
    "quality:": NUMBER,
    "heat:": NUMBER,
    "published:": (st.sampled_from(["true", "false"]), st.sampled_from(["yes", "2020-02-26", "", "null", "True"])),
    "actions:": (
        st.just("\n  - url: https://a.example/x.zip\n    type: download\n    title: Get it\n"),
        st.sampled_from(["\n  - url: ftp://a.example/\n", "\n  - https://a.example/", "\n- url: x", "[]", "", "\n  #"]),
    ),
    "featuredContent:": (
        st.sampled_from(['"<iframe src=\\"https://a.example/e\\"></iframe>"', "'https://a.example/e'"]),
        st.sampled_from(['"<iframe src=\\"x:y\\">"', '"a" "b"', '"\\q"', "x", '"http://"', '"a\n  b"']),
    ),
    "provider:": ENTRY_KEYS["    provider:"],
    "levels:": (
        st.sampled_from(["\n  - beginner\n", "\n  # whom\n  - a\n  - 'a'"]),
        st.sampled_from(["\n  - a\n- b", "\n  - a\n   - b", "{a: b}", "\n  - &a b", "\n  - a: b", "\n  - a\n\n  - b"]),
    ),
    "topics:": (
        st.sampled_from(["\n  - AI\n  - ai", "\n  - C#\n  - F# too\n\n", "\n  - AI\n  # no more"]),
        st.sampled_from(["AI", "", "[]", "\n  - [x]", "\n  - a: b", "\n  x: y", "\n   \n", " a\n  - b", "\n  - a #b"]),
    ),
    "images:\n  - url:": LINK,
    "    width:": SIZE,
    "    height:": SIZE,
    "    isCached:": ENTRY_KEYS["        isCached:"],
    "    title:": TEXT,
    "secured:": (
        st.sampled_from(['"bmrvEDsz38KS/+8B=="', '""']),
        st.sampled_from(['"a b"', "'a'", '"\\u0041"', "[a]", "", '"é"', '"a"b"', '"a\n  b"', "null", '"\x1b"']),
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


def experienced() -> FastReader:
    """A reader that has met a card of the usual dialect, and so knows how their heads are written."""
    reader = FastReader()
    assert reader.read(CARD.encode(), "known.md") is not None
    return reader
