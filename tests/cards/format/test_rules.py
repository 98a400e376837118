"""What whoever opens a folder decides: the zone of times that name none, and whether plain texts are cards."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.cards.fast.reader import FastReader
from tui.cards.format.parse import parse_card, parse_story
from tui.cards.format.rules import ReadingRules
from tui.cards.reader import StoryReader
from tui.cards.worker.batches import load
from tui.model import Story

BERLIN = ReadingRules("Europe/Berlin")
PLAIN = ReadingRules(plain=True)


def told(text: str, rules: ReadingRules = BERLIN, id: str = "a.md") -> Story:
    parsed = parse_story(text.encode(), id, rules)
    assert parsed.story is not None, parsed.problems
    return parsed.story


@pytest.mark.parametrize(
    ("text", "at", "known"),
    [
        ("---\ntitle: a\ndate: 2026-07-08 14:30\n---\n", datetime(2026, 7, 8, 12, 30), True),
        ("---\ntitle: a\ndate: Jan 08 2026, 1:00 am\n---\n", datetime(2026, 1, 8), True),
        ("---\ntitle: a\ndate: 8 July 2026 at 00:00\n---\n", datetime(2026, 7, 8), False),
        ("---\ntitle: a\ndate: 2026-07-08 00:00:00\n---\n", datetime(2026, 7, 8), False),
        ("---\ntitle: a\ndate: 2026-07-08\n---\n", datetime(2026, 7, 8), False),
        ("---\ntitle: a\ndate: 2026-07-08 14:30:00Z\n---\n", datetime(2026, 7, 8, 14, 30), True),
        ("---\ntitle: a\ndate: 2026-07-08 14:30 UTC\n---\n", datetime(2026, 7, 8, 14, 30), True),
        ("---\ntitle: a\ndate: 2026-07-08 14:30 -0500\n---\n", datetime(2026, 7, 8, 19, 30), True),
        ("---\ntitle: a\ndate: 1783513800\n---\n", datetime(2026, 7, 8, 12, 30), True),
        ("---\ntitle: a\npublishedDateTime: 2026-01-08 14:30:00\n---\n", datetime(2026, 1, 8, 13, 30), True),
        ("+++\ntitle = 'a'\ndate = 2026-01-08T14:30:00\n+++\n", datetime(2026, 1, 8, 13, 30), True),
        ("Title: a\nDate: 2026-01-08 14:30\n\nb", datetime(2026, 1, 8, 13, 30), True),
    ],
)
def test_a_time_without_a_zone_is_local_to_that_of_the_folder(text: str, at: datetime, known: bool) -> None:
    story = told(text)
    assert (story.published_at, story.time_known) == (at.replace(tzinfo=UTC), known)
    fast = FastReader(BERLIN.zone_info).read(text.encode(), "a.md")
    assert fast in (None, story)


def test_times_of_coverage_are_local_too() -> None:
    related = "related:\n  - title: b\n    publishedDateTime: 2026-01-08 14:30:00\n    webUrl: https://example.org/b\n"
    text = f"---\ntitle: a\nwebUrl: https://example.org/a\n{related}---\n"
    (coverage,) = told(text).related
    assert coverage.published_at == datetime(2026, 1, 8, 13, 30, tzinfo=UTC)
    fast = FastReader(BERLIN.zone_info).read(text.encode(), "a.md")
    assert fast is not None
    assert fast.related == (coverage,)


@pytest.mark.parametrize(("rules", "said"), [(BERLIN, "local to Europe/Berlin"), (ReadingRules(), "UTC")])
def test_the_account_of_a_card_says_how_its_time_was_taken(rules: ReadingRules, said: str) -> None:
    for key in ("date", "publishedDateTime"):
        card = parse_card(f"---\ntitle: a\n{key}: 2026-07-08 14:30\n---\n".encode(), "a.md", rules).card
        assert card is not None
        assert dict(card.origins)["zone"].endswith(said)


def test_nothing_is_said_of_a_time_that_names_its_zone() -> None:
    card = parse_card(b"---\ntitle: a\ndate: 2026-07-08 14:30:00+02:00\n---\n", "a.md", BERLIN).card
    assert card is not None
    assert "zone" not in dict(card.origins)


@given(st.datetimes(datetime(1971, 1, 1), datetime(2099, 1, 1)))
@settings(max_examples=200, deadline=None)
def test_a_local_time_is_never_further_from_utc_than_its_zone(wall: datetime) -> None:
    story = told(f"---\ntitle: a\ndate: {wall:%Y-%m-%d %H:%M:%S}\n---\n")
    assert story.published_at is not None
    assert timedelta() <= wall.replace(microsecond=0, tzinfo=UTC) - story.published_at <= timedelta(hours=2)
    assert story.time_known == bool(wall.hour or wall.minute or wall.second)


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.md", "Some words.\n\n# The heading\n\nMore.", "The heading"),
        ("a.md", "Some words.\n\n## A part\n\nMore.", "Some words."),
        ("a.md", "# The heading\n\nMore.", "The heading"),
        ("notes.txt", "Dear all,\n\nthis is it.", "Dear all,"),
        ("2026-01-05-a-long-night.txt", "----\n\n", "a long night"),
        ("a.txt", "word " * 40, f"{('word ' * 20).strip()}…"),
        ("page.html", "<!doctype html>\n<html><title>A\n page &amp; more</title><body>x", "A page & more"),
        ("page.html", "<h1 class='x'>A <b>page</b></h1>", "A page"),
    ],
)
def test_a_plain_text_is_a_card_where_that_is_asked_for(name: str, text: str, title: str) -> None:
    assert parse_story(text.encode(), name) == parse_story(b"", name)
    parsed = parse_card(text.encode(), name, PLAIN)
    assert parsed.card is not None
    assert (parsed.card.story.title, parsed.problems) == (title, ())
    assert parsed.card.tool == "plain text"
    assert parsed.card.story.published_at == (datetime(2026, 1, 5, tzinfo=UTC) if name[:1] == "2" else None)


def test_a_first_line_that_became_the_title_is_not_shown_twice() -> None:
    card = parse_card(b"Dear all,\n\nthis is it.", "a.txt", PLAIN).card
    assert card is not None
    assert card.body == "this is it."


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\0\1\2"])
def test_what_holds_no_words_is_no_card_even_then(data: bytes) -> None:
    parsed = parse_story(data, "a.txt", PLAIN)
    assert (parsed.story, parsed.problems) == (None, ())


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_a_story_or_a_problem_or_hold_no_words(data: bytes) -> None:
    parsed = parse_story(data, "a.txt", PLAIN)
    words = data.decode("utf-8", "replace").removeprefix("\ufeff").strip()
    assert parsed.story or parsed.problems or not words or "\0" in words


def test_a_head_counts_before_the_plain_text() -> None:
    assert told("---\ntitle: a\n---\nb", PLAIN).title == "a"
    assert parse_story(b"---\ntitle: [\n---\nb", "a.md", PLAIN).problems


def test_a_folder_is_read_by_its_rules(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: a\ndate: 2026-07-08 14:30\n---\n")
    (tmp_path / "b.txt").write_text("Plain words")
    rules = ReadingRules("America/New_York", plain=True)
    (batch,) = load(tmp_path, rules=rules)
    assert {story.title: story.published_at for story in batch.stories} == {
        "a": datetime(2026, 7, 8, 18, 30, tzinfo=UTC),
        "Plain words": None,
    }
    assert batch.not_cards == 0


@pytest.mark.parametrize("rules", [ReadingRules(), BERLIN, PLAIN, ReadingRules("Etc/GMT+5", plain=True)])
def test_rules_come_back_from_their_text(rules: ReadingRules) -> None:
    assert ReadingRules.of_text(rules.text) == rules
    assert StoryReader(rules) is not None
