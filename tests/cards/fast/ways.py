"""A plain card, what may be put into one, and the comparison of the two ways to read it."""

from hypothesis import strategies as st

from tui.cards.fast.reader import FastReader
from tui.cards.format.parse import parse_story

CARD = """---
category: news
title: "Harbour bridge closes \\"for a while\\" – again"
excerpt: 'The city''s oldest bridge is shut, engineers say'
publishedDateTime: 2020-02-26T16:55:00Z
webUrl: "https://gazette.example/bridge#top"
type: article
quality: 34
heat: -1
published: false

provider:
  name: The Gazette
  domain: gazette.example
  images:
    - url: /assets/images/gazette-50x50.jpg
      width: 50
      height: 50
  authors:
    - name: 9to5 Writer

topics:
  - AI
  - "Computer Vision"

related:
  - title: "Bridge shut"
    excerpt: "Caf\\u00e9 owners wait: nobody knows"
    publishedDateTime: 2020-02-26T16:40:00Z
    webUrl: "https://www.courier.example/bridge?a=b&c=d"
    type: article
    provider:
      name: Courier & Co
      domain: courier.example
    quality: 87
    images:
      - url: "https://img.example/a.jpg"
        width: 756
        height: 567
        isCached: true
  - title: Old bridge, new trouble
    webUrl: https://daily.example/trouble
    provider:
      name: Daily
      domain: daily.example

ratings:
  count: 32
  average: 4.65625
length: PT13M57S
items: []
secured: "bmrvEDsz38KSB06TSysX9fr0JKQQzkHN+k4t=="
---
Some body – with text.
"""

TOKENS = st.sampled_from(
    [
        *("", " ", "  ", "\n", "\n\n", "\t", "\r", "\r\n", ": ", ":", " #", "#", "- ", "-", "---", "\n---\n", "..."),
        *('"', "'", "''", "\\", '\\"', "\\u0041", "\\ud800", "\\x41", "\\e", "{", "}", "{}", "[", "]", "[]", ","),
        *("&a ", "*a", "! ", "!!str ", "<<: ", "? ", "| ", ">", "%", "@", "`", "~", "null", "Null", "true", "yes"),
        *("no", "0", "-1", "-0", "007", "1.10", "1e5", "0x1F", "0o17", ".inf", ".nan", "1_000", "12:30:45", "9to5"),
        *("2020-02-26", "2020-13-01T00:00:00Z", "title: ", "\ntitle: b", "related:", "\nrelated:\n  - title: c"),
        *("\n  - title: d", "\n  -  title: e", "\n    quality: x", "\n  other: f", "\nquality: 5", "\n- g", "\n  - h"),
        *(
            "\x00",
            "\x1b",
            "\x7f",
            "\x85",
            "\x9b",
            "\u2028",
            "\ufeff",
            "\ufffe",
            "\u00a0",
            "\u3000",
            "\u202e",
            "é",
            "😀",
        ),
        *(
            "webUrl: javascript:alert(1)",
            "webUrl: ",
            "a: b: c",
            "null: a",
            "1: a",
            "? a\n: b",
            "x: [a, b]",
            "y: {a: b}",
        ),
    ]
)


def assert_same(reader: FastReader, data: bytes) -> bool:
    story = reader.read(data, "2020-02-26-card.md")
    if story is None:
        return False
    guarded = parse_story(data, "2020-02-26-card.md")
    assert guarded.problems == ()
    assert guarded.story == story
    return True
