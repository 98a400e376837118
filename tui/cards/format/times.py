"""Dates, times and durations as cards write them; nothing in here raises."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final, NamedTuple

from tui.text.patterns import late

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2100
"""Years between which a date is believed."""

_USUAL: Final = late(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
# ISO 8601 in its extended form, and with a blank for the T.
_MOMENT: Final = late(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?"
    r"[ \t]*([Zz]|UTC|([+-])(\d\d?):?(\d\d)?)?)?",
    re.ASCII,
)
_DATED_NAME: Final = late(r"(\d{4})-(\d\d)-(\d\d)(?!\d)", re.ASCII)
_DURATION: Final = late(
    r"P(?:(\d{1,3})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,7})(?:[.,]\d+)?S)?)?",
    re.ASCII | re.IGNORECASE,
)
_DAY: Final = 24 * 60
_MINUTES: Final = (365 * _DAY, 30 * _DAY, 7 * _DAY, _DAY, 60, 1)


class Moment(NamedTuple):
    """A moment in UTC. `time_known` is false for a bare date, and for midnight UTC, which stands for one."""

    at: datetime
    time_known: bool


def parse_moment(text: str, zone: tzinfo = UTC) -> Moment | None:
    """A date, or date and time, in ISO 8601; without an offset it is local to `zone`. None if it is not believed."""
    if _USUAL().fullmatch(text):
        return parse_usual_moment(text)
    match = _MOMENT().fullmatch(text.strip())
    if match is None:
        return None
    try:
        at = _from_parts(match)
        if match[4] is not None and match[7] is None:
            return local_moment(at, zone)
    except (ValueError, OverflowError):
        return None
    return believed(at, has_time=match[4] is not None)


def parse_usual_moment(text: str) -> Moment | None:
    """A date and time in exactly the form 2020-02-26T16:55:00Z; None if it cannot be believed."""
    try:
        return believed(datetime.fromisoformat(text), has_time=True)
    except ValueError:
        return None


def believed(at: datetime, *, has_time: bool) -> Moment | None:
    """The moment, if it lies in the years between which a date is believed; midnight UTC stands for an unknown time."""
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        return None
    return Moment(at, has_time and bool(at.hour or at.minute or at.second))


def local_moment(wall: datetime, zone: tzinfo) -> Moment | None:
    """The moment when a clock in `zone` shows this time; midnight there stands for an unknown time.

    Raises OverflowError at the ends of the calendar.
    """
    if zone is UTC or not (wall.hour or wall.minute or wall.second):
        return believed(wall.replace(tzinfo=UTC), has_time=True)
    moment = believed(wall.replace(tzinfo=zone).astimezone(UTC), has_time=True)
    return moment._replace(time_known=True) if moment else None


def _from_parts(match: re.Match[str]) -> datetime:
    """The time in UTC that a match of `_MOMENT` gives; ValueError or OverflowError where there is none."""
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    sign, offset_hours, offset_minutes = match.groups()[7:]
    if sign is None:
        return at
    offset = timedelta(hours=int(offset_hours), minutes=int(offset_minutes or 0))
    return at.replace(tzinfo=timezone(offset if sign == "+" else -offset)).astimezone(UTC)


def moment_in_name(name: str) -> Moment | None:
    """The date that the file name of a card begins with."""
    match = _DATED_NAME().match(name)
    return parse_moment(match[0]) if match else None


def parse_minutes(text: str) -> int | None:
    """An ISO 8601 duration in minutes, rounded to the nearest but not to 0; None if it is none.

    A month counts as 30 days and a year as 365.
    """
    text = text.strip()
    match = _DURATION().fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    *larger, seconds = (int(part or 0) for part in match.groups())
    total = sum(count * minutes for count, minutes in zip(larger, _MINUTES, strict=True)) * 60 + seconds
    return max(1, (total + 30) // 60) if total else 0
