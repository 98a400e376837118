"""A place survives being written and read, and nonsense in its place does no harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.deck.search.sorting import SORTS, Sort
from tui.deck.view import View
from tui.ui.deck.place import place_of, place_text

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
