"""A record has every key always; what is not known is None, and times are UTC."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deck.decks import folders
from tests.deck.events.test_coverage import events_of
from tests.stories import coverage, story
from tui.deck.events.events import Event
from tui.export.coverage import whole_coverage
from tui.export.records import Recorder, coverage_records, problem_record, utc_text
from tui.model import Outlet, Problem, Story

KEYS = [
    "id", "title", "url", "outlet", "domain", "published_at", "kind", "topics", "quality", "heat", "published",
    "excerpt", "coverage_count", "event_id", "event_size", "read", "starred",
]  # fmt: skip
PIECE_KEYS = ["title", "url", "outlet", "domain", "published_at", "relation", "lag_minutes", "reprint_of", "id"]


class ReadAndStarred:
    """A reader who read and starred the stories with these ids."""

    def __init__(self, read: set[str], starred: set[str]) -> None:
        self.read = read
        self.starred = starred

    def is_unread(self, story: Story, event: Event | None) -> bool:
        return story.id not in self.read

    def is_starred(self, story: Story) -> bool:
        return story.id in self.starred


def recorder(*stories: Story, read: set[str] | None = None, starred: set[str] | None = None) -> Recorder:
    return Recorder(events_of(*stories), ReadAndStarred(read or set(), starred or set()))


@settings(deadline=None, max_examples=30)
@given(folders(5))
def test_every_record_has_the_same_keys_and_goes_through_json_unchanged(stories: list[Story]) -> None:
    record = recorder(*stories)
    for each in stories:
        told = record.covered(each)
        assert list(told) == [*KEYS, "coverage"]
        assert json.loads(json.dumps(told)) == told
        assert "" not in [value for key, value in told.items() if key != "title"]
        pieces = told["coverage"]
        assert isinstance(pieces, list)
        assert all(list(piece) == PIECE_KEYS for piece in pieces)
        assert record.story(each) == {key: told[key] for key in KEYS}


def test_what_is_zero_or_false_is_known() -> None:
    card = Story("a.md", "Title", quality=0, heat=0, published=False)
    record = recorder(card).story(card)
    assert (record["quality"], record["heat"], record["published"]) == (0, 0, False)
    assert (record["url"], record["outlet"], record["domain"], record["published_at"]) == (None, None, None, None)
    assert (record["event_id"], record["event_size"], record["coverage_count"]) == ("a.md", 1, 0)


@pytest.mark.parametrize(
    ("outlet", "url", "domain"),
    [
        (Outlet("CNN", "cnn.example"), "https://www.other.example/a", "cnn.example"),
        (Outlet("CNN"), "https://www.other.example/a", "other.example"),
        (Outlet("CNN"), "javascript:alert(1)", None),
        (Outlet(), "", None),
    ],
)
def test_the_domain_is_the_outlets_else_that_of_the_link(outlet: Outlet, url: str, domain: str | None) -> None:
    card = Story("a.md", "Title", url=url, outlet=outlet)
    assert recorder(card).story(card)["domain"] == domain


def test_marks_are_those_of_the_reader() -> None:
    cards = [story("a.md"), story("b.md")]
    record = recorder(*cards, read={"a.md"}, starred={"b.md"})
    assert [(record.story(card)["read"], record.story(card)["starred"]) for card in cards] == [
        (True, False),
        (False, True),
    ]


def test_what_a_story_lists_leaves_the_story_itself_out() -> None:
    other = coverage("https://b.example/1", "2020-02-26 17:25", title="Piece")
    card = story("a.md", url="https://a.example/1", related=(other, coverage("https://a.example/1", title="Itself")))
    pieces = coverage_records(whole_coverage(events_of(card), card))
    assert [piece["url"] for piece in pieces] == ["https://b.example/1"]
    assert recorder(card).story(card)["coverage_count"] == 1


@given(st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)), st.integers(-23, 23))
def test_a_time_is_written_in_utc_to_the_second_and_reads_back(moment: datetime, hours: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(hours=hours)))
    text = utc_text(aware)
    assert text is not None
    assert text.endswith("Z")
    assert datetime.fromisoformat(text) == aware.astimezone(UTC).replace(microsecond=0)
    assert utc_text(None) is None


def test_a_problem_without_a_place_in_its_file_has_none_there() -> None:
    bare = problem_record(Problem("a.md", "encoding", "This is no text."))
    assert (bare["line"], bare["column"], bare["field"], bare["severity"]) == (None, None, None, "error")
    full = problem_record(Problem("a.md", "yaml-syntax", "Say it so.", "warning", 3, 7, "title"))
    assert list(full.values()) == ["a.md", 3, 7, "title", "yaml-syntax", "warning", "Say it so."]
    assert list(bare) == list(full)
