"""Joins pieces into events by precise links only.

Agglomerative clustering near average linkage, the strongest links first: two groups become one if the
members of each are, on average, like most of the other, so a chain of links, each good in itself, does not
merge two happenings.
"""

from collections.abc import Iterable, Sequence

import msgspec

from tui.deck.events.candidates import UNLISTED_HOURS, Candidates
from tui.deck.events.judge import LONGEST_HOURS, UNLISTED_MARGIN, Judge
from tui.deck.events.pieces import PieceTable
from tui.deck.events.telling import CountedTerms, count_terms
from tui.forks import Shared
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
Link = tuple[float, int, int]
"""How likely a pair is one happening, below zero so that the surest sorts first, and the numbers of the two pieces."""
_STOP_EVERY = 512
_WORTH_HELP = 8
"""Parts from which on it is worth while to have another process."""


def group(
    judge: Judge, should_stop: ShouldStop, own: CountedTerms | None = None, *, alone: bool = True
) -> tuple[tuple[int, ...], ...] | None:
    """The pieces that tell of one happening, as ascending tuples of at least two numbers, ordered by the
    first.

    None if `should_stop` ended it. The result does not depend on the order in which links were found. See
    `links_between` for the rest.
    """
    links = links_between(judge, should_stop, own, alone=alone)
    return None if links is None else joined_by(links, judge, should_stop)


def links_between(
    judge: Judge, should_stop: ShouldStop = never, own: CountedTerms | None = None, *, alone: bool = True
) -> list[Link] | None:
    """The pairs that the judge takes for one happening, the surest first; None if `should_stop` ended it.

    `own` are the terms of the judge's pieces, if they are counted already. Unless it is `alone` with this, a process
    that is forked from this one judges half of the pairs, where there are many.
    """
    candidates = Candidates(judge.table, judge.lexicon.counted, own or count_terms(judge.table.pieces))
    shared = Shared(lambda part, should_stop: _verdicts(judge, candidates, part, should_stop), _Verdicts)
    links: list[Link] = []
    left = candidates.parts
    for _, told in shared.done(left, should_stop, alone=alone or left < _WORTH_HELP):
        left -= 1
        for verdicts, margin in ((told.listed, 0.0), (told.unlisted, UNLISTED_MARGIN)):
            for pair, chance in verdicts:
                judge.know(pair, chance)
                if chance >= judge.model.threshold + margin:
                    links.append((-chance, *judge.table.unpair(pair)))
    links.sort(key=lambda link: _order(link, judge.table))
    return None if left else links


def _order(link: Link, table: PieceTable) -> tuple[bool, float, str, str]:
    """What happened in the same days, or is listed, is joined first, so that a late reprint of one piece stretches no
    group; equals stand by what they are, not by their numbers, which say what else lies in the folder.
    """
    chance, one, other = link
    pieces = table.pieces
    first, second = sorted((pieces[one].key, pieces[other].key))
    is_late = abs((pieces[one].hours or 0.0) - (pieces[other].hours or 0.0)) > UNLISTED_HOURS
    is_last = is_late and other not in table.listed(one) and one not in table.listed(other)
    return is_last, chance, first, second


class _Verdicts(msgspec.Struct, array_like=True):
    """What a judge says of the pairs of a part that it does not refuse at once: each as one number, and how likely."""

    listed: list[tuple[int, float]]
    unlisted: list[tuple[int, float]]


def _verdicts(judge: Judge, candidates: Candidates, part: int, should_stop: ShouldStop) -> _Verdicts | None:
    """The verdicts on a part of all pairs; None if `should_stop` says so."""
    told = _Verdicts([], [])
    for pairs, verdicts in ((candidates.listed(part), told.listed), (candidates.unlisted(part), told.unlisted)):
        for count, (one, other) in enumerate(pairs):
            if count % _STOP_EVERY == 0 and should_stop():
                return None
            if judge.share_words(one, other) and (chance := judge.probability(one, other)):
                verdicts.append((judge.table.pair(one, other), chance))
    return told


def joined_by(
    links: Sequence[Link], judge: Judge, should_stop: ShouldStop = never, before: Iterable[Sequence[int]] = ()
) -> tuple[tuple[int, ...], ...] | None:
    """The groups that links, the surest first, make of pieces; see `group`. Groups that were there `before` stay."""
    grouping = _Grouping(judge)
    for numbers in before:
        grouping.put_together(numbers)
    for island in _islands(links):
        for chance, one, other in island:
            # Of a large deck not all verdicts are remembered until here.
            judge.know(judge.table.pair(one, other), -chance)
        for count, (_, one, other) in enumerate(island):
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
