"""Measures the event split against pairs judged by hand: precision, recall, and what it got wrong and why."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tui.bench.fit import fit
from tui.bench.labels import Label, Pair, resolve_pairs
from tui.bench.measures import Score
from tui.deck.events.features import features
from tui.deck.events.groups import group
from tui.deck.events.judge import Judge
from tui.deck.events.lexicon import Lexicon
from tui.deck.events.pieces import PieceTable, gather
from tui.deck.events.reasons import relation_reason
from tui.deck.events.telling import count_terms
from tui.model import Story
from tui.work import ShouldStop, never

FOLDS = 10


class WrongPair(NamedTuple):
    """A pair on which the split and the person differ; `said_same` is what the split said, `reason` why."""

    label_id: str
    story_id: str
    story_title: str
    item_title: str
    item_url: str
    said_same: bool
    likelihood: float
    reason: str


class Evaluation(NamedTuple):
    """What `newsdeck bench --events` prints.

    `pairs` were judged, `same` of them as one event; `unknown` are the ids of labels whose card or item the
    folder does not hold. `on_all` is the split as the reader sees it (built-in coefficients, groups formed)
    on all pairs, `judge_on_all` the same before grouping. `left_out` and `judge_left_out` are
    cross-validated over `folds` folds of `families` families: the coefficients are fitted to the other
    folds, and pairs that share a headline on either side are never in different folds (nothing is left out
    where all are one family); the decision threshold and the choice of features are those built in. `wrong`
    and `wrong_left_out` are the pairs that `on_all` and `left_out` got wrong, false alarms first.
    """

    pairs: int
    same: int
    unknown: tuple[str, ...]
    folds: int
    families: int
    threshold: float
    on_all: Score
    judge_on_all: Score
    left_out: Score
    judge_left_out: Score
    wrong: tuple[WrongPair, ...]
    wrong_left_out: tuple[WrongPair, ...]


class _Said(NamedTuple):
    pair: Pair
    by_group: bool
    by_judge: bool
    wrong: WrongPair | None


def evaluate(stories: Sequence[Story], labels: Sequence[Label], should_stop: ShouldStop = never) -> Evaluation | None:
    """Measures the event split of a deck; None if `should_stop` said to stop."""
    table = gather(stories, {})
    judge = Judge(table, Lexicon(count_terms(table.pieces)))
    pairs, unknown = resolve_pairs(labels, stories, table)
    said = _ask(judge, pairs, should_stop)
    folds = _folds(pairs, table)
    left_out = _cross_validate(judge, folds, should_stop)
    if said is None or left_out is None:
        return None
    return Evaluation(
        pairs=len(pairs),
        same=sum(pair.label.same_event for pair in pairs),
        unknown=tuple(unknown),
        folds=len(folds),
        families=len(set(_families(pairs, table).values())),
        threshold=judge.model.threshold,
        on_all=_score((answer.by_group, answer.pair) for answer in said),
        judge_on_all=_score((answer.by_judge, answer.pair) for answer in said),
        left_out=_score((answer.by_group, answer.pair) for answer in left_out),
        judge_left_out=_score((answer.by_judge, answer.pair) for answer in left_out),
        wrong=_wrong(said),
        wrong_left_out=_wrong(left_out),
    )


def _families(pairs: Sequence[Pair], table: PieceTable) -> dict[tuple[str, ...], tuple[str, ...]]:
    """For each headline the first headline of its family: headlines that pairs connect, through any number
    of steps.
    """
    parent: dict[tuple[str, ...], tuple[str, ...]] = {}

    def root(headline: tuple[str, ...]) -> tuple[str, ...]:
        parent.setdefault(headline, headline)
        while parent[headline] != headline:
            parent[headline] = parent[parent[headline]]
            headline = parent[headline]
        return headline

    for pair in pairs:
        first, second = sorted(root(table.pieces[number].words.headline) for number in (pair.one, pair.other))
        parent[second] = first
    return {headline: root(headline) for headline in parent}


def _folds(pairs: Sequence[Pair], table: PieceTable) -> list[list[Pair]]:
    """The pairs in at most `FOLDS` parts of like size, families kept together."""
    families = _families(pairs, table)
    by_family: dict[tuple[str, ...], list[Pair]] = {}
    for pair in pairs:
        by_family.setdefault(families[table.pieces[pair.one].words.headline], []).append(pair)
    folds: list[list[Pair]] = [[] for _ in range(FOLDS)]
    for _, members in sorted(by_family.items(), key=lambda family: (-len(family[1]), family[0])):
        min(folds, key=len).extend(members)
    return [fold for fold in folds if fold]


def _cross_validate(judge: Judge, folds: Sequence[Sequence[Pair]], should_stop: ShouldStop) -> list[_Said] | None:
    figures = {
        pair: features(judge.table.pieces[pair.one], judge.table.pieces[pair.other], judge.lexicon)
        for fold in folds
        for pair in fold
    }
    said: list[_Said] = []
    for left_out in folds:
        rest = [pair for fold in folds if fold is not left_out for pair in fold]
        if len({pair.label.same_event for pair in rest}) < 2:
            continue
        model = fit([figures[pair] for pair in rest], [pair.label.same_event for pair in rest])
        answers = _ask(Judge(judge.table, judge.lexicon, model), left_out, should_stop)
        if answers is None:
            return None
        said.extend(answers)
    return said


def _ask(judge: Judge, pairs: Sequence[Pair], should_stop: ShouldStop) -> list[_Said] | None:
    groups = group(judge, should_stop)
    if groups is None:
        return None
    group_of: Mapping[int, int] = {number: index for index, members in enumerate(groups) for number in members}
    return [_answer(judge, pair, group_of) for pair in pairs]


def _answer(judge: Judge, pair: Pair, group_of: Mapping[int, int]) -> _Said:
    likelihood = judge.probability(pair.one, pair.other)
    together = group_of.get(pair.one, -1) == group_of.get(pair.other, -2) or pair.one == pair.other
    wrong = None
    if together is not pair.label.same_event:
        story, item = (judge.table.pieces[number].source for number in (pair.one, pair.other))
        wrong = WrongPair(
            label_id=pair.label.id,
            story_id=pair.label.card,
            story_title=story.title,
            item_title=item.title,
            item_url=item.url,
            said_same=together,
            likelihood=likelihood,
            reason=relation_reason(judge, pair.one, pair.other, together),
        )
    return _Said(pair, together, likelihood >= judge.model.threshold, wrong)


def _score(answers: Iterable[tuple[bool, Pair]]) -> Score:
    counted = Counter((said, pair.label.same_event) for said, pair in answers)
    return Score(counted[True, True], counted[True, False], counted[False, True])


def _wrong(said: Iterable[_Said]) -> tuple[WrongPair, ...]:
    found = [answer.wrong for answer in said if answer.wrong is not None]
    return tuple(sorted(found, key=lambda wrong: (not wrong.said_same, wrong.label_id)))
