"""Measures the event split against the event that people named for each story: B-cubed, pairs, and exact events."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tui.bench.labels import Clusters
from tui.bench.measures import ClusterScore, compare
from tui.bench.training import FOLDS, LabelledDeck, families_of, learn, rows_of, validate
from tui.deck.events.groups import group
from tui.model import Story
from tui.work import ShouldStop, never

Named = tuple[str, str]
"""A story as it is shown: its id and its headline."""


class WrongEvent(NamedTuple):
    """An event that the split cuts into `parts`, or a group that mixes events, each a part of it; the largest first."""

    parts: tuple[tuple[Named, ...], ...]


class ClusterEvaluation(NamedTuple):
    """What `newsdeck bench --events` prints where the event of each story is known.

    `unknown` are the cards that the folder does not hold. `on_all` is the split as the reader sees it; `left_out` is
    cross-validated: the coefficients are fitted to the other events of this folder, None where those are too few.
    """

    unknown: tuple[str, ...]
    folds: int
    threshold: float
    on_all: ClusterScore
    left_out: ClusterScore | None
    split: tuple[WrongEvent, ...]
    mixed: tuple[WrongEvent, ...]


def evaluate_clusters(
    stories: Sequence[Story], clusters: Clusters, should_stop: ShouldStop = never
) -> ClusterEvaluation | None:
    """Measures the event split of a deck; None if `should_stop` said to stop."""
    deck = LabelledDeck("", stories, clusters)
    groups = group(deck.judge, should_stop)
    if groups is None:
        return None
    group_of = {number: f"group {place}" for place, numbers in enumerate(groups) for number in numbers}
    whole = {number: group_of.get(number, f"alone {number}") for number in deck.events}
    return ClusterEvaluation(
        unknown=tuple(deck.unknown),
        folds=FOLDS,
        threshold=deck.judge.model.threshold,
        on_all=compare(deck.events, whole),
        left_out=_left_out(deck),
        split=_torn(deck, deck.events, whole),
        mixed=_torn(deck, whole, deck.events),
    )


def _left_out(deck: LabelledDeck) -> ClusterScore | None:
    families = families_of([deck])
    rows = rows_of(deck, families)
    models = []
    for fold in range(FOLDS):
        kept = [row for row in rows if not row.is_of(fold)]
        if len({row.same for row in kept}) < 2:
            return None
        models.append(learn(kept))
    return validate(deck, families, models)[1]


def _torn(deck: LabelledDeck, outer: Mapping[int, str], inner: Mapping[int, str]) -> tuple[WrongEvent, ...]:
    """Which of the `outer` groups lie in several of the `inner` ones."""
    parts: dict[str, dict[str, list[Named]]] = defaultdict(lambda: defaultdict(list))
    for number, name in outer.items():
        table = deck.judge.table
        parts[name][inner[number]].append((table.stories[number][0], table.pieces[number].source.title))
    torn = [sorted(found.values(), key=lambda part: (-len(part), part)) for found in parts.values() if len(found) > 1]
    torn.sort(key=lambda found: (-sum(map(len, found)), found))
    return tuple(WrongEvent(tuple(map(tuple, found))) for found in torn)
