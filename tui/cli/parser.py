"""One small argparse parser for the command that runs, or for the one whose words are completed."""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NoReturn

import tui
from tui.cli.options import SHARED_OPTIONS, Answered
from tui.cli.registry import COMMANDS, Command
from tui.errors import ConfigError

_HELP_COLUMNS = 100


class CommandParser(argparse.ArgumentParser):
    """Reads the options of one command. Raises ConfigError for what it cannot use, and Answered for `--help`."""

    def __init__(self, command: Command, columns: int) -> None:
        style = argparse.HelpFormatter if command.name else argparse.RawDescriptionHelpFormatter

        def formatter(prog: str) -> argparse.HelpFormatter:
            return style(prog, max_help_position=30, width=columns)

        super().__init__(
            prog=f"newsdeck {command.name}".rstrip(),
            description=command.summary,
            epilog=None if command.name else _list_of_commands(),
            formatter_class=formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self.color = False  # escape sequences of its own would not pass our output, from Python 3.14 on

    def error(self, message: str) -> NoReturn:
        """Refuse the command line with one sentence."""
        raise ConfigError(f"{message}; see `{self.prog} --help`.")


class _Answer(argparse.Action):
    """An option that is answered with a text instead of running anything."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_args: Any) -> None:
        raise Answered(parser.format_help() if self.dest == "help" else f"newsdeck {tui.__version__}\n")


def build_parser(command: Command, columns: int | None = None) -> CommandParser:
    """The parser of one command, with the options that all of them have."""
    parser = CommandParser(command, min(columns or _HELP_COLUMNS, _HELP_COLUMNS))
    if command.arguments:
        getattr(command.load(), command.arguments)(parser)
    shared = parser.add_argument_group("options of every command")
    shared.add_argument("-h", "--help", action=_Answer, help="print this help")
    shared.add_argument("-V", "--version", action=_Answer, help="print the version")
    rivals: defaultdict[str, Any] = defaultdict(shared.add_mutually_exclusive_group)
    for option in SHARED_OPTIONS:
        group = rivals[option.rivals] if option.rivals else shared
        if option.value:
            group.add_argument(*option.flags, metavar=option.value, help=option.help)
        else:
            group.add_argument(*option.flags, action="store_true", help=option.help)
    return parser


def _list_of_commands() -> str:
    width = max(len(command.name) for command in COMMANDS)
    lines = (f"  {command.name:<{width}}  {command.summary}" for command in COMMANDS)
    return "\n".join(("commands:", *lines, "", "`newsdeck COMMAND --help` lists the options of each."))
