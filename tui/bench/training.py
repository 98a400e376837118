"""Fits the coefficients of the judge to labelled folders, and measures how well that holds on events it has not seen.

    python -m tui.bench.training FOLDER=LABELS [FOLDER=LABELS ...]

prints cross-validated figures for each folder and then the table of coefficients as `tui.deck.events.judge` has it.
Several folders may hold the same events, as one that is measured alone and again within a larger one: what shares an
event or a headline is left out together, in all of them.
"""

import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tui.bench.fit import fit
from tui.bench.labels import Clusters, Label, Pair, read_labels, resolve_clusters, resolve_pairs
from tui.bench.measures import ClusterScore, Score, compare_some
from tui.cards.worker.batches import load
from tui.deck.events.candidates import Candidates
from tui.deck.events.features import FEATURES, features
from tui.deck.events.groups import group
from tui.deck.events.judge import THRESHOLD, Judge, Model
from tui.deck.events.lexicon import Lexicon
from tui.deck.events.pieces import gather
from tui.deck.events.telling import count_terms
from tui.model import Story
from tui.work import never

FOLDS = 5
_SAME_WEIGHT = 200.0
"""What all pairs of one event of a folder count together, so that a large folder does not drown the others."""
_OTHER_WEIGHT = 300.0
"""The same for pairs of two events; none counts more than one."""
_FULL_PAIRS = 9
"""An event of more pairs counts as the root of their number: its pairs tell much the same."""


class Row(NamedTuple):
    """A pair to learn from: its figures, what a person said of it, how much it counts, and the families it is of."""

    figures: tuple[float, ...]
    same: bool
    weight: float
    families: frozenset[str]

    def is_of(self, fold: int) -> bool:
        """Whether one of its families is of this fold."""
        return fold in map(fold_of, self.families)


class LabelledDeck:
    """A folder with what people said of it: the event of each piece (`events`), or some pairs of pieces (`pairs`)."""

    def __init__(self, name: str, stories: Sequence[Story], labels: tuple[Label, ...] | Clusters) -> None:
        self.name = name
        table = gather(stories, {})
        counted = count_terms(table.pieces)
        self.judge = Judge(table, Lexicon(counted))
        self._candidates = Candidates(table, counted, counted)
        self.pairs: list[Pair] = []
        self.events: dict[int, str] = {}
        if isinstance(labels, tuple):
            self.pairs, self.unknown = resolve_pairs(labels, stories, table)
        else:
            self.events, self.unknown = resolve_clusters(labels, stories, table)

    def headline(self, number: int) -> str:
        """The headline of a piece in the words that are compared."""
        return " ".join(self.judge.table.pieces[number].words.headline)

    def kin(self) -> Iterable[tuple[str, str]]:
        """Pairs of names that are of one family: an event and its headlines, or the headlines of a judged pair."""
        for pair in self.pairs:
            yield self.headline(pair.one), self.headline(pair.other)
        for number, event in self.events.items():
            yield f"event {event}", self.headline(number)

    def questions(self) -> list[tuple[int, int, bool]]:
        """The pairs that the split asks the judge about and of which people said something, with what they said."""
        if self.pairs:
            said = [(pair.one, pair.other, pair.label.same_event) for pair in self.pairs]
        else:
            asked = sorted(tuple(sorted(pair)) for pair in self._candidates.pairs())
            events = self.events
            said = [
                (one, other, events[one] == events[other]) for one, other in asked if one in events and other in events
            ]
        return [question for question in said if self.judge.may_match(*question[:2])]


def rows_of(deck: LabelledDeck, families: Mapping[str, str]) -> list[Row]:
    """What can be learnt from a folder."""
    pieces, lexicon = deck.judge.table.pieces, deck.judge.lexicon
    asked = deck.questions()
    of_piece = {number: families[deck.headline(number)] for question in asked for number in question[:2]}
    sizes = Counter(of_piece[one] for one, _, same in asked if same)
    counts = [min(1.0, (_FULL_PAIRS / sizes[of_piece[one]]) ** 0.5) if same else 1.0 for one, _, same in asked]
    same_scale = _SAME_WEIGHT / (
        sum(count for count, question in zip(counts, asked, strict=True) if question[2]) or 1.0
    )
    other_scale = min(1.0, _OTHER_WEIGHT / max(1, sum(not same for *_, same in asked)))
    return [
        Row(
            features(pieces[one], pieces[other], lexicon),
            same,
            count * (same_scale if same else other_scale),
            frozenset((of_piece[one], of_piece[other])),
        )
        for (one, other, same), count in zip(asked, counts, strict=True)
    ]


def families_of(decks: Iterable[LabelledDeck]) -> dict[str, str]:
    """For each event and headline the first name of its family."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for one, other in (kin for deck in decks for kin in deck.kin()):
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    return {name: root(name) for name in parent}


def fold_of(family: str) -> int:
    """The fold of a family, the same in each run."""
    return int.from_bytes(hashlib.sha256(family.encode()).digest()[:4]) % FOLDS


def learn(rows: Sequence[Row]) -> Model:
    """The model that fits rows best."""
    return fit([row.figures for row in rows], [row.same for row in rows], THRESHOLD, [row.weight for row in rows])


def validate(
    deck: LabelledDeck, families: Mapping[str, str], models: Sequence[Model]
) -> tuple[Score, ClusterScore | None]:
    """Measures a folder, each event with the model of `models` that has not seen it: labelled pairs, and clusters if
    the event of each piece is known.
    """
    by_fold: dict[int, list[int]] = defaultdict(list)
    for number in deck.events:
        by_fold[fold_of(families[deck.headline(number)])].append(number)
    counted = Counter[tuple[bool, bool]]()
    parts = []
    for fold, model in enumerate(models):
        found = group(Judge(deck.judge.table, deck.judge.lexicon, model), never) or ()
        group_of = {number: place for place, numbers in enumerate(found) for number in numbers}
        parts.append((by_fold[fold], group_of))
        for pair in deck.pairs:
            if fold_of(families[deck.headline(pair.one)]) == fold:
                together = pair.one == pair.other or group_of.get(pair.one, -1) == group_of.get(pair.other, -2)
                counted[together, pair.label.same_event] += 1
    score = Score(counted[True, True], counted[True, False], counted[False, True])
    return score, compare_some(deck.events, parts) if deck.events else None


def main(arguments: Sequence[str]) -> None:
    """Fit, measure and print."""
    sys.stdout.writelines(
        f"{line}\n" for line in _told([_deck_of(*map(Path, text.split("=", 1))) for text in arguments])
    )


def _told(decks: Sequence[LabelledDeck]) -> Iterator[str]:
    families = families_of(decks)
    by_deck = [rows_of(deck, families) for deck in decks]
    rows = [row for listed in by_deck for row in listed]
    models = [learn([row for row in rows if not row.is_of(fold)]) for fold in range(FOLDS)]
    for deck, listed in zip(decks, by_deck, strict=True):
        yield f"{deck.name}, {len(listed):,} pairs to learn from: {_figures(*validate(deck, families, models))}"
    model = learn(rows)
    yield f"INTERCEPT = {model.intercept:.2f}"
    for name, coefficient in zip(FEATURES, model.coefficients, strict=True):
        yield f'    "{name}": {coefficient:.2f},'


def _deck_of(folder: Path, labels: Path) -> LabelledDeck:
    stories = [story for batch in load(folder) for story in batch.stories]
    return LabelledDeck(f"{folder.name} ({labels.name})", stories, read_labels(labels.read_bytes()))


def _figures(pairs: Score, clusters: ClusterScore | None) -> str:
    if clusters is None:
        return f"labelled pairs P {pairs.precision:.3f} R {pairs.recall:.3f}"
    return (
        f"joined stories P {clusters.joined.precision:.3f} R {clusters.joined.recall:.3f}, "
        f"pairs P {clusters.pairs.precision:.3f} R {clusters.pairs.recall:.3f}, "
        f"exact {clusters.exact} of {clusters.told_often}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
