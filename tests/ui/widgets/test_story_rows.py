"""A row of the list: its marks, time and headline, then as many facts as fit, the most telling first."""

from datetime import UTC, date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stories import coverage, story
from tui.deck.analysis import find_events, index_deck
from tui.deck.deck import DeckBuilder
from tui.deck.events.events import Event
from tui.deck.outlets import Bylines
from tui.deck.query.parse import parse
from tui.model import Outlet
from tui.text.sanitize import clean_line
from tui.ui.widgets.lines import MATCH, cell_width, to_ascii
from tui.ui.widgets.row_facts import RowState, ordered_by
from tui.ui.widgets.story_rows import compact_lines, highlights_of, row_lines

TITLE = "Clearview has its client list stolen by an intruder"


def rows(state: RowState, width: int = 60, **fields: object) -> list[str]:
    told = msgspec.structs.replace(story("a.md", title=TITLE, topics=("AI", "Privacy")), **fields)
    return ["".join(text for text, _style in line.spans).rstrip() for line in row_lines(told, width, "16:55", state)]


def compact(state: RowState, width: int = 60) -> str:
    told = story("a.md", title=TITLE)
    (line,) = compact_lines(told, width, "16:55", state)
    assert cell_width("".join(text for text, _style in line.spans)) == width
    return "".join(text for text, _style in line.spans).rstrip()


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
        (RowState(), "     16:55"),
        (RowState(unread=True), " ●   16:55"),
        (RowState(starred=True, unread=True), " ●★  16:55"),
        (RowState(picked=True, starred=True), "  ★◆ 16:55"),
        (RowState(unread=True, starred=True, picked=True), " ●★◆ 16:55"),
        (RowState(depth=1), "       16:55"),
    ],
)
def test_each_mark_has_a_column_before_the_time(state: RowState, signs: str) -> None:
    assert rows(state, 80)[0] == f"{signs} {TITLE}"
    assert compact(state, 74).startswith(f"{signs} {TITLE[:40]}")


def test_all_marks_of_a_row_differ_without_colour_in_plain_ascii_too() -> None:
    states = [
        RowState(unread=u, starred=s, picked=p) for u in (False, True) for s in (False, True) for p in (False, True)
    ]
    for show in (rows, compact):
        assert len({to_ascii(str(show(state, 40))) for state in states}) == len(states)


@pytest.mark.parametrize(
    ("width", "facts"),
    [
        (90, "Ars Technica · 3 outlets in 1:56 · ▸ 2 cards · █     ██ · AI · Privacy"),
        (79, "Ars Technica · 3 outlets in 1:56 · ▸ 2 cards · AI · Privacy"),
        (68, "Ars Technica · 3 outlets in 1:56 · ▸ 2 cards · AI +1"),
        (60, "Ars Technica · 3 outlets in 1:56 · ▸ 2 cards"),
        (54, "Ars Technica · 3 outlets in 1:56"),
        (42, "Ars Technica · 3 outlets"),
        (34, "Ars Techni… · 3 outlets"),
        (26, "Ars Tech… · 3 outlets"),
        (22, "Ars… · 3 outlets"),
        (20, "3 outlets"),
    ],
)
def test_sparkline_topics_cards_span_and_the_name_give_way_in_this_order(width: int, facts: str) -> None:
    told = event()
    state = RowState(event=msgspec.structs.replace(told, members=told.members * 2), cards=2)
    lines = rows(state, width)
    assert lines[-1].strip() == facts
    assert all(cell_width(line) <= width for line in lines)


@given(st.integers(21, 160), st.integers(2, 999), st.booleans(), st.integers(0, 5), st.text(max_size=60))
def test_however_narrow_a_row_is_it_tells_its_outlets(
    width: int, outlets: int, expanded: bool, topics: int, name: str
) -> None:
    told = msgspec.structs.replace(event(), outlets=outlets)
    state = RowState(event=told, cards=outlets, expanded=expanded)
    if expanded:
        ordered = ("burst 1,600 an hour", str(outlets))
        state = msgspec.structs.replace(state, day=date(2020, 9, 26), ordered=ordered, fresh=12)
    shown = rows(state, width, outlet=Outlet(clean_line(name)), topics=("A topic of several words",) * topics)
    assert f"{outlets} outlets" in shown[-1]
    assert all(cell_width(line) <= width for line in shown)
    assert compact(state, width).endswith(f" {outlets}")


@pytest.mark.parametrize(
    ("order", "words", "short"),
    [
        ("quality", "quality 87", "87"),
        ("heat", "heat –", "–"),
        ("burst", "burst 1.6 an hour", "1.6/h"),
        ("first", "first 26 Feb 2020 14:59", "2020-02-26"),
        ("outlets", "3 outlets in 1:56", "3"),
        ("newest", "3 outlets in 1:56", "3"),
    ],
)
def test_a_row_shows_what_the_list_is_ordered_by(order: str, words: str, short: str) -> None:
    told = msgspec.structs.replace(story("a.md", title=TITLE), quality=87)
    state = RowState(event=event(), ordered=ordered_by(order, told, event(), UTC))
    assert f" · {words}" in rows(state, 80)[-1]
    assert compact(state, 80).endswith(f" {short}")


@pytest.mark.parametrize("order", ["burst", "first"])
def test_a_row_says_that_it_has_nothing_of_what_the_list_is_ordered_by(order: str) -> None:
    for known in (None, msgspec.structs.replace(event(), members=(), first=None)):
        assert ordered_by(order, story("a.md"), known, UTC) == (f"{order} –", "–")
    assert ordered_by("outlets", story("a.md"), None, UTC) == ("1 outlet", "1")


def test_a_compact_row_is_one_line_with_what_there_is_to_count_at_its_end() -> None:
    state = RowState(event=event(), cards=2, fresh=1)
    assert compact(state, 60) == "     16:55 Clearview has its client list stolen by…  +1 ▸  3"
    assert compact(state, 37) == "     16:55 Clearview has its c… +1  3"
    assert compact(state, 24) == "     Clearview ha… +1  3"
    assert compact(RowState(), 110).endswith(f"{TITLE}{' ' * 19}Ars Technica")


@pytest.mark.parametrize(
    ("unread", "cards", "end"), [(4, 19, " ▸ 4/19  3"), (1, 2, " ▸ 1/2  3"), (0, 2, " ▸  3"), (2, 2, " ▸  3")]
)
@pytest.mark.parametrize("width", [38, 60, 110])
def test_a_compact_row_tells_how_many_of_its_stories_are_unread_where_only_some_are(
    unread: int, cards: int, end: str, width: int
) -> None:
    state = RowState(event=event(), cards=cards, unread_cards=unread)
    shown = compact(state, width)
    assert shown.endswith(end)
    assert cell_width(shown) == width


def test_what_is_new_and_what_is_special_is_told() -> None:
    assert "3 outlets in 1:56 · +2 new" in rows(RowState(event=event(), fresh=2), 80)[-1]
    assert "▾ 2 cards" in rows(RowState(event=event(), cards=2, expanded=True), 80)[-1]
    assert "· video" in rows(RowState(), kind="video")[-1]
    assert "· removed" in rows(RowState(), removed=True)[-1]
    assert "· 1 related" in rows(RowState(), related=(coverage("https://cnet.com/a"),))[-1]


def test_where_no_heading_tells_the_day_the_row_does() -> None:
    day = date(2020, 2, 6)
    assert "Ars Technica · 6 Feb 2020 · AI" in rows(RowState(day=day), 60)[-1]
    assert rows(RowState(day=day), 37)[-1].strip() == "Ars Technica · 6 Feb 2020"
    assert rows(RowState(day=day), 34)[-1].strip() == "Ars Technica · Feb 2020"


def test_a_row_that_tells_its_month_before_the_headline_keeps_its_outlet_rather_than_the_day() -> None:
    state = RowState(day=date(2020, 2, 6), dated=True, event=event())
    assert rows(state, 80)[-1].strip().startswith("Ars Technica · 3 outlets in 1:56 · 6 Feb 2020")
    assert rows(state, 44)[-1].strip() == "Ars Technica · 3 outlets"
    assert rows(state, 34)[-1].strip() == "Ars Techni… · 3 outlets"


def test_a_headline_takes_three_lines_at_most_and_says_that_it_goes_on() -> None:
    lines = rows(RowState(), 30, title="word " * 40)
    assert len(lines) == 4
    assert lines[2].endswith("…")


def test_where_there_is_no_room_for_the_time_it_is_left_out() -> None:
    lines = rows(RowState(unread=True), 20)
    assert lines[0] == " ●   Clearview has"
    assert all(cell_width(line) <= 20 for line in lines)


@pytest.mark.parametrize("width", range(4, 40, 3))
def test_a_row_is_never_wider_than_its_room(width: int) -> None:
    state = RowState(event=event(), cards=2, starred=True, fresh=3)
    for line in row_lines(story("a.md", title=TITLE * 3, outlet="An outlet of a long name"), width, "16:55", state):
        assert cell_width("".join(text for text, _style in line.spans)) <= max(width, 4)


@pytest.mark.parametrize(
    ("bylines", "fields", "said"),
    [
        (Bylines(), {"topics": ()}, "unknown outlet"),
        (Bylines(names_outlets=False), {"topics": ("AI",)}, "AI"),
        (Bylines(names_outlets=False), {"id": "notes/a.md", "topics": ("AI",)}, "notes · AI"),
        (Bylines(names_outlets=False), {"outlet": Outlet(authors=("A. Writer",)), "topics": ()}, "A. Writer"),
        (Bylines(names_outlets=False), {"topics": (), "kind": "video"}, "video"),
    ],
)
def test_of_a_folder_without_outlets_no_row_says_so(bylines: Bylines, fields: dict[str, object], said: str) -> None:
    lines = rows(RowState(bylines=bylines), 90, **{"outlet": Outlet(), "url": "", "related": (), **fields})
    assert [line.strip() for line in lines[1:]] == [said]


def test_a_row_with_nothing_to_say_but_its_headline_is_that_alone() -> None:
    fields = {"outlet": Outlet(), "url": "", "topics": (), "related": ()}
    (line,) = rows(RowState(bylines=Bylines(names_outlets=False)), 90, **fields)
    assert line.endswith(TITLE)


def test_a_wide_compact_row_without_a_byline_leaves_its_room_to_the_headline() -> None:
    told = msgspec.structs.replace(story("a.md", title=TITLE * 3), outlet=Outlet(), url="")
    shown = {}
    for names_outlets in (True, False):
        state = RowState(bylines=Bylines(names_outlets=names_outlets), ordered=("quality 87", "87"))
        (line,) = compact_lines(told, 120, "16:55", state)
        shown[names_outlets] = "".join(text for text, _style in line.spans)
        assert cell_width(shown[names_outlets]) == 120
        assert shown[names_outlets].endswith("87")
    assert "unknown outlet" in shown[True]
    assert "unknown outlet" not in shown[False]
    assert shown[False].index("…") > shown[True].index("…") + 20


@pytest.mark.parametrize("width", [24, 36, 43, 58])
@pytest.mark.parametrize(
    "headline",
    [
        "Intruder takes the client list",
        "Thousands of clients of a firm for faces may have lost their data to an intruder",
        "雲端資料庫的數千名客戶 資料可能已經外洩 給一名 intruder 據稱",
        f"{'Unbroken' * 9} intruder in the end",
    ],
)
def test_a_compact_row_shows_the_word_that_a_related_piece_was_found_by(headline: str, width: int) -> None:
    told = story("a.md", title=TITLE, related=(coverage("https://cnet.com/a", title=headline),))
    lines = compact_lines(told, width, "16:55", RowState(related=True), highlights_of(parse("intrud").expr))
    assert len(lines) == 2
    spans = lines[1].spans
    assert cell_width("".join(text for text, _style in spans)) <= width
    assert [text.casefold() for text, style in spans if style == MATCH] == ["intrud"]
