"""`newsdeck outlets`: the outlets with the number of their stories."""

import argparse

from tui.cli.arguments import add_paths
from tui.cli.context import Context
from tui.cli.exit_status import ExitStatus
from tui.cli.layout import Column
from tui.cli.loading import load_folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    add_paths(parser)
    parser.add_argument("--json", action="store_true", help="print as JSON")


def run(context: Context) -> int:
    """Print the outlets, the fullest first."""
    _session, loaded = load_folder(context)
    outlets = loaded.deck.outlets
    if context.options.json:
        context.output.json([{"name": outlet.name, "stories": outlet.count} for outlet in outlets])
    else:
        rows = [(f"{outlet.count:,}", outlet.name) for outlet in outlets]
        context.output.table((Column("STORIES", right=True), Column("OUTLET", flexible=True)), rows)
    return ExitStatus.DONE
