"""Heads of marked lines: properties of an outline, lines behind two dots, and a list under “Metadata”."""

from datetime import UTC, datetime

import pytest

from tui.cards.format.parse import parse_card, parse_story
from tui.model import Card


def card(text: str, id: str = "pages/tide.md") -> Card:
    parsed = parse_card(text.encode(), id)
    assert parsed.card is not None
    assert not parsed.problems
    return parsed.card


def test_the_properties_of_an_outline_are_a_head() -> None:
    told = card(
        'title:: Tides of May (highlights)\nauthor:: [[Ada Pier]]\nfull-title:: "Tides of May, and what they leave"\n'
        "category:: #articles\nurl:: https://pier.example/tides\n\n"
        "- Highlights first synced by [[Readwise]] [[Nov 18th, 2022]]\n\t- A tide is a wave.\n"
    )
    story = told.story
    assert story.title == "Tides of May, and what they leave"
    assert (story.url, story.outlet.name, story.outlet.authors) == (
        "https://pier.example/tides",
        "pier.example",
        ("Ada Pier",),
    )
    assert story.topics == ("articles",)
    assert story.published_at == datetime(2022, 11, 18, tzinfo=UTC)
    assert told.tool == "Readwise"
    assert "A tide is a wave." in told.body
    assert "full-title" not in told.body


@pytest.mark.parametrize(
    ("head", "topics"),
    [
        ("tags:: [[sea]], [[moon]]", ("sea", "moon")),
        ("tags:: sea, moon", ("sea", "moon")),
        ("tags:: #sea #moon", ("sea", "moon")),
        ("- tags:: [[sea]]\n- type:: note", ("sea",)),
    ],
)
def test_properties_list_topics_in_each_way(head: str, topics: tuple[str, ...]) -> None:
    told = card(f"{head}\n\n- Words.\n")
    assert (told.story.topics, told.tool) == (topics, "Logseq")


@pytest.mark.parametrize("mark", ["", "<!--\n"])
def test_lines_behind_two_dots_are_a_head(mark: str) -> None:
    close = "-->" if mark else ""
    told = card(
        f"{mark}.. title: The pier\n.. slug: pier\n.. date: 2013-01-27 20:36:31 UTC-03:00\n.. tags: sea, wood\n"
        f".. link: https://pier.example/\n.. description: Of wood.\n{close}\n\nIt stands.\n",
        "posts/pier.txt",
    )
    story = told.story
    assert (story.title, story.url, story.excerpt) == ("The pier", "https://pier.example/", "Of wood.")
    assert story.topics == ("sea", "wood")
    assert story.published_at == datetime(2013, 1, 27, 23, 36, 31, tzinfo=UTC)
    assert (told.tool, told.body) == ("Nikola", "It stands.")


@pytest.mark.parametrize("between", ["\n", "\n![rw-book-cover](https://pier.example/cover.png)\n\n"])
def test_a_list_under_metadata_is_a_head(between: str) -> None:
    told = card(
        f"# Tides\n{between}## Metadata\n- Author: [[Ada Pier]]\n- Full Title: Tides of May\n- Category: #articles\n"
        "- Summary: Of waves.\n- URL: https://pier.example/tides\n\n## Highlights\n- A tide is a wave.\n",
        "Readwise/Articles/Tides.md",
    )
    story = told.story
    assert (story.title, story.url, story.excerpt) == ("Tides of May", "https://pier.example/tides", "Of waves.")
    assert (story.outlet.authors, story.topics) == (("Ada Pier",), ("articles",))
    assert [image.url for image in story.details.images] == (
        ["https://pier.example/cover.png"] if "rw" in between else []
    )
    assert told.body.startswith("## Highlights")
    assert told.tool == "Readwise"


def test_the_heading_is_the_title_where_the_list_tells_none() -> None:
    assert (
        card("# Tides\n\n## Metadata\n- Author: Ada\n- URL: https://pier.example/\n\nWords.\n").story.title == "Tides"
    )


@pytest.mark.parametrize(
    "text",
    [
        "std::vector<int> is a list.\n\nMore.",
        "mood:: good\n\nText",
        ".. note::\n\n   Beware.\n",
        ".. contents:\n\nText",
        "<!--\n.. title: x\n\nnever closed",
        "# Tides\n\n## Metadata\n\nNothing is said.\n",
        "# Tides\n\nWords.\n\n## Metadata\n- URL: https://pier.example/\n",
    ],
)
def test_other_texts_stay_no_cards(text: str) -> None:
    parsed = parse_story(text.encode(), "x.md")
    assert (parsed.story, parsed.problems) == (None, ())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title:: a\ndate:: soon\n", 2),
        (".. title: a\n.. date: soon\n", 2),
        ("<!--\n.. title: a\n.. date: soon\n-->\n", 3),
        ("# a\n\n## Metadata\n- URL: https://pier.example/\n- Date: soon\n", 5),
    ],
)
def test_a_warning_names_the_line_of_its_property(text: str, line: int) -> None:
    parsed = parse_story(text.encode(), "x.md")
    assert parsed.story is not None
    assert [(problem.rule, problem.line) for problem in parsed.problems] == [("bad-date", line)]


@pytest.mark.parametrize("text", ["! 'The pier: a guide'", '! "The pier: a guide"', "! >-\n  The pier: a guide"])
def test_a_lone_mark_before_a_quoted_text_says_only_that_it_is_one(text: str) -> None:
    assert card(f"---\ntitle: {text}\ndate: 2026-01-05\n---\n").story.title == "The pier: a guide"


@pytest.mark.parametrize("text", ["! The pier", "!pier 'a'", "![a]", "! [a, b]"])
def test_a_headline_that_begins_with_such_a_mark_is_still_a_problem(text: str) -> None:
    parsed = parse_story(f"---\ntitle: {text}\n---\n".encode(), "x.md")
    assert parsed.story is None
    assert parsed.problems
