"""Milliseconds since 1970 in UTC, as the store keeps times, and what others call them."""

from datetime import UTC, datetime

_LATEST = 253_402_300_799_999
"""The last millisecond of the year 9999, where datetimes end."""


def millis(moment: datetime) -> int:
    """An aware time as milliseconds; never negative, for 0 means never."""
    return max(0, int(moment.timestamp() * 1000))


def moment(at: int) -> datetime | None:
    """Milliseconds as an aware time in UTC; None for 0, never."""
    if at <= 0:
        return None
    seconds, rest = divmod(min(at, _LATEST), 1000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest * 1000)


def iso(at: int) -> str | None:
    """Milliseconds as ISO 8601 in UTC, `2020-02-26T16:55:00.000Z`; None for never."""
    time = moment(at)
    return None if time is None else time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_iso(text: str | None) -> int:
    """What `iso` wrote, or any ISO 8601 time with a zone, as milliseconds; 0 for None.

    Raises ValueError for any other text.
    """
    if text is None:
        return 0
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return round(max(0.0, time.timestamp()) * 1000)
