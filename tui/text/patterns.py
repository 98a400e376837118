"""How regular expressions are compiled: most when they are first used, for all together would take 4 ms of every start.

In Python 3.11 before 3.11.5 a possessive repetition of a group keeps what its last, failing turn had taken (gh-106052):
`(?:ab?c)*+` takes all of "aca". A group that is atomic gives that back when it fails. So every expression in which a
group is repeated possessively has to be compiled here, where each turn is made atomic for those Pythons. That changes
nothing of what is matched, for what a turn has taken is kept anyway, but costs time.
"""

import re
import sys
from collections.abc import Callable
from functools import cache
from typing import Final

_KEEPS_FAILED_TURNS: Final = sys.version_info < (3, 11, 5)


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The compiled `pattern`, which may repeat groups possessively; it must not be a verbose one."""
    return re.compile(with_atomic_turns(pattern) if _KEEPS_FAILED_TURNS else pattern, flags)


def late(pattern: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """What gives the compiled `pattern`, and compiles it when it is first called."""
    return cache(lambda: compiled(pattern, flags))


# What stands for itself, a class of characters, a comment, a bracket, or anything else.
_piece: Final = cache(lambda: re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?#[^)]*\)|[()]|[^\\\[()]+|.", re.DOTALL))
_possessively: Final = cache(lambda: re.compile(r"(?:[*+?]|\{(?:[0-9]+(?:,[0-9]*)?|,[0-9]*)\})\+"))


def with_atomic_turns(pattern: str) -> str:
    """The same expression with an atomic group for each turn of a group that is repeated possessively."""
    pieces: list[str] = []
    opened: list[int] = []
    for piece in _piece().finditer(pattern):
        pieces.append(piece[0])
        if piece[0] == "(":
            opened.append(len(pieces) - 1)
        elif piece[0] == ")":
            first = opened.pop()
            if _possessively().match(pattern, piece.end()):
                pieces[first] = "(?>("
                pieces[-1] = "))"
    return "".join(pieces)
