"""Words of a text as search sees them: without case and accents, one ideograph at a time."""

import re
import unicodedata
from functools import cache

_MARKS = "\u0300-\u036f"
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_LETTERS = rf"[^\W_{_IDEOGRAPHS}]"

_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


@cache
def word_pattern() -> re.Pattern[str]:
    """One word of an unfolded text. Scripts that write no blanks are cut into characters, found again as sequences.

    Compiled when it is first used: so large a class takes 2 ms, and most starts search for nothing.
    """
    return re.compile(rf"[{_IDEOGRAPHS}]|{_LETTERS}+(?:[{_MARKS}]+{_LETTERS}*)*")


def fold(text: str) -> str:
    """`text` without case and accents: `Café` and `cafe` become the same."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_PLAIN)


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of `text` in order."""
    return tuple(word for word in map(fold, word_pattern().findall(text)) if word)
