"""`newsdeck bench`: how fast the reader, its searches and its events are on a folder of the reader's own."""

import argparse
import dataclasses
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from tui.bench.cards import make_cards
from tui.bench.lab import Lab
from tui.bench.query import QueryTimes, bench_queries, varied
from tui.bench.report import Figure, Goal, Report, Unit, report
from tui.bench.rounds import Cards, Effort, measure
from tui.cli.arguments import add_paths
from tui.cli.context import Context
from tui.cli.environment import in_range
from tui.cli.exit_status import ExitStatus
from tui.cli.layout import Column
from tui.cli.loading import load_folder
from tui.cli.measured_events import bench_events
from tui.deck.deck import Deck
from tui.errors import ConfigError
from tui.text.wording import counted

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
            make_cards(given, root, stories, lambda done, count: _note_made(context, done, count))
        cards = Cards.of(root)
        samples, rounds = measure(lab, cards, effort, context.output.note)
        found = report(cards, samples, rounds, made=stories is not None)
    if context.options.json:
        context.output.json(msgspec.to_builtins(found))
    else:
        _write(context, found)


def _note_made(context: Context, done: int, count: int) -> None:
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


def bench_query(context: Context, deck: Deck, stories: int | None) -> None:
    """Type queries letter by letter over the deck, and over `stories` stories made from it, if that was asked for."""
    results = [bench_queries(deck.stories, deck.topics, measure_memory=True)]
    if stories is not None:
        context.output.note(f"making {stories:,} stories")
        results.append(bench_queries(varied(deck.stories, stories), deck.topics))
    if context.options.json:
        context.output.json([dataclasses.asdict(result) for result in results])
        return
    columns = tuple(Column(name, right=True) for name in _QUERY_COLUMNS)
    context.output.table(columns, [_query_cells(result) for result in results])


_QUERY_COLUMNS = ("STORIES", "KEYSTROKES", "MEDIAN MS", "P95 MS", "LONGEST MS", "INDEX S", "INDEX MIB")


def _query_cells(result: QueryTimes) -> tuple[str, ...]:
    memory = "" if result.memory is None else f"{result.memory / _MEBI:.1f}"
    times = (f"{value:.2f}" for value in (result.median, result.p95, result.longest, result.build_seconds))
    return (f"{result.stories:,}", f"{result.keystrokes:,}", *times, memory)


_MOST_STORIES = 1_000_000
_MOST_ROUNDS = 50
_ROUNDS = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--events",
        metavar="LABELS",
        help="how the events agree with pairs judged by hand, or with events named by hand, a JSON file",
    )
    what.add_argument("--query", action="store_true", help="time for each keystroke of a search, with all counts")
    add_paths(parser)
    parser.add_argument("--stories", metavar="N", type=_stories, help="on N stories made from those of the folder")
    parser.add_argument(
        "--rounds", metavar="N", type=_rounds, default=_ROUNDS, help=f"how often to load and open; else {_ROUNDS} times"
    )
    parser.add_argument("--json", action="store_true", help="print as JSON")


def run(context: Context) -> int:
    """Measure what was asked for: without an option how fast the folder is loaded, opened and read."""
    options = context.options
    if options.events is not None:
        bench_events(context, load_folder(context)[1].deck, options.events)
    elif options.query:
        bench_query(context, load_folder(context)[1].deck, options.stories)
    else:
        session = context.session(options.paths)
        if session.is_several:
            raise ConfigError("Loading is measured on one folder; name only that one.")
        bench_load(context, session.root, options.stories, Effort.of(options.rounds))
    return ExitStatus.DONE


def _stories(text: str) -> int:
    return _number(text, _MOST_STORIES)


def _rounds(text: str) -> int:
    return _number(text, _MOST_ROUNDS)


def _number(text: str, most: int) -> int:
    number = in_range(text, most)
    if number is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {most:,}")
    return number
