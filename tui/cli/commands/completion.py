"""`newsdeck completion`: scripts that let a shell complete commands, options and their values."""

import argparse
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tui.cli.context import Context
from tui.cli.exit_status import ExitStatus
from tui.cli.parser import build_parser
from tui.cli.registry import COMMANDS, READER, Command
from tui.config.themes import theme_names

_FILES = frozenset({"FILE", "PATH", "ID-OR-URL"})


@dataclass(frozen=True, slots=True)
class _Argument:
    """An option with its `flags`, or an operand without any; what it may be followed by, or be."""

    flags: tuple[str, ...]
    help: str
    takes_value: bool
    choices: tuple[str, ...]
    files: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    parser.add_argument("shell", choices=tuple(_SCRIPTS), help="the shell; its manual says where the script belongs")


def run(context: Context) -> int:
    """Print the script."""
    for line in _SCRIPTS[context.options.shell]():
        context.output.line(line)
    return ExitStatus.DONE


def _arguments(command: Command) -> list[_Argument]:
    found = []
    for action in build_parser(command)._actions:
        choices = theme_names() if action.dest == "theme" else tuple(action.choices or ())
        metavar = action.metavar if isinstance(action.metavar, str) else ""
        flags, takes_value = tuple(action.option_strings), action.nargs != 0
        found.append(_Argument(flags, action.help or "", takes_value, choices, metavar in _FILES))
    return found


def _options(command: Command) -> list[_Argument]:
    return [argument for argument in _arguments(command) if argument.flags]


def _operands(command: Command) -> list[_Argument]:
    return [argument for argument in _arguments(command) if not argument.flags]


def _bash() -> Iterator[str]:
    names = [command.name for command in COMMANDS]
    yield "# bash completion for newsdeck; files are completed by bash itself."
    yield "_newsdeck() {"
    yield "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= words= word"
    yield '    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do'
    yield f"        case $word in {'|'.join(names)}) command=$word; break ;; esac"
    yield "    done"
    yield "    COMPREPLY=()"
    yield '    case "$command $previous" in'
    for command in (READER, *COMMANDS):
        for option in _options(command):
            if option.takes_value:
                pattern = "|".join(shlex.quote(f"{command.name} {flag}") for flag in option.flags)
                yield f"        {pattern}) {_bash_reply(option.choices)} ;;"
    yield "    esac"
    yield "    case $command in"
    for command in (READER, *COMMANDS):
        flags = [flag for option in _options(command) for flag in option.flags]
        operands = names if command is READER else [word for operand in _operands(command) for word in operand.choices]
        yield f"        {shlex.quote(command.name)}) words={shlex.quote(' '.join((*operands, *flags)))} ;;"
    yield "    esac"
    yield '    [[ $current == -* ]] || words=" $words" words=${words// -*/}'
    yield '    COMPREPLY=($(compgen -W "$words" -- "$current"))'
    yield "}"
    yield "complete -o bashdefault -o default -F _newsdeck newsdeck"


def _bash_reply(choices: tuple[str, ...]) -> str:
    return f'COMPREPLY=($(compgen -W {shlex.quote(" ".join(choices))} -- "$current")); return' if choices else "return"


def _zsh() -> Iterator[str]:
    yield "#compdef newsdeck"
    yield "_newsdeck_first() {"
    yield "    local -a commands=("
    for command in COMMANDS:
        yield f"        {shlex.quote(f'{command.name}:{command.summary}')}"
    yield "    )"
    yield "    _describe -t commands command commands"
    yield "    _files"
    yield "}"
    yield "_newsdeck() {"
    yield "    local command word"
    yield "    for word in ${words[2,CURRENT-1]}; do"
    yield f"        case $word in ({'|'.join(command.name for command in COMMANDS)}) command=$word; break ;; esac"
    yield "    done"
    yield "    case $command in"
    for command in (READER, *COMMANDS):
        yield f"        ({shlex.quote(command.name)})"
        yield "            _arguments -s \\"
        for option in _options(command):
            yield f"                {_zsh_option(option)} \\"
        first = "'1: :_newsdeck_first'" if command is READER else "'1: : '"
        rest = () if command is READER else _operands(command)
        yield f"                {' '.join((first, *(shlex.quote(f'2:{_zsh_value(operand)}') for operand in rest)))} ;;"
    yield "    esac"
    yield "}"
    yield 'if [[ $funcstack[1] == _newsdeck ]]; then _newsdeck "$@"; else compdef _newsdeck newsdeck; fi'


def _zsh_option(option: _Argument) -> str:
    described = "[" + "".join(f"\\{char}" if char in "[]:\\" else char for char in option.help) + "]"
    value = f":{_zsh_value(option)}" if option.takes_value else ""
    excluded = f"({' '.join(option.flags)})"
    return " ".join(shlex.quote(f"{excluded}{flag}{described}{value}") for flag in option.flags)


def _zsh_value(argument: _Argument) -> str:
    if argument.choices:
        return f"value:({' '.join(argument.choices)})"
    return "file:_files" if argument.files else "value: "


def _fish() -> Iterator[str]:
    yield "# fish completion for newsdeck"
    for command in COMMANDS:
        summary = _fish_quoted(command.summary)
        yield f"complete -c newsdeck -n __fish_use_subcommand -a {command.name} -d {summary}"
    for command in (READER, *COMMANDS):
        when = f"-n '__fish_seen_subcommand_from {command.name}'" if command.name else "-n __fish_use_subcommand"
        for argument in _arguments(command):
            flags = " ".join(f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in argument.flags)
            value = _fish_value(argument)
            if flags or argument.choices:
                words = ("complete -c newsdeck", when, flags, value, "-d", _fish_quoted(argument.help))
                yield " ".join(filter(None, words))


def _fish_value(argument: _Argument) -> str:
    if argument.choices:
        return f"-x -a {_fish_quoted(' '.join(argument.choices))}"
    if not argument.takes_value:
        return ""
    return "-r -F" if argument.files else "-x"


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


_SCRIPTS: dict[str, Callable[[], Iterator[str]]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
