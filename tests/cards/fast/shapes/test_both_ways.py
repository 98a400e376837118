"""A head that is written like one before it is read faster still, and says what the guarded way makes of it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cards.fast.ways import assert_same
from tui.cards.fast.reader import FastReader

OFTEN = 2
"""After so many heads of a known shape there is a template."""

TEXTS = (
    *(
        "Quay opens",
        "Quay reopens: more",
        "'It''s open'",
        '"Quay \\"opens\\""',
        '"\\u0041\\u003a b"',
        '"a\\nb"',
        "[[Ann]]",
        '"[[Ann|B]]"',
    ),
    *(
        "&amp; more",
        "'<b>bold</b> words'",
        "**bold**",
        "#one #two",
        "a, b, c",
        "é",
        "'\u0301x'",
        '"\u202eabc"',
        "x" * 999,
    ),
    *("y" * 1001, "9to5", "1.10", "007", "a" * 101, "'  '", "it's", "a: b", "a #b", "a#b", "C#", "`code`", "_x_"),
)
LINKS = (
    *("https://a.example/b", '"https://www.a.example/b?c=d&e=f#g"', "http://A.example/", "https://a.example/%zz"),
    *(
        '"https://a.example/ b"',
        "https://",
        "javascript:alert(1)",
        "'javascript: x'",
        "mailto:a@b.example",
        "/2026/01/05/a",
    ),
    *(
        '"[words](https://a.example/c)"',
        "<https://a.example/d>",
        "https://u@a.example/",
        "https://xn--a/",
        "ftp://a.example",
    ),
    *(
        '"https://a.example/\\u0020b"',
        '"https\\u003a//a.example/f"',
        "'https://münchen.example/'",
        "https://a",
        f"https://a.example/{'x' * 2100}",
    ),
)
TIMES = (
    *("2026-01-05", "'2026-01-05'", "2026-01-05T10:00:00Z", "2026-01-05 10:00:00 +0100", '"Jul 08 2026"', "2026-13-05"),
    *("1767607200", "2026-01-05T24:00:00", "1969-12-31", "'05/01/2026'", "'2026-01-05 10:00'", "'[[2026-01-05]]'"),
)
OTHERS = ("true", "false", "True", "yes", "1", '"true"', "null", "~", "", '""', "''", "[]", "{}", "-1", "3")
LONG_TEXTS = (
    *(" >-\n  a b\n  c", " |\n  https://a.example/l\n  d", " e\n  f: g", ' "h\n  i"', " 'j\n  # k'"),
    *(" e\n  f g", " e \n    f, [g]\n  h ", " null\n  x", " e\n  null", " e\n  # c\n  f", " e\n  f #g", " e\n\n  f"),
    *(" 'e'\n  f", ' "e"\n  - f', " e\n  - f", " e\n  'f'", " e\nf", " e\n  \\f", " e\n  é\x85", " https://a\n  b"),
)
LISTS = (
    "[a, b]",
    "['a b', \"c\"]",
    "\n  - a\n  - 'b c'",
    "\n- a",
    "\n  - null",
    "\n    - [x]",
    "\n  - https://a.example/e",
)
VALUES = st.sampled_from([*TEXTS, *LINKS, *TIMES, *OTHERS, *LISTS, *LONG_TEXTS])
KEYS = st.sampled_from(
    [
        *("title", "name", "url", "link", "source", "guid", "permalink", "date", "published", "created", "draft"),
        *("site_name", "feed", "author", "authors", "tags", "categories", "category", "keywords", "description"),
        *("summary", "deck", "image", "cover", "images", "type", "removed", "updated", "lastmod", "comments", "via"),
        *(
            "slug",
            "aliases",
            "layout",
            "weight",
            "x",
            "Title",
            "related",
            "articles",
            "last-modified",
            "topics",
            "newsTitle",
        ),
    ]
)
NESTED = st.sampled_from(
    [
        *("", "", "header:\n  teaser: /a.jpg\n  x: y\n", "extra:\n  link_to: https://a.example/e\n", "y:\n  z: 1\n"),
        *("cover:\n  image: /a.jpg\n", "params:\n- a: b\n", "metadata:\n  cover:\n    image: /a.jpg\n"),
    ]
)
BODIES = st.sampled_from(
    [
        *(
            "",
            "Words.\n",
            "# Heading\n\nWords.",
            "## [Linked](https://a.example/h)\n\nWords",
            "URL: https://a.example/u\n",
        ),
        *("> ## Excerpt\n> quoted words\n\nrest", "<h1>Page</h1>", "\u00a0é\n", " \x85", "\r\nWords\r\n", "---\n"),
    ]
)


def known(card: bytes, times: int) -> FastReader:
    """A reader that has read a card so many times: once, and its shape is known; twice more, and it has a template."""
    reader = FastReader(often=OFTEN)
    for _ in range(times):
        reader.read(card, "2026-01-05-card.md")
    return reader


TIMES_READ = st.sampled_from([1, 3])


def yaml_card(values: dict[str, str], nested: str, body: str) -> bytes:
    lines = (
        f"{key}:{value}\n" if value[:1] in ("", " ", "\n") else f"{key}: {value}\n" for key, value in values.items()
    )
    return f"---\n{''.join(lines)}{nested}---\n{body}".encode("utf-8", "replace")


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=7), NESTED, BODIES, TIMES_READ, st.data())
@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_agree_on_heads_of_the_same_keys(
    values: dict[str, str], nested: str, body: str, times: int, data: st.DataObject
) -> None:
    reader = known(yaml_card(values, nested, body), times)
    for _ in range(3):
        changed = data.draw(st.dictionaries(st.sampled_from(list(values)), VALUES, max_size=2))
        assert_same(reader, yaml_card({**values, **changed}, nested, data.draw(BODIES)))


CLIP = {
    "title": '"Quay reopens"',
    "source": '"https://quay.example/a"',
    "author": "\n  - '[[Ann Example]]'",
    "published": "2026-01-04",
    "created": "2026-01-05",
    "description": "It is open.",
    "tags": "\n  - clippings\n  - port",
}
POST = {
    "layout": "post",
    "title": "Quay reopens",
    "date": "2026-01-05 10:00:00 +0000",
    "categories": "[port, steel]",
    "tags": "port, steel",
    "link": "https://quay.example/a",
    "draft": "false",
    "image": "/a.jpg",
    "comments": "true",
    "site_name": "The Gazette",
    "excerpt": "It is open.",
}
NOTE = {
    "created": "2026-01-05",
    "updated": "2026-01-06",
    "url": "https://quay.example/a",
    "aliases": "[]",
    "rating": "3",
}


ANNOUNCEMENT = {
    "source_url": "https://quay.example/a",
    "date": "2026-01-05",
    "title": "Quay reopens\n  for all\n  ferries",
    "deck": "It is open,\n  says the office: come.",
    "summary": "It is open,\n  says the office.",
}


@pytest.mark.parametrize("usual", [CLIP, POST, NOTE, ANNOUNCEMENT])
@given(data=st.data())
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_agree_on_a_known_head_with_odd_values(usual: dict[str, str], data: st.DataObject) -> None:
    reader = known(yaml_card(usual, "", "Words.\n"), data.draw(TIMES_READ))
    for _ in range(4):
        changed = data.draw(st.dictionaries(st.sampled_from(list(usual)), VALUES, max_size=3))
        assert_same(reader, yaml_card({**usual, **changed}, data.draw(NESTED), data.draw(BODIES)))


def test_what_was_read_before_changes_nothing() -> None:
    reader = FastReader(often=OFTEN)
    for number in range(40):
        card = yaml_card({**(CLIP, POST, NOTE)[number % 3], "x": str(number)}, "", f"# Heading {number}\n")
        assert reader.read(card, f"{number}.md") == FastReader().read(card, f"{number}.md")


TOML_TEXTS = (
    '"Quay"',
    "'It is \"open\"'",
    '"a\\u003a b"',
    '"<b>x</b>"',
    '"[[Ann]]"',
    '"é"',
    '"."',
    f'"{"." * 70}"',
    '""',
)
TOML_VALUES = st.sampled_from(
    [
        *TOML_TEXTS,
        *(
            '"https://a.example/b"',
            '"https://a.example/%zz"',
            '"javascript:x"',
            '"2026-01-05"',
            '"yes"',
            '"true"',
            "''",
        ),
        *(
            "2026-01-05",
            "2026-01-05T10:00:00+02:00",
            "2026-13-05",
            "2026-01-05T25:00:00Z",
            "1969-01-01",
            "true",
            "false",
        ),
        *("[]", '["a", "b"]', "[\n  'a',\n]", "3", "-1", "1.5", "0"),
    ]
)
TOML_KEYS = st.sampled_from(
    ["title", "date", "updated", "url", "tags", "authors", "draft", "description", "path", "x", "image"]
)
TABLES = st.sampled_from(
    ["", '[extra]\nlink = "https://a.example/c"\n', '[taxonomies]\ntags = ["x"]\n', "[y]\nz = 1\n"]
)


@given(st.dictionaries(TOML_KEYS, TOML_VALUES, min_size=1, max_size=6), TABLES, BODIES, st.data())
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_both_ways_agree_on_heads_in_toml(values: dict[str, str], table: str, body: str, data: st.DataObject) -> None:
    def card(of: dict[str, str]) -> bytes:
        lines = (f"{key} = {value}\n" for key, value in of.items())
        return f"+++\n{''.join(lines)}{table}+++\n{body}".encode("utf-8", "replace")

    reader = known(card(values), data.draw(TIMES_READ))
    for _ in range(3):
        assert_same(reader, card({**values, **data.draw(st.dictionaries(st.sampled_from(list(values)), TOML_VALUES))}))
