"""Where in a listing a date is, and what is nearest to it where nothing is of that date."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from itertools import compress

import msgspec

from tui.deck.columns import Bits, Rows, Times, bits_of, flags_of
from tui.deck.query.dates import Interval, instant


class DateFound(msgspec.Struct, frozen=True):
    """What a listing has of a date: `count` stories of the interval `when`, and the `doc` to go to.

    That is the first of them in the order of the listing; without any, the one nearest in time.
    """

    when: Interval
    count: int
    doc: int


def find_date(
    times: Times, matching: Sequence[int], rows: Sequence[int], when: Interval, zone: tzinfo | None
) -> DateFound | None:
    """What a listing has of `when`, by the clock of `zone` (None: the system's); None if nothing in it has a date.

    `times` are those of all stories of its deck, `matching` the stories that match, and `rows` those with a row of
    their own, in order.
    """
    bits = matching.bits if isinstance(matching, Rows) else bits_of(matching, len(times.seconds))
    there = times.rows_between(when.start, when.end, zone) & bits
    chosen = there or _nearest(times, bits, when, zone)
    return DateFound(when, there.bit_count(), _first(rows, chosen, len(times.seconds))) if chosen else None


def _nearest(times: Times, bits: Bits, when: Interval, zone: tzinfo | None) -> Bits:
    """The set of the one story nearest to an interval that has none."""
    older = times.rows_between(datetime.min, when.start, zone) & bits
    newer = times.rows_between(when.end, datetime.max, zone) & bits & ~older
    # Stories are numbered from the newest on.
    before, after = older & -older, 1 << newer.bit_length() - 1 if newer else 0
    if not before or not after:
        return before or after
    away = instant(when.start, zone) - times.seconds[before.bit_length() - 1]
    ahead = times.seconds[after.bit_length() - 1] - instant(when.end, zone)
    return before if away <= ahead else after


def _first(rows: Sequence[int], bits: Bits, size: int) -> int:
    """The first row whose story is in `bits`; where each is folded into the row of its event, the newest story."""
    flags = flags_of(bits, size)
    shown = compress(rows, map(flags.__getitem__, rows))
    return next(shown, (bits & -bits).bit_length() - 1)
