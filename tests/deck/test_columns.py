"""Sets of rows survive every way of writing them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.deck.columns import bits_of, bits_of_flags, flags_of, rows_of, span_bits

SIZE = 300
ROWS = st.one_of(st.sets(st.integers(0, SIZE - 1), max_size=8), st.sets(st.integers(SIZE // 2, SIZE - 1)))


@given(ROWS, st.booleans())
def test_rows_come_back_in_order(rows: set[int], with_numbers: bool) -> None:
    bits = bits_of(rows, SIZE)
    assert rows_of(bits, list(range(SIZE)) if with_numbers else None) == sorted(rows)
    assert bits_of_flags(flags_of(bits, SIZE)) == bits
    assert len(flags_of(bits, SIZE)) == SIZE
    assert bits.bit_count() == len(rows)


@pytest.mark.parametrize(("start", "stop", "rows"), [(0, 0, []), (2, 5, [2, 3, 4]), (5, 2, []), (0, 1, [0])])
def test_spans(start: int, stop: int, rows: list[int]) -> None:
    assert rows_of(span_bits(start, stop)) == rows
