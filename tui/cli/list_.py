"""`newsdeck list`: the stories of a folder, for people and for programs."""

import argparse
from collections.abc import Callable, Sequence

from tui.cli.context import Context
from tui.cli.environment import in_range
from tui.cli.exit_status import ExitStatus
from tui.cli.folder import add_path, load_folder, tell_problems
from tui.cli.formats import FORMATS, write_stories
from tui.deck.view import View, pick
from tui.errors import ConfigError
from tui.model import Story

_SORTS: dict[str, Callable[[Story], tuple[bool, float]]] = {
    "newest": lambda story: (story.published_at is None, -_seconds(story)),
    "oldest": lambda story: (story.published_at is None, _seconds(story)),
    "quality": lambda story: (story.quality is None, -(story.quality or 0)),
    "heat": lambda story: (story.heat is None, -(story.heat or 0)),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    add_path(parser)
    parser.add_argument(
        "-q",
        "--query",
        metavar="WORDS",
        default="",
        help="only stories with all these words in headline, excerpt, outlet or topics",
    )
    parser.add_argument(
        "--sort", metavar="ORDER", choices=_SORTS, default="newest", help=f"{', '.join(_SORTS)}; newest if not named"
    )
    parser.add_argument("-n", "--number", metavar="N", type=_count, help="print no more than N stories")
    parser.add_argument("--coverage", action="store_true", help="print what covers each story, too")
    formats = parser.add_mutually_exclusive_group()
    formats.add_argument(
        "--format", metavar="FORM", choices=FORMATS, default="table", help=f"{', '.join(FORMATS)}; table if not named"
    )
    formats.add_argument("--json", dest="format", action="store_const", const="json", help="same as --format json")
    parser.add_argument("--fail-empty", action="store_true", help="exit status 1 if no story matches")
    parser.add_argument("--strict", action="store_true", help="exit status 5 if a card has a problem")


def run(context: Context) -> int:
    """Print the stories that were asked for."""
    options = context.options
    if options.coverage and options.format == "csv":
        raise ConfigError("CSV has no room for --coverage; use --format jsonl.")
    loaded = load_folder(context)
    stories = _chosen([loaded.deck.story(doc) for doc in pick(loaded.deck, View(words=options.query))], options)
    write_stories(context, loaded.deck, stories)
    if not stories:
        context.output.note("no story matches.")
    strict = tell_problems(context, loaded)
    if strict is not None:
        return strict
    return ExitStatus.NEGATIVE if options.fail_empty and not stories else ExitStatus.DONE


def _chosen(stories: Sequence[Story], options: argparse.Namespace) -> list[Story]:
    """The first of the stories in the order asked for; equal ones stay in the deck's order, newest first."""
    return sorted(stories, key=_SORTS[options.sort])[: options.number]


def _seconds(story: Story) -> float:
    return story.published_at.timestamp() if story.published_at else 0.0


def _count(text: str) -> int:
    count = in_range(text, 10**9)
    if count is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 up")
    return count
