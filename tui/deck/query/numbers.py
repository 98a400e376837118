"""Comparisons with whole numbers, as in `quality:>50`."""

from msgspec import Struct

from tui.text.patterns import late

_COMPARISON = late(r"(>=|<=|>|<|=)?\s*(-?\d{1,9})")
_RANGE = late(r"(-?\d{1,9})\.\.(-?\d{1,9})")


class NumberRange(Struct, frozen=True):
    """The numbers from `low` to `high`, both included; None leaves that side open."""

    low: int | None
    high: int | None

    def __contains__(self, number: object) -> bool:
        """Whether `number` is a known number within the range; None, an unknown one, never is."""
        if not isinstance(number, int):
            return False
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)


def number_range(text: str) -> NumberRange | None:
    """Read `50`, `=50`, `>50`, `>=50`, `<50`, `<=50` or `20..80`; None if `text` is none of these."""
    if between := _RANGE().fullmatch(text):
        return NumberRange(int(between[1]), int(between[2]))
    found = _COMPARISON().fullmatch(text)
    if not found:
        return None
    sign, number = found[1] or "=", int(found[2])
    return {
        "=": NumberRange(number, number),
        ">": NumberRange(number + 1, None),
        ">=": NumberRange(number, None),
        "<": NumberRange(None, number - 1),
        "<=": NumberRange(None, number),
    }[sign]
