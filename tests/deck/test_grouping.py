"""One row for each event: nothing is lost, nothing stands twice, and a reader finds every story where its event is."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tui.deck.grouping import Grouping, grouping_of


@st.composite
def events(draw: st.DrawFn) -> tuple[list[list[int]], int]:
    """Some of a dozen stories in events, each with its lead first; and how many stories there are."""
    size = draw(st.integers(0, 12))
    shuffled = draw(st.permutations(range(size)))
    cuts = sorted(draw(st.sets(st.integers(1, size), max_size=4))) if size else []
    told = [list(shuffled[start:stop]) for start, stop in zip([0, *cuts], cuts, strict=False)]
    return told, size


@st.composite
def lists(draw: st.DrawFn) -> tuple[Grouping, list[list[int]], list[int]]:
    """A grouping, its events (those of a single story too) and what a query found, in any order."""
    told, size = draw(events())
    alone = [[doc] for doc in range(size) if not any(doc in docs for docs in told)]
    found = draw(st.permutations(range(size)))[: draw(st.integers(0, size))]
    return grouping_of(told, size), [*told, *alone], list(found)


@given(lists())
def test_every_event_that_was_found_has_one_row_and_no_other_has(
    drawn: tuple[Grouping, list[list[int]], list[int]],
) -> None:
    grouping, told, found = drawn
    docs, depths = grouping.rows(found)
    for event in told:
        assert sum(doc in docs for doc in event) == any(doc in found for doc in event)
    assert set(depths) <= {0}
    assert len(docs) == len(depths)


@given(lists())
def test_its_lead_tells_it_wherever_that_stands_else_the_first_that_was_found(
    drawn: tuple[Grouping, list[list[int]], list[int]],
) -> None:
    grouping, told, found = drawn
    expected = {}
    for event in told:
        inside = [doc for doc in found if doc in event]
        if inside:
            expected[event[0] if event[0] in found else inside[0]] = event
    docs, _depths = grouping.rows(found)
    assert list(docs) == [doc for doc in found if doc in expected]


@given(lists())
def test_unfolded_events_show_all_that_was_found_of_them_in_the_order_of_the_list(
    drawn: tuple[Grouping, list[list[int]], list[int]],
) -> None:
    grouping, told, found = drawn
    docs, depths = grouping.rows(found, range(len(told)))
    assert sorted(docs) == sorted(found)
    for event in told:
        rows = [(doc, depth) for doc, depth in zip(docs, depths, strict=True) if doc in event]
        assert [depth for _doc, depth in rows] == [0, *[1] * (len(rows) - 1)][: len(rows)]
        below = [doc for doc, depth in rows if depth]
        assert below == [doc for doc in found if doc in below]
    assert_together(docs, depths, told)


@given(lists(), st.data())
def test_a_story_that_is_held_stands_for_its_event_where_that_is_folded(
    drawn: tuple[Grouping, list[list[int]], list[int]], data: st.DataObject
) -> None:
    grouping, told, found = drawn
    held = data.draw(st.integers(0, max(len(grouping.numbers) - 1, 0)))
    if held not in found:
        held = found[0] if found else held
        if not found:
            return
    (event,) = (each for each in told if held in each)
    docs, depths = grouping.rows(found, (), held)
    plain, _depths = grouping.rows(found)
    assert [doc for doc in docs if doc in event] == [held]
    assert [doc for doc in docs if doc not in event] == [doc for doc in plain if doc not in event]
    assert list(docs) == [doc for doc in found if doc in docs]
    assert set(depths) <= {0}
    number = grouping.numbers[held]
    assert grouping.rows(found, {number}, held) == grouping.rows(found, {number})


def assert_together(docs: Sequence[int], depths: bytes, told: list[list[int]]) -> None:
    """The members of an event stand right below the row that tells it."""
    event: list[int] = []
    for doc, depth in zip(docs, depths, strict=True):
        if depth == 0:
            (event,) = (each for each in told if doc in each)
        assert doc in event


@given(lists(), st.data())
def test_unfolding_one_event_moves_no_other_row(
    drawn: tuple[Grouping, list[list[int]], list[int]], data: st.DataObject
) -> None:
    grouping, told, found = drawn
    numbers = data.draw(st.sets(st.integers(0, len(told) + 1), max_size=2))
    folded, _ = grouping.rows(found)
    docs, depths = grouping.rows(found, numbers)
    assert [doc for doc, depth in zip(docs, depths, strict=True) if not depth] == list(folded)
    assert {grouping.numbers[doc] for doc, depth in zip(docs, depths, strict=True) if depth} <= numbers


@given(events())
def test_every_story_belongs_to_one_event_and_every_event_has_the_lead_it_was_given(
    drawn: tuple[list[list[int]], int],
) -> None:
    told, size = drawn
    grouping = grouping_of(told, size)
    assert len(grouping.numbers) == size
    assert sorted(set(grouping.numbers)) == list(range(len(grouping.leads)))
    assert [grouping.leads[number] for number in range(len(told))] == [docs[0] for docs in told]
    for number, docs in enumerate(told):
        assert {grouping.numbers[doc] for doc in docs} == {number}
    grouped = {doc for docs in told for doc in docs}
    for doc in set(range(size)) - grouped:
        assert grouping.leads[grouping.numbers[doc]] == doc


def test_a_lead_that_was_not_found_leaves_its_row_to_the_first_in_the_order_of_the_list() -> None:
    grouping = grouping_of([[3, 0, 1]], 4)
    assert list(grouping.rows([2, 1, 0])[0]) == [2, 1]
    assert list(grouping.rows([0, 1, 2])[0]) == [0, 2]
    assert list(grouping.rows([0, 3, 1, 2])[0]) == [3, 2]


def test_a_single_story_of_an_event_has_nothing_to_unfold() -> None:
    docs, depths = grouping_of([[1, 0]], 3).rows([2, 0], unfolded={0})
    assert (list(docs), list(depths)) == ([2, 0], [0, 0])
