"""Joins pieces into events by precise links only.

Agglomerative clustering near average linkage, the strongest links first: two groups become one if the
members of each are, on average, like most of the other, so a chain of links, each good in itself, does not
merge two happenings.
"""

from array import array
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain

from tui.deck.events.judge import LONGEST_HOURS, UNLISTED_MARGIN, Judge
from tui.deck.events.pieces import DAY_HOURS, PieceTable
from tui.work import ShouldStop, never

_AGREEMENT = 0.25
"""How well the members of two large groups must fit each other, on average, to be one event."""
_CAUTION = 0.8
"""What is asked beyond that, divided by the pieces of both: of a few pieces, one that tells of two happenings must not
join them.
"""
_ASKED_MEMBERS = 20
"""Members of a large group that are asked, spread evenly over its time, so that work stays linear in links.
"""
NEXT_IN_TIME = 8
"""How many later pieces with the same rare term a piece is compared with where `related` is silent."""
_LISTED_HOURS = LONGEST_HOURS + DAY_HOURS
UNLISTED_HOURS = 96.0
"""How near in time pieces must be to be asked about where `related` is silent."""
UNLISTED_TERMS = 2
"""How many rare terms they must share then."""
MOST_TELLINGS = 150
"""In how many pieces a term stands at most that counts as rare for that."""
_UNDATED = float("nan")
Link = tuple[float, int, int]
"""How likely a pair is one happening, below zero so that the surest sorts first, and the numbers of the two pieces."""
_STOP_EVERY = 512


def group(judge: Judge, should_stop: ShouldStop) -> tuple[tuple[int, ...], ...] | None:
    """The pieces that tell of one happening, as ascending tuples of at least two numbers, ordered by the
    first.

    None if `should_stop` ended it. The result does not depend on the order in which links were found.
    """
    links = links_between(judge, should_stop)
    return None if links is None else joined_by(links, judge, should_stop)


def links_between(judge: Judge, should_stop: ShouldStop = never) -> list[Link] | None:
    """The pairs that the judge takes for one happening, the surest first; None if `should_stop` ended it."""
    links: list[Link] = []
    wanted = judge.model.threshold
    for pairs, least in ((listed_pairs(judge), wanted), (unlisted_pairs(judge), wanted + UNLISTED_MARGIN)):
        for count, (one, other) in enumerate(pairs):
            if count % _STOP_EVERY == 0 and should_stop():
                return None
            if (chance := judge.probability(one, other)) >= least:
                links.append((-chance, one, other))
    pieces = judge.table.pieces
    # Equals stand by what they are, not by their numbers, which say what else lies in the folder.
    links.sort(key=lambda link: (link[0], *sorted((pieces[link[1]].key, pieces[link[2]].key))))
    return links


def joined_by(
    links: Sequence[Link], judge: Judge, should_stop: ShouldStop = never, before: Iterable[Sequence[int]] = ()
) -> tuple[tuple[int, ...], ...] | None:
    """The groups that links, the surest first, make of pieces; see `group`. Groups that were there `before` stay."""
    grouping = _Grouping(judge)
    for numbers in before:
        grouping.put_together(numbers)
    for count, (_, one, other) in enumerate(chain.from_iterable(_islands(links))):
        if count % _STOP_EVERY == 0 and should_stop():
            return None
        grouping.join(one, other)
    return grouping.groups()


def _islands(links: Sequence[Link]) -> Iterable[Sequence[Link]]:
    """The links by the island they are on, for no island has a say in how another falls into groups: all that is asked
    about one piece is asked in a row, so that little has to be remembered.
    """
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        while (above := parent.setdefault(number, number)) != number:
            parent[number] = number = parent[above]
        return number

    for _, one, other in links:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    islands: dict[int, list[Link]] = {}
    for link in links:
        islands.setdefault(root(link[1]), []).append(link)
    return islands.values()


def listed_pairs(judge: Judge) -> Iterator[tuple[int, int]]:
    """The pairs of a card and an entry of its `related` that are near enough in time, each once."""
    table = judge.table
    hours = _hours(table)
    for own in table.stories:
        first, last = hours[own] - _LISTED_HOURS, hours[own] + _LISTED_HOURS
        for number in table.listed(own):
            if first <= hours[number] <= last and not (number < own and own in table.listed(number)):
                yield own, number


def unlisted_pairs(judge: Judge) -> Iterator[tuple[int, int]]:
    """Pairs besides those that are listed, of the same days, with one headline or two rare terms in common.

    Terms are those of headlines and excerpts; two neighbours of a headline are a third term.

    For each term a piece meets only the few before it in time that have it, so that the number of pairs stays linear in
    pieces.
    """
    table = judge.table
    hours = _hours(table)
    pieces = table.pieces
    dated = [number for number in range(len(pieces)) if pieces[number].hours is not None]
    dated.sort(key=lambda number: (hours[number], pieces[number].key))
    recent, headlines = _Recent(hours), _Recent(hours)
    for other in dated:
        words = pieces[other].words
        earliest = hours[other] - UNLISTED_HOURS
        terms = judge.lexicon.counted.repeated(words.text | words.title_pairs, MOST_TELLINGS)
        shared = Counter(recent.met(terms, other, earliest))
        near = [number for number, count in shared.items() if count >= UNLISTED_TERMS and hours[number] >= earliest]
        alike = [number for number in headlines.met((words.headline,), other, earliest) if hours[number] >= earliest]
        for one in dict.fromkeys((*near, *alike)):
            if other not in table.listed(one) and one not in table.listed(other):
                yield one, other


def _hours(table: PieceTable) -> Sequence[float]:
    return array("d", (_UNDATED if piece.hours is None else piece.hours for piece in table.pieces))


class _Recent:
    """The last few pieces that had something; `hours` are those of all pieces."""

    def __init__(self, hours: Sequence[float]) -> None:
        self._hours = hours
        self._by_name: dict[Hashable, list[int]] = {}

    def met(self, names: Iterable[Hashable], number: int, earliest: float) -> list[int]:
        """The last pieces that had each of these names, as often as they had one; and now this piece has them.

        Without names that nothing had since the hour `earliest`, which never goes back.
        """
        found: list[int] = []
        for name in names:
            last = self._by_name.get(name)
            if last is None or self._hours[last[-1]] < earliest:
                self._by_name[name] = [number]
                continue
            found += last
            last.append(number)
            if len(last) > NEXT_IN_TIME:
                del last[0]
        return found


class _Grouping:
    """Groups while they grow; each is known by its smallest number."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._group_of: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._refused: set[tuple[int, int, int, int]] = set()

    def join(self, one: int, other: int) -> None:
        """Joins the groups of two pieces if they agree."""
        first, second = self._group_of.get(one, one), self._group_of.get(other, other)
        if first == second:
            return
        first, second = sorted((first, second))
        ours, theirs = self._members.get(first, [first]), self._members.get(second, [second])
        question = (first, len(ours), second, len(theirs))
        if question in self._refused:
            return
        if not self._agree(ours, theirs):
            self._refused.add(question)
            return
        self._members.pop(second, None)
        self.put_together([*ours, *theirs])

    def put_together(self, numbers: Sequence[int]) -> None:
        """Makes pieces one group, without a question; they must be whole groups so far."""
        first = min(numbers)
        self._members[first] = sorted(numbers, key=self._when)
        self._group_of.update(dict.fromkeys(numbers, first))

    def groups(self) -> tuple[tuple[int, ...], ...]:
        """All groups of two and more."""
        return tuple(tuple(sorted(members)) for _, members in sorted(self._members.items()) if len(members) > 1)

    def _agree(self, ours: Sequence[int], theirs: Sequence[int]) -> bool:
        times = [self._when(number)[0] for number in (ours[0], ours[-1], theirs[0], theirs[-1])]
        if max(times) - min(times) > LONGEST_HOURS:
            return False
        chances = [[self._judge.probability(one, other) for other in _asked(theirs)] for one in _asked(ours)]
        wanted = _AGREEMENT + _CAUTION / (len(ours) + len(theirs))
        return min(_support(chances), _support([*zip(*chances, strict=True)])) >= wanted

    def _when(self, number: int) -> tuple[float, str]:
        piece = self._judge.table.pieces[number]
        return piece.hours or 0.0, piece.key


def _support(chances: Sequence[Sequence[float]]) -> float:
    """How well the members of one group fit the other: the mean over what two thirds of the other say of
    each.
    """
    heard = -(-len(chances[0]) * 2 // 3)
    return sum(sum(sorted(row, reverse=True)[:heard]) / heard for row in chances) / len(chances)


def _asked(members: Sequence[int]) -> Sequence[int]:
    if len(members) <= _ASKED_MEMBERS:
        return members
    last = len(members) - 1
    return [members[last * place // (_ASKED_MEMBERS - 1)] for place in range(_ASKED_MEMBERS)]
