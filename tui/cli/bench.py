"""`newsdeck bench`: how good the events are, and how fast a search is, on a folder of the reader's own."""

import argparse

from tui.cli.bench_events import bench_events
from tui.cli.bench_query import bench_query
from tui.cli.context import Context
from tui.cli.environment import in_range
from tui.cli.exit_status import ExitStatus
from tui.cli.folder import add_path, load_folder

_MOST_STORIES = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--events", metavar="LABELS", help="precision and recall on pairs judged by hand, a JSON file")
    what.add_argument("--query", action="store_true", help="time for each keystroke of a search, with all counts")
    add_path(parser)
    parser.add_argument("--stories", metavar="N", type=_count, help="with --query: on N stories made from the folder's")
    parser.add_argument("--json", action="store_true", help="print as JSON")


def run(context: Context) -> int:
    """Measure what was asked for."""
    _root, loaded = load_folder(context)
    if context.options.events is not None:
        bench_events(context, loaded.deck, context.options.events)
    else:
        bench_query(context, loaded.deck, context.options.stories)
    return ExitStatus.DONE


def _count(text: str) -> int:
    count = in_range(text, _MOST_STORIES)
    if count is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {_MOST_STORIES:,}")
    return count
