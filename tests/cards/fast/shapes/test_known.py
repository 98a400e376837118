"""Which heads become known: those of cards that a folder has many of."""

from datetime import UTC

import pytest

from tests.cards.fast.shapes.test_both_ways import CLIP, NOTE, OFTEN, POST, yaml_card
from tui.cards.fast.shapes.known import KnownShapes
from tui.cards.fast.shapes.leaves import HeadLanguage
from tui.cards.fast.shapes.toml_leaves import TOML_HEAD
from tui.cards.fast.shapes.yaml_leaves import YAML_HEAD
from tui.cards.format.parse import parse_story

TOML = (
    '+++\ntitle = "Quay"\ndate = 2026-01-05\ntags = ["port"]\n\n[extra]\nlink = "https://quay.example/a"\n+++\nWords.\n'
)


def learnt(text: str, times: int, language: HeadLanguage = YAML_HEAD) -> KnownShapes:
    """What is known when a card was read so many times."""
    shapes = KnownShapes(language, UTC)
    story = parse_story(text.encode(), "a.md").story
    assert story is not None
    for _ in range(times):
        shapes.learn(("title",), text[4 : text.index(f"\n{text[:4]}") + 1], text, "a.md", story)
    return shapes


@pytest.mark.parametrize("usual", [CLIP, POST, NOTE])
def test_a_head_that_comes_often_is_known(usual: dict[str, str]) -> None:
    text = yaml_card(usual, "", "Words.\n").decode()
    assert learnt(text, OFTEN - 1).read(text, "a.md") is None
    assert learnt(text, OFTEN).read(text, "b.md") == parse_story(text.encode(), "b.md").story


def test_a_head_in_toml_is_known_too() -> None:
    assert learnt(TOML, OFTEN, TOML_HEAD).read(TOML, "a.md") == parse_story(TOML.encode(), "a.md").story


@pytest.mark.parametrize("day", ["2026-13-05", "2026-01-05T25:00:00Z"])
def test_a_day_that_does_not_exist_is_left_to_care_under_any_key(day: str) -> None:
    text = TOML.replace("tags", "seen_on = 2026-01-06\ntags")
    shapes = learnt(text, OFTEN, TOML_HEAD)
    assert shapes.read(text.replace("2026-01-06", "2026-01-07"), "a.md") is not None
    assert shapes.read(text.replace("2026-01-06", day), "a.md") is None


def test_other_words_links_and_days_are_of_the_same_shape() -> None:
    shapes = learnt(yaml_card(POST, "", "").decode(), OFTEN)
    others = {
        "title": '"A: b"',
        "date": "2026-02-03",
        "tags": "'x, y'",
        "link": "http://b.example/c?d",
        "draft": "true",
    }
    text = yaml_card({**POST, **others}, "", "").decode()
    assert shapes.read(text, "a.md") == parse_story(text.encode(), "a.md").story


@pytest.mark.parametrize(
    "other",
    [
        {"link": "javascript:x"},
        {"date": "2026-13-05"},
        {"title": ""},
        {"draft": "perhaps"},
        {"site_name": "https://b.example"},
    ],
)
def test_a_value_that_needs_care_is_left_to_it(other: dict[str, str]) -> None:
    shapes = learnt(yaml_card(POST, "", "").decode(), OFTEN)
    assert shapes.read(yaml_card({**POST, **other}, "", "").decode(), "a.md") is None


@pytest.mark.parametrize(
    "other",
    [
        {"source": "The Gazette"},
        {"url": "https://quay.example/c"},
        {"url": '"https\\u003a//quay.example/c"'},
        {"url": "javascript:x"},
        {"published": "no"},
        {"removed": "null"},
    ],
)
def test_a_value_that_would_change_what_the_others_give_is_left_to_care(other: dict[str, str]) -> None:
    usual = {
        "url": "/a",
        "link": "https://quay.example/a",
        "source": "https://quay.example/b",
        "date": "2026-01-05",
        "published": "2026-01-06",
        "removed": "false",
    }
    shapes = learnt(yaml_card(usual, "", "").decode(), OFTEN)
    known = yaml_card({**usual, "url": "/b"}, "", "").decode()
    assert shapes.read(known, "a.md") == parse_story(known.encode(), "a.md").story
    assert shapes.read(yaml_card({**usual, **other}, "", "").decode(), "a.md") is None


def test_a_key_without_a_value_tells_nothing() -> None:
    shapes = learnt(yaml_card({"link": "/a"}, "", "").decode(), OFTEN)
    assert shapes.read(yaml_card({"link": "/b"}, "", "").decode(), "a.md") is not None
    assert shapes.read(yaml_card({"link": "null"}, "", "").decode(), "a.md") is None


def test_a_card_that_has_to_be_warned_about_teaches_nothing() -> None:
    text = yaml_card({"title": "a", "link": "javascript:x", "date": "2026-01-05"}, "", "").decode()
    assert learnt(text, OFTEN).read(text, "a.md") is None
