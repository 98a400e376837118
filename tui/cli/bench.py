"""`newsdeck bench`: how fast the reader, its searches and its events are on a folder of the reader's own."""

import argparse

from tui.cli.context import Context
from tui.cli.environment import in_range
from tui.cli.exit_status import ExitStatus
from tui.cli.folder import add_path, load_folder

_MOST_STORIES = 1_000_000
_MOST_ROUNDS = 50
_ROUNDS = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--events", metavar="LABELS", help="precision and recall on pairs judged by hand, a JSON file")
    what.add_argument("--query", action="store_true", help="time for each keystroke of a search, with all counts")
    add_path(parser)
    parser.add_argument("--stories", metavar="N", type=_stories, help="on N stories made from those of the folder")
    parser.add_argument(
        "--rounds", metavar="N", type=_rounds, default=_ROUNDS, help=f"how often to load and open; else {_ROUNDS} times"
    )
    parser.add_argument("--json", action="store_true", help="print as JSON")


def run(context: Context) -> int:
    """Measure what was asked for: without an option how fast the folder is loaded, opened and read."""
    options = context.options
    if options.events is not None:
        from tui.cli.bench_events import bench_events

        bench_events(context, load_folder(context)[1].deck, options.events)
    elif options.query:
        from tui.cli.bench_query import bench_query

        bench_query(context, load_folder(context)[1].deck, options.stories)
    else:
        from tui.cli.bench_load import bench_load
        from tui.cli.bench_rounds import Effort

        bench_load(context, context.session(options.path).root, options.stories, Effort.of(options.rounds))
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
