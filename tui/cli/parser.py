"""How the command line is read: one small argparse parser for the command that runs, the rest is not even loaded."""

import argparse
import importlib
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import tui
from tui.cli.registry import COMMANDS, READER, Command, find_command
from tui.errors import ConfigError

_HELP_COLUMNS = 100
_TAKES_VALUE = frozenset({"-c", "--config", "--theme"})

Runner = Callable[..., int]


class Answered(Exception):  # noqa: N818  not an error: the command line asked for a text, and here it is
    """`--help` or `--version` was asked for; the text of the exception is the answer."""


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


def parse(argv: Sequence[str], columns: int | None) -> tuple[Runner, argparse.Namespace]:
    """The function that runs what `argv` asks for, and its options.

    Options for every command may stand before and after its name. A first word that is no command is the PATH of
    the reader. Help is set to `columns` cells. Raises ConfigError or Answered.
    """
    command, rest = split_command(argv)
    options = build_parser(command, columns).parse_args(rest)
    runner: Runner = getattr(_module(command), command.run)
    return runner, options


def split_command(argv: Sequence[str]) -> tuple[Command, list[str]]:
    """The command that `argv` names, and `argv` without its name."""
    number = 0
    while number < len(argv) and argv[number] != "--":
        word = argv[number]
        if not word.startswith("-"):
            command = find_command(word)
            return (READER, list(argv)) if command is None else (command, [*argv[:number], *argv[number + 1 :]])
        number += 2 if word in _TAKES_VALUE else 1
    return READER, list(argv)


def build_parser(command: Command, columns: int | None = None) -> CommandParser:
    """The parser of one command, with the options that all of them have."""
    parser = CommandParser(command, min(columns or _HELP_COLUMNS, _HELP_COLUMNS))
    if command.arguments:
        getattr(_module(command), command.arguments)(parser)
    shared = parser.add_argument_group("options of every command")
    shared.add_argument("-h", "--help", action=_Answer, help="print this help")
    shared.add_argument("-V", "--version", action=_Answer, help="print the version")
    config = shared.add_mutually_exclusive_group()
    config.add_argument("-c", "--config", metavar="FILE", help="read this configuration file")
    config.add_argument("--no-config", action="store_true", help="read no configuration file")
    shared.add_argument("--theme", metavar="NAME", help="colours of the reader; `newsdeck themes` lists them")
    shared.add_argument("--ascii", action="store_true", help="draw with plain ASCII only")
    shared.add_argument("--no-mouse", action="store_true", help="do not listen to the mouse in the reader")
    shared.add_argument("--plain", action="store_true", help="read text files without any head, too")
    memory = shared.add_mutually_exclusive_group()
    memory.add_argument("--private", action="store_true", help="remember nothing of what is read, starred or noted")
    memory.add_argument("--remember", action="store_true", help="remember it of the demo, too, which else forgets it")
    shared.add_argument("--no-cache", action="store_true", help="read all cards anew, and keep nothing of them")
    return parser


def _module(command: Command) -> Any:
    return importlib.import_module(f"tui.cli.commands.{command.module}")


def _list_of_commands() -> str:
    width = max(len(command.name) for command in COMMANDS)
    lines = (f"  {command.name:<{width}}  {command.summary}" for command in COMMANDS)
    return "\n".join(("commands:", *lines, "", "`newsdeck COMMAND --help` lists the options of each."))
