"""The pairs of pieces that a judge is to be asked about: so few that their number stays linear in pieces."""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
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
        self._own = own
        self._numbers = array("I", (piece.number for piece in by_rank(table.pieces)))
        self._undated = bisect_right(own.hours, NEVER)
        self._hours = array("d", bytes(8 * len(self._numbers)))
        for number, hours in zip(self._numbers, own.hours, strict=True):
            self._hours[number] = hours
        self._headlines = self._repeated_headlines()
        self._alike = self._with_rare_terms(counted)
        self.parts = -(-(len(self._numbers) - self._undated) // _PIECES_A_PART)

    def pairs(self) -> Iterator[Pair]:
        """All of them."""
        for part in range(self.parts):
            yield from self.listed(part)
            yield from self.unlisted(part)

    def listed(self, part: int) -> Iterator[Pair]:
        """The pairs of a card and an entry of its `related` that are near enough in time, each in one part once."""
        listed, hours_of = self._table.listed, self._hours
        for rank in self._ranks_of(part):
            own = self._numbers[rank]
            hours = hours_of[own]
            for number in listed(own):
                if abs(hours - hours_of[number]) > _LISTED_HOURS:
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
        hours = self._own.hours
        earliest = bisect_left(hours, hours[rank] - UNLISTED_HOURS)
        told = Counter(self._alike[rank]) if rank in self._alike else {}
        near = {other for other, count in told.items() if count >= UNLISTED_TERMS and other >= earliest}
        headline = self._table.pieces[self._numbers[rank]].words.headline
        if (printed := self._headlines.get(headline)) is not None:
            earliest = bisect_left(hours, hours[rank] - LONGEST_HOURS)
            end = bisect_left(printed, rank)
            near.update(other for other in printed[max(0, end - NEXT_IN_TIME) : end] if other >= earliest)
        return near

    def _ranks_of(self, part: int) -> range:
        start = self._undated + part * _PIECES_A_PART
        return range(start, min(start + _PIECES_A_PART, len(self._numbers)))

    def _with_rare_terms(self, counted: TermCounts) -> "Mapping[int, array[int]]":
        """For each rank the ranks of the few pieces before it in time that have a rare term of its piece, once for each
        such term; nothing where all of them are of other days.
        """
        ranks_of, earliest = self._own.ranks, self._earliest()
        alike: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
        for term in counted.repeated(ranks_of, MOST_TELLINGS):
            ranks = ranks_of[term]
            for place in range(1, len(ranks)):
                rank = ranks[place]
                if ranks[place - 1] >= earliest[rank]:
                    alike[rank].extend(ranks[max(0, place - NEXT_IN_TIME) : place])
        return alike

    def _earliest(self) -> "array[int]":
        """For each rank the first rank of the same days; for those without a date one that there is not."""
        hours, first = self._own.hours, self._undated
        earliest = array("I", [len(hours)]) * first
        for moment in hours[first:]:
            while hours[first] < moment - UNLISTED_HOURS:
                first += 1
            earliest.append(first)
        return earliest

    def _repeated_headlines(self) -> Mapping[tuple[str, ...], Sequence[int]]:
        """The ranks of the pieces that have a headline, for each that several have."""
        first: dict[tuple[str, ...], int] = {}
        ranks: dict[tuple[str, ...], list[int]] = {}
        for rank in range(self._undated, len(self._numbers)):
            headline = self._table.pieces[self._numbers[rank]].words.headline
            if (earlier := first.setdefault(headline, rank)) != rank:
                ranks.setdefault(headline, [earlier]).append(rank)
        return ranks
