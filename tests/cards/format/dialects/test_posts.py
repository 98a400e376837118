"""Posts of sites as their makers write them: titles, excerpts and links say what the head means, and only that."""

import pytest

from tests.cards.fast.ways import assert_same
from tui.cards.fast.reader import FastReader
from tui.cards.format.parse import parse_card, parse_story
from tui.model import Card, Story


def card(head: str, body: str = "", id: str = "posts/2026-01-05-tide.md") -> Card:
    parsed = parse_card(f"---\n{head}\n---\n{body}\n".encode(), id)
    assert parsed.card is not None
    assert not [problem for problem in parsed.problems if problem.severity == "error"]
    return parsed.card


def story(head: str, body: str = "", id: str = "posts/2026-01-05-tide.md") -> Story:
    return card(head, body, id).story


@pytest.mark.parametrize(
    ("title", "said", "excerpt"),
    [
        ("The tide turns", "The tide turns", ""),
        ("The tide turns", "the tide turns.", ""),
        ("The tide turns", "The tide turns \u2014 and the boats with it.", "and the boats with it."),
        ("The tide turns", "The Tide Turns: why now?", "why now?"),
        ("Piers", "Piers - a guide", "a guide"),
        ("The tide turns", "The tide turns at noon today.", "The tide turns at noon today."),
        ("Re", "Re-opening of the pier", "Re-opening of the pier"),
        ("Tide", "Tides of May", "Tides of May"),
        ("The tide turns", "Boats wait.", "Boats wait."),
    ],
)
def test_an_excerpt_says_what_the_title_does_not(title: str, said: str, excerpt: str) -> None:
    assert story(f'title: "{title}"\ndescription: "{said}"\ndate: 2026-01-05').excerpt == excerpt


def test_where_one_excerpt_is_only_the_title_the_next_one_counts() -> None:
    assert story("title: Piers\ndescription: Piers\nsummary: Of wood.\ndate: 2026-01-05").excerpt == "Of wood."


def test_a_text_that_only_repeats_the_title_is_no_key_that_nobody_read() -> None:
    told = card("title: Piers\ndescription: Piers\ndate: 2026-01-05\nrating: 3")
    assert told.unread == ("rating",)


def test_heads_that_are_written_alike_give_the_same_excerpts_and_titles() -> None:
    fast = FastReader()
    for number in range(12):
        said = ("", "Tide", f"Tide \u2014 number {number}", f"Tides of {number} days")[number % 4]
        for key in ("title", "newsTitle"):
            text = f'---\n{key}: "Tide"\ndescription: "{said}"\ndate: 2026-01-0{number % 9 + 1}\n---\nWords.\n'
            assert_same(fast, text.encode())


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("newsTitle: The tide turns\ndate: 2026-01-05", "The tide turns"),
        ("seo_title: Of piers\ntags: [a]", "Of piers"),
        ("sidebarTitle:\nnewstitle: Of nets\ndate: 2026-01-05", "Of nets"),
        ("newsTitle: Of nets\ntitle: Of ropes", "Of ropes"),
        ("newsTitle: [a, b]\ndate: 2026-01-05", "tide"),
        ("subtitle: Of nets\ndate: 2026-01-05", "tide"),
    ],
)
def test_a_title_under_a_key_of_its_own_is_found_where_no_other_is(head: str, title: str) -> None:
    assert story(head).title == title


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ('I saw [the pier]({% link_to "/a/b" %}) today', "I saw the pier today"),
        ("A note[^one] of [^two] two", "A note of two"),
        ('{% image "a.png" %}\n\nOf nets', "Of nets"),
        ('{{< figure src="a.png" >}} Of ropes {.big}', "Of ropes"),
    ],
)
def test_the_first_words_as_a_title_hold_nothing_of_the_making(body: str, title: str) -> None:
    assert story("date: 2026-01-05\ntags: [a]", body, "notes/2026/01/05/1/index.md").title == title


@pytest.mark.parametrize(
    ("id", "body", "title"),
    [
        ("People/Ann Example.md", "## Books\n\n- One", "Ann Example"),
        ("Tide of May.md", "## Times\n\n## Boats", "Tide of May"),
        ("Tide of May.md", "# The tide\n\nWords", "The tide"),
        ("tide-of-may.md", "## The tide\n\nWords", "The tide"),
        ("2026-01-05.md", "## The tide\n\nWords", "The tide"),
    ],
)
def test_a_note_that_is_named_in_words_is_not_called_by_the_first_of_its_parts(id: str, body: str, title: str) -> None:
    told = card("tags: [a]\ncreated: 2026-01-05", body, id)
    assert told.story.title == title
    assert ("## " in told.body) == (told.story.title != "The tide")


@pytest.mark.parametrize("before", ["", "<!-- more -->\n\n", "![](a.png)\n", "<!-- a -->\n![b](c.png)\n\n"])
def test_a_heading_that_says_the_title_once_more_is_left_out_also_behind_comments_and_pictures(before: str) -> None:
    body = card("title: The Tide\ndate: 2026-01-05", f"{before}# The tide\n\nWords.").body
    assert "tide" not in body
    assert "Words." in body
    assert "# Other" in card("title: The Tide\ndate: 2026-01-05", f"{before}# Other\n\nWords.").body


@pytest.mark.parametrize(
    "value",
    [
        "\n  reddit: https://talk.example/r/1\n  other: https://talk.example/r/2",
        "\n  - https://talk.example/r/1\n  - url: https://talk.example/r/2",
        "\n  a: [https://talk.example/r/1]\n  b: https://talk.example/r/2\n  c: javascript:alert(1)",
    ],
)
def test_where_a_post_is_discussed_is_among_its_links(value: str) -> None:
    links = card(f"title: Tide\ndate: 2026-01-05\ndiscuss_urls: {value}").links
    assert links == ("https://talk.example/r/1", "https://talk.example/r/2")


def test_a_banner_is_an_image_and_a_canonical_address_a_link() -> None:
    told = story("title: Tide\ndate: 2026-01-05\nbanner_image: tide.webp\ncanonical: https://pier.example/tide")
    assert [image.url for image in told.details.images] == ["tide.webp"]
    assert told.url == "https://pier.example/tide"


@pytest.mark.parametrize(
    "said", ["{% " * 3000, "[^" * 3000, "](" * 3000, "{{<" * 3000, "[a]({% " * 2000, "Tide " * 3000]
)
def test_no_text_takes_long_or_breaks_anything(said: str) -> None:
    parsed = parse_story(f"---\ndate: 2026-01-05\ntags: [a]\n---\n{said}".encode(), "1/index.md")
    assert parsed.story is not None
    parsed = parse_story(f'---\ntitle: "{said}"\ndescription: "{said}"\n---\n'.encode(), "1/index.md")
    assert parsed.story is not None


@pytest.mark.parametrize(
    ("head", "excerpt", "images"),
    [
        ('teaser: "We release a patch."', "We release a patch.", ()),
        ("teaser: /img/pier.jpg", "", ("/img/pier.jpg",)),
        ("header:\n  teaser: ./the pier.jpg", "", ("./the pier.jpg",)),
        ("teaser: Of wood.\nspoiler: It stands still.", "It stands still.", ()),
        ("spoiler: It stands still.", "It stands still.", ()),
        ("image: pier.jpg\nteaser: It stands still.", "It stands still.", ("pier.jpg",)),
    ],
)
def test_a_teaser_is_words_or_a_picture(head: str, excerpt: str, images: tuple[str, ...]) -> None:
    told = story(f"title: Piers\ndate: 2026-01-05\n{head}")
    assert told.excerpt == excerpt
    assert tuple(image.url for image in told.details.images) == images


def test_teasers_in_heads_that_are_written_alike_are_read_the_same_way() -> None:
    fast = FastReader(often=3)
    for number in range(12):
        said = ("/img/pier.jpg", "We release a patch.", f"Patch {number}", "./a b.png")[number % 4]
        text = f'---\ntitle: Tide {number}\nteaser: "{said}"\ndate: 2026-01-05\n---\nWords.\n'
        assert_same(fast, text.encode())


@pytest.mark.parametrize("head", ["kanban-plugin: board", "rating: 7\nmood: glad", "template: a.html"])
def test_a_note_without_a_title_is_named_by_its_file(head: str) -> None:
    parsed = parse_story(f"---\n{head}\n---\n\n- a\n".encode(), "notes/My tasks.md")
    assert parsed.story is not None
    assert (parsed.story.title, parsed.problems) == ("My tasks", ())


@pytest.mark.parametrize(
    ("written", "hour"),
    [("Fri Sep  3 11:21:31 CEST 2021", 9), ("Fri Sep 3 11:21:31 2021 +0200", 9), ("Fri Sep 3 11:21:31 UTC 2021", 11)],
)
def test_the_form_that_date_prints_is_a_time(written: str, hour: int) -> None:
    at = story(f"title: Piers\ndate: {written}").published_at
    assert at is not None
    assert (at.year, at.month, at.day, at.hour, at.minute) == (2021, 9, 3, hour, 21)


@pytest.mark.parametrize(("name", "day"), [("2020_10_07.md", 7), ("20201008-a.md", 8), ("2020-10-09.md", 9)])
def test_a_journal_is_dated_by_its_name(name: str, day: int) -> None:
    parsed = parse_story(b"---\ntags: [a]\n---\n\nWords.\n", f"journals/{name}")
    assert parsed.story is not None
    assert parsed.story.published_at is not None
    assert (parsed.story.published_at.month, parsed.story.published_at.day) == (10, day)
