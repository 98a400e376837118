"""What a card's keys become, as a reader sees it in the story pane and the inspector."""

from datetime import UTC, datetime

import pytest

from tui.cards.format.parse import parse_card, parse_story
from tui.errors import UrlRefusedError
from tui.model import Action, Card, Outlet, Profile, Story
from tui.text.urls import check_url


def story_of(front_matter: str, id: str = "_news/card.md") -> Story:
    parsed = parse_story(f"---\n{front_matter}\n---\n".encode(), id)
    assert parsed.story is not None, parsed.problems
    return parsed.story


def card_of(text: str, id: str = "card.md") -> Card:
    parsed = parse_card(text.encode(), id)
    assert parsed.card is not None, parsed.problems
    return parsed.card


def rules_of(front_matter: str) -> list[tuple[str, str, int]]:
    parsed = parse_story(f"---\n{front_matter}\n---\n".encode(), "card.md")
    return [(problem.rule, problem.field, problem.line) for problem in parsed.problems]


@pytest.mark.parametrize(
    ("front_matter", "id", "title"),
    [
        ("title: A\nname: B", "x.md", "A"),
        ("name: B", "x.md", "B"),
        ('title: ""\nname: B', "x.md", "B"),
        ('title: "\\u200b\\u2060"', "2020-01-02-bridge-is-shut.md", "bridge is shut"),
        ("type: article", "a/2020-01-02.md", "2020 01 02"),
        ('title: "AT&amp;T &quot;wins&quot;"', "x.md", 'AT&T "wins"'),
        ('title: "a&#27;[31mb&#x202e;c"', "x.md", "a[31mbc"),
        ("title: 1.10", "x.md", "1.10"),
    ],
)
def test_the_headline(front_matter: str, id: str, title: str) -> None:
    assert story_of(front_matter, id).title == title


def test_a_missing_title_is_told() -> None:
    assert [rule for rule, _, _ in rules_of("type: article")] == ["missing-title"]
    assert rules_of("name: fine") == []


@pytest.mark.parametrize(
    ("front_matter", "moment", "time_known"),
    [
        ("publishedDateTime: 2020-02-26T16:55:00Z", datetime(2020, 2, 26, 16, 55, tzinfo=UTC), True),
        ("publishedDateTime: 2020-02-26T16:55:00+02:00", datetime(2020, 2, 26, 14, 55, tzinfo=UTC), True),
        ("publishedDateTime: 2020-02-26T00:00:00Z", datetime(2020, 2, 26, tzinfo=UTC), False),
        ("publishedDateTime: 2020-02-26T02:00:00+02:00", datetime(2020, 2, 26, tzinfo=UTC), False),
        ("publishedDateTime: 2020-02-26T16:55:00.123", datetime(2020, 2, 26, 16, 55, tzinfo=UTC), True),
        ("startDateTime: 2020-02-26T10:00:00Z", datetime(2020, 2, 26, 10, tzinfo=UTC), True),
        ("updatedDateTime: 2020-02-26", datetime(2020, 2, 26, tzinfo=UTC), False),
        ("publishedDateTime: soon\nstartDateTime: 2020-02-26", datetime(2020, 2, 26, tzinfo=UTC), False),
        ("type: article", datetime(2019, 3, 4, tzinfo=UTC), False),
    ],
)
def test_the_time(front_matter: str, moment: datetime, time_known: bool) -> None:
    story = story_of(f"title: x\n{front_matter}", "_news/2019-03-04-x.md")
    assert (story.published_at, story.time_known) == (moment, time_known)


def test_without_any_date_there_is_no_time() -> None:
    assert story_of("title: x", "about.md").published_at is None


@pytest.mark.parametrize(
    ("front_matter", "url"),
    [
        ("webUrl: https://a.example/\noriginalUrl: https://b.example/", "https://a.example/"),
        ("originalUrl: https://b.example/\nwebsite: https://c.example/", "https://b.example/"),
        ("website: https://c.example/", "https://c.example/"),
        ("actions:\n  - title: none\n  - url: https://d.example/", "https://d.example/"),
        ("webUrl: ''\nwebsite: https://c.example/", "https://c.example/"),
        ("type: article", ""),
    ],
)
def test_the_link(front_matter: str, url: str) -> None:
    assert story_of(f"title: x\n{front_matter}").url == url


REFUSED = [
    *("javascript:alert(1)", "file:///etc/passwd", "--evil", "https://user@host.example/", "http:\\\\\\\\host"),
    *("https://a.example/\\nb", "https://a.example/\\e[31m", "java\\u200bscript:x", "https://a.example:99999/"),
    "https://exa\\u202emple.example/",
    "https://a.example/" + "x" * 3000,
]


@pytest.mark.parametrize("url", REFUSED)
def test_a_refused_link_is_told_and_stays_refused(url: str) -> None:
    front_matter = f'title: x\nwebUrl: "{url}"\noriginalUrl: https://good.example/'
    story = story_of(front_matter)
    assert story.url
    with pytest.raises(UrlRefusedError):
        check_url(story.url)
    assert rules_of(front_matter) == [("url-refused", "webUrl", 3)]


def test_the_outlet() -> None:
    front_matter = """title: x
provider:
  name: Morningstar%2c Inc. &amp; Co
  domain: Morningstar.example
  images: [{url: /assets/m.jpg, width: 50, height: -5}, {width: 3}]
  authors: [{name: Ann}, Ben, {name: Ann}]"""
    outlet = story_of(front_matter).outlet
    assert (outlet.name, outlet.domain) == ("Morningstar, Inc. & Co", "morningstar.example")
    assert outlet.authors == ("Ann", "Ben")
    assert [(image.url, image.width, image.height) for image in outlet.images] == [("/assets/m.jpg", 50, 0)]


@pytest.mark.parametrize("name", ["100%", "50%ab", "%ff%fe", "a%2"])
def test_an_outlet_whose_name_only_looks_encoded_keeps_it(name: str) -> None:
    assert story_of(f'title: x\nprovider:\n  name: "{name}"').outlet.name == name


def test_an_outlet_given_as_text_is_its_name() -> None:
    assert story_of("title: x\nprovider: The Gazette").outlet == Outlet(name="The Gazette")


@pytest.mark.parametrize(
    ("front_matter", "topics"),
    [
        ("topics: [AI, Vision, AI]", ("AI", "Vision")),
        ("topics: AI", ("AI",)),
        ("topics: AI, C#, Public transport,", ("AI", "C#", "Public transport")),
        ("topics: R&amp;D; Harbour", ("R&D", "Harbour")),
        ("topics: '#ai #harbour'", ("ai", "harbour")),
        ("topics: |\n  AI\n  Public transport", ("AI", "Public transport")),
        ("topics: [{name: Harbour}, News, {title: Quay}]", ("Harbour", "News", "Quay")),
        ("topics: {name: Harbour}", ("Harbour",)),
        ("topics: ['', null, ' AI ']", ("AI",)),
        ("topics: {a: b}", ()),
        ("topics: [2020, true]", ("2020", "true")),
    ],
)
def test_topics(front_matter: str, topics: tuple[str, ...]) -> None:
    assert story_of(f"title: x\n{front_matter}").topics == topics


@pytest.mark.parametrize(("text", "score"), [("34", 34), ("0", 0), ("-1", None), ("''", None), ("'87'", 87)])
def test_scores(text: str, score: int | None) -> None:
    story = story_of(f"title: x\nquality: {text}\nheat: {text}")
    assert (story.quality, story.heat) == (score, score)


@pytest.mark.parametrize(
    ("text", "published"),
    [("false", False), ("true", True), ("False", False), ("No", False), ("", True)],
)
def test_flags(text: str, published: bool) -> None:
    assert story_of(f"title: x\npublished: {text}").published is published


def test_coverage_keeps_the_order_of_the_file() -> None:
    front_matter = """title: x
related:
  - title: Last scored
    webUrl: https://a.example/1
    publishedDateTime: 2020-02-26T14:59:00Z
    provider: {name: The Gazette, domain: gazette.example}
    quality: 0
    heat: -1
  - webUrl: https://b.example/2
  - A title alone
  - {}
  - [list]"""
    related = story_of(front_matter).related
    assert [piece.title for piece in related] == ["Last scored", "https://b.example/2", "A title alone"]
    assert (related[0].outlet.name, related[0].quality, related[0].heat) == ("The Gazette", 0, None)
    assert related[0].time_known
    assert [rule for rule, _, _ in rules_of(front_matter)] == ["empty-entry", "wrong-type"]


def test_what_only_some_kinds_carry() -> None:
    details = story_of(
        """title: x
length: PT1H30M
price: Free
levels: Beginner
ratings: {count: 32, average: 4.65}
members: 6940
location: Broken Arrow, OK
affiliation: {name: The Gazette}
twitter: {username: ann, url: "https://social.example/ann", followers: 16314}
linkedin: {url: "https://work.example/ann"}
actions: [{url: "https://a.example/f.zip", type: download, title: Get it, attribution: Ann}]
otherNames: [Y, Z]
endDateTime: 2020-02-26T12:00:00Z
featuredContent: <iframe width="8" src="https://www.youtube.com/embed/abc?a=1&amp;b=2" allow></iframe>
images: [{url: "https://a.example/i.jpg", width: 3, height: 4, isCached: true}]"""
    ).details
    assert (details.length_minutes, details.price, details.levels) == (90, "Free", ("Beginner",))
    assert (details.rating, details.rating_count, details.members) == (4.65, 32, 6940)
    assert (details.location, details.affiliation) == ("Broken Arrow, OK", Outlet(name="The Gazette"))
    assert details.twitter == Profile("ann", "https://social.example/ann", 16314)
    assert details.linkedin == Profile(url="https://work.example/ann")
    assert details.actions == (Action("https://a.example/f.zip", "download", "Get it", "Ann"),)
    assert details.other_names == ("Y", "Z")
    assert details.ends_at == datetime(2020, 2, 26, 12, tzinfo=UTC)
    assert details.embed_url == "https://www.youtube.com/embed/abc?a=1&b=2"
    assert [(image.width, image.height, image.cached) for image in details.images] == [(3, 4, True)]


@pytest.mark.parametrize(
    ("id", "items"),
    [
        ("_learning/collections/c.md", ("_learning/videos/a", "_learning/courses/b")),
        ("collections/c.md", ("videos/a", "courses/b")),
        ("c.md", ("videos/a", "courses/b")),
    ],
)
def test_items_of_a_collection_are_ids_of_cards(id: str, items: tuple[str, ...]) -> None:
    assert story_of("title: x\nitems: [videos/a, /courses/b]", id).details.items == items


def test_items_outside_the_folder_are_told_and_left_out() -> None:
    front_matter = "title: x\nitems: [../../etc/passwd, ok]"
    assert story_of(front_matter, "a/b/c.md").details.items == ("a/ok",)
    assert [rule for rule, _, _ in rules_of(front_matter)] == ["outside"]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("PT13M57S", 14), ("PT2H44M", 164), ("P1D", 1440), ("P1W", 10080), ("PT5S", 1), ("P1M", 43200), ("PT0S", 0)],
)
def test_lengths(text: str, minutes: int) -> None:
    assert story_of(f"title: x\nlength: {text}").details.length_minutes == minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *(("52 mins", 52), ("1h30m", 90), ("1 hour and 20 minutes", 80), ("about 2 hours", 120), ("1.5 hrs", 90)),
        *(("an hour and a half", 90), ("Half an hour", 30), ("1 h 05", 65), ("1:02:03", 62), ("3 weeks", 30240)),
    ],
)
def test_lengths_in_words(text: str, minutes: int) -> None:
    assert story_of(f"title: x\nlength: {text}").details.length_minutes == minutes
    assert rules_of(f"title: x\nlength: {text}") == []


@pytest.mark.parametrize(
    ("word", "is_removed"), [("yes", True), ("On", True), ("y", True), ("1", True), ("off", False), ("N", False)]
)
def test_yes_and_no_in_words(word: str, is_removed: bool) -> None:
    assert story_of(f"title: x\nremoved: {word}").removed is is_removed
    assert rules_of(f"title: x\nremoved: {word}") == []


@pytest.mark.parametrize("text", ["P", "PT", "1:30", "PT-5M", "P1H", "52", "soon", "20-30 minutes", "3 bananas"])
def test_a_length_that_is_none_is_told(text: str) -> None:
    assert story_of(f"title: x\nlength: '{text}'").details.length_minutes is None
    assert rules_of(f"title: x\nlength: '{text}'") == [("bad-duration", "length", 3)]


def test_the_excerpt_keeps_its_lines_and_falls_back() -> None:
    assert story_of('title: x\nexcerpt: "one\\r\\ntwo &lt;b&gt;"').excerpt == "one\ntwo <b>"
    assert story_of("title: x\nexcerpt:\ndescription: d").excerpt == "d"
    assert story_of("title: x\nbio: b").excerpt == "b"


def test_too_long_texts_are_cut_and_told() -> None:
    front_matter = f"title: {'t' * 1500}"
    assert len(story_of(front_matter).title) == 1000
    assert rules_of(front_matter) == [("too-long", "title", 2)]


@pytest.mark.parametrize(
    ("id", "body", "body_format"),
    [
        ("a.md", "Plain *text*", "markdown"),
        ("a.md", "<p>Text</p>", "html"),
        ("a.md", "<https://a.example/> is a link", "markdown"),
        ("a.html", "Text", "html"),
        ("a.HTM", "", "html"),
    ],
)
def test_the_body_and_its_format(id: str, body: str, body_format: str) -> None:
    card = card_of(f"---\ntitle: x\n---\n\n{body}\n", id)
    assert (card.body, card.body_format) == (body, body_format)
    assert card.story.body_bytes == len(body)


def test_a_body_that_is_too_long_is_cut_and_told() -> None:
    parsed = parse_card(b"---\ntitle: x\n---\n" + b"word " * 100_000, "a.md")
    assert parsed.card is not None
    assert len(parsed.card.body) <= 256 * 1024
    assert [problem.rule for problem in parsed.problems] == ["too-long"]


def test_the_inspector_shows_every_key_in_order_and_never_what_is_sealed() -> None:
    card = card_of(
        """---
title: x
unknown: {deep: [1, {er: text}]}
empty: []
nothing:
secured: "c2VjcmV0"
related:
  - title: y
---
"""
    )
    assert card.fields == (
        ("title", "x"),
        ("unknown.deep[0]", "1"),
        ("unknown.deep[1].er", "text"),
        ("empty", ""),
        ("nothing", ""),
        ("secured", "sealed, 8 bytes"),
        ("related[0].title", "y"),
    )
    assert card.story.details.sealed_bytes == 8


@pytest.mark.parametrize(
    "data", [b"", b"no front matter", b"\n---\ntitle: x\n---\n", b"----\ntitle: x\n----\n", b"--- x\n"]
)
def test_a_file_without_front_matter_is_no_card_and_no_problem(data: bytes) -> None:
    assert parse_card(data, "a.md").card is None
    assert parse_card(data, "a.md").problems == ()
