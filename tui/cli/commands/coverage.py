"""`newsdeck coverage`: which outlets published the story, when, and what else is related to it."""

import argparse
from collections.abc import Sequence

from tui.cli.arguments import add_story
from tui.cli.context import Context
from tui.cli.exit_status import ExitStatus
from tui.cli.layout import Column
from tui.cli.loading import events_of, load_story
from tui.deck.events.coverage import CoverageRow
from tui.export.coverage import coverage_sections, lag_text, whole_coverage
from tui.export.records import coverage_records
from tui.text.wording import short_time

_COLUMNS = (
    Column("TIME", limit=16),
    Column("LAG", limit=10),
    Column("OUTLET", limit=24),
    Column("COPY OF", limit=24, optional=True),
    Column("HEADLINE", flexible=True, least=24),
    Column("URL", optional=True),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    add_story(parser)
    parser.add_argument("--json", action="store_true", help="print as JSON, without the story itself")


def run(context: Context) -> int:
    """Print the same event as a timeline, then what came later and before."""
    _session, loaded, story = load_story(context)
    events = events_of(loaded)
    if context.options.json:
        context.output.json(coverage_records(whole_coverage(events, story)))
        return ExitStatus.DONE
    for number, (title, section) in enumerate(coverage_sections(events, story)):
        if number:
            context.output.line()
        context.output.line(title, bold=True)
        _write(context, section)
    return ExitStatus.DONE


def _write(context: Context, rows: Sequence[CoverageRow]) -> None:
    """A table of the rows; a column that would be empty is left out."""
    cells = list(zip(_COLUMNS, zip(*_cells(context, rows), strict=True), strict=True))
    filled = [(column, texts) for column, texts in cells if any(texts)]
    context.output.table([column for column, _texts in filled], zip(*(texts for _column, texts in filled), strict=True))


def _cells(context: Context, rows: Sequence[CoverageRow]) -> list[tuple[str, ...]]:
    """The rows as texts; a copy is named by the outlet that it is a copy of."""
    outlets = {row.url: row.outlet for row in rows}
    return [
        (
            short_time(row.published_at, row.time_known, context.environment.zone),
            lag_text(row),
            row.outlet,
            outlets.get(row.reprint_of, "") or row.reprint_of,
            f"* {row.title}" if row.this_story else row.title,
            row.url,
        )
        for row in rows
    ]
