"""Times and numbers for people; times are in the reader's own zone, unless only a date is known."""

from datetime import UTC, datetime, timedelta, tzinfo


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
    return f"{_day(local)} {local:%H:%M}" if known else _day(local)


def stretch(start: datetime, end: datetime) -> str:
    """A stretch of wall-clock time with the word before it: `on Wed 26 Feb 2020`, `in Feb 2020`, `in 2020`.

    Others are worded `from Mon 24 Feb 2020 to Sun 1 Mar 2020`, and a minute or a moment `at Wed 26 Feb 2020 16:55`.
    `end` is not part of it.
    """
    if end - start <= timedelta(minutes=1):
        return f"at {long_time(start.replace(tzinfo=UTC), True, UTC)}"
    last = end - timedelta(seconds=1)
    if start.date() == last.date():
        return f"on {_day(start)}"
    if (start.day, end.day) == (1, 1) and (start.year, start.month) == (last.year, last.month):
        return f"in {_MONTHS[start.month - 1]} {start.year}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 1, 1) and start.year == last.year:
        return f"in {start.year}"
    return f"from {_day(start)} to {_day(last)}"


def _day(local: datetime) -> str:
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 card`, `2,200 cards`, with `many` where the plural is not made by an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def sealed(size: int) -> str:
    """What is shown of a value of so many bytes that is kept secret: `sealed, 1,024 bytes`."""
    return f"sealed, {size:,} bytes"


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
