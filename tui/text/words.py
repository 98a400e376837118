"""Words of a text as search sees them: without case and accents, one ideograph at a time."""

import re
import unicodedata
from functools import cache

from tui.text.patterns import late

# Accents, and the vowel signs that Hebrew and Arabic are mostly written without.
_MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
# Soft hyphens, joiners and other signs that nobody sees, and nobody types.
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
# The half-width forms of katakana are none of those characters before they are folded.
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f"
_LETTERS = rf"[^\W_{_IDEOGRAPHS}]"

_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
_DROPPED = late(f"[{_UNSEEN}]+")
_PLAIN_WORDS = late("[A-Za-z0-9]+")


@cache
def word_pattern() -> re.Pattern[str]:
    """One word of an unfolded text. Scripts that write no blanks are cut into characters, found again as sequences.

    Compiled when it is first used: so large a class takes 2 ms, and most starts search for nothing.
    """
    return re.compile(rf"[{_IDEOGRAPHS}]|{_LETTERS}+(?:[{_MARKS}{_UNSEEN}]+{_LETTERS}*)*")


def fold(text: str) -> str:
    """`text` without case, accents and what nobody sees: `Café`, `cafe` and `ca\u00adfe` become the same."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", _DROPPED().sub("", text)).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_PLAIN)


def spellings_in(text: str) -> list[str]:
    """The words of an unfolded text in order, as `word_pattern` finds them."""
    return (_PLAIN_WORDS() if text.isascii() else word_pattern()).findall(text)


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of `text` in order."""
    return tuple(word for word in map(fold, spellings_in(text)) if word)
