"""How the command line is read: only the command that runs is loaded, and argparse only where it is needed."""

from collections.abc import Callable, Sequence

from tui.cli.options import OPTIONS_BY_FLAG, Options, plain_options
from tui.cli.registry import READER, Command, find_command

Runner = Callable[..., int]


def parse(argv: Sequence[str], columns: int | None) -> tuple[Runner, Options]:
    """The function that runs what `argv` asks for, and its options.

    Options for every command may stand before and after its name. A first word that is no command is the PATH of
    the reader. Help is set to `columns` cells. Raises ConfigError or Answered.
    """
    command, rest = split_command(argv)
    options = plain_options(rest) if command is READER else None
    if options is None:
        from tui.cli.parser import build_parser  # argparse is slow to load

        options = build_parser(command, columns).parse_args(rest, Options())
    runner: Runner = getattr(command.load(), command.run)
    return runner, options


def split_command(argv: Sequence[str]) -> tuple[Command, list[str]]:
    """The command that `argv` names, and `argv` without its name."""
    number = 0
    while number < len(argv) and argv[number] != "--":
        word = argv[number]
        if not word.startswith("-"):
            command = find_command(word)
            return (READER, list(argv)) if command is None else (command, [*argv[:number], *argv[number + 1 :]])
        option = OPTIONS_BY_FLAG.get(word)
        number += 2 if option is not None and option.value else 1
    return READER, list(argv)
