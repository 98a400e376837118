"""The words of a piece: kept in little room for all pieces of a deck, and spread out for those that are compared."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import compress
from math import fsum

import msgspec

from tui.deck.events.kinds import happenings_in, is_digest, is_market_report, part_of
from tui.deck.events.reprints import plain_headline
from tui.deck.events.terms import one_of, pairs_of, prose_of, terms_of

GATE_WEIGHT = 0.45
"""A headline must share a term at least this rare with the other piece; one of 255 judged pairs of one
happening has less.
"""
_LEADING_TERMS = 3
_LEADING_WEIGHTS = (0.4, 0.6)
"""From which weight on a leading term begins to be taken for the subject, and from which on it surely is."""
_TOLD, _NAMED, _PLAIN = 1, 2, 4
_HAVE = {flag: bytes(bool(flags & flag) for flags in range(256)) for flag in (_TOLD, _NAMED, _PLAIN)}
"""For each flag whether it is among flags."""


class Parsed(msgspec.Struct, array_like=True, gc=False, eq=False):
    """What depends on a piece's texts alone, and so is kept from one reading of the folder to the next.

    `texts` are headline and excerpt, `headline` has the headline's terms in order, `excerpt` the excerpt's, each with
    `flags`. `digest`, `report` and `part` are what the headline says of itself.
    """

    texts: tuple[str, str]
    headline: tuple[str, ...]
    excerpt: tuple[str, ...]
    flags: bytes
    digest: bool
    report: bool
    part: str

    @property
    def text(self) -> frozenset[str]:
        """The terms of headline and excerpt."""
        return self._flagged(_TOLD).union(self.headline)

    @property
    def title_pairs(self) -> frozenset[str]:
        """The pairs of neighbours in the headline."""
        return pairs_of(self.headline)

    @property
    def named(self) -> frozenset[str]:
        """The terms that the excerpt writes with a capital letter inside a sentence."""
        return self._flagged(_NAMED)

    @property
    def plain(self) -> frozenset[str]:
        """The terms that the excerpt writes without a capital letter."""
        return self._flagged(_PLAIN)

    def _flagged(self, flag: int) -> frozenset[str]:
        return frozenset(compress(self.excerpt, self.flags.translate(_HAVE[flag])))


def parse(title: str, excerpt: str) -> Parsed:
    """The words of a piece."""
    body = prose_of(excerpt)
    flags = dict.fromkeys(body.terms, _TOLD)
    flags.update(dict.fromkeys(body.plain, _TOLD | _PLAIN))
    for term in body.named:
        flags[term] = flags.get(term, 0) | _NAMED
    return Parsed(
        texts=(title, excerpt),
        headline=terms_of(plain_headline(title)),
        excerpt=tuple(flags),
        flags=bytes(flags.values()),
        digest=is_digest(title),
        report=is_market_report(title),
        part=part_of(title),
    )


def as_read_here(words: Parsed, texts: tuple[str, str]) -> Parsed:
    """Words of these texts that another process has read; equal terms are one object, as they are of all read here."""
    words.texts = texts
    words.headline = tuple(map(one_of, words.headline))
    words.excerpt = tuple(map(one_of, words.excerpt))
    return words


class Terms:
    """The words of a piece spread out, to be compared with those of others.

    `title` and `text` (headline and excerpt) are sets of single terms. `rare` are the terms of the headline of which
    another piece must have one: for most pieces no more than this is ever asked.
    """

    def __init__(self, words: Parsed, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self.words = words
        self.headline = words.headline
        self.title = frozenset(words.headline)
        self.text = words.text
        self.rare = frozenset([term for term in self.title if weights[term] >= GATE_WEIGHT])
        self.bursts: dict[str, float] = {}
        """How much of the talk about a term fell into the days around the piece, as far as it was asked."""

    @cached_property
    def title_pairs(self) -> frozenset[str]:
        """The pairs of neighbours in the headline."""
        return self.words.title_pairs

    @cached_property
    def happenings(self) -> frozenset[str]:
        """The kinds of happening that the headline tells."""
        return happenings_in(self.title)

    @cached_property
    def told(self) -> frozenset[str]:
        """Those that headline or excerpt tell."""
        return happenings_in(self.text)

    @cached_property
    def mass(self) -> float:
        """How much the headline says: the sum of its squared weights."""
        return fsum([self._weights[term] ** 2 for term in self.title])

    @cached_property
    def leading(self) -> Sequence[tuple[str, float]]:
        """The first words of the headline, and how far each is its subject: the first rare one; one that is just rare
        enough is so in part, and the next one for the rest.
        """
        least, enough = _LEADING_WEIGHTS
        left, leading = 1.0, []
        for term in self.headline[:_LEADING_TERMS]:
            share = left * min(1.0, max(0.0, (self._weights[term] - least) / (enough - least)))
            leading.append((term, share))
            left -= share
        return leading
