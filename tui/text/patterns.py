"""Regular expressions that are compiled when they are first used: all together would take 4 ms of every start."""

import re
from collections.abc import Callable
from functools import cache


def late(pattern: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """What gives the compiled `pattern`, and compiles it when it is first called."""
    return cache(lambda: re.compile(pattern, flags))


@cache
def are_sound() -> bool:
    """Whether possessive expressions match what they should, which they do not in Python 3.11 before 3.11.5.

    There a repetition keeps what its last, failing turn had taken (gh-106052).
    """
    found = re.match("(?:ab?c)++", "aca")
    return found is not None and found[0] == "ac"
