"""A card of each tool, in words of our own, shows what its writer would expect to see."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.cards.fast.ways import assert_same
from tui.cards.fast.reader import FastReader
from tui.cards.format.parse import parse_card, parse_story
from tui.model import Story

SHARED = Path(__file__).resolve().parents[5] / "shared" / "dialects"


class Shown(NamedTuple):
    """What is to be seen of a card."""

    title: str
    url: str
    time: str
    outlet: str
    topics: tuple[str, ...] = ()
    excerpt: str = ""


CARDS = {
    "clipper": (
        '---\ntitle: "Quay reopens"\nsource: "https://quay.example/a"\nauthor:\n  - "[[Ann Example]]"\n'
        'published: 2026-01-04\ncreated: 2026-01-05\ndescription: "It is open."\ntags:\n  - "clippings"\n---\nText',
        Shown("Quay reopens", "https://quay.example/a", "2026-01-04", "quay.example", ("clippings",), "It is open."),
    ),
    "bulletty": (
        '+++\ntitle = "Quay"\ndate = "2026-01-01T10:00:00Z"\nurl = "https://quay.example/b"\nauthor = "A"\n'
        'seen = false\nlastupdated = "2026-01-02T10:00:00Z"\n+++\nText',
        Shown("Quay", "https://quay.example/b", "2026-01-01 10:00", "quay.example"),
    ),
    "zola": (
        '+++\ntitle = "Crane"\ndate = 2026-01-12\n[taxonomies]\ntags = ["port", "steel"]\n[extra]\n'
        'link_to = "https://crane.example/"\n+++\nText',
        Shown("Crane", "https://crane.example/", "2026-01-12", "crane.example", ("port", "steel")),
    ),
    "rustsec": (
        '```toml\n[advisory]\nid = "X-1"\npackage = "mooring"\ndate = "2026-02-03"\nurl = "https://a.example/1"\n'
        'keywords = ["rope"]\n```\n\n# Knots come loose\n\nText',
        Shown("Knots come loose", "https://a.example/1", "2026-02-03", "mooring", ("rope",)),
    ),
    "hexo": (
        "title: Ferry runs\ndate: 2026-03-04 05:06:07\ntags:\n  - ferry\ncategories: [Boats]\n---\nText",
        Shown("Ferry runs", "", "2026-03-04 05:06", "", ("ferry", "Boats")),
    ),
    "pelican": (
        "Title: Week 12\nDate: 2026-01-17 08:30\nCategory: Weeks\nTags: port, rope\n"
        "Summary: All of it\n    and more\n\nText",
        Shown("Week 12", "", "2026-01-17 08:30", "", ("Weeks", "port", "rope"), "All of it\nand more"),
    ),
    "hugo json": (
        '{\n  "title": "Buoy", "date": "2026-01-02T03:04:05+01:00", "tags": ["a", "b"], "draft": false\n}\n\nText',
        Shown("Buoy", "", "2026-01-02 02:04", "", ("a", "b")),
    ),
    "digital.gov": (
        "---\ndate: 2026-01-08 10:00:00 -0500\ntitle: Forms\nsource_url: https://forms.example/\n"
        "source: harbour-office\ndeck: Long\nsummary: Short\ntopics:\n  - forms\n---\n",
        Shown("Forms", "https://forms.example/", "2026-01-08 15:00", "harbour-office", ("forms",), "Short"),
    ),
    "rss dashboard": (
        '---\ntitle: Tide\ndate: "2026-01-03T10:00:00Z"\ntags: [rss, "sea level"]\nsource: "Tide Weekly"\n'
        'link: "https://tide.example/c"\nfeedTitle: "Tide"\nguid: x1\n---\nText',
        Shown("Tide", "https://tide.example/c", "2026-01-03 10:00", "Tide Weekly", ("rss", "sea level")),
    ),
    "markdownload": (
        "---\ncreated: 2026-01-05T10:00:00 (UTC +01:00)\ntags: [a, b]\nsource: https://m.example/e\nauthor: A\n---\n\n"
        "# Saved page\n\n> ## Excerpt\n> What it says\n> in short\n\n---\nText",
        Shown(
            "Saved page", "https://m.example/e", "2026-01-05 09:00", "m.example", ("a", "b"), "What it says\nin short"
        ),
    ),
    "wallabag": (
        "---\ncreated_at: 2026-01-05T10:00:00+0000\ndomain_name: w.example\ntags: []\n---\n# [Kept **page**](https://w.example/x)\nText",
        Shown("Kept page", "https://w.example/x", "2026-01-05 10:00", "w.example"),
    ),
    "readwise": (
        "---\nfull_title: A long read\ncategory: articles\n---\n## Metadata\n- URL: https://r.example/long\n",
        Shown("A long read", "https://r.example/long", "", "r.example", ("articles",)),
    ),
    "astro": (
        "---\ntitle: 'Sail'\ndescription: 'Wind'\npubDate: 'Jul 08 2026'\nheroImage: '/x.jpg'\n---\n",
        Shown("Sail", "", "2026-07-08", "", (), "Wind"),
    ),
    "micro.blog": (
        '---\nlayout: post\ntitle: ""\nguid: http://m.example/2026/r.html\ndate: 2026-01-19T10:00:00-0600\n'
        "url: /2026/r.html\n---\nSaw a **seal** at the quay.",
        Shown("Saw a seal at the quay.", "http://m.example/2026/r.html", "2026-01-19 16:00", "m.example"),
    ),
    "indiekit": (
        "---\ndate: 2026-01-09T10:00:00Z\nbookmark-of: https://i.example/j\nname: Kept\ncategory:\n  - sea\nphoto:\n"
        "  - url: https://i.example/j.png\n---\n",
        Shown("Kept", "https://i.example/j", "2026-01-09 10:00", "i.example", ("sea",)),
    ),
    "articles": (
        "---\ntitle: Digest\nshort_summary: All\narticles:\n  - title: One\n    link: https://n.example/1\n"
        "    domain: n.example\n    date: 2026-01-02T03:00:00Z\n  - https://o.example/2\n---\n",
        Shown("Digest", "https://n.example/1", "", "n.example", (), "All"),
    ),
}


def shown(story: Story) -> Shown:
    at = story.published_at
    time = at.astimezone(UTC).strftime("%Y-%m-%d %H:%M" if story.time_known else "%Y-%m-%d") if at else ""
    return Shown(story.title, story.url, time, story.outlet.name, story.topics, story.excerpt)


@pytest.mark.parametrize("tool", CARDS)
def test_a_card_of_each_tool(tool: str) -> None:
    text, expected = CARDS[tool]
    parsed = parse_story(text.encode(), "note.md")
    assert parsed.story is not None
    assert shown(parsed.story) == expected
    assert parsed.problems == ()


@pytest.mark.parametrize("tool", CARDS)
def test_the_fast_way_says_the_same(tool: str) -> None:
    assert_same(FastReader(), CARDS[tool][0].encode())


@pytest.mark.parametrize("tool", ["clipper", "digital.gov", "rss dashboard", "astro", "indiekit"])
def test_plain_cards_are_taken_by_the_fast_way(tool: str) -> None:
    assert FastReader().read(CARDS[tool][0].encode(), "note.md") is not None


def test_what_other_articles_say_is_coverage() -> None:
    story = parse_story(CARDS["articles"][0].encode(), "note.md").story
    assert story is not None
    assert [(one.title, one.url, one.published_at) for one in story.related] == [
        ("One", "https://n.example/1", datetime(2026, 1, 2, 3, tzinfo=UTC)),
        ("https://o.example/2", "https://o.example/2", None),
    ]


def test_a_heading_that_became_the_title_is_not_shown_twice() -> None:
    card = parse_card(b"---\nlink: https://a.example/\n---\n# Headline\n\nText", "x.md").card
    assert card is not None
    assert (card.story.title, card.body) == ("Headline", "Text")


@pytest.mark.parametrize(
    ("id", "head", "title", "day"),
    [
        ("posts/2026-02-03-old-bridge.md", "tags: [a]", "old bridge", "2026-02-03"),
        ("posts/26-02-03-old_bridge.md", "tags: [a]", "old bridge", "2026-02-03"),
        ("2026/02/03/old-bridge.md", "tags: [a]", "old bridge", "2026-02-03"),
        ("2026-02-03-old-bridge/index.md", "tags: [a]", "old bridge", "2026-02-03"),
        ("news/old-bridge.md", "path: 2026/02/03/bridge", "old bridge", "2026-02-03"),
        ("old-bridge/_index.md", "tags: [a]", "old bridge", ""),
        ("2026-02-03-old-bridge/index.md", "title: New", "New", "2026-02-03"),
        ("2026/02/03/old-bridge/_index.md", "title: New", "New", "2026-02-03"),
        ("20260203_old-bridge/index.md", "slug: other", "old bridge", "2026-02-03"),
        ("old-bridge/Index.html", "slug: other", "old bridge", ""),
        ("2026-02-03-old-bridge/index.pt-br.md", "slug: other", "old bridge", "2026-02-03"),
        ("2026-02-03-old-bridge/_index.en.md", "title: New\nquality: 5", "New", "2026-02-03"),
        ("2026-02-03/plans.md", "title: New\nquality: 5", "New", "2026-02-03"),
        ("Old bridge - a view.md", "tags: [a]", "Old bridge - a view", ""),
    ],
)
def test_the_path_says_what_the_head_does_not(id: str, head: str, title: str, day: str) -> None:
    parsed = parse_story(f"---\n{head}\n---\n".encode(), id)
    assert parsed.story is not None
    at = parsed.story.published_at
    assert (parsed.story.title, f"{at:%Y-%m-%d}" if at else "", parsed.problems) == (title, day, ())


@pytest.mark.parametrize(
    ("keys", "published"), [("draft: true", False), ("published: false", False), ("draft: false", True)]
)
def test_drafts_are_unpublished(keys: str, published: bool) -> None:
    story = parse_story(f"---\ntitle: x\ndate: 2026-01-01\n{keys}\n---\n".encode(), "x.md").story
    assert story is not None
    assert story.published is published


@pytest.mark.parametrize(
    ("tags", "topics"),
    [
        ('"sea, sea level,  Sea"', ("sea", "sea level")),
        ('"#sea #port"', ("sea", "port")),
        ("sea level", ("sea level",)),
        ('["[[Sea|The sea]]", "[[Port]]", 2026]', ("The sea", "Port", "2026")),
        ("[[Sea]]", ("Sea",)),
        ("[{name: Sea}, {slug: x}, null, '']", ("Sea",)),
    ],
)
def test_topics_as_one_text_or_a_list(tags: str, topics: tuple[str, ...]) -> None:
    story = parse_story(f"---\ntitle: x\ntags: {tags}\n---\n".encode(), "x.md").story
    assert story is not None
    assert story.topics == topics


@pytest.mark.parametrize(
    ("keys", "url", "outlet"),
    [
        ("source: https://a.example/x", "https://a.example/x", "a.example"),
        ("source: The Gazette\nurl: https://a.example/x", "https://a.example/x", "The Gazette"),
        ("source: '[A page](https://a.example/x)'", "https://a.example/x", "a.example"),
        ("source: [https://a.example/x, https://b.example/]", "https://a.example/x", "a.example"),
        ("source: '[[The Gazette]]'", "", "The Gazette"),
        ("url: /2026/01/x.html\nlink: https://a.example/x", "https://a.example/x", "a.example"),
        ("guid: 'tag:x,2026'", "", ""),
    ],
)
def test_a_source_is_a_link_or_an_outlet_by_what_it_holds(keys: str, url: str, outlet: str) -> None:
    parsed = parse_story(f"---\ntitle: x\n{keys}\n---\n".encode(), "x.md")
    assert parsed.story is not None
    assert (parsed.story.url, parsed.story.outlet.name, parsed.problems) == (url, outlet, ())


def test_a_link_that_is_no_web_link_is_refused_aloud() -> None:
    parsed = parse_story(b"---\ntitle: x\nlink: javascript:alert(1)\n---\n", "x.md")
    assert [(problem.rule, problem.field, problem.line) for problem in parsed.problems] == [("url-refused", "link", 3)]


def test_every_shared_card_shows_what_is_expected() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no cards of other tools at {SHARED}")
    for line in (SHARED / "expected.jsonl").read_text().splitlines():
        wanted = json.loads(line)
        parsed = parse_story((SHARED / wanted["id"]).read_bytes(), wanted["id"])
        assert parsed.story is not None, wanted["id"]
        assert parsed.problems == ()
        at = parsed.story.published_at
        found = {
            "id": wanted["id"],
            "title": parsed.story.title,
            "url": parsed.story.url or None,
            "published_at": at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else None,
            "outlet": parsed.story.outlet.name or None,
            "topics": list(parsed.story.topics),
            "excerpt": parsed.story.excerpt or None,
        }
        assert {key: found[key] for key in wanted} == wanted
    for readme in ("README.md", "expected.jsonl"):
        assert parse_story((SHARED / readme).read_bytes(), readme).story is None


@pytest.mark.parametrize(
    ("value", "kind"),
    [('"[[Musicians]]"', "Musicians"), ("[[[Parks]]]", "Parks"), ('["[[a/Films|Film]]"]', "Film"), ("link", "link")],
)
def test_a_kind_is_named_without_the_brackets_of_a_note(value: str, kind: str) -> None:
    story = parse_story(f"---\ntype: {value}\nlink: https://a.example/b\n---\n# T\n".encode(), "a.md").story
    assert story is not None
    assert story.kind == kind


def test_an_unread_key_and_a_time_without_zone_are_accounted_for() -> None:
    card = parse_card(b"---\ntitle: x\ndate: 2026-01-02 03:04\nrating: 5\nurl: /x.html\nempty: ''\n---\n", "x.md").card
    assert card is not None
    assert ("time", "date") in card.origins
    assert [said for meaning, said in card.origins if meaning == "zone"] == [
        "“2026-01-02 03:04” names none; it is taken as UTC"
    ]
    assert card.unread == ("rating", "url")


def test_where_a_story_is_discussed_is_a_link_beside_its_coverage() -> None:
    head = "title: x\ndate: 2026-01-02\ndiscussion_url: https://talk.example/1\ncomments: true"
    text = f"---\n{head}\nsyndication: [https://s.example/2]\n---\n"
    card = parse_card(text.encode(), "x.md").card
    assert card is not None
    assert card.links == ("https://s.example/2", "https://talk.example/1")
    assert card.story.related == ()
    assert card.unread == ("comments",)
