"""What the deck screen knows, step by step, without a screen; and the place a reader leaves it at."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.config.actions import ACTIONS, LETTER_ACTIONS
from tui.deck.analysis import Analysis, find_events, index_deck
from tui.deck.deck import Deck
from tui.deck.search.sorting import SORTS, Sort
from tui.deck.view import Lister, View
from tui.model import Outlet, Story
from tui.session import FolderState
from tui.ui.deck.state import (
    FINDING_COMMANDS,
    TYPING_COMMANDS,
    ClearPicks,
    DeckState,
    ExtendTrail,
    FailLoading,
    ForgetArrivals,
    Intent,
    MoveFocus,
    ShowView,
    StartTrail,
    TakeAnalysis,
    TakeFolder,
    TakeListing,
    TakeNews,
    TogglePick,
    WalkTrail,
    can_run,
    place_of,
    place_text,
    step,
)

NOW = datetime(2021, 9, 1, tzinfo=UTC)


def deck_of(*ids: str) -> Deck:
    return Deck([Story(name, name, f"https://example.com/{name}", Outlet("E", "example.com"), NOW) for name in ids])


def after(state: DeckState, *intents: Intent) -> DeckState:
    for intent in intents:
        state = step(state, intent)
    return state


def on(*ids: str) -> DeckState:
    return step(DeckState(), TakeFolder(FolderState(deck_of(*ids))))


def test_a_step_leaves_the_state_before_it_as_it_was() -> None:
    before = on("a", "b")
    later = after(before, TogglePick("a"), StartTrail("a"), ExtendTrail("b"))
    assert (before.picked, before.trail) == (frozenset(), ())
    assert (later.picked, later.trail) == (frozenset({"a"}), ("a", "b"))


def test_a_folder_that_fails_is_not_loading_any_more() -> None:
    state = step(DeckState(), FailLoading("It is not there."))
    assert (state.loading, state.failure) == (False, "It is not there.")


def test_a_listing_of_an_earlier_deck_or_view_is_not_shown() -> None:
    state = on("a", "b")
    listing = Lister(lambda: NOW).plain(state.deck, state.view)
    assert step(state, TakeListing(listing)).listing is listing
    for changed in (on("a", "b"), step(state, ShowView(View(grouped=False)))):
        assert step(changed, TakeListing(listing)) is changed


def test_the_same_view_again_changes_nothing() -> None:
    state = step(DeckState(), ShowView(View("cloud", Sort("oldest"))))
    assert step(state, ShowView(View("cloud", Sort("oldest")))) is state


def test_an_analysis_is_kept_until_there_is_a_newer_one_and_never_taken_for_another_deck() -> None:
    state = on("a")
    indexed = index_deck(state.deck)
    assert indexed is not None
    known = step(state, TakeAnalysis(indexed))
    assert known.own_analysis is indexed
    whole = find_events(indexed)
    assert whole is not None
    known = step(known, TakeAnalysis(whole))
    assert known.own_analysis is whole
    later = step(known, TakeFolder(FolderState(deck_of("a", "b"))))
    assert (later.analysis, later.own_analysis) == (whole, None)
    assert step(later, TakeAnalysis(indexed)) is later


def test_events_that_come_without_an_index_leave_the_index_that_was_made_for_a_query() -> None:
    state = on("a")
    indexed = index_deck(state.deck)
    assert indexed is not None
    whole = find_events(indexed)
    assert whole is not None
    early = Analysis(state.deck, None, whole.events, whole.grouping)
    known = step(step(state, TakeAnalysis(indexed)), TakeFolder(FolderState(state.deck, early))).own_analysis
    assert known is not None
    assert (known.events, known.index) == (whole.events, indexed.index)


@pytest.mark.parametrize(
    ("intents", "shown"),
    [
        ((), "c"),
        ((WalkTrail(-1),), "b"),
        ((WalkTrail(-1), WalkTrail(-1), WalkTrail(-1)), "a"),
        ((WalkTrail(1),), "c"),
        ((WalkTrail(-1), WalkTrail(1)), "c"),
        ((WalkTrail(-1), WalkTrail(-1), ExtendTrail("d"), WalkTrail(1)), "d"),
        ((StartTrail("d"), WalkTrail(-1)), "d"),
    ],
)
def test_the_way_from_story_to_story_is_walked_back_and_forth(intents: Sequence[Intent], shown: str) -> None:
    state = after(on(*"abcd"), StartTrail("a"), ExtendTrail("b"), ExtendTrail("c"), *intents)
    assert state.trail[state.trail_at] == shown


def test_a_story_that_was_removed_is_stepped_over_on_the_way_back() -> None:
    state = after(on(*"abc"), StartTrail("a"), ExtendTrail("b"), ExtendTrail("c"))
    state = after(state, TakeFolder(FolderState(deck_of("a", "c"))), WalkTrail(-1))
    assert state.trail[state.trail_at] == "a"
    assert step(state, WalkTrail(-1)) is state


def test_picks_are_taken_back_one_by_one_or_all_at_once() -> None:
    state = after(on(*"abc"), TogglePick("a"), TogglePick("b"), TogglePick("a"), TogglePick("gone"))
    assert [story.id for story in state.picked_stories()] == ["b"]
    assert step(state, ClearPicks()).picked == frozenset()


def test_arrivals_add_up_until_they_are_seen_and_those_removed_are_left_out() -> None:
    state = after(on(*"abc"), TakeNews(("a",)), TakeNews(("b", "gone"), "It is not there."))
    assert (state.arrived, state.unreadable) == (("a", "b"), "It is not there.")
    assert step(state, TakeNews()).unreadable == ""
    assert step(state, ForgetArrivals()).arrived == ()


def test_a_report_without_news_leaves_the_list_alone_but_the_last_of_a_load_does_not() -> None:
    deck = deck_of("a")
    loading = step(DeckState(), TakeFolder(FolderState(deck, loading=True)))
    assert loading.is_listed_in(FolderState(deck, loading=True))
    assert not loading.is_listed_in(FolderState(deck))
    assert not loading.is_listed_in(FolderState(deck_of("a"), loading=True))
    assert step(loading, TakeFolder(FolderState(deck))).is_listed_in(FolderState(deck))


def test_a_query_is_left_only_while_it_is_typed_and_fields_are_opened_only_while_it_is_not() -> None:
    reading, typing = step(DeckState(), MoveFocus("stories")), step(DeckState(), MoveFocus("query"))
    finding = step(DeckState(), MoveFocus("find"))
    assert {name for name in TYPING_COMMANDS if can_run(name, reading)} == set()
    assert {name for name in TYPING_COMMANDS if can_run(name, typing)} == TYPING_COMMANDS - FINDING_COMMANDS
    assert {name for name in TYPING_COMMANDS if can_run(name, finding)} == FINDING_COMMANDS
    assert {"filter", "help", "sort"} <= LETTER_ACTIONS
    for name in LETTER_ACTIONS:
        assert can_run(name, reading)
        assert not can_run(name, typing)
        assert not can_run(name, finding)
    others = [spec.id for spec in ACTIONS if spec.id not in LETTER_ACTIONS]
    assert all(can_run(name, state) for name in others for state in (reading, typing, finding))


SORT = st.none() | st.builds(Sort, st.sampled_from(sorted(SORTS)), st.booleans())


@given(st.builds(View, st.text(), SORT, st.booleans()), st.lists(st.text()))
def test_a_place_comes_back_as_it_was_left(view: View, queries: list[str]) -> None:
    assert place_of(place_text(view, queries)) == (view, tuple(queries))


@pytest.mark.parametrize("text", ["", "nonsense", "[]", "{}", '{"query": 1, "sort": 5, "grouped": 0}', "null", '"x"'])
def test_nonsense_is_no_place(text: str) -> None:
    assert place_of(text)[1] == ()


def test_an_order_that_is_gone_is_the_usual_one() -> None:
    view, _queries = place_of('{"query": "a", "sort": ["by-moon", true], "grouped": false}')
    assert view == View("a", None, False)
