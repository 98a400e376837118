"""Small charts in text cells; pure."""

from collections.abc import Iterable, Sequence

_LEVELS = "▁▂▃▄▅▆▇█"


def sparkline(counts: Sequence[int]) -> str:
    """One cell for each count, the higher the fuller; a blank where there is nothing."""
    most = max(counts, default=0)
    if not most:
        return " " * len(counts)
    top = len(_LEVELS) - 1
    return "".join(" " if not count else _LEVELS[round(top * count / most)] for count in counts)


def axis(places: Iterable[int], width: int, here: int | None = None) -> str:
    """A line of `width` cells with a dot at each of `places`, and a larger sign where the reader is."""
    cells = ["─"] * max(width, 1)
    for place in places:
        cells[place] = "•"
    if here is not None:
        cells[here] = "●"
    return "".join(cells)
