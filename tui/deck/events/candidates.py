"""The pairs of pieces that a judge is to be asked about: so few that their number stays linear in pieces."""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tui.deck.events.judge import LONGEST_HOURS
from tui.deck.events.pieces import DAY_HOURS, PieceTable
from tui.deck.events.telling import NEVER, CountedTerms, TermCounts, by_rank

NEXT_IN_TIME = 8
"""How many later pieces with the same rare term a piece is compared with where `related` is silent."""
_LISTED_HOURS = LONGEST_HOURS + DAY_HOURS
UNLISTED_HOURS = 96.0
"""How near in time pieces must be to be asked about where `related` is silent."""
UNLISTED_TERMS = 2
"""How many rare terms they must share then."""
REPRINT_TERMS = 3
"""How many a piece that arrived must share with one that is further apart, for their headlines to be compared."""
MOST_TELLINGS = 150
"""In how many pieces a term stands at most that counts as rare for that."""
_PIECES_A_PART = 512

Pair = tuple[int, int]


class Candidates:
    """The pairs of a table, in `parts` by time, so that neighbours are asked about one after the other.

    What is rare is said by `counted`; `own` are the terms of these very pieces.
    """

    def __init__(self, table: PieceTable, counted: TermCounts, own: CountedTerms) -> None:
        self._table = table
        self._counted = counted
        self._own = own
        self._numbers = array("I", (piece.number for piece in by_rank(table.pieces)))
        self._undated = bisect_right(own.hours, NEVER)
        self._headlines = self._repeated_headlines()
        self.parts = -(-(len(self._numbers) - self._undated) // _PIECES_A_PART)

    def pairs(self) -> Iterator[Pair]:
        """All of them."""
        for part in range(self.parts):
            yield from self.listed(part)
            yield from self.unlisted(part)

    def listed(self, part: int) -> Iterator[Pair]:
        """The pairs of a card and an entry of its `related` that are near enough in time, each in one part once."""
        pieces, listed = self._table.pieces, self._table.listed
        for rank in self._ranks_of(part):
            own = self._numbers[rank]
            hours = self._own.hours[rank]
            for number in listed(own):
                theirs = pieces[number].hours
                if theirs is None or abs(hours - theirs) > _LISTED_HOURS:
                    continue
                if not (number < own and own in listed(number)):
                    yield own, number

    def unlisted(self, part: int) -> Iterator[Pair]:
        """Pairs besides those that are listed, of the same days with two rare terms in common, or with one headline.

        Terms are those of headlines and excerpts; two neighbours of a headline are a third term. For each term a piece
        meets only the few before it in time that have it.
        """
        listed = self._table.listed
        for rank in self._ranks_of(part):
            number = self._numbers[rank]
            for other in self._near(rank):
                one = self._numbers[other]
                if number not in listed(one) and one not in listed(number):
                    yield one, number

    def _near(self, rank: int) -> set[int]:
        """The ranks of earlier pieces of the same days that are like the one of this rank, and of its reprints."""
        words = self._table.pieces[self._numbers[rank]].words
        hours = self._own.hours[rank]
        earliest = bisect_left(self._own.hours, hours - UNLISTED_HOURS)
        told = self._own.ranks
        found: list[int] = []
        for term in self._counted.repeated(words.text | words.title_pairs, MOST_TELLINGS):
            found += _before(told[term], rank, earliest)
        near = {other for other, count in Counter(found).items() if count >= UNLISTED_TERMS and other >= earliest}
        if (printed := self._headlines.get(words.headline)) is not None:
            earliest = bisect_left(self._own.hours, hours - LONGEST_HOURS)
            near.update(other for other in _before(printed, rank, earliest) if other >= earliest)
        return near

    def _ranks_of(self, part: int) -> range:
        start = self._undated + part * _PIECES_A_PART
        return range(start, min(start + _PIECES_A_PART, len(self._numbers)))

    def _repeated_headlines(self) -> Mapping[tuple[str, ...], Sequence[int]]:
        """The ranks of the pieces that have a headline, for each that several have."""
        first: dict[tuple[str, ...], int] = {}
        ranks: dict[tuple[str, ...], list[int]] = {}
        for rank in range(self._undated, len(self._numbers)):
            headline = self._table.pieces[self._numbers[rank]].words.headline
            if (earlier := first.setdefault(headline, rank)) != rank:
                ranks.setdefault(headline, [earlier]).append(rank)
        return ranks


def _before(ranks: Sequence[int], rank: int, earliest: int) -> Sequence[int]:
    """The few ranks before a rank; none where all of them are before the `earliest`."""
    end = bisect_left(ranks, rank)
    return ranks[max(0, end - NEXT_IN_TIME) : end] if end and ranks[end - 1] >= earliest else ()
