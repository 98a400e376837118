"""Sets of rows survive every way of writing them, and columns find the rows that a reader asks for."""

from array import array
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.deck.columns import LatestValues, Numbers, Rows, Times, bits_of, bits_of_flags, flags_of, rows_of, span_bits
from tui.deck.query.dates import interval
from tui.deck.query.numbers import NumberRange
from tui.errors import DamagedCacheError

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


@given(ROWS, st.integers(-SIZE, SIZE * 2))
def test_rows_of_a_set_answer_like_their_list(rows: set[int], place: int) -> None:
    listed = sorted(rows)
    view = Rows(bits_of(rows, SIZE))
    assert (len(view), list(view), list(view[1:4])) == (len(listed), listed, listed[1:4])
    assert (place in view) == (place in rows)
    if -len(listed) <= place < len(listed):
        assert view[place] == listed[place]
    else:
        with pytest.raises(IndexError):
            view[place]


SCORES = st.lists(st.one_of(st.none(), st.integers(-3, 12)), max_size=15)
BOUNDS = st.one_of(st.none(), st.integers(-4, 13))


@given(SCORES, BOUNDS, BOUNDS)
def test_numbers_within_a_range_are_those_that_lie_in_it(
    values: list[int | None], low: int | None, high: int | None
) -> None:
    wanted = NumberRange(low, high)
    found = rows_of(Numbers.of(values).rows_in(wanted))
    assert found == [row for row, value in enumerate(values) if value in wanted]


@given(SCORES)
def test_numbers_ascend_with_equals_in_their_order_and_without_the_unknown(values: list[int | None]) -> None:
    known = [(value, row) for row, value in enumerate(values) if value is not None]
    assert list(Numbers.of(values).ascending) == [row for _value, row in sorted(known)]


@given(SCORES, BOUNDS, BOUNDS)
def test_numbers_that_were_stored_give_the_same_rows(
    values: list[int | None], low: int | None, high: int | None
) -> None:
    numbers, wanted = Numbers.of(values), NumberRange(low, high)
    again = Numbers.of_blocks("heat", len(values), numbers.blocks("heat"))
    assert again.rows_in(wanted) == numbers.rows_in(wanted)
    assert list(again.ascending) == list(numbers.ascending)


def test_an_order_of_numbers_that_goes_beyond_their_end_is_damaged() -> None:
    blocks = Numbers.of([4, None, 2]).blocks("heat")
    for order in ([0, 3], [0, 1, 2, 0], [1 << 31]):
        with pytest.raises(DamagedCacheError):
            Numbers.of_blocks("heat", 3, {**blocks, "heat.order": array("I", order).tobytes()})


START = datetime(2020, 2, 28, 22, tzinfo=UTC)
MOMENTS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(0, 60).map(lambda hours: START + timedelta(hours=hours))), st.booleans()
    ),
    max_size=12,
)
ZONES = st.sampled_from((UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-8))))


def newest_first(rows: list[tuple[datetime | None, bool]]) -> list[tuple[datetime | None, bool]]:
    return sorted(rows, key=lambda row: (row[0] is None, -row[0].timestamp() if row[0] else 0.0))


@given(MOMENTS, ZONES, st.sampled_from(("since", "until", "on")), st.sampled_from(("2020-02-29", "2020-03", "2020-02")))
def test_dates_are_asked_of_the_readers_clock_but_a_bare_date_is_itself(
    rows: list[tuple[datetime | None, bool]], zone: timezone, key: str, date: str
) -> None:
    when = interval(date, datetime(2020, 3, 5))
    assert when is not None
    expected = []
    for row, (moment, known) in enumerate(rows):
        if moment is not None:
            local = moment.astimezone(zone if known else UTC).replace(tzinfo=None)
            after, before = local >= when.start, local < when.end
            if {"since": after, "until": before, "on": after and before}[key]:
                expected.append(row)
    assert rows_of(Times.of(rows).rows_for(key, when, zone)) == expected
    ordered = Times.of(newest_first(rows))
    assert ordered.rows_for(key, when, zone).bit_count() == len(expected)


@given(MOMENTS)
def test_times_know_their_order_and_what_has_none(rows: list[tuple[datetime | None, bool]]) -> None:
    times, ordered = Times.of(rows), Times.of(newest_first(rows))
    assert ordered.newest_first
    assert times.newest_first == (rows == newest_first(rows) or list(times.seconds) == list(ordered.seconds))
    assert rows_of(times.undated) == [row for row, (moment, _known) in enumerate(rows) if moment is None]
    assert times.dated + len(rows_of(times.undated)) == len(rows)
    assert rows_of(times.exact) == [row for row, (moment, known) in enumerate(rows) if moment is not None and known]


@given(MOMENTS, ZONES)
def test_times_that_were_said_to_be_in_order_answer_like_those_that_looked(
    rows: list[tuple[datetime | None, bool]], zone: timezone
) -> None:
    found = Times.of(newest_first(rows))
    blocks = {name: memoryview(block) for name, block in found.blocks("times").items()}
    told = Times.of_blocks("times", len(rows), blocks, in_order=True)
    assert (told.dated, told.undated, told.exact) == (found.dated, found.undated, found.exact)
    when = interval("2020-02-29", datetime(2020, 3, 5))
    assert when is not None
    assert told.rows_for("on", when, zone) == found.rows_for("on", when, zone)


def test_a_memory_keeps_what_was_asked_for_last_and_makes_it_once() -> None:
    made: list[str] = []
    memo: LatestValues[str] = LatestValues(2)

    def ask(key: str) -> str:
        def make() -> str:
            made.append(key)
            return key.upper()

        return memo.get(key, make)

    assert [ask(key) for key in "abaca"] == list("ABACA")
    assert made == ["a", "b", "c"]
    assert (memo.peek("b"), memo.peek("a")) == (None, "A")
    assert ask("b") == "B"
    assert made == ["a", "b", "c", "b"]
