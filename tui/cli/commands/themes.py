"""`newsdeck themes`: the themes to choose from."""

import argparse

from tui.cli.context import Context
from tui.cli.exit_status import ExitStatus
from tui.cli.layout import Column
from tui.config.themes import load_theme, theme_names


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    parser.add_argument("--json", action="store_true", help="print as JSON")


def run(context: Context) -> int:
    """Print the themes; the one that is set has a star."""
    chosen = context.settings.theme
    themes = [load_theme(name) for name in theme_names()]
    if context.options.json:
        context.output.json(
            [
                {"name": theme.name, "about": theme.about, "dark": theme.dark, "chosen": theme.name == chosen}
                for theme in themes
            ]
        )
    else:
        columns = (Column(""), Column("THEME"), Column("ABOUT", flexible=True))
        rows = [("*" if theme.name == chosen else " ", theme.name, theme.about) for theme in themes]
        context.output.table(columns, rows)
    return ExitStatus.DONE
