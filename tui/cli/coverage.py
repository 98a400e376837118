"""`newsdeck coverage`: who told the story, when, and what else is related to it."""

import argparse
from collections.abc import Iterator, Sequence

from tui.cli.context import Context
from tui.cli.exit_status import ExitStatus
from tui.cli.folder import add_story, load_story
from tui.cli.knowledge import events_of, recorder
from tui.cli.layout import Column
from tui.cli.wording import counted, short_time
from tui.clock import lag
from tui.deck.coverage import Row, StoryCoverage, coverage_of

_COLUMNS = (
    Column("TIME", limit=16),
    Column("LAG", limit=10),
    Column("OUTLET", limit=24),
    Column("HEADLINE", flexible=True, least=24),
    Column("COPY OF", limit=24, optional=True),
    Column("URL", optional=True),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    add_story(parser)
    parser.add_argument("--json", action="store_true", help="print as JSON")


def run(context: Context) -> int:
    """Print the same event as a timeline, then what came later and before."""
    session, loaded, story = load_story(context)
    events = events_of(loaded.deck)
    if context.options.json:
        context.output.json(recorder(context, loaded.deck, session.root, events).coverage(story))
        return ExitStatus.DONE
    told = coverage_of(events, story)
    for title, rows in sections(told):
        context.output.line(title, bold=True)
        context.output.table(_COLUMNS, _cells(context, rows))
        context.output.line()
    return ExitStatus.DONE


def sections(told: StoryCoverage) -> Iterator[tuple[str, Sequence[Row]]]:
    """The parts of a story's coverage that hold anything, each with a heading."""
    event = told.event
    same = (*told.timeline, *told.undated)
    texts = f", {counted(event.texts, 'text')}" if event.texts != event.outlets else ""
    yield f"Same event: {counted(event.outlets, 'outlet')}{texts}", same
    for name, rows in (("Later, similar", told.later), ("Background, similar", told.background)):
        if rows:
            yield f"{name}: {counted(len(rows), 'piece')}", rows


def lag_text(row: Row) -> str:
    """`first`, `+0:28`, or nothing where it is not known."""
    return "" if row.lag is None else "first" if row.first else lag(row.lag)


def _cells(context: Context, rows: Sequence[Row]) -> list[tuple[str, ...]]:
    outlets = {row.url: row.outlet for row in rows}
    return [
        (
            short_time(row.published_at, row.time_known, context.environment.zone),
            lag_text(row),
            row.outlet,
            f"* {row.title}" if row.this_story else row.title,
            outlets.get(row.reprint_of, "another") if row.reprint_of else "",
            row.url,
        )
        for row in rows
    ]
