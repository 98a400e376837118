"""Which heads become known, and which of their values are left to the careful way."""

import pytest

from tests.cards.fast.shapes.test_both_ways import CLIP, NOTE, OFTEN, POST, yaml_card
from tests.cards.fast.ways import assert_same
from tui.cards.fast.others import OtherReader
from tui.cards.fast.reader import FastReader
from tui.cards.format.parse import parse_story
from tui.model import Story

TOML = (
    '+++\ntitle = "Quay"\nurl = "/a"\ndate = 2026-01-05\nseen_on = 2026-01-06\ntags = ["port"]\n\n'
    '[extra]\nlink = "https://quay.example/a"\n+++\nWords.\n'
)
LINKED = {
    "url": "/a",
    "link": "https://quay.example/a",
    "source": "https://quay.example/b",
    "date": "2026-01-05",
    "published": "2026-01-06",
    "removed": "false",
    "excerpt": "Words",
}


def careful(card: bytes) -> Story | None:
    return parse_story(card, "a.md").story


class Taught:
    """A reader that knows the head of a card, and has a template for it."""

    def __init__(self, card: bytes) -> None:
        reader = FastReader(often=OFTEN)
        for _ in range(1 + OFTEN):
            reader.read(card, "a.md")
        assert reader._others is not None
        self._reader: OtherReader = reader._others

    def by_template(self, card: bytes) -> Story | None:
        """What the template says of a card."""
        return self._reader.of_template(card, "a.md")


def changed(values: dict[str, str], **others: str) -> bytes:
    return yaml_card({**values, **others}, "", "Words.\n")


@pytest.mark.parametrize("usual", [CLIP, POST, NOTE, LINKED])
def test_a_head_that_comes_often_has_a_template(usual: dict[str, str]) -> None:
    card = yaml_card(usual, "", "Words.\n")
    assert Taught(card).by_template(card) == careful(card)


def test_a_head_in_toml_has_one_too() -> None:
    assert Taught(TOML.encode()).by_template(TOML.encode()) == careful(TOML.encode())


def test_other_words_links_and_days_are_of_the_same_shape() -> None:
    card = changed(POST, title='"A: b"', date="2026-02-03", tags="'x, y'", link="http://b.example/c?d", draft="true")
    assert Taught(changed(POST)).by_template(card) == careful(card)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("link", "javascript:x"), ("link", "/a"), ("date", "2026-13-05"), ("title", '""'), ("draft", "perhaps")),
        *(("site_name", "https://b.example"), ("title", "x" * 1001), ("excerpt", "'<!-- -->'"), ("title", "a\u2028b")),
    ],
)
def test_a_value_that_needs_care_is_left_to_it(key: str, value: str) -> None:
    assert Taught(changed(POST)).by_template(changed(POST, **{key: value})) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("url", "https://quay.example/c"), ("url", '"https\\u003a//quay.example/c"'), ("url", "javascript:x")),
        *(("source", "The Gazette"), ("published", "no"), ("removed", "null"), ("removed", "true # why")),
    ],
)
def test_a_value_that_would_change_what_the_others_give_is_left_to_care(key: str, value: str) -> None:
    reader = Taught(changed(LINKED))
    assert reader.by_template(changed(LINKED, url="/b")) == careful(changed(LINKED, url="/b"))
    card = changed(LINKED, **{key: value})
    assert reader.by_template(card) is None
    without_template = FastReader()
    without_template.read(changed(LINKED), "a.md")
    assert_same(without_template, card)


@pytest.mark.parametrize(
    ("usual", "key", "value"),
    [
        (LINKED | {"published": "later"}, "published", "no"),
        (POST | {"via": "https://quay.example/v"}, "via", "https://u@quay.example/v"),
        ({"title": "a", "tags": "b", "heat": "-1"}, "heat", "5"),
        ({"title": "a", "link": "/a", "date": "2026-01-05"}, "title", " a\\nb\n  c"),
    ],
)
def test_both_ways_agree_where_one_value_changes_much(usual: dict[str, str], key: str, value: str) -> None:
    for times in (1, 1 + OFTEN):
        reader = FastReader(often=OFTEN)
        for _ in range(times):
            reader.read(changed(usual), "a.md")
        assert_same(reader, changed(usual, **{key: value}))


def test_a_blank_title_is_looked_for_in_each_body() -> None:
    values = {"title": '""', "link": "/a", "date": "2026-01-05"}
    reader = FastReader(often=OFTEN)
    for _ in range(1 + OFTEN):
        reader.read(yaml_card(values, "", "# Heading\n"), "a.md")
    assert_same(reader, yaml_card(values, "", "Words.\n"))


@pytest.mark.parametrize("odd", ["javascript:x", "mailto:a@quay.example", "'about: this'"])
def test_a_text_with_a_colon_where_links_stand_may_be_an_odd_link(odd: str) -> None:
    reader = FastReader(often=OFTEN)
    for _ in range(1 + OFTEN):
        assert_same(reader, changed(LINKED, url="'a: b'"))
    assert_same(reader, changed(LINKED, url=odd))


def test_a_key_without_a_value_tells_nothing() -> None:
    reader = Taught(yaml_card({"link": "/a"}, "", ""))
    assert reader.by_template(yaml_card({"link": "/b"}, "", "")) is not None
    assert reader.by_template(yaml_card({"link": "null"}, "", "")) is None


@pytest.mark.parametrize("day", ["2026-13-05", "2026-01-05T25:00:00Z"])
def test_a_day_that_does_not_exist_is_left_to_care_under_any_key(day: str) -> None:
    reader = Taught(TOML.encode())
    assert reader.by_template(TOML.replace("2026-01-06", "2026-01-07").encode()) is not None
    assert reader.by_template(TOML.replace("2026-01-06", day).encode()) is None


@pytest.mark.parametrize("text", [f'"{".".join("a" * 70)}"', '"\\u2028"', '"a\\u0007"'])
def test_a_text_in_toml_that_needs_care_gets_it(text: str) -> None:
    card = TOML.replace('"Quay"', text).encode()
    assert Taught(TOML.encode()).by_template(card) in (None, careful(card))


@pytest.mark.parametrize(
    "body", ["# Heading\n\nWords", "> ## Excerpt\n> a\n", "URL: https://a.example/b\n", "\x85a", "\ra\n"]
)
def test_what_a_body_says_is_heard(body: str) -> None:
    card = yaml_card(NOTE, "", body)
    assert Taught(yaml_card(NOTE, "", "")).by_template(card) in (None, careful(card))
    unlinked = yaml_card({"created": "2026-01-05", "updated": "2026-01-06", "tags": "a"}, "", body)
    assert Taught(yaml_card({"created": "2026-01-05", "updated": "2026-01-06", "tags": "b"}, "", "")).by_template(
        unlinked
    ) in (None, careful(unlinked))


def test_a_body_that_is_no_text_raises_what_the_others_raise() -> None:
    with pytest.raises(UnicodeDecodeError):
        Taught(changed(POST)).by_template(changed(POST) + b"\xff")
    assert FastReader().read(changed(POST) + b"\xff", "a.md") is None
