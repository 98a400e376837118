"""`newsdeck bench --events`: the event split beside what people said of the same pairs."""

from pathlib import Path

from tui.cli.context import Context
from tui.cli.layout import Column
from tui.deck.deck import Deck
from tui.deck.event_evaluate import Evaluation, Score, evaluate, read_labels
from tui.errors import NewsdeckError
from tui.export.wording import counted
from tui.text.sanitize import clean_line, clean_path


def bench_events(context: Context, deck: Deck, labels: str) -> None:
    """Print precision and recall on all pairs and cross-validated, and every pair that came out wrong.

    Raises NewsdeckError if the labels cannot be read.
    """
    try:
        found = evaluate(deck.stories, read_labels(Path(labels).read_bytes()))
    except (OSError, ValueError) as error:
        raise NewsdeckError(f"{clean_path(labels)} holds no labels: {clean_line(str(error))}") from error
    assert found is not None, "nothing stops it"
    if context.options.json:
        context.output.json(_record(found))
        return
    _write(context, found)


def _write(context: Context, found: Evaluation) -> None:
    output = context.output
    output.line(
        f"{counted(found.pairs, 'pair')}, {found.same:,} of one event, {len(found.unknown):,} not in this folder; "
        f"{counted(found.families, 'family', 'families')} of headlines in {counted(found.folds, 'fold')}"
    )
    rows = [(name, *_figures(score)) for name, score in _scores(found)]
    columns = (Column("MEASURED", flexible=True, least=20), *(Column(name, right=True) for name in _FIGURES))
    output.table(columns, rows)
    for title, pairs in (("Wrong on all pairs", found.wrong), ("Wrong when left out", found.wrong_left_out)):
        output.line()
        output.line(f"{title}: {len(pairs):,}", bold=True)
        for pair in pairs:
            said = "said one event" if pair.said_same else "said two events"
            output.line(f"{pair.label_id}  {said} ({pair.likelihood:.2f}): {pair.reason}")
            output.line(f"    {pair.story_title}")
            output.line(f"    {pair.item_title}")


_FIGURES = ("PRECISION", "RECALL", "FOUND", "FALSE", "MISSED")


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


def _record(found: Evaluation) -> dict[str, object]:
    names = ("on_all", "judge_on_all", "left_out", "judge_left_out")
    scores = {
        name: {**score._asdict(), "precision": score.precision, "recall": score.recall}
        for name, (_said, score) in zip(names, _scores(found), strict=True)
    }
    wrong = {"wrong": found.wrong, "wrong_left_out": found.wrong_left_out}
    pairs = {name: [pair._asdict() for pair in listed] for name, listed in wrong.items()}
    counts = {"pairs": found.pairs, "same": found.same, "unknown": list(found.unknown), "folds": found.folds}
    return {**counts, "families": found.families, "threshold": found.threshold, **scores, **pairs}
