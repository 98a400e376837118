"""`newsdeck list`: the stories of a folder, for people and for programs."""

import argparse
from collections.abc import Sequence

from tui.cli.arguments import add_paths
from tui.cli.context import Context
from tui.cli.environment import in_range
from tui.cli.exit_status import ExitStatus
from tui.cli.formats import FORMATS, RECORD_FORMATS, StoriesToWrite, write_stories
from tui.cli.loading import add_query, events_of, load_folder, read_marks, report_problems, understood
from tui.config.views import SavedView, read_views
from tui.deck.query.ast import all_of
from tui.deck.query.printing import printed
from tui.deck.search.sorting import SORTS, Sort
from tui.deck.view import Listing, View
from tui.errors import ConfigError
from tui.export.records import Recorder
from tui.model import Story
from tui.paths import views_file
from tui.session import LoadedFolder, Marking
from tui.session.listing import asks_about_events, list_deck
from tui.text.sanitize import clean_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    add_paths(parser)
    add_query(parser)
    orders = ", ".join(SORTS)
    parser.add_argument("--sort", metavar="ORDER", choices=SORTS, help=f"{orders}; by default newest, or relevance")
    parser.add_argument("--reverse", action="store_true", help="the same order the other way round")
    parser.add_argument("--group", action="store_true", help="one story for each event")
    parser.add_argument("--view", metavar="NAME", help="query, order and grouping of a saved view")
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
    saved = _saved_view(options.view) if options.view else SavedView("", "", grouped=False)
    view = _view(context, saved)
    session, loaded = load_folder(context)
    deck, environment = loaded.deck, context.environment
    marking = read_marks(context, loaded, session)
    listing = list_deck(loaded, view, marking, environment.clock, environment.zone)
    stories = [deck.story(doc) for doc in listing.docs[: options.number]]
    write_stories(context, _to_write(context, loaded, listing, stories, marking))
    if not stories:
        context.output.note("no story matches.")
    if listing.related:
        context.output.note(f"also {len(listing.related):,} only in related pieces; in:coverage finds them.")
    strict = report_problems(context, loaded)
    if strict is not None:
        return strict
    return ExitStatus.NEGATIVE if options.fail_empty and not stories else ExitStatus.DONE


def _to_write(
    context: Context, loaded: LoadedFolder, listing: Listing, stories: Sequence[Story], marking: Marking
) -> StoriesToWrite:
    """The stories with as much knowledge as the form needs: finding events costs time."""
    options, known = context.options, listing.analysis
    events = known.events if known is not None else None
    by_event = asks_about_events(listing.view)
    is_record = options.format in RECORD_FORMATS
    if events is None and stories and (is_record or options.coverage):
        events = events_of(loaded)
    recorder = Recorder(events, marking) if events is not None and is_record else None
    return StoriesToWrite(stories, events, recorder, by_event)


def _view(context: Context, saved: SavedView) -> View:
    """What the options ask for; those given on the command line go before a saved view's.

    Raises ConfigError for a query or an order that is not understood.
    """
    options = context.options
    if saved.sort and saved.sort not in SORTS:
        raise ConfigError(f"View {saved.name!r} has no order {saved.sort!r}; the orders: {', '.join(SORTS)}.")
    name = options.sort or saved.sort
    reverse = options.reverse or (saved.reverse and not options.sort)
    sort = Sort(name or "newest", reverse) if name or reverse else None
    parts = understood(context, saved.query, "the view's query"), understood(context, options.query)
    return View(printed(all_of(*parts)), sort, options.group or saved.grouped)


def _saved_view(name: str) -> SavedView:
    views = {view.name: view for view in read_views(views_file())}
    if name not in views:
        known = ", ".join(views) or "none is saved yet"
        raise ConfigError(f"There is no saved view {clean_line(name)!r}; the views: {known}.")
    return views[name]


def _count(text: str) -> int:
    count = in_range(text, 10**9)
    if count is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 up")
    return count
