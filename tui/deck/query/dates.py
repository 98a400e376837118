"""Dates as a reader writes them, absolute or relative to a given moment.

A text is kept as written in the query and in saved views, so that `7d` always means the last week; it is turned into
an interval only when a query runs.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from msgspec import Struct

from tui.text.patterns import late

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EXAMPLES = (
    *("2020-02-26", "2020-02", "2020", "today", "yesterday", "7d", "24h", "2w", "3m", "1y", "last monday"),
    *("this week", "26 feb 2020"),
)
"""Forms to offer as completions and in messages."""

_ABSOLUTE = late(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?"
_MONTH = (
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:(?<=jan)uary|(?<=feb)ruary|(?<=mar)ch|(?<=apr)il|(?<=jun)e|(?<=jul)y|(?<=aug)ust|(?<=sep)(?:t|tember)"
    r"|(?<=oct)ober|(?<=nov)ember|(?<=dec)ember)?\.?"
)
_DAY_MONTH = late(rf"{_WEEKDAY}(\d{{1,2}})\.? {_MONTH}(?:,? (\d{{4}}))?")
_MONTH_DAY = late(rf"{_WEEKDAY}{_MONTH} (\d{{1,2}})(?:,? (\d{{4}}))?")
_MONTH_YEAR = late(rf"{_MONTH} (\d{{4}})")
_TIME_OF_DAY = late(r"(.+?)[ t](\d{1,2}):(\d{2})")
_AGE = late(r" ?\([^()]*\)\Z")
_AGO = late(r"(\d{1,4})([hdwmy])")
_LAST_DAY = late(rf"(?:last[ -])?({'|'.join(WEEKDAYS)})")
_PERIOD = late(r"(this|last)[ -](week|month|year)")


class Interval(Struct, frozen=True):
    """Local wall-clock times without a zone: `start` is included, `end` is not; equal for a moment such as `24h`."""

    start: datetime
    end: datetime


def local_now(now: datetime, zone: tzinfo | None) -> datetime:
    """The wall clock in `zone` (None: the system's) at the aware moment `now`, without a zone."""
    return now.astimezone(zone).replace(tzinfo=None)


def instant(local: datetime, zone: tzinfo | None) -> float:
    """Seconds since 1970 UTC at the wall-clock time `local` in `zone` (None: the system's).

    Times at the very ends of the calendar, which have no such number everywhere, give minus or plus infinity.
    """
    if local.year <= 1:
        return float("-inf")
    if local.year >= 9999:
        return float("inf")
    aware = local.astimezone(UTC) if zone is None else local.replace(tzinfo=zone)
    return aware.timestamp()


def is_date(text: str) -> bool:
    """Whether `interval` understands `text`."""
    return interval(text, datetime(2020, 1, 1)) is not None


def is_moment(text: str) -> bool:
    """Whether `text` is a moment (`24h`), which names no day to be on."""
    found = _AGO().fullmatch(text.lower())
    return found is not None and found[2] == "h"


def interval(text: str, now: datetime) -> Interval | None:
    """The days, month, year or moment that `text` means at the wall-clock time `now` (no zone); None if unreadable.

    `7d`, `2w`, `3m` and `1y` are the single day that long ago, `24h` the moment. A weekday, with or without `last`,
    is the latest one before today. Weeks begin on Monday. Days are also read as the reader prints them, such as
    `Wed 26 Feb 2020 16:55 (6 y ago)`: the weekday and the age mean nothing, and without a year it is the latest such
    day. A day with a time is that minute.
    """
    text = _AGE().sub("", " ".join(text.lower().split()))
    if found := _TIME_OF_DAY().fullmatch(text):
        return _minute(_day_of(found[1], now), int(found[2]), int(found[3]))
    return _day_of(text, now)


def _minute(day: Interval | None, hour: int, minute: int) -> Interval | None:
    """The minute of a single day at that time; None without such a day or time."""
    if day is None or day.end - day.start != timedelta(days=1) or hour > 23 or minute > 59:
        return None
    start = day.start.replace(hour=hour, minute=minute)
    return Interval(start, start + timedelta(minutes=1))


def _day_of(text: str, now: datetime) -> Interval | None:
    today = now.date()
    if found := _ABSOLUTE().fullmatch(text):
        return _absolute(int(found[1]), found[2], found[3])
    if found := _AGO().fullmatch(text):
        return _ago(int(found[1]), found[2], now)
    if found := _LAST_DAY().fullmatch(text):
        back = (today.weekday() - WEEKDAYS.index(found[1])) % 7 or 7
        return _days(_back(today, back), 1)
    if found := _PERIOD().fullmatch(text):
        return _period(found[2], 0 if found[1] == "this" else 1, today)
    if text in ("today", "yesterday"):
        return _days(_back(today, int(text == "yesterday")), 1)
    return _written(text, today)


def _written(text: str, today: date) -> Interval | None:
    """A day or month with its name, such as `wed 26 feb 2020`, `february 26, 2020` and `feb 2020`."""
    if found := _MONTH_YEAR().fullmatch(text):
        return _absolute(int(found[2]), str(MONTHS.index(found[1]) + 1), None)
    if found := _DAY_MONTH().fullmatch(text):
        day, month, year = found.groups()
    elif found := _MONTH_DAY().fullmatch(text):
        month, day, year = found.groups()
    else:
        return None
    number = MONTHS.index(month) + 1
    if year is not None:
        return _absolute(int(year), str(number), day)
    # Eight years hold a 29th of February, whatever the century.
    years = (this for this in range(today.year, max(today.year - 9, 0), -1))
    days = (found for found in (_absolute(one, str(number), day) for one in years) if found is not None)
    return next((found for found in days if found.start.date() <= today), None)


def _absolute(year: int, month: str | None, day: str | None) -> Interval | None:
    try:
        first = date(year, int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return _days(first, 1)
    return _months(first, 1 if month else 12)


def _ago(count: int, unit: str, now: datetime) -> Interval:
    if unit == "h":
        then = now - timedelta(hours=min(count, (now - datetime.min) // timedelta(hours=1)))
        return Interval(then, then)
    today = now.date()
    if unit in "dw":
        return _days(_back(today, count * (7 if unit == "w" else 1)), 1)
    first = _month_back(today, count * (12 if unit == "y" else 1))
    last_day = (_months(first, 1).end - timedelta(days=1)).day
    return _days(first.replace(day=min(today.day, last_day)), 1)


def _period(unit: str, back: int, today: date) -> Interval:
    if unit == "week":
        return _days(_back(today, today.weekday() + 7 * back), 7)
    if unit == "month":
        return _months(_month_back(today, back), 1)
    return _months(_month_back(today.replace(month=1), 12 * back), 12)


def _back(day: date, days: int) -> date:
    return date.fromordinal(max(1, day.toordinal() - days))


def _month_back(day: date, months: int) -> date:
    """The first day of the month that lies `months` before that of `day`, not before year 1."""
    count = max(12, day.year * 12 + day.month - 1 - months)
    return date(count // 12, count % 12 + 1, 1)


def _days(first: date, count: int) -> Interval:
    start = datetime.combine(first, time())
    last = min(first.toordinal() + count, date.max.toordinal())
    return Interval(start, datetime.combine(date.fromordinal(last), time()))


def _months(first: date, count: int) -> Interval:
    after = first.year * 12 + first.month - 1 + count
    end = date(after // 12, after % 12 + 1, 1) if after // 12 <= 9999 else date.max
    return Interval(datetime.combine(first, time()), datetime.combine(end, time()))
