"""Whatever covers a story, the pane shows each piece once, in its place, and its sums add up."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deck.events.event_stories import at, listing, story
from tests.deck.events.test_coverage import TEXT, events_of
from tui.deck.events.coverage import (
    StoryCoverage,
    axis_place,
    by_outlet,
    compare_headlines,
    coverage_of,
    distinct,
    fold_reprints,
    momentum,
    pace,
)
from tui.deck.events.events import Relation
from tui.model import Story

TITLES = (
    "Zephyrion outage locks Lisbon customers out",
    "UPDATE 1-Zephyrion outage locks Lisbon customers out",
    "Zephyrion login fault in Lisbon took six hours",
    "Notes on older matters of the sea",
)


@st.composite
def covered(draw: st.DrawFn) -> tuple[Story, tuple[Story, ...]]:
    """A story with what its card lists, and other cards of the folder, some of them listed."""
    pieces = [
        story(
            f"p{number}",
            draw(st.sampled_from(TITLES)),
            draw(st.one_of(st.none(), st.sampled_from((-2000.0, -1.0, 0.0, 0.5, 3.0, 30.0, 900.0)))),
            excerpt=draw(st.sampled_from((TEXT, ""))),
            outlet=draw(st.sampled_from(("Herald", "Wire", ""))),
            quality=draw(st.sampled_from((None, 10, 90))),
            time_known=draw(st.integers(0, 3)) > 0,
        )
        for number in range(draw(st.integers(1, 6)))
    ]
    mine = listing(pieces[0], *draw(st.permutations(pieces)))
    return mine, tuple(
        draw(st.lists(st.sampled_from(pieces[1:]), unique_by=lambda each: each.id)) if pieces[1:] else ()
    )


def shown(drawn: tuple[Story, tuple[Story, ...]]) -> StoryCoverage:
    mine, others = drawn
    return coverage_of(events_of(mine, *others), mine)


@settings(deadline=None, max_examples=50)
@given(covered())
def test_every_listed_piece_has_one_row_and_this_story_has_one(drawn: tuple[Story, tuple[Story, ...]]) -> None:
    found = shown(drawn)
    rows = [*found.timeline, *found.undated, *found.background, *found.later]
    urls = [row.url for row in rows]
    assert len(set(urls)) == len(urls)
    assert {drawn[0].url, *(item.url for item in drawn[0].related)} <= set(urls)
    assert [row.url for row in rows if row.this_story] == [drawn[0].url]
    cards = {each.url: each.id for each in (drawn[0], *drawn[1])}
    assert all(row.story_id == cards.get(row.url) for row in rows)


@settings(deadline=None, max_examples=50)
@given(covered())
def test_every_section_is_in_its_order_and_only_the_timeline_has_lags(drawn: tuple[Story, tuple[Story, ...]]) -> None:
    found = shown(drawn)
    lags = [row.lag for row in found.timeline if row.lag is not None]
    assert len(lags) == len(found.timeline)
    assert lags == sorted(lags)
    assert lags[:1] in ([], [timedelta()])
    assert [row.first for row in found.timeline] == [lag == timedelta() for lag in lags]
    assert not any(row.lag or row.first for row in (*found.undated, *found.background, *found.later))
    before = [row.published_at for row in found.background if row.published_at]
    after = [row.published_at for row in found.later if row.published_at]
    assert before == sorted(before, reverse=True)
    assert after == sorted(after)
    assert [row.published_at for row in found.background] == [*before, *[None] * (len(found.background) - len(before))]


@settings(deadline=None, max_examples=50)
@given(covered())
def test_sections_tell_what_came_before_this_story_and_what_after(drawn: tuple[Story, tuple[Story, ...]]) -> None:
    mine, found = drawn[0], shown(drawn)
    for section, relation in ((found.background, Relation.BACKGROUND), (found.later, Relation.LATER)):
        assert {row.relation for row in section} <= {relation}
    if mine.time_known and mine.published_at is not None:
        at_once = [row for row in (*found.background, *found.later) if row.time_known and row.published_at]
        assert all(
            (row.published_at > mine.published_at) == (row in found.later) for row in at_once if row.published_at
        )
    if mine.published_at is None:
        assert found.later == ()


@settings(deadline=None, max_examples=50)
@given(covered())
def test_folding_copies_and_telling_by_outlet_lose_no_piece(drawn: tuple[Story, tuple[Story, ...]]) -> None:
    rows = shown(drawn).timeline
    folded = fold_reprints(rows)
    assert sorted(row.url for row in (*folded, *(copy for row in folded for copy in row.reprints))) == sorted(
        row.url for row in rows
    )
    assert not any(copy.this_story for row in folded for copy in row.reprints)
    outlets = by_outlet(rows)
    assert sum(each.pieces for each in outlets) == len(rows)
    assert [each.first for each in outlets] == [
        row for place, row in enumerate(rows) if row.outlet not in {other.outlet for other in rows[:place]}
    ]
    for each in outlets:
        scores = [row.quality for row in rows if row.outlet == each.outlet and row.quality is not None]
        assert each.quality == (max(scores) if scores else None)


@settings(deadline=None, max_examples=50)
@given(covered(), st.integers(1, 9))
def test_the_chart_of_an_event_counts_every_piece_of_known_time_at_its_place(
    drawn: tuple[Story, tuple[Story, ...]], width: int
) -> None:
    found = shown(drawn)
    counts = momentum(found.event, width)
    assert (len(counts), sum(counts)) == (width, len(found.timeline))
    places = [axis_place(found.event, row.published_at, width) for row in found.timeline if row.published_at]
    assert places == sorted(places)
    assert all(0 <= place < width for place in places)
    if found.timeline:
        assert counts[0] >= 1
        assert found.event.span == timedelta() or counts[-1] >= 1
    speed = pace(found.event)
    assert (speed is None) == (len(found.timeline) < 2)
    assert speed is None or 0 < speed <= found.event.texts


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["Outage", "outages", "hit", "Lisbon", "–", "12", "(!)"]), max_size=6), max_size=4
    )
)
def test_the_parts_of_headlines_are_the_headlines(words: list[list[str]]) -> None:
    titles = [" ".join(each) for each in words]
    compared = compare_headlines(titles)
    assert ["".join(part.text for part in parts) for parts in compared] == titles
    assert not any(part.added for part in (compared[0] if compared else ()))
    again = compare_headlines([*titles, *titles])[len(titles) :]
    assert not any(part.added for parts in again for part in parts)


@pytest.mark.parametrize("related", [(), ("mine",), ("mine", "mine")])
def test_what_lists_only_itself_has_nothing_distinct(related: tuple[str, ...]) -> None:
    mine = story("mine", "Title")
    assert distinct(listing(mine, *(mine for _ in related))) == ()


def test_items_without_a_link_are_all_kept() -> None:
    bare = [story(name, f"Title of {name}", url="") for name in ("a", "b", "a")]
    assert [item.title for item in distinct(listing(story("mine", "T"), *bare))] == [each.title for each in bare]


def test_the_chart_of_an_event_at_one_moment_has_all_at_its_start() -> None:
    mine = listing(story("mine", TITLES[0], 0, excerpt=TEXT), story("b", TITLES[0], 0, excerpt=TEXT))
    event = shown((mine, ())).event
    assert momentum(event, 4) == (2, 0, 0, 0)
    assert axis_place(event, at(5), 4) == 0
