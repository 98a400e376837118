"""Dates in queries mean what a person means on that day."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.deck.query.dates import instant, interval, local_now

NOW = datetime(2020, 3, 31, 15, 30)  # a Tuesday

ROWS = [
    ("2020-02-26", "2020-02-26", "2020-02-27"),
    ("2020-2-6", "2020-02-06", "2020-02-07"),
    ("2020-02", "2020-02-01", "2020-03-01"),
    ("2020-12", "2020-12-01", "2021-01-01"),
    ("2020", "2020-01-01", "2021-01-01"),
    ("today", "2020-03-31", "2020-04-01"),
    ("Yesterday", "2020-03-30", "2020-03-31"),
    ("0d", "2020-03-31", "2020-04-01"),
    ("7d", "2020-03-24", "2020-03-25"),
    ("2w", "2020-03-17", "2020-03-18"),
    ("1m", "2020-02-29", "2020-03-01"),
    ("1y", "2019-03-31", "2019-04-01"),
    ("24h", "2020-03-30T15:30", "2020-03-30T15:30"),
    ("monday", "2020-03-30", "2020-03-31"),
    ("last monday", "2020-03-30", "2020-03-31"),
    ("last-tuesday", "2020-03-24", "2020-03-25"),
    ("this week", "2020-03-30", "2020-04-06"),
    ("last week", "2020-03-23", "2020-03-30"),
    ("this month", "2020-03-01", "2020-04-01"),
    ("last month", "2020-02-01", "2020-03-01"),
    ("last year", "2019-01-01", "2020-01-01"),
    ("9999", "9999-01-01", "9999-12-31"),
]


@pytest.mark.parametrize(("text", "start", "end"), ROWS)
def test_means(text: str, start: str, end: str) -> None:
    found = interval(text, NOW)
    assert found is not None
    assert (found.start, found.end) == (datetime.fromisoformat(start), datetime.fromisoformat(end))


@pytest.mark.parametrize("text", ["", "2020-13", "2020-02-30", "0000", "7", "d", "someday", "last", "20200226", "٣d٣"])
def test_is_no_date(text: str) -> None:
    assert interval(text, NOW) is None


@given(st.integers(0, 9999), st.sampled_from("hdwmy"), st.datetimes())
def test_no_length_of_time_leaves_the_calendar(count: int, unit: str, now: datetime) -> None:
    found = interval(f"{count}{unit}", now)
    assert found is not None
    assert found.start <= found.end
    assert found.start <= now


def test_wall_clock_and_instant_follow_the_zone() -> None:
    east = timezone(timedelta(hours=5, minutes=30))
    now = datetime(2020, 2, 25, 20, 0, tzinfo=UTC)
    assert local_now(now, east) == datetime(2020, 2, 26, 1, 30)
    assert instant(datetime(2020, 2, 26, 1, 30), east) == now.timestamp()
    assert instant(datetime.min, east) == float("-inf")
    assert instant(datetime.max, east) == float("inf")
