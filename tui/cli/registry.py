"""The registry of commands; the module of a command is loaded only when it is the one to run."""

import importlib
from typing import Any, NamedTuple


class Command(NamedTuple):
    """One command: its `name`, the `module` under `tui.cli.commands` and, in there, the function that `run`s it.

    `summary` is one sentence for lists. `arguments` names the function that adds its own arguments to a parser;
    empty where it has none.
    """

    name: str
    module: str
    summary: str
    run: str = "run"
    arguments: str = "add_arguments"

    def load(self) -> Any:
        """The module of the command, loaded by now."""
        return importlib.import_module(f"tui.cli.commands.{self.module}")


READER = Command("", "read", "Open the reader.")

COMMANDS: tuple[Command, ...] = (
    Command("list", "list", "Print the stories of a folder."),
    Command("show", "show", "Print one story with its coverage."),
    Command("coverage", "coverage", "Print which outlets published a story, when, and what else is related to it."),
    Command("check", "check", "Print every problem of a folder; its files are never written."),
    Command("open", "open", "Open a story, or what covers it, in the browser."),
    Command("topics", "topics", "Print the tree of topics with the number of stories."),
    Command("outlets", "outlets", "Print the outlets with the number of stories."),
    Command("state", "state", "Write what was marked as JSON Lines, or merge it."),
    Command("index", "index", "Report on the caches that let folders open at once, or remove them."),
    Command("bench", "bench", "Measure loading, searches and events on a folder."),
    Command("config", "config", "Print, make or check the configuration file."),
    Command("keys", "keys", "Print every key of the reader."),
    Command("themes", "themes", "Print the themes to choose from."),
    Command("completion", "completion", "Print a completion script for a shell."),
    Command("demo", "read", "Open the reader on the demo cards.", run="run_demo", arguments=""),
)


def find_command(name: str) -> Command | None:
    """The command called `name`, or None."""
    return next((command for command in COMMANDS if command.name == name), None)
