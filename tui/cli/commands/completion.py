"""`newsdeck completion`: scripts that let a shell complete commands, options and their values.

shtab makes the scripts from the very parsers that read the command line. What lies in a folder (ids, topics, outlets,
saved views) the scripts ask this command for, which answers from the cache file, so that no card is read for a tab.
"""

import argparse
from typing import Final

from tui.cli.completing import KINDS, possible_words
from tui.cli.context import Context
from tui.cli.exit_status import ExitStatus
from tui.cli.parser import build_parser
from tui.cli.registry import COMMANDS, READER, Command
from tui.config.themes import theme_names

_SHELLS: Final = ("bash", "zsh", "fish")
_BY_METAVAR: Final = {"FILE": "file", "PATH": "file", "ID-OR-URL": "ids", "QUERY": "query"}
_BY_OPTION: Final = {"view": "views"}

# What cards say reaches a shell as lines that are words already, never as code that it would expand.
_BASH_KIND: Final = """\
_newsdeck_{kind}() {{
    newsdeck completion bash --values {kind} --typed="$1" --line "${{COMP_WORDS[@]:1:COMP_CWORD-1}}" 2>/dev/null
}}
"""
# Bash cuts words at colons and the like, which queries, links and ids may have; shtab wants them whole, and what is
# offered has to be cut as the word was. A word after --option= is one of its own.
_BASH_WHOLE_WORDS: Final = """
_newsdeck() {
    local -a whole=()
    local index word cut= joined=
    for (( index = 0; index <= COMP_CWORD; index++ )); do
        word=${COMP_WORDS[index]}
        if (( index == COMP_CWORD )) && [[ ${COMP_LINE:0:${COMP_POINT:-0}} == *[[:space:]] ]]; then
            joined=
        fi
        if [[ $word == = && ${whole[${#whole[@]}-1]} == --* ]]; then
            (( index < COMP_CWORD )) || whole+=("")
            joined=
        elif (( index > 1 )) && [[ ( $joined && $word != -* ) || $word == [:=@]* ]]; then
            whole[${#whole[@]}-1]+=$word
            joined=; [[ $word != *[:=@] ]] || joined=1
        else
            whole+=("$word")
        fi
    done
    word=${whole[${#whole[@]}-1]}
    [[ $word == [\\"\\']* || $word != *[:=@]* ]] || cut=${word%"${word##*[:=@]}"}
    local -a COMP_WORDS=("${whole[@]}")
    local COMP_CWORD=$(( ${#whole[@]} - 1 ))
    _shtab_newsdeck
    for index in "${!COMPREPLY[@]}"; do
        COMPREPLY[index]=${COMPREPLY[index]#"$cut"}
    done
    [[ ${#COMPREPLY[@]} -ne 1 || ${COMPREPLY[0]} != *: ]] || compopt -o nospace 2>/dev/null || :
}
complete -o bashdefault -o default -F _newsdeck newsdeck
"""
# The words need not begin just as what was typed (upper case, quotes of a query), which must not be cut for that.
_ZSH_KIND: Final = """\
_newsdeck_{kind}() {{
    local -a before=("${{(@)words[1,CURRENT-1]}}")
    local -a words_found=(
        "${{(@f)$(newsdeck completion zsh --values {kind} --typed="$PREFIX" --line "${{before[@]}}" 2>/dev/null)}}"
    )
    local -a keys=("${{(@M)words_found:#*:}}") values=("${{(@)words_found:#(|*:)}}")
    compadd -U -a -- values
    compadd -U -S '' -a -- keys
    if (( ! compstate[nmatches] )); then
        [[ {kind} != ids ]] || _files
    elif (( ${{#compstate[unambiguous]}} < $#PREFIX )); then
        compstate[insert]= compstate[list]='list force'
    fi
}}
"""
# The first word may be a folder as well as a command.
_ZSH_FIRST_WORD: Final = """\
_newsdeck_first() { _shtab_newsdeck_commands; _files }
_shtab_newsdeck_options+=(': :_newsdeck_first' '*::: :->newsdeck')
_shtab_newsdeck_defaults_added=1
"""
_FISH_FIRST_WORD: Final = """
complete -c newsdeck -n '_shtab_newsdeck_using; and test $_shtab_newsdeck_npos -eq 0' -F
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    parser.add_argument("shell", choices=_SHELLS, help="the shell; its manual says where the script belongs")
    parser.add_argument("--values", choices=KINDS, help=argparse.SUPPRESS)
    parser.add_argument("--typed", default="", help=argparse.SUPPRESS)
    parser.add_argument("--line", nargs=argparse.REMAINDER, default=[], help=argparse.SUPPRESS)


def run(context: Context) -> int:
    """Print the script, or the words that a script asks for."""
    options = context.options
    if options.values is not None:
        for word in possible_words(context, options.values, options.typed, options.shell, options.line):
            context.output.line(word)
        return ExitStatus.DONE
    for line in _script(options.shell).splitlines():
        context.output.line(line)
    return ExitStatus.DONE


def _script(shell: str) -> str:
    import shtab  # only needed here

    kinds = {"bash": _BASH_KIND, "zsh": _ZSH_KIND}.get(shell, "")
    preamble = "".join(kinds.format(kind=kind) for kind in KINDS) + (_ZSH_FIRST_WORD if shell == "zsh" else "")
    after = {"bash": _BASH_WHOLE_WORDS, "fish": _FISH_FIRST_WORD}.get(shell, "")
    return shtab.complete(_parser_of_all(), shell, root_prefix="newsdeck", preamble=preamble) + after


def _parser_of_all() -> argparse.ArgumentParser:
    """One parser with a subparser for each command; the options of every command may stand before it, too."""
    shared = _parser(READER._replace(arguments=""))
    root = argparse.ArgumentParser("newsdeck", add_help=False, parents=[shared])
    commands = root.add_subparsers(metavar="COMMAND")
    for command in COMMANDS:
        said = command.summary
        commands.add_parser(command.name, add_help=False, help=said, description=said, parents=[_parser(command)])
    return root


def _parser(command: Command) -> argparse.ArgumentParser:
    """The parser of a command, whose arguments say what completes them."""
    parser = build_parser(command)
    for action in parser._actions:
        metavar = action.metavar if isinstance(action.metavar, str) else ""
        kind = _BY_OPTION.get(action.dest) or _BY_METAVAR.get(metavar)
        if action.dest == "theme":
            action.choices = theme_names()
        elif kind is not None:
            action.complete = _completer(kind)  # type: ignore[attr-defined]  # shtab reads it
    return parser


def _completer(kind: str) -> str | dict[str, str]:
    """What shtab wants to know of a kind of words: the name of one of its own, or what each shell runs."""
    if kind == "file":
        return kind
    function = f"_newsdeck_{kind}"
    line = "--line (string escape -- (commandline -opc)[2..-1])"
    asked = f"newsdeck completion fish --values {kind} --typed=(commandline -ct) {line} 2>/dev/null"
    files = "; __fish_complete_path (commandline -ct)" if kind == "ids" else ""
    return {"bash": function, "zsh": function, "fish": f"({asked}{files})"}
