"""Which actions are meant by some letters, the best first; pure."""

import re
from collections.abc import Iterable, Sequence

from tui.config.actions import ActionSpec, key_sign
from tui.text.words import fold

MOST = 8
"""Actions that are shown for letters at most: the others only happen to hold them."""
_WORD = re.compile(r"[^\W_]+")
_NO_MATCH = 99


def ranked(actions: Iterable[ActionSpec], typed: str) -> list[ActionSpec]:
    """The actions in which each of the words typed is found, those called so before those that only tell of it.

    Without letters all of them, in their order. A key that is typed finds what it starts.
    """
    words = fold(typed).split()
    if not words:
        return list(actions)
    ranks = [(_rank(spec, words, typed.strip()), place, spec) for place, spec in enumerate(actions)]
    found = sorted((rank, place) for rank, place, _spec in ranks if rank < _NO_MATCH)
    specs = {place: spec for _rank, place, spec in ranks}
    return [specs[place] for _rank, place in found[:MOST]]


def _rank(spec: ActionSpec, words: Sequence[str], typed: str) -> int:
    """How far an action is from what was typed: 0 for its very name."""
    label = fold(spec.label)
    if label == " ".join(words):
        return 0
    if any(key_sign(key) == typed for key in spec.keys):
        return 1
    return max(_word_rank(label, fold(spec.help), word) for word in words)


def _word_rank(label: str, told: str, word: str) -> int:
    """How far a word is from a name: it begins it, is further on in it, is told of, or only has its letters in it."""
    for rank, text in enumerate((label, told)):
        first, *further = _WORD.findall(text) or [""]
        # What begins with the word is meant more than what holds it further on.
        for place, names in enumerate(((first,), further)):
            if any(name.startswith(word) for name in names):
                return 2 + 4 * rank + 2 * place + (word not in names)
    if word in label or (not word.isalnum() and word in told):
        return 12
    return 14 if len(word) > 2 and _spells(label, word) else _NO_MATCH


def _spells(text: str, letters: str) -> bool:
    """Whether the letters come up in a text in their order."""
    rest = iter(text)
    return all(letter in rest for letter in letters)
