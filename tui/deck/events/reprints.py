"""Reprints: the same text under several mastheads, told by headline and excerpt alone.

A press release travels with its headline and its first sentences; outlets add a dateline, a mark such as
`UPDATE 1-`, their own name at the end, or cut it short. A headline that differs by a word on *both* sides is
another text, however alike the rest: two market reports, two awards.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*")
_SIGNS = re.compile(r"\((?:r|tm|c)\)|[®™©]", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_MARK = re.compile(
    r"^\s*(?:(?:update|corrected|correction|refile|rpt|repeat|wrapup|exclusive|re-?transmission)\s*\d*\s*[-:–—!]\s*"
    r"|correcting and replacing\s*[-:]?\s+)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s+\|\s+[^|]{2,40}$|\s*\((?:ld|lead|update[sd]?)\)\s*$", re.IGNORECASE)
_DATELINE = re.compile(
    r"^.{0,120}?(?:/\s*pr\s?newswire\S*/|\(\s*business wire\s*\)|globe newswire\)?)\W*", re.IGNORECASE
)

_TELLING_WORDS = 4
"""A headline with fewer words ("Microsoft Azure") says too little to make two texts one by itself."""
_EXCERPT_WORDS = 40
_SHINGLE = 3
_CUT_SHARE = 0.6
_SAME_EXCERPT = 0.5
_ALMOST_SAME_EXCERPT = 0.9
_TELLING_SHINGLES = 12
_OTHER_HEADLINE = (0.15, 0.7)
"""The share of common words in two headlines over one excerpt: less is chance, more is a series from one
template.
"""


class Wording(NamedTuple):
    """The parts of a piece that tell a reprint, as `wording` makes them."""

    headline: tuple[str, ...]
    shingles: frozenset[tuple[str, ...]]
    outlet: str


def plain_headline(title: str) -> str:
    """A headline without editors' marks (`UPDATE 1-`, `(Ld)`), trade mark signs and a masthead after `|`."""
    bare = _SIGNS.sub("", _MARK.sub("", title, count=1))
    cut = _TAIL.sub("", bare, count=1)
    return cut if len(cut.split()) >= _TELLING_WORDS else bare


@lru_cache(maxsize=1024)
def wording(title: str, excerpt: str, outlet: str = "") -> Wording:
    """What `are_reprints` compares: headline and excerpt as a reader sees them; `outlet` is any name of the
    outlet.
    """
    words = _words(_DATELINE.sub("", excerpt[:600], count=1))[:_EXCERPT_WORDS]
    shingles = frozenset(zip(*(words[start:] for start in range(_SHINGLE)), strict=False))
    return Wording(_words(plain_headline(title)), shingles, outlet)


def excerpt_overlap(one: Wording, other: Wording) -> float:
    """The share (0 to 1) of the shorter excerpt's three-word runs that the longer has too; 0 where one is
    missing.

    Shingles and containment after Broder, "On the resemblance and containment of documents" (1997).
    """
    shorter = min(len(one.shingles), len(other.shingles))
    return len(one.shingles & other.shingles) / shorter if shorter else 0.0


def are_reprints(one: Wording, other: Wording) -> bool:
    """Whether two pieces carry the same text: the same headline, one cut short, or the same excerpt under
    both.
    """
    if one.headline == other.headline:
        telling = len(one.headline) >= _TELLING_WORDS
        return telling or excerpt_overlap(one, other) >= _SAME_EXCERPT
    first, second = set(one.headline), set(other.headline)
    shared = len(first & second)
    same_outlet = bool(one.outlet) and one.outlet == other.outlet
    if not shared or not one.shingles or not other.shingles or _are_numbered(first, second, same_outlet):
        return False
    overlap = excerpt_overlap(one, other)
    cut_short = shared == min(len(first), len(second)) and shared >= _CUT_SHARE * max(len(first), len(second))
    if cut_short and shared >= _TELLING_WORDS:
        return overlap >= _SAME_EXCERPT
    if same_outlet:
        return False
    telling = min(len(one.shingles), len(other.shingles)) >= _TELLING_SHINGLES
    least, most = _OTHER_HEADLINE
    return telling and overlap >= _ALMOST_SAME_EXCERPT and least <= shared / len(first | second) <= most


def fold(wordings: Sequence[Wording]) -> tuple[tuple[int, ...], ...]:
    """Groups the positions of `wordings` by text: one tuple per text, in order of its first position.

    Every member is a reprint of the *first* of its group, so that likeness never travels along a chain. Give
    the pieces in the order they were published and the first of a group is the original.
    """
    groups: list[list[int]] = []
    for position, candidate in enumerate(wordings):
        for group in groups:
            if are_reprints(wordings[group[0]], candidate):
                group.append(position)
                break
        else:
            groups.append([position])
    return tuple(tuple(group) for group in groups)


def _are_numbered(first: set[str], second: set[str], same_outlet: bool) -> bool:
    """Whether two headlines differ by numbers, as issues, courses and parts of a series do."""
    numbered = [_DIGIT.search(" ".join(own)) is not None for own in (first - second, second - first)]
    return any(numbered) if same_outlet else all(numbered)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold().replace("’", "'")))
