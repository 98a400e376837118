"""`newsdeck bench`: how fast a folder is loaded, opened and read, each beside its floor in the same run."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from tui.cli.bench_cards import make_cards
from tui.cli.bench_lab import Lab
from tui.cli.bench_report import Figure, Goal, Report, Unit, report
from tui.cli.bench_rounds import Cards, Effort, measure
from tui.cli.context import Context
from tui.cli.layout import Column
from tui.export.wording import counted

_MEBI: Final = 1024 * 1024
_TOLD_EVERY: Final = 20_000
_REMOVALS: Final = 5


def bench_load(context: Context, root: Path, stories: int | None, effort: Effort) -> None:
    """Measure the folder `root`, or one of `stories` cards made from it, and print what was found.

    Everything that is written for it is in a temporary folder, removed in the end. Raises FolderError if there are
    no cards or the disk has no room, and ProgramError if something that is measured does not go on.
    """
    with _scratch() as scratch:
        lab = Lab(scratch, context.environment.environ)
        if stories is not None:
            root, given = lab.folder("cards"), root
            context.output.note(f"making {counted(stories, 'card')}")
            make_cards(given, root, stories, lambda done, count: _tell_made(context, done, count))
        cards = Cards.of(root)
        samples, rounds = measure(lab, cards, effort, context.output.note)
        found = report(cards, samples, rounds, made=stories is not None)
    if context.options.json:
        context.output.json(msgspec.to_builtins(found))
    else:
        _write(context, found)


def _tell_made(context: Context, done: int, count: int) -> None:
    if done and done % _TOLD_EVERY == 0:
        context.output.note(f"made {done:,} of {count:,} cards")


@contextmanager
def _scratch() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="newsdeck-bench-"))
    try:
        yield folder
    finally:
        # What was ended a moment ago may still be writing.
        for _ in range(_REMOVALS):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break


_COLUMNS: Final = (
    Column("MEASURED"),
    Column("FOUND", right=True),
    Column("BESIDE", flexible=True),
    Column("TAKES", right=True),
    Column("RATIO", right=True),
    Column("GOAL", right=True),
    Column("MET"),
)


def _write(context: Context, found: Report) -> None:
    output = context.output
    made = " made" if found.made else ""
    output.line(
        f"{found.cards:,} cards{made}, {found.bytes / _MEBI:,.1f} MiB; medians of {counted(found.rounds, 'round')}; "
        f"newsdeck {found.newsdeck}, Python {found.python}, Textual {found.textual}, {found.system} {found.machine}, "
        f"{counted(found.processors, 'processor')}, terminal {found.terminal}"
    )
    output.table(_COLUMNS, map(_cells, found.figures))
    if found.missing:
        output.line(f"Could not be measured: {', '.join(found.missing)}.")


def _cells(figure: Figure) -> tuple[str, ...]:
    ratio = "" if figure.ratio is None else _ratio(figure)
    goal = "" if figure.goal is None else _goal(figure.goal, figure.unit)
    met = {True: "yes", False: "no", None: "" if figure.goal is None else "not asked"}[figure.met]
    floor = "" if figure.floor_value is None else _amount(figure.floor_value, figure.unit)
    return (figure.what, _amount(figure.value, figure.unit), figure.floor or "", floor, ratio, goal, met)


def _ratio(figure: Figure) -> str:
    """How many times the floor; the other way round where the goal is a speed."""
    assert figure.ratio is not None
    is_speed = figure.goal is not None and figure.goal.kind == "speed"
    return f"1/{1 / figure.ratio:.1f}" if is_speed and figure.ratio else f"{figure.ratio:.2f}"


def _goal(goal: Goal, unit: Unit) -> str:
    match goal.kind:
        case "speed":
            return f"<= 1/{goal.limit:g}"
        case "ratio":
            return f"<= {goal.limit:g}"
        case "value":
            return f"<= {_amount(goal.limit, unit)}"


def _amount(value: float, unit: Unit) -> str:
    if unit == "bytes":
        return f"{value / _MEBI:,.1f} MiB"
    return f"{value * 1000:,.1f} ms" if value < 1 else f"{value:,.2f} s"
