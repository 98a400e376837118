"""Headings of days in the list: each day heads it once, and stepping by days goes to an older or a newer one."""

from array import array
from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest

from tests.stories import at, coverage, story
from tui.clock import utc_now
from tui.deck.analysis import find_events, index_deck
from tui.deck.days import local_day
from tui.deck.deck import Deck, DeckBuilder
from tui.deck.events.coverage import coverage_of
from tui.deck.search.sorting import Sort
from tui.deck.view import Lister, Listing, View
from tui.model import Story
from tui.ui.widgets.lines import Line
from tui.ui.widgets.listed_stories import ListedStories
from tui.ui.widgets.row_facts import RowState
from tui.ui.widgets.story_content import StoryContent
from tui.ui.widgets.story_lines import story_lines

NOW = datetime(2024, 3, 10, 12, tzinfo=UTC)
WEST, EAST = ZoneInfo("America/Los_Angeles"), ZoneInfo("Asia/Tokyo")
ZONES = [ZoneInfo("UTC"), WEST, EAST, ZoneInfo("Pacific/Kiritimati")]
# Every three hours a piece, and of each day one of which only the date is known.
MIXED = [
    *(story(f"{day}-{hour:02}.md", f"2024-03-0{day} {hour:02}:30") for day in (4, 5, 6) for hour in range(0, 24, 3)),
    *(Story(f"date-{day}.md", "t", published_at=at(f"2024-03-0{day} 00:00")) for day in (4, 5, 6)),
    story("undated.md", None),
]


def deck_of(stories: Sequence[Story]) -> Deck:
    builder = DeckBuilder()
    builder.add(stories)
    return builder.deck()


def listed(stories: Sequence[Story], zone: tzinfo, sort: Sort | None = None) -> ListedStories:
    analysis = index_deck(deck_of(stories))
    assert analysis is not None
    return shown(Lister(utc_now, zone).list(analysis, View(sort=sort, grouped=False)), zone)


def shown(listing: Listing, zone: tzinfo) -> ListedStories:
    rows = ListedStories(lambda place: RowState(), lambda: NOW, zone)
    rows.density = "roomy"
    rows.fit(60, 40)
    rows.show(listing)
    return rows


def said(line: Line) -> str:
    return "".join(text for text, _style in line.spans).strip()


def headings(rows: ListedStories) -> list[str]:
    return [said(line) for place in range(len(rows)) for line in rows.above(place, first=False)]


def day_at(rows: ListedStories, place: int, zone: tzinfo) -> date:
    told = rows.story(place)
    return local_day(told.published_at, told.time_known, zone) or date.min


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("name", ["newest", "oldest"])
@pytest.mark.parametrize("since", [None, at("2024-03-05 07:00")], ids=["", "visited before"])
def test_each_day_heads_the_list_once(zone: tzinfo, name: str, since: datetime | None) -> None:
    rows = listed(MIXED, zone, Sort(name))
    rows.since = since
    found = headings(rows)
    days = {day_at(rows, place, zone) for place in range(len(rows))}
    assert len([one for one in found if "New since" not in one]) == len(days)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize(
    "sort", [Sort("newest"), Sort("oldest"), Sort("newest", reverse=True), Sort("quality"), Sort("relevance")], ids=str
)
def test_stepping_to_the_older_day_never_comes_to_a_newer_one(zone: tzinfo, sort: Sort) -> None:
    rows = listed(MIXED, zone, sort)
    for place in range(len(rows)):
        for step in (1, -1):
            after = rows.days.first_of_day(place, step)
            here, there = day_at(rows, place, zone), day_at(rows, after, zone)
            if here == date.min:  # what has no day is neither older nor newer
                continue
            assert there <= here if step > 0 else there >= here
            if not any((day_at(rows, other, zone) - here).days * step < 0 for other in range(len(rows))):
                assert there == here


@pytest.mark.parametrize("name", ["newest", "oldest"])
@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_stepping_to_older_days_comes_to_the_head_of_each(name: str, zone: tzinfo) -> None:
    rows = listed(MIXED[:-1], zone, Sort(name))
    newest = max(range(len(rows)), key=lambda place: day_at(rows, place, zone))
    place, days = newest, [day_at(rows, newest, zone)]
    while day_at(rows, place, zone) > min(day_at(rows, other, zone) for other in range(len(rows))):
        place = rows.days.first_of_day(place, 1)
        assert rows.above(place, first=False)
        days.append(day_at(rows, place, zone))
    assert days == sorted({day_at(rows, other, zone) for other in range(len(rows))}, reverse=True)


@pytest.mark.parametrize("sort", [Sort("newest"), Sort("oldest"), Sort("oldest", reverse=True)], ids=str)
@pytest.mark.parametrize("days", [1, 3], ids=["one day", "three days"])
def test_a_step_by_a_day_looks_at_few_of_many_rows(sort: Sort, days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    told = [story(f"{number}.md", f"2024-03-0{number % days + 1} 10:00") for number in range(3000)]
    rows = listed([*told, story("undated.md", None)], UTC, sort)
    asked: list[int] = []
    read = Deck.story

    def counted(deck: Deck, doc: int) -> Story:
        asked.append(doc)
        return read(deck, doc)

    monkeypatch.setattr(Deck, "story", counted)
    for place in (0, 1, 1500, 2999, 3000):
        for step in (1, -1):
            asked.clear()
            rows.days.first_of_day(place, step)
            assert 0 < len(asked) < 100


def test_members_of_an_event_stand_under_the_day_of_its_row() -> None:
    told = [story("lead.md", "2024-03-06 10:00"), story("same.md", "2024-03-06 09:00"), story("next.md", "2024-03-03")]
    members = [story("member.md", "2024-03-05 10:00"), story("first.md", "2024-03-04 10:00")]
    deck = deck_of([*told, *members])
    docs = array("I", (0, 2, 3, 1, 4))
    assert [deck.story(doc).id for doc in docs] == ["lead.md", "member.md", "first.md", "same.md", "next.md"]
    rows = shown(Listing(deck, docs=docs, depths=bytes([0, 1, 1, 0, 0]), matching=docs), UTC)
    assert headings(rows) == ["── Wed 6 Mar 2024", "── Sun 3 Mar 2024"]
    assert [rows.days.first_of_day(place, 1) for place in range(5)] == [4, 4, 4, 4, 4]
    assert [rows.days.first_of_day(place, -1) for place in range(5)] == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_each_day_heads_what_is_similar_once(zone: tzinfo) -> None:
    moments = ["2024-02-05 20:00", "2024-02-05", "2024-02-05 03:00", "2024-02-04", "2024-02-04 18:00", "2024-02-06"]
    pieces = tuple(coverage(f"https://cnet.com/{n}", when, title=f"Old {n}") for n, when in enumerate(moments))
    own = story("a.md", "2024-03-05 10:00", related=pieces)
    indexed = index_deck(deck_of([own]))
    assert indexed is not None
    known = find_events(indexed)
    assert known is not None
    assert known.events is not None
    content = StoryContent(own, coverage_of(known.events, own), NOW, zone, everything=True)
    lines = [said(line) for line in story_lines(content, 100)]
    found = [line for line in lines if line.endswith(" Feb 2024")]
    assert len(found) == len(set(found)) > 1


def first_lines(rows: ListedStories) -> dict[str, str]:
    return {rows.story(place).id: "".join(text for text, _ in rows.row(place)[0].spans) for place in range(len(rows))}


@pytest.mark.parametrize("name", ["newest", "oldest"])
def test_headlines_have_the_room_of_the_times_where_no_story_has_one(name: str) -> None:
    dates = [Story(f"{day}.md", "Dated", published_at=at(f"2024-03-0{day} 00:00")) for day in (4, 5)]
    dates.append(Story("undated.md", "Undated"))
    assert first_lines(listed(dates, UTC, Sort(name)))["4.md"] == "     Dated"
    timed = first_lines(listed([*dates, story("timed.md", "2024-03-01 10:30")], UTC, Sort(name)))
    assert timed["4.md"] == "           Dated"
    assert timed["timed.md"].startswith("     10:30 ")
