"""Dates in queries mean what a person means on that day."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.deck.query.dates import EXAMPLES, WEEKDAYS, instant, interval, is_date, is_moment, local_now

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
    ("Wed 26 Feb 2020", "2020-02-26", "2020-02-27"),
    ("26 Feb 2020", "2020-02-26", "2020-02-27"),
    ("wednesday, 26. february 2020", "2020-02-26", "2020-02-27"),
    ("February 26, 2020", "2020-02-26", "2020-02-27"),
    ("Sept 8 2019", "2019-09-08", "2019-09-09"),
    ("Feb 2020", "2020-02-01", "2020-03-01"),
    ("Wed 26 Feb 2020 16:55 (6 y ago)", "2020-02-26T16:55", "2020-02-26T16:56"),
    ("Wed 26 Feb 2020 (6 y ago)", "2020-02-26", "2020-02-27"),
    ("2020-02-26T9:05", "2020-02-26T09:05", "2020-02-26T09:06"),
    ("today 00:00", "2020-03-31T00:00", "2020-03-31T00:01"),
    ("26 feb", "2020-02-26", "2020-02-27"),
    ("1 apr", "2019-04-01", "2019-04-02"),
    ("29 feb", "2020-02-29", "2020-03-01"),
]


@pytest.mark.parametrize(("text", "start", "end"), ROWS)
def test_means(text: str, start: str, end: str) -> None:
    found = interval(text, NOW)
    assert found is not None
    assert (found.start, found.end) == (datetime.fromisoformat(start), datetime.fromisoformat(end))


NO_DATES = ["", "2020-13", "2020-02-30", "0000", "7", "d", "someday", "last", "20200226", "٣d٣"]
NO_DATES += ["31 feb 2020", "30 feb", "0 jan 2020", "marching 2020", "febuary 2020", "26 2020", "feb", "26 feb 20"]
NO_DATES += ["24h 10:00", "2020-02 10:00", "26 feb 2020 25:00", "26 feb 2020 9:60", "(6 y ago)", "16:55", "mon"]


@pytest.mark.parametrize("text", NO_DATES)
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


MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2100, 12, 31))


def days_of(text: str, now: datetime) -> tuple[datetime, datetime]:
    found = interval(text, now)
    assert found is not None
    return found.start, found.end


@given(MOMENTS, MOMENTS)
def test_a_day_a_month_and_a_year_hold_the_moments_that_begin_with_them(moment: datetime, now: datetime) -> None:
    written = moment.isoformat()
    for length in (4, 7, 10):
        start, end = days_of(written[:length], now)
        assert start <= moment < end
        assert start.isoformat()[:length] == written[:length]
        assert (start - timedelta(microseconds=1)).isoformat()[:length] != written[:length]
        assert end.isoformat()[:length] != written[:length]


@given(MOMENTS)
def test_twelve_months_are_the_year_without_gaps(now: datetime) -> None:
    months = [days_of(f"{now.year}-{month:02}", now) for month in range(1, 13)]
    assert all(before[1] == after[0] for before, after in pairwise(months))
    assert (months[0][0], months[-1][1]) == days_of(str(now.year), now)


@given(MOMENTS, st.sampled_from(WEEKDAYS))
def test_a_weekday_is_the_latest_one_before_today(now: datetime, name: str) -> None:
    start, end = days_of(name, now)
    assert f"{start:%A}".lower() == name
    assert end - start == timedelta(days=1)
    assert start < now.replace(hour=0, minute=0, second=0, microsecond=0) <= start + timedelta(days=7)
    assert days_of(f"last {name}", now) == (start, end)


@given(MOMENTS)
def test_this_and_last_meet_and_now_lies_in_this(now: datetime) -> None:
    for unit in ("week", "month", "year"):
        this, last = days_of(f"this {unit}", now), days_of(f"last {unit}", now)
        assert last[1] == this[0] <= now < this[1]
    assert days_of("yesterday", now)[1] == days_of("today", now)[0] <= now < days_of("today", now)[1]
    assert f"{days_of('this week', now)[0]:%A}" == "Monday"


@given(MOMENTS, st.integers(0, 50))
def test_lengths_of_time_agree_with_each_other(now: datetime, count: int) -> None:
    assert days_of(f"{count}w", now) == days_of(f"{7 * count}d", now)
    assert days_of(f"{count}y", now) == days_of(f"{12 * count}m", now)
    assert days_of(f"{24 * count}h", now)[0].date() == days_of(f"{count}d", now)[0].date()
    later, earlier = days_of(f"{count}m", now), days_of(f"{count + 1}m", now)
    assert earlier[1] <= later[0]
    assert days_of("0d", now) == days_of("today", now)


@given(MOMENTS, st.sampled_from(EXAMPLES))
def test_every_form_that_is_offered_is_understood_in_any_case_and_with_blanks(now: datetime, text: str) -> None:
    assert is_date(text)
    assert interval(f"  {text.upper()} ", now) == interval(text, now)
    assert is_moment(text) == text.endswith("h")


@given(st.text(max_size=12), MOMENTS)
def test_any_text_is_a_date_on_every_day_or_on_none(text: str, now: datetime) -> None:
    assert (interval(text, now) is not None) == is_date(text)


@given(
    st.datetimes(datetime(1000, 1, 1), datetime(9998, 12, 31)), st.sampled_from(["%a {} %b %Y", "{} %B %Y", "%Y-%m-%d"])
)
def test_a_day_is_read_as_the_reader_prints_it(then: datetime, form: str) -> None:
    written = then.strftime(form.format(then.day))
    found = interval(written, NOW)
    assert found is not None
    assert (found.start.date(), found.end - found.start) == (then.date(), timedelta(days=1))
    minute = interval(f"{written} {then:%H:%M} (6 y ago)", NOW)
    assert minute is not None
    assert minute.start == then.replace(second=0, microsecond=0)
