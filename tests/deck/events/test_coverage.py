from datetime import timedelta

import pytest
from msgspec import structs

from tests.deck.events.event_stories import at, coverage, listing, story
from tui.deck.events.build import build_events
from tui.deck.events.coverage import (
    StoryCoverage,
    axis_place,
    by_outlet,
    compare_headlines,
    coverage_of,
    distinct,
    fold_reprints,
    momentum,
    outlets_told,
    pace,
)
from tui.deck.events.events import Events
from tui.model import Outlet, Story

TEXT = "A fault in the Zephyrion login system kept customers in Lisbon and Porto out for six hours."


def piece(name: str, hours: float | None, title: str = "", *, time_known: bool = True) -> Story:
    headline = title or "Zephyrion outage locks Lisbon customers out"
    return story(name, headline, hours, excerpt=TEXT, time_known=time_known)


def events_of(*stories: Story) -> Events:
    events = build_events(stories)
    assert events is not None
    return events


def told(mine: Story, *others: Story) -> StoryCoverage:
    return coverage_of(events_of(mine, *others), mine)


def test_the_timeline_runs_from_the_first_piece_with_lags_and_marks_this_story() -> None:
    mine = listing(piece("mine", 2), piece("late", 27), piece("first", 0))

    rows = told(mine).timeline

    assert [row.outlet for row in rows] == ["First", "Mine", "Late"]
    assert [row.lag for row in rows] == [timedelta(), timedelta(hours=2), timedelta(hours=27)]
    assert [row.first for row in rows] == [True, False, False]
    assert [row.this_story for row in rows] == [False, True, False]
    assert [row.story_id for row in rows] == [None, "mine.md", None]


def test_pieces_of_unknown_time_stand_apart_and_are_never_first() -> None:
    mine = listing(piece("mine", 2), piece("day", -8, time_known=False), piece("late", 3))

    found = told(mine)

    assert [row.outlet for row in found.timeline] == ["Mine", "Late"]
    assert [(row.outlet, row.lag, row.first) for row in found.undated] == [("Day", None, False)]
    assert found.timeline[0].first


def test_an_event_without_any_known_time_has_no_first() -> None:
    mine = listing(piece("mine", 0, time_known=False), piece("other", 0, time_known=False))

    found = told(mine)

    assert found.timeline == ()
    assert [row.first for row in found.undated] == [False, False]


def test_the_timeline_has_what_only_another_card_of_the_event_lists() -> None:
    second = listing(piece("second", 1), piece("third", 2))
    mine = listing(piece("mine", 0), second)

    rows = told(mine, second).timeline

    assert [(row.outlet, row.story_id) for row in rows] == [
        ("Mine", "mine.md"),
        ("Second", "second.md"),
        ("Third", None),
    ]


def test_other_related_items_are_background_newest_first_and_later_oldest_first() -> None:
    names = {"older": -3000, "old": -1000, "soon": 1000, "sooner": 800, "undated": None}
    others = [story(name, f"Notes on {name} matters", hours) for name, hours in names.items()]

    found = told(listing(piece("mine", 0), *others))

    assert [row.outlet for row in found.background] == ["Old", "Older", "Undated"]
    assert [row.outlet for row in found.later] == ["Sooner", "Soon"]
    assert {row.lag for row in (*found.background, *found.later)} == {None}


def test_a_link_listed_twice_or_leading_to_the_story_itself_is_shown_once() -> None:
    other = story("other", "Notes on other matters", -1000)
    mine = piece("mine", 0)
    mine = listing(mine, other, other, mine)

    assert [item.outlet.name for item in distinct(mine)] == ["Other"]
    assert len(told(mine).background) == 1


def test_a_story_alone_has_itself_as_its_timeline() -> None:
    found = told(piece("mine", 0))

    assert [row.this_story for row in found.timeline] == [True]
    assert (found.undated, found.background, found.later) == ((), (), ())


def test_a_story_of_another_deck_is_refused() -> None:
    with pytest.raises(KeyError):
        coverage_of(events_of(piece("mine", 0)), piece("other", 0))


def test_copies_fold_into_the_first_row_and_this_story_stays_in_sight() -> None:
    wire = [piece(name, hours) for hours, name in enumerate(("wire", "mine", "herald"))]
    own = piece("own", 4, "How the Zephyrion login fault in Lisbon and Porto began")
    mine = listing(wire[1], wire[0], wire[2], own)

    rows = fold_reprints(told(mine).timeline)

    assert [(row.outlet, [copy.outlet for copy in row.reprints]) for row in rows] == [
        ("Mine", ["Wire", "Herald"]),
        ("Own", []),
    ]


def test_each_outlet_has_one_row_with_its_best_piece() -> None:
    mine = listing(
        piece("mine", 0),
        story("a", "Zephyrion outage locks Lisbon customers out", 1, excerpt=TEXT, outlet="Herald", quality=None),
        story("b", "Zephyrion outage locks Lisbon customers out", 2, excerpt=TEXT, outlet="Herald", quality=40),
    )

    outlets = by_outlet(told(mine).timeline)

    assert [(row.outlet, row.pieces, row.quality, row.first.lag) for row in outlets] == [
        ("Mine", 1, None, timedelta()),
        ("Herald", 2, 40, timedelta(hours=1)),
    ]


def test_headlines_show_what_each_adds_to_those_before_it() -> None:
    titles = ["Zephyrion outage hits Lisbon", "Outages of Zephyrion hit Lisbon, Porto and 12 towns", "Lisbon"]

    compared = compare_headlines(titles)

    assert ["".join(part.text for part in parts) for parts in compared] == titles
    assert [[part.text for part in parts if part.added] for parts in compared] == [
        [],
        ["Porto and 12 towns"],
        [],
    ]


def test_momentum_counts_pieces_over_time_and_leaves_out_unknown_times() -> None:
    mine = listing(piece("mine", 0), piece("b", 1), piece("c", 2), piece("d", 10), piece("e", -8, time_known=False))
    event = told(mine).event

    assert momentum(event, 5) == (2, 1, 0, 0, 1)
    assert sum(momentum(event, 1)) == 4
    assert pace(event) == pytest.approx(event.texts / 10)


def test_the_axis_fits_the_pane() -> None:
    event = told(listing(piece("mine", 0), piece("b", 10))).event

    assert [axis_place(event, at(hours), 21) for hours in (0, 5, 10)] == [0, 10, 20]
    assert [axis_place(event, at(hours), 21) for hours in (-3, 30)] == [0, 20]
    assert axis_place(told(piece("mine", 0)).event, at(0), 21) == 0


def test_a_row_of_an_item_that_is_a_card_leads_there() -> None:
    other = story("other", "Notes on other matters", -1000)
    mine = listing(piece("mine", 0), other)

    (row,) = told(mine, other).background

    assert (row.story_id, row.url, row.title) == ("other.md", coverage(other).url, "Notes on other matters")


def broadcast(*outlets: Outlet) -> list[Story]:
    """One piece of news on each of these outlets."""
    return [structs.replace(piece(f"p{place}", place), outlet=outlet) for place, outlet in enumerate(outlets)]


HOUSE = (
    Outlet(name="Zephyr News", domain="news.zephyr.co.uk"),
    Outlet(name="Zephyr Sport", domain="Sport.Zephyr.co.uk"),
    Outlet(name="The Herald"),
    Outlet(name="Alice", domain="alice.github.io"),
    Outlet(name="Bob", domain="bob.github.io"),
)


def test_addresses_of_one_house_count_as_one_outlet_and_are_listed() -> None:
    cards = broadcast(*HOUSE)

    event = events_of(*cards).of_story("p0.md")

    assert event is not None
    assert (event.outlets, len(event.members)) == (4, 5)
    assert outlets_told(event) == "zephyr.co.uk (Zephyr News, Zephyr Sport), The Herald, Alice, Bob"


@pytest.mark.parametrize(
    "url",
    ["https://WWW.Wire.example/a", "https://wire.example/a/?utm_source=x", "https://www.wire.example/a#top"],
)
def test_copies_fold_into_their_original_however_its_link_is_written(url: str) -> None:
    text = "Zephyrion has told the Lisbon exchange that a fault in its login system kept all of its customers out."
    first = story("wire", "Zephyrion locks its Lisbon customers out for a day", 0, excerpt=text, url=url)
    copy = story("herald", first.title, 1, excerpt=text)
    mine = listing(story("mine", "Zephyrion outage in Lisbon: customers locked out of accounts", 2), first, copy)
    rows = [(row.outlet, [each.outlet for each in row.reprints]) for row in fold_reprints(told(mine).timeline)]
    assert ("Wire", ["Herald"]) in rows
