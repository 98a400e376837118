"""A sequence that makes its items when asked gives what a list of them would, whatever is asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.one_by_one import OneByOne

BOUNDS = st.none() | st.integers(-9, 9)


class Squares(OneByOne[int]):
    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        return self._count

    def at(self, place: int) -> int:
        assert 0 <= place < self._count
        return place * place


@given(st.integers(0, 6), BOUNDS, BOUNDS, st.none() | st.integers(-3, 3).filter(bool))
def test_any_part_is_that_of_the_list(count: int, start: int | None, stop: int | None, step: int | None) -> None:
    listed = [number * number for number in range(count)]
    assert list(Squares(count)[start:stop:step]) == listed[start:stop:step]
    assert list(reversed(Squares(count))) == listed[::-1]


@given(st.integers(0, 6), st.integers(-9, 9))
def test_any_item_is_that_of_the_list(count: int, index: int) -> None:
    listed = [number * number for number in range(count)]
    if -count <= index < count:
        assert Squares(count)[index] == listed[index]
        return
    with pytest.raises(IndexError):
        Squares(count)[index]
