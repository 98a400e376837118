"""What people write in words where a format has values: yes and no, lists in one text, lengths of time."""

import re
from collections.abc import Iterator
from typing import Final

from tui.text.patterns import late

PLACES: Final = frozenset(("{{", "<%"))
"""What begins a place of a template that is filled in when a note is made of it."""

_TRUE: Final = frozenset(("true", "yes", "on", "y", "t", "1"))
_FALSE: Final = frozenset(("false", "no", "off", "n", "f", "0"))
_WIKI: Final = late(r"!?\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]")
_HASHED: Final = late(r"\s*(?:#[^\s#,]+[\s,]*)+")
_BEFORE_SIGN: Final = late(r"\s(?=#\S)")
_BLANKS_OR_COMMAS: Final = late(r"[\s,]+")
_BETWEEN: Final = late(r"[,\n]|;(?:\s|$)|\s\|\s")

_FROM_TWO: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS: Final = {
    **dict.fromkeys(("a", "an", "one"), 1),
    **{word: number for number, word in enumerate(_FROM_TWO, 2)},
    **dict.fromkeys(("half", "half a", "half an"), 0.5),
}
_UNITS: Final = (
    (("seconds", "second", "secs", "sec", "s"), 1 / 60),
    (("minutes", "minute", "mins", "min", "m", "mn"), 1),
    (("hours", "hour", "hrs", "hr", "h", "std"), 60),
    (("days", "day", "d"), 24 * 60),
    (("weeks", "week", "wks", "wk", "w"), 7 * 24 * 60),
    (("months", "month"), 30 * 24 * 60),
    (("years", "year", "yrs", "yr", "y"), 365 * 24 * 60),
)
_MINUTES: Final = {name: minutes for names, minutes in _UNITS for name in names}
_NUMBER: Final = rf"\d{{1,6}}(?:[.,]\d{{1,3}})?|(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?=\s)"
_UNIT: Final = "|".join(sorted(_MINUTES, key=len, reverse=True))
_PART: Final = late(rf"({_NUMBER})[\s-]*({_UNIT})(?![a-z])\.?(?:\s*(?:,|and|&|\+)\s*|\s*)", re.IGNORECASE)
_ABOUT: Final = late(r"\s*(?:~|≈|about\b|around\b|approx(?:imately\b|\.)?|ca\.|circa\b)?\s*", re.IGNORECASE)
_CLOCK: Final = late(r"(\d{1,3}):([0-5]\d):([0-5]\d)")
_LONGEST: Final = 80


def yes_or_no(text: str) -> bool | None:
    """True or false as people write them; None for anything else."""
    word = text.strip().lower()
    return True if word in _TRUE else False if word in _FALSE else None


def listed(text: str) -> Iterator[str]:
    """The names in one text: cut at commas, line ends, and semicolons and bars beside blanks; or before each `#`."""
    text = unlinked(text)
    parts = _BLANKS_OR_COMMAS().split(text) if _HASHED().fullmatch(text) else _BETWEEN().split(text)
    for part in parts:
        for each in _BEFORE_SIGN().split(part) if part.lstrip().startswith("#") else (part,):
            if name := unhashed(each):
                yield name


def unhashed(text: str) -> str:
    """A name without the sign of a tag, as in `#news`, or around it as in `#late news#`; `C#` stays."""
    name = text.strip()
    return name.strip("#").strip() if name.startswith("#") else name


def unlinked(text: str) -> str:
    """A text with the names that `[[Name]]` and `[[Name|as shown]]` show."""
    return _WIKI().sub(lambda match: match[2] or match[1], text) if "[[" in text else text


def minutes_said(text: str) -> int | None:
    """A length in words, `52 mins`, `1 h 30`, `an hour and a half`, in minutes but never 0; None if it is none."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    if clock := _CLOCK().fullmatch(text):
        hours, minutes, seconds = map(int, clock.groups())
        return _rounded(hours * 60 + minutes + seconds / 60)
    about = _ABOUT().match(text)
    at, total, smallest = about.end() if about else 0, 0.0, 0.0
    while at < len(text):
        part = _PART().match(text, at)
        if part is None:
            rest = _rest(text[at:].lower(), smallest)
            return None if rest is None else _rounded(total + rest)
        smallest = _MINUTES[part[2].lower()]
        total += _number(part[1]) * smallest
        at = part.end()
    return _rounded(total) if smallest else None


def _number(text: str) -> float:
    word = " ".join(text.lower().split())
    return _NUMBERS[word] if word in _NUMBERS else float(text.replace(",", "."))


def _rest(text: str, unit: float) -> float | None:
    """What may follow the last unit: `a half`, of that unit, or minutes behind hours; None for anything else."""
    if unit and text in ("a half", "half"):
        return unit / 2
    return int(text) if unit == _MINUTES["h"] and text.isascii() and text.isdigit() and len(text) <= 2 else None


def _rounded(minutes: float) -> int:
    return max(1, int(minutes + 0.5)) if minutes else 0
