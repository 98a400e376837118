"""`newsdeck [PATH]` and `newsdeck demo`: the reader; the one module outside `tui.ui` that starts it."""

import os
from collections.abc import MutableMapping, Sequence
from typing import TYPE_CHECKING

from tui.cli.arguments import add_paths
from tui.cli.context import Context
from tui.cli.registry import COMMANDS
from tui.errors import ConfigError, FolderError
from tui.lean import lean_libraries
from tui.resources import sample_content_dir
from tui.terminal_modes import CLAIMED_SIZES
from tui.work import no_garbage_search

if TYPE_CHECKING:  # a plain start of the reader does without
    import argparse

FRAMES = "240"
"""Frames a second that are painted at most."""


def add_arguments(parser: "argparse.ArgumentParser") -> None:
    """Add what this command takes."""
    add_paths(parser)


def run(context: Context) -> int:
    """Open the reader on the folder that was named; its exit status."""
    return _read(context, context.options.paths)


def run_demo(context: Context) -> int:
    """Open the reader on the demo cards; its exit status."""
    return _read(context, [str(sample_content_dir())])


def _read(context: Context, paths: Sequence[str]) -> int:
    # Until the first screen is painted: nearly all that is made up to then stays.
    with no_garbage_search():
        return _open_reader(context, paths)


def _open_reader(context: Context, paths: Sequence[str]) -> int:
    with lean_libraries():
        try:
            roots = context.roots(paths)
        except FolderError as error:
            raise FolderError(f"{error}{_meant(context, paths)}") from error
        if not context.environment.has_terminal:
            raise ConfigError("The reader needs a terminal to draw on; `newsdeck list` prints the stories instead.")
        _tame(context.environment.environ)
        session = context.started_session(roots)
        from tui.ui.app import run_reader
    try:
        return run_reader(session, context.settings)
    finally:
        session.close()


def _tame(environ: MutableMapping[str, str]) -> None:
    """Take away what the toolkit would believe: sizes, which the terminal tells, and a NO_COLOR that says nothing.

    It paints at once after a rest and else at the next of so many moments a second: with its own 60 a key that comes
    while something else is painted waits for up to 17 ms.
    """
    environ.setdefault("TEXTUAL_FPS", FRAMES)
    for claimed in CLAIMED_SIZES:
        environ.pop(claimed, None)
    if not environ.get("NO_COLOR", "-"):
        del environ["NO_COLOR"]


def _meant(context: Context, paths: Sequence[str]) -> str:
    """The command, or the folder of the configuration, that a PATH which does not exist was perhaps meant to be."""
    import difflib

    known = [*(command.name for command in COMMANDS), *context.settings.folders]
    missing = (path for path in paths if os.sep not in path and not os.path.exists(path))
    close = [match for path in missing for match in difflib.get_close_matches(path, known, n=1)]
    return f" Did you mean `newsdeck {close[0]}`?" if close else ""
