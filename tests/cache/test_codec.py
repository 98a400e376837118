"""Columns of numbers that are looked at whole before any of them is followed."""

from array import array

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.cache.codec import (
    are_below,
    are_below_2_to_33,
    named_sets_blocks,
    named_sets_of,
    numbers_block,
    real_numbers,
    sets_block,
    sets_of,
    whole_numbers,
)
from tui.errors import DamagedCacheError

BOUNDS = st.integers(0, 2**31)


@given(st.lists(st.integers(0, 2**32 - 1), max_size=40), BOUNDS, st.sampled_from([0, 4095, 4096, 4100]))
@example([2**32 - 1, 0], 1, 0)
@example([0, 1], 1, 4096)
@example([2**31, 2**31 - 1], 2**31, 0)
def test_a_number_from_the_bound_on_is_seen_wherever_it_stands(numbers: list[int], bound: int, before: int) -> None:
    column = [0] * before + numbers
    block = numbers_block(array("I", column))
    assert are_below(whole_numbers(block), bound) == all(number < bound for number in column)


@given(st.lists(st.floats(width=64), max_size=40))
@example([2.0**33, 1.0])
@example([-0.0])
@example([float("nan")])
@example([5e-324, 2.0**33 - 1])
def test_floats_that_are_said_to_be_small_are(numbers: list[float]) -> None:
    block = numbers_block(array("d", numbers))
    small = all(0 <= number < 2**33 for number in numbers)
    assert are_below_2_to_33(real_numbers(block)) <= small


@given(st.lists(st.floats(0.0, 2**33, exclude_max=True), max_size=40))
def test_small_floats_are_said_to_be_small(numbers: list[float]) -> None:
    assert are_below_2_to_33(real_numbers(numbers_block(array("d", numbers))))


def test_sets_are_found_again_by_their_names() -> None:
    sets = {"b": 0b101, "a": 0, "ü": 1 << 40}
    assert dict(named_sets_of("some", named_sets_blocks("some", sets), 41)) == sets


def test_a_set_that_goes_beyond_the_end_is_damaged_when_it_is_asked_for() -> None:
    sets = sets_of(sets_block({7: 0b11, 9: 0b100}), 2)
    assert sets[7] == 0b11
    with pytest.raises(DamagedCacheError):
        sets[9]
