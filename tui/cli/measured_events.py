"""Prints how the event split of a folder agrees with labels, for `newsdeck bench --events`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tui.bench.clusters import ClusterEvaluation, WrongEvent, evaluate_clusters
from tui.bench.events import Evaluation, evaluate
from tui.bench.labels import read_labels
from tui.bench.measures import ClusterScore, Score, Shares
from tui.cli.context import Context
from tui.cli.layout import Column
from tui.deck.deck import Deck
from tui.errors import NewsdeckError
from tui.text.sanitize import clean_line, clean_path
from tui.text.wording import counted


def bench_events(context: Context, deck: Deck, labels: str) -> None:
    """Print how the split agrees with the labels as the reader sees it and cross-validated, and what came out wrong.

    Raises NewsdeckError if the labels cannot be read.
    """
    try:
        read = read_labels(Path(labels).read_bytes())
    except (OSError, ValueError) as error:
        raise NewsdeckError(f"{clean_path(labels)} holds no labels: {clean_line(str(error))}") from error
    if isinstance(read, tuple):
        found = evaluate(deck.stories, read)
        assert found is not None, "nothing stops it"
        if context.options.json:
            context.output.json(_pairs_record(found))
        else:
            _write_pairs(context, found)
    else:
        clusters = evaluate_clusters(deck.stories, read)
        assert clusters is not None, "nothing stops it"
        if context.options.json:
            context.output.json(_clusters_record(clusters))
        else:
            _write_clusters(context, clusters)


def _write_pairs(context: Context, found: Evaluation) -> None:
    output = context.output
    output.line(
        f"{counted(found.pairs, 'pair')}, {found.same:,} of one event, {len(found.unknown):,} not in this folder; "
        f"{counted(found.families, 'family', 'families')} of headlines in {counted(found.folds, 'fold')}"
    )
    rows = [(name, *_figures(score)) for name, score in _scores(found)]
    columns = (Column("MEASURED", flexible=True, least=20), *(Column(name, right=True) for name in _PAIR_COLUMNS))
    output.table(columns, rows)
    for title, pairs in (("Wrong on all pairs", found.wrong), ("Wrong when left out", found.wrong_left_out)):
        output.line()
        output.line(f"{title}: {len(pairs):,}", bold=True)
        for pair in pairs:
            said = "said one event" if pair.said_same else "said two events"
            output.line(f"{pair.label_id}  {said} ({pair.likelihood:.2f}): {pair.reason}")
            output.line(f"    {pair.story_title}")
            output.line(f"    {pair.item_title}")


_PAIR_COLUMNS = ("PRECISION", "RECALL", "FOUND", "FALSE", "MISSED")


def _scores(found: Evaluation) -> tuple[tuple[str, Score], ...]:
    return (
        ("all pairs, as the reader sees it", found.on_all),
        ("all pairs, judged one by one", found.judge_on_all),
        ("cross-validated over events, as the reader sees it", found.left_out),
        ("cross-validated over events, judged one by one", found.judge_left_out),
    )


def _figures(score: Score) -> tuple[str, ...]:
    counts = (score.found, score.wrongly_found, score.missed)
    return (f"{score.precision:.3f}", f"{score.recall:.3f}", *(f"{count:,}" for count in counts))


def _pairs_record(found: Evaluation) -> dict[str, object]:
    names = ("on_all", "judge_on_all", "left_out", "judge_left_out")
    scores = {
        name: {**score._asdict(), "precision": score.precision, "recall": score.recall}
        for name, (_said, score) in zip(names, _scores(found), strict=True)
    }
    wrong = {"wrong": found.wrong, "wrong_left_out": found.wrong_left_out}
    pairs = {name: [pair._asdict() for pair in listed] for name, listed in wrong.items()}
    counts = {"pairs": found.pairs, "same": found.same, "unknown": list(found.unknown), "folds": found.folds}
    return {**counts, "families": found.families, "threshold": found.threshold, **scores, **pairs}


def _write_clusters(context: Context, found: ClusterEvaluation) -> None:
    output = context.output
    score = found.on_all
    output.line(
        f"{counted(score.stories, 'story', 'stories')} of {counted(score.events, 'event')}, {score.told_often:,} "
        f"of them of two and more; {len(found.unknown):,} not in this folder"
    )
    columns = (Column("MEASURED", flexible=True, least=20), *(Column(name, right=True) for name in _CLUSTER_COLUMNS))
    rows = list(_cluster_rows("as the reader sees it", score))
    if found.left_out is not None:
        rows.extend(_cluster_rows(f"left out in {found.folds} folds", found.left_out))
    output.table(columns, rows)
    for title, wrong in (("Events in several groups", found.split), ("Groups of several events", found.mixed)):
        output.line()
        output.line(f"{title}: {len(wrong):,}", bold=True)
        for event in wrong:
            _write_parts(context, event)


def _write_parts(context: Context, event: WrongEvent) -> None:
    for place, part in enumerate(event.parts):
        for row, (id, title) in enumerate(part):
            begin = "-" if place + row == 0 else "|" if row == 0 else " "
            context.output.line(f"{begin} {title}  {id}")


_CLUSTER_COLUMNS: Final = ("PRECISION", "RECALL", "F", "EXACT")


def _cluster_rows(name: str, score: ClusterScore) -> Sequence[tuple[str, ...]]:
    measured = (
        ("B-cubed, every story", score.every),
        ("B-cubed, joined stories", score.joined),
        ("pairs", score.pairs),
    )
    rows = []
    for what, shares in measured:
        exact = f"{score.exact} of {score.told_often}" if what == "pairs" else ""
        figures = (shares.precision, shares.recall, _harmonic(shares.precision, shares.recall))
        rows.append((f"{what}, {name}", *(f"{figure:.3f}" for figure in figures), exact))
    return rows


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _clusters_record(found: ClusterEvaluation) -> dict[str, object]:
    scores = {"on_all": found.on_all, "left_out": found.left_out}
    wrong = {"split": found.split, "mixed": found.mixed}
    return {
        "unknown": list(found.unknown),
        "folds": found.folds,
        "threshold": found.threshold,
        **{name: None if score is None else _score_record(score) for name, score in scores.items()},
        **{
            name: [[[id for id, _ in part] for part in event.parts] for event in events]
            for name, events in wrong.items()
        },
    }


def _score_record(score: ClusterScore) -> dict[str, object]:
    shares: dict[str, Shares | Score] = {"every": score.every, "joined": score.joined, "pairs": score.pairs}
    return {
        "stories": score.stories,
        "events": score.events,
        "told_often": score.told_often,
        "exact": score.exact,
        **{name: {"precision": share.precision, "recall": share.recall} for name, share in shares.items()},
    }
