"""The options that every command has, and how a plain command line of the reader is read.

argparse reads the same table (`tui.cli.parser`), but to load it takes longer than to open a small folder.
"""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, Final, NamedTuple


class Answered(Exception):  # noqa: N818  not an error: the command line asked for a text, and here it is
    """`--help` or `--version` was asked for; the text of the exception is the answer."""


class Options(SimpleNamespace):
    """What a command line says: an attribute for each option and argument of its command."""


class SharedOption(NamedTuple):
    """One option: its `flags`, its `help`, and what its `value` is called, empty for one that has none.

    Of those with the same `rivals` only one can be given.
    """

    flags: tuple[str, ...]
    help: str
    value: str = ""
    rivals: str = ""

    @property
    def name(self) -> str:
        """The attribute of `Options`."""
        return self.flags[-1].removeprefix("--").replace("-", "_")

    @property
    def default(self) -> Any:
        """What the attribute is where the option is not given."""
        return None if self.value else False


SHARED_OPTIONS: Final = (
    SharedOption(("-c", "--config"), "read this configuration file", value="FILE", rivals="config"),
    SharedOption(("--no-config",), "read no configuration file", rivals="config"),
    SharedOption(("--theme",), "colours of the reader; `newsdeck themes` lists them", value="NAME"),
    SharedOption(("--ascii",), "draw with plain ASCII only"),
    SharedOption(("--no-mouse",), "do not listen to the mouse in the reader"),
    SharedOption(("--plain",), "read text files without any head, too"),
    SharedOption(("--private",), "remember nothing of what is read, starred or noted", rivals="memory"),
    SharedOption(("--remember",), "remember it of the demo, too, which else forgets it", rivals="memory"),
    SharedOption(("--no-cache",), "read all cards anew, and keep nothing of them"),
)

OPTIONS_BY_FLAG: Final = {flag: option for option in SHARED_OPTIONS for flag in option.flags}


def plain_options(words: Sequence[str]) -> Options | None:
    """What the words behind `newsdeck` say where they are nothing but PATHs in a row and options of the table.

    None for all else, such as `--help`, `--theme=dusk`, or what is wrong: argparse knows what to say to it.
    """
    options = Options(paths=[], **{option.name: option.default for option in SHARED_OPTIONS})
    given: dict[str, str] = {}
    waiting = iter(words)
    last_path = -1
    for number, word in enumerate(waiting):
        if not word.startswith("-"):
            if options.paths and last_path != number - 1:
                return None
            options.paths.append(word)
            last_path = number
            continue
        option = OPTIONS_BY_FLAG.get(word)
        if option is None or given.setdefault(option.rivals or option.name, option.name) != option.name:
            return None
        value: str | bool = next(waiting, "-") if option.value else True
        if isinstance(value, str) and value.startswith("-"):
            return None
        setattr(options, option.name, value)
    return options
