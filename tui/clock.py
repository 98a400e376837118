"""The time of day, time zones, and times worded as a reader would say them; pure but for `utc_now`."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache

Clock = Callable[[], datetime]
"""Gives the present moment as an aware UTC time; injected, so that tests stand still."""

_DAY_MINUTES = 24 * 60
_DAYS_WITH_HOURS = 14
_STEPS = ((60, "s"), (3600, "min"), (86400, "h"), (86400 * 14, "d"))


def utc_now() -> datetime:
    """The present moment, aware and in UTC."""
    return datetime.now(UTC)


def age(then: datetime, now: datetime) -> str:
    """How long before `now` (both aware) something happened: `just now`, `5 min ago`, `3 h ago`, `in 2 d`."""
    seconds = (now - then).total_seconds()
    said = span(timedelta(seconds=abs(seconds)))
    if abs(seconds) < 60:
        return "just now"
    return f"{said} ago" if seconds > 0 else f"in {said}"


def span(length: timedelta) -> str:
    """A length of time in its largest fitting unit: `45 s`, `12 min`, `3 h`, `9 d`, `7 wk`, `5 mo`, `6 y`."""
    seconds = abs(length.total_seconds())
    unit_seconds = 1
    for limit, unit in _STEPS:
        if seconds < limit:
            return f"{int(seconds // unit_seconds)} {unit}"
        unit_seconds = {"s": 60, "min": 3600, "h": 86400, "d": 86400}[unit]
    days = seconds / 86400
    if days < 60:
        return f"{int(days // 7)} wk"
    if days < 730:
        return f"{int(days // 30.44)} mo"
    return f"{int(days // 365.25)} y"


def duration(length: timedelta) -> str:
    """How long something went on, as everywhere: `0:25`, `3:56`, `2 d 18 h`, from two weeks on in days: `40 d`."""
    minutes = int(abs(length.total_seconds()) // 60)
    if minutes < _DAY_MINUTES:
        return f"{minutes // 60}:{minutes % 60:02d}"
    days, rest = divmod(minutes, _DAY_MINUTES)
    return f"{days:,} d {rest // 60} h" if rest >= 60 and days < _DAYS_WITH_HOURS else f"{days:,} d"


def lag(later: timedelta) -> str:
    """The distance from the first piece of an event: `+0:28`, `+3:56`, `+1 d 3 h`."""
    return f"+{duration(later)}"


@cache
def named_zone(name: str) -> tzinfo:
    """The time zone with this name, such as Europe/Berlin. Raises ValueError if there is none."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo  # slow to load, and few need one

    try:
        return ZoneInfo(name)
    except (KeyError, OSError) as error:
        raise ValueError(name) from error
