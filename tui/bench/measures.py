"""Measures of a split into events against what people said.

B-cubed is that of Bagga and Baldwin, "Entity-based cross-document coreferencing using the vector space model" (1998).
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from math import fsum
from typing import NamedTuple


class Score(NamedTuple):
    """Counts of pairs; precision and recall are 0 where there is nothing to divide by."""

    found: int
    wrongly_found: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of the pairs called one event that are."""
        return self.found / max(1, self.found + self.wrongly_found)

    @property
    def recall(self) -> float:
        """The share of the pairs of one event that were found."""
        return self.found / max(1, self.found + self.missed)


class Shares(NamedTuple):
    """A mean precision and recall, 0 where there is nothing to take the mean of."""

    precision: float
    recall: float


class ClusterScore(NamedTuple):
    """How a split agrees with the events that people named.

    `stories` were labelled, in `events` events of which `told_often` have two stories or more. `every` is B-cubed over
    all stories, which those alone dominate; `joined` the precision over the stories in groups of two and more and the
    recall over those of events of two and more. `pairs` counts pairs of stories, and so big events most. `exact` are
    the events of two and more that one group holds whole and alone.
    """

    stories: int
    events: int
    told_often: int
    exact: int
    every: Shares
    joined: Shares
    pairs: Score


def compare(events: Mapping[int, Hashable], groups: Mapping[int, Hashable]) -> ClusterScore:
    """Measures a split: `events` are what people said of each piece, `groups` what the split says.

    A piece without a group is one by itself; pieces that were not labelled do not count.
    """
    return compare_some(events, [(events, groups)])


def compare_some(
    events: Mapping[int, Hashable], parts: Iterable[tuple[Collection[int], Mapping[int, Hashable]]]
) -> ClusterScore:
    """The same where other splits have to answer for other pieces, as in cross-validation.

    `parts` are pieces, whole events of them, each with the split that answers for them; a group counts with all
    labelled pieces that it holds, those of other parts among them.
    """
    sizes = Counter(events.values())
    every: list[tuple[float, float]] = []
    said: list[float] = []
    true: list[float] = []
    counted = Counter[str]()
    for pieces, groups in parts:
        group = {piece: groups.get(piece, ("alone", piece)) for piece in events}
        group_sizes = Counter(group.values())
        cells = Counter((events[piece], group[piece]) for piece in events)
        for piece in pieces:
            both, mine, theirs = cells[events[piece], group[piece]], group_sizes[group[piece]], sizes[events[piece]]
            every.append((both / mine, both / theirs))
            said.extend([both / mine] * (mine > 1))
            true.extend([both / theirs] * (theirs > 1))
            # Each ordered pair is met once from either end, so all counts are doubled.
            counted.update(found=both - 1, wrong=mine - both, missed=theirs - both)
        asked = {events[piece] for piece in pieces}
        counted["exact"] += sum(
            1 < both == group_sizes[name] == sizes[event] and event in asked for (event, name), both in cells.items()
        )
    return ClusterScore(
        stories=len(every),
        events=len(sizes),
        told_often=sum(size > 1 for size in sizes.values()),
        exact=counted["exact"],
        every=Shares(_mean([precision for precision, _ in every]), _mean([recall for _, recall in every])),
        joined=Shares(_mean(said), _mean(true)),
        pairs=Score(counted["found"] // 2, counted["wrong"] // 2, counted["missed"] // 2),
    )


def _mean(values: list[float]) -> float:
    return fsum(values) / len(values) if values else 0.0
