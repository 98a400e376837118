"""A row of the list: its marks, time and headline, then as many facts as fit, the most telling first."""

from datetime import UTC, date

import msgspec
import pytest

from tests.stories import coverage, story
from tui.deck.analysis import find_events, index_deck
from tui.deck.deck import DeckBuilder
from tui.deck.events.events import Event
from tui.model import Outlet
from tui.ui.widgets.lines import cell_width
from tui.ui.widgets.story_rows import RowState, outlet_name, row_lines

TITLE = "Clearview has its client list stolen by an intruder"


def rows(state: RowState, width: int = 60, **fields: object) -> list[str]:
    told = msgspec.structs.replace(story("a.md", title=TITLE, topics=("AI", "Privacy")), **fields)
    return ["".join(text for text, _style in line.spans).rstrip() for line in row_lines(told, width, UTC, state)]


def event() -> Event:
    related = (
        msgspec.structs.replace(
            coverage("https://cnet.com/a", "2020-02-26 16:40", title="Clearview client list stolen by intruder"),
            outlet=Outlet("CNET", "cnet.com"),
        ),
        msgspec.structs.replace(
            coverage("https://zdnet.com/a", "2020-02-26 14:59", title="Clearview says client list was stolen"),
            outlet=Outlet("ZDNet", "zdnet.com"),
        ),
    )
    builder = DeckBuilder()
    builder.add([story("a.md", title=TITLE, related=related)])
    indexed = index_deck(builder.deck())
    assert indexed is not None
    known = find_events(indexed)
    assert known is not None
    found = known.event("a.md")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("state", "signs"),
    [
        (RowState(), "   16:55"),
        (RowState(unread=True), " ● 16:55"),
        (RowState(starred=True, unread=True), " ★ 16:55"),
        (RowState(picked=True, starred=True), " ◆ 16:55"),
        (RowState(depth=1), "     16:55"),
    ],
)
def test_marks_stand_before_the_time(state: RowState, signs: str) -> None:
    assert rows(state, 80)[0] == f"{signs} {TITLE}"


@pytest.mark.parametrize(
    ("width", "facts"),
    [
        (80, "Ars Technica · 3 outlets in 1 h 56 · ▸ 2 cards · AI · Privacy"),
        (60, "Ars Technica · 3 outlets in 1 h 56 · ▸ 2 cards"),
        (44, "Ars Technica · 3 outlets in 1 h 56"),
        (43, "Ars Technica · 3 outlets in 1 h 56"),
        (42, "Ars Technica · 3 outlets · AI +1"),
        (34, "Ars Technica · 3 outlets"),
        (30, "Ars Technica · AI +1"),
    ],
)
def test_as_many_facts_as_fit_the_number_of_outlets_first(width: int, facts: str) -> None:
    state = RowState(event=event(), cards=2)
    lines = rows(state, width)
    assert lines[-1].strip() == facts
    assert all(cell_width(line) <= width for line in lines)


def test_what_is_new_and_what_is_special_is_told() -> None:
    assert "+2 new · 3 outlets in 1 h 56" in rows(RowState(event=event(), fresh=2), 80)[-1]
    assert "▾ 2 cards" in rows(RowState(event=event(), cards=2, expanded=True), 80)[-1]
    assert "· video" in rows(RowState(), kind="video")[-1]
    assert "· removed" in rows(RowState(), removed=True)[-1]
    assert "· 1 related" in rows(RowState(), related=(coverage("https://cnet.com/a"),))[-1]


def test_where_no_heading_tells_the_day_the_row_does() -> None:
    day = date(2020, 2, 6)
    assert "Ars Technica · 6 Feb 2020 · AI" in rows(RowState(day=day), 60)[-1]
    assert rows(RowState(day=day), 35)[-1].strip() == "Ars Technica · 6 Feb 2020"
    assert rows(RowState(day=day), 33)[-1].strip() == "Ars Technica · Feb 2020"


def test_a_headline_takes_three_lines_at_most_and_says_that_it_goes_on() -> None:
    lines = rows(RowState(), 30, title="word " * 40)
    assert len(lines) == 4
    assert lines[2].endswith("…")


def test_where_there_is_no_room_for_the_time_it_is_left_out() -> None:
    lines = rows(RowState(unread=True), 20)
    assert lines[0] == " ● Clearview has its"
    assert all(cell_width(line) <= 20 for line in lines)


@pytest.mark.parametrize("width", range(4, 40, 3))
def test_a_row_is_never_wider_than_its_room(width: int) -> None:
    state = RowState(event=event(), cards=2, starred=True, fresh=3)
    for line in row_lines(story("a.md", title=TITLE * 3, outlet="An outlet of a long name"), width, UTC, state):
        assert cell_width("".join(text for text, _style in line.spans)) <= max(width, 4)


@pytest.mark.parametrize(
    ("outlet", "url", "name"),
    [
        (Outlet("Wire", "wire.example", authors=("A. Writer",)), "", "Wire"),
        (Outlet(authors=("A. Writer",)), "https://example.org/a", "example.org"),
        (Outlet(authors=("A. Writer", "B. Writer", "C. Writer")), "", "A. Writer, B. Writer"),
        (Outlet(), "", "unknown outlet"),
    ],
)
def test_where_no_outlet_is_known_whoever_wrote_it_stands_for_it(outlet: Outlet, url: str, name: str) -> None:
    assert outlet_name(outlet, url) == name
