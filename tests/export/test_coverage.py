"""The coverage of a story outside the reader: the same event first, in time order, with its sums in the headings."""

import pytest
from hypothesis import given, settings

from tests.deck.events.event_stories import at, listing, story
from tests.deck.events.test_coverage import TEXT, events_of
from tests.deck.events.test_coverage_laws import TITLES, covered
from tui.deck.events.coverage import distinct
from tui.deck.events.events import Event, Relation
from tui.export.coverage import (
    coverage_sections,
    event_heading,
    lag_minutes,
    lag_text,
    listed_coverage,
    whole_coverage,
)
from tui.model import Story

ORDER = [Relation.SAME_EVENT, Relation.LATER, Relation.BACKGROUND]


@settings(deadline=None, max_examples=40)
@given(covered())
def test_a_card_tells_all_it_lists_once_and_the_same_event_first(drawn: tuple[Story, tuple[Story, ...]]) -> None:
    mine, others = drawn
    rows = listed_coverage(events_of(mine, *others), mine)
    assert sorted(row.url for row in rows) == sorted(item.url for item in distinct(mine))
    assert not any(row.this_story for row in rows)
    places = [ORDER.index(row.relation) for row in rows]
    assert places == sorted(places)
    for relation in ORDER:
        times = [row.published_at for row in rows if row.relation is relation and row.published_at]
        if relation is Relation.SAME_EVENT:
            times = [row.published_at for row in rows if row.lag is not None and row.published_at]
        assert times == sorted(times, reverse=relation is Relation.BACKGROUND)


@settings(deadline=None, max_examples=40)
@given(covered())
def test_sections_hold_all_that_is_known_and_their_headings_count_it(drawn: tuple[Story, tuple[Story, ...]]) -> None:
    mine, others = drawn
    events = events_of(mine, *others)
    (heading, same), *similar = coverage_sections(events, mine)
    event = events.of_story(mine.id)
    assert event is not None
    assert heading.startswith(f"Same event: {event.outlets} outlet")
    assert len(same) == len(event.members)
    for title, rows in similar:
        assert title.endswith(f": {len(rows)} piece{'s' if len(rows) != 1 else ''}")
        assert rows
    assert [row for rows in (same, *(rows for _title, rows in similar)) for row in rows] == list(
        whole_coverage(events, mine)
    )


@settings(deadline=None, max_examples=40)
@given(covered())
def test_a_copy_names_the_link_of_its_original_which_is_of_the_same_event(
    drawn: tuple[Story, tuple[Story, ...]],
) -> None:
    mine, others = drawn
    events = events_of(mine, *others)
    whole = whole_coverage(events, mine)
    originals = {row.url for row in whole if row.relation is Relation.SAME_EVENT and not row.reprint_of}
    copies = [row for row in (*whole, *listed_coverage(events, mine)) if row.reprint_of]
    assert {row.reprint_of for row in copies} <= originals
    assert not any(row.reprint_of == row.url for row in copies)


def test_a_lag_is_told_in_words_and_in_whole_minutes_and_only_where_it_is_known() -> None:
    pieces = [story(f"p{n}", TITLES[0], hours, excerpt=TEXT) for n, hours in enumerate((0, 0.47, 27.5))]
    day = story("day", TITLES[0], -8, excerpt=TEXT, time_known=False)
    mine = listing(pieces[0], *pieces[1:], day, story("old", "Notes on older matters", -900))
    told = [(row.url, lag_text(row), lag_minutes(row)) for row in whole_coverage(events_of(mine), mine)]
    assert told == [
        (pieces[0].url, "first", 0),
        (pieces[1].url, "+0:28", 28),
        (pieces[2].url, "+1 d 3 h", 1650),
        (day.url, "", None),
        ("https://old.example/page", "", None),
    ]


@pytest.mark.parametrize(
    ("hours", "outlets", "texts", "heading"),
    [
        (None, 1, 1, "Same event: 1 outlet"),
        (0, 2, 1, "Same event: 2 outlets, 1 text"),
        (3.94, 2, 2, "Same event: 2 outlets in 3:56"),
        (3.94, 6, 5, "Same event: 6 outlets, 5 texts in 3:56"),
        (0.016, 2, 2, "Same event: 2 outlets"),
        (0.42, 1200, 1200, "Same event: 1,200 outlets in 0:25"),
        (70, 1, 2, "Same event: 1 outlet, 2 texts in 2 d 22 h"),
    ],
)
def test_an_event_is_told_in_numbers(hours: float | None, outlets: int, texts: int, heading: str) -> None:
    first, last = (None, None) if hours is None else (at(0), at(hours))
    event = Event("a.md", (), "a.md", "the only card", ("a.md",), first, last, outlets, texts)
    assert event_heading(event) == heading


def test_a_story_of_another_folder_is_refused() -> None:
    mine = story("mine", TITLES[0])
    for tell in (listed_coverage, whole_coverage, coverage_sections):
        with pytest.raises(KeyError):
            tell(events_of(mine), story("other", TITLES[0]))
