"""The forms that values have, as far as they decide what a value may give; a letter each."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from tui.cards.format.dialects.table import FOLDED, folded

NULL: Final = "0"
BLANK: Final = "b"
"""A text without anything in it."""
NOTHING: Final = "n"
"""An empty list or mapping."""
SWITCH: Final = "s"
"""Either true or false."""
LIST: Final = "L"
TABLE: Final = "T"
"""A mapping of which each value comes by itself."""
TEXT: Final = "t"
WORDS: Final = "w"
"""A text without a colon, and so without a link."""
LINK: Final = "l"
"""A text that holds a link."""
DATED: Final = "d"
"""A text that begins like a date, and so is no switch."""
DAY: Final = "m"
"""A date or time that may be one that does not exist."""

EMPTY: Final = frozenset((BLANK, NOTHING))
ONE_TEXT: Final = frozenset((SWITCH, TEXT, WORDS, LINK, DATED, DAY))
TEXTS: Final = ONE_TEXT | {LIST}

_FINER: Final = frozenset((*FOLDED["link"], *FOLDED["outlet"], *FOLDED["further links"], "published"))


class Leaf(NamedTuple):
    """A value of a head: the key of the mapping that holds it, empty at the top, its own key, and its form."""

    outer: str
    key: str
    form: str

    @property
    def path(self) -> str:
        """The key with the one above it."""
        return f"{self.outer}.{self.key}" if self.outer else self.key


class CutHead(NamedTuple):
    """A head cut into its values.

    `shape` has each key and behind it the form of its value; the values of a table follow it. `written` are the values
    as they are written, by their number from 1 on.
    """

    shape: tuple[str, ...]
    written: Sequence[str]


def leaves_of(shape: tuple[str, ...]) -> Iterator[Leaf]:
    """The values of the heads of a shape, in their order."""
    outer = ""
    for key, form in zip(shape[::2], shape[1::2], strict=True):
        if form == TABLE:
            outer = key
            yield Leaf("", key, form)
        else:
            yield Leaf(outer, key, form)


@lru_cache(maxsize=4096)  # the same few keys stand in all cards of a folder
def is_finer(key: str) -> bool:
    """Whether it has to be known of a text under this key if it may hold a link or be a switch."""
    return folded(key) in _FINER


def form_of_text(written: str) -> str:
    """The form of a text under a key of which that has to be known."""
    begin = written[1:6] if written[0] in "\"'" else written[:5]
    if begin[4:] == "-" and begin[:4].isdigit() and begin.isascii():
        return DATED
    if "://" in written:
        return LINK
    return TEXT if ":" in written or "\\" in written else WORDS
