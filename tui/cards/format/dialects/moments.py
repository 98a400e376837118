"""Dates and times in all the forms that tools write them; nothing in here raises."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final

from tui.cards.format.times import Moment, believed, local_moment, parse_moment

_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
# Abbreviations that mean one offset to nearly everybody who writes them.
_ZONES: Final = {
    **dict.fromkeys(("z", "utc", "gmt", "wet"), 0),
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
    "bst": 60,
    "cet": 60,
    "cest": 120,
    "eet": 120,
    "eest": 180,
    "msk": 180,
    "jst": 540,
    "aest": 600,
    "aedt": 660,
    "akst": -540,
    "akdt": -480,
    "hst": -600,
}
_DAY: Final = (
    r"(?:(?P<y>\d{4})[-/.](?P<m>\d\d?)(?:[-/.](?P<d>\d\d?))?"
    r"|(?P<a>\d\d?)[/.](?P<b>\d\d?)[/.](?P<y5>\d{4})"
    r"|(?P<y2>\d{4})(?P<m2>\d\d)(?P<d2>\d\d)"
    r"|(?:[a-z]{3,9}\.?,?[ ]+)?(?P<d3>\d\d?)(?:st|nd|rd|th)?[ -](?P<m3>[a-z]{3,9})\.?,?[ -](?P<y3>\d{4})"
    r"|(?:[a-z]{3,9}\.?,?[ ]+)??(?P<m4>[a-z]{3,9})\.?[ ](?P<d4>\d\d?)(?:st|nd|rd|th)?,?[ ](?P<y4>\d{4}))"
)
_TIME: Final = (
    r"(?P<h>\d\d?)(?::(?P<min>\d\d)(?::(?P<s>\d\d)(?:[.,]\d{1,9})?)?|(?P<min2>\d\d)(?P<s2>\d\d)?)"
    r"[ ]?(?P<half>[ap]\.?m\.?(?![a-z]))?"
)
_ZONE: Final = (
    r"(?:[\[(]?(?:(?P<base>utc|gmt)[ ]?)?(?P<sign>[+\-\u2212])(?P<oh>\d\d?)(?::?(?P<om>\d\d))?[\])]?"
    r"|\(?(?P<name>[a-z]{1,5}|[a-z]+(?:/[a-z_+\-0-9]+){1,2})\)?)?"
)
_FORM: Final = re.compile(
    rf"{_DAY}(?:(?:t|,?[ ]+(?:at[ ]+)?){_TIME}[ ]*{_ZONE}(?:[ ]*[\[(][a-z0-9/_+: \-]+[\])])?)?",
    re.IGNORECASE | re.ASCII,
)
# What `date` and Git print: the year stands behind the time, a zone before or behind it.
_PRINTED: Final = re.compile(
    r"([A-Za-z]{3}) ([A-Za-z]{3}) {1,2}(\d\d?) (\d\d:\d\d:\d\d)(?: ([A-Za-z]{1,5}))? (\d{4})(?: ([+-]\d{4}))?", re.ASCII
)
_EPOCH: Final = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d{1,9})?", re.ASCII)
_WIKI: Final = re.compile(r"\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]")
_HAS_OFFSET: Final = re.compile(r"(?:[Zz]|UTC|GMT|[+-]\d\d?:?(?:\d\d)?)\s*\)?$")
_HAS_TIME: Final = re.compile(r"\d\d?:\d\d")
_LONGEST: Final = 80


def parse_any_moment(text: str, zone: tzinfo = UTC) -> Moment | None:
    """The moment that a text gives in any of these forms; one without an offset is local to `zone`.

    None for what is no date, or none to be believed.
    """
    text = text.strip()
    return _moment(text, zone) if text and len(text) <= _LONGEST else None


@lru_cache(maxsize=8192)  # many cards of a folder are of the same days
def _moment(text: str, zone: tzinfo) -> Moment | None:
    wiki = _WIKI.fullmatch(text)
    text = wiki[1].strip() if wiki else text
    if moment := parse_moment(text, zone):
        return moment
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        return believed(datetime.fromtimestamp(int(epoch[1]), UTC), has_time=True)
    if printed := _PRINTED.fullmatch(text):
        text = f"{printed[3]} {printed[2]} {printed[6]} {printed[4]} {printed[5] or printed[7] or ''}".rstrip()
    match = _FORM.fullmatch(text)
    try:
        return _from_parts(match, zone) if match else None
    except (ValueError, OverflowError):
        return None


def is_naive(text: str) -> bool:
    """Whether a text that gives a time of day names no offset or zone with it."""
    if not _HAS_TIME.search(text) or _HAS_OFFSET.search(text):
        return False
    match = _FORM.fullmatch(text.strip())
    return match is None or not (match["sign"] or match["name"])


def _from_parts(match: re.Match[str], zone: tzinfo) -> Moment | None:
    part = match.groupdict()
    year = part["y"] or part["y2"] or part["y3"] or part["y4"] or part["y5"]
    month, day = _month_and_day(part)
    if part["h"] is None:
        return believed(datetime(int(year), month, day, tzinfo=UTC), has_time=False)
    hour = _hour(int(part["h"]), (part["half"] or "").lower())
    at = datetime(int(year), month, day, hour, int(part["min"] or part["min2"]), int(part["s"] or part["s2"] or 0))
    named = _zone_of(part)
    return (
        local_moment(at, zone) if named is None else believed(at.replace(tzinfo=named).astimezone(UTC), has_time=True)
    )


def _month_and_day(part: dict[str, str | None]) -> tuple[int, int]:
    """The month and the day; ValueError where it is unclear which number is which, or there is no such month."""
    if part["y5"]:
        one, other = int(part["a"] or 0), int(part["b"] or 0)
        if max(one, other) <= 12 and one != other:
            raise ValueError(part)
        return (one, other) if one <= other else (other, one)
    named = part["m3"] or part["m4"]
    month = _MONTHS.get(named[:3].lower(), 0) if named else int(part["m"] or part["m2"] or 0)
    return month, int(part["d"] or part["d2"] or part["d3"] or part["d4"] or 1)


def _hour(hour: int, half: str) -> int:
    if not half:
        return hour
    return hour % 12 + (12 if half[0] == "p" else 0) if hour <= 12 else hour


def _zone_of(part: dict[str, str | None]) -> tzinfo | None:
    """The zone that is named, or None; ValueError where what is named is no zone."""
    if part["sign"]:
        offset = timedelta(hours=int(part["oh"] or 0), minutes=int(part["om"] or 0))
        return timezone(offset if part["sign"] == "+" else -offset)
    name = part["name"]
    if not name:
        return None
    minutes = _ZONES.get(name.lower())
    if minutes is not None:
        return timezone(timedelta(minutes=minutes))
    if "/" not in name:
        raise ValueError(name)
    from zoneinfo import ZoneInfo  # few cards name one

    try:
        return ZoneInfo(name)
    except (KeyError, OSError) as error:
        raise ValueError(name) from error
