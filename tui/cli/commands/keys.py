"""`newsdeck keys`: every key of the reader, from the registry that also makes its bindings."""

import argparse

from tui.cli.context import Context
from tui.cli.exit_status import ExitStatus
from tui.cli.layout import Column
from tui.config.actions import ACTIONS, key_sign, key_signs


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    parser.add_argument("--json", action="store_true", help="print as JSON")


def run(context: Context) -> int:
    """Print the actions with their keys."""
    if context.options.json:
        context.output.json(
            [
                {
                    "id": action.id,
                    "keys": [key_sign(key) for key in action.keys],
                    "group": action.group,
                    "help": action.help,
                }
                for action in ACTIONS
            ]
        )
    else:
        columns = (Column("KEYS"), Column("GROUP"), Column("ACTION"), Column("HELP", flexible=True))
        rows = [(key_signs(action) or "palette", action.group, action.id, action.help) for action in ACTIONS]
        context.output.table(columns, rows)
    return ExitStatus.DONE
