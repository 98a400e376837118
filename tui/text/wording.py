"""Times and numbers for people; times are in the reader's own zone, unless only a date is known."""

from datetime import UTC, date, datetime, timedelta, tzinfo


def short_time(moment: datetime | None, known: bool, zone: tzinfo | None) -> str:
    """`2020-02-26 16:55`, the date alone where the time of day is not known, empty without either.

    `zone` is the time zone to show, None for the system's own.
    """
    if moment is None:
        return ""
    # A date that stands for itself is not moved to the evening before.
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if known else f"{moment:%Y-%m-%d}"


def long_time(moment: datetime | None, known: bool, zone: tzinfo | None) -> str:
    """`Wed 26 Feb 2020 16:55`, in English whatever the locale; otherwise like `short_time`."""
    if moment is None:
        return ""
    local = moment.astimezone(zone) if known else moment
    return f"{long_day(local)} {local:%H:%M}" if known else long_day(local)


def stretch(start: datetime, end: datetime) -> str:
    """A stretch of wall-clock time with the word before it: `on Wed 26 Feb 2020`, `in Feb 2020`, `in 2020`.

    Others are worded `from Mon 24 Feb 2020 to Sun 1 Mar 2020`, and a minute or a moment `at Wed 26 Feb 2020 16:55`.
    `end` is not part of it.
    """
    if end - start <= timedelta(minutes=1):
        return f"at {long_time(start.replace(tzinfo=UTC), True, UTC)}"
    last = end - timedelta(seconds=1)
    if start.date() == last.date():
        return f"on {long_day(start)}"
    if (start.day, end.day) == (1, 1) and (start.year, start.month) == (last.year, last.month):
        return f"in {month_of(start)}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 1, 1) and start.year == last.year:
        return f"in {start.year}"
    return f"from {long_day(start)} to {long_day(last)}"


def long_day(day: date) -> str:
    """`Wed 26 Feb 2020`, in English whatever the locale."""
    return f"{_DAYS[day.weekday()]} {short_day(day)}"


def short_day(day: date) -> str:
    """`26 Feb 2020`, in English whatever the locale."""
    return f"{day_of_year(day)} {day.year}"


def day_of_year(day: date) -> str:
    """`26 Feb`, where the year is told elsewhere."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def month_of(day: date) -> str:
    """`Feb 2020`, where there is no room for the day."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 card`, `2,200 cards`, with `many` where the plural is not made by an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def sealed(size: int) -> str:
    """What is shown of a value of so many bytes that is kept secret: `sealed, 1,024 bytes`."""
    return f"sealed, {size:,} bytes"


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
