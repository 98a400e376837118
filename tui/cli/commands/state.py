"""`newsdeck state`: what the reader marked, as JSON Lines to keep or to take elsewhere."""

import argparse
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from tui.cli.context import Context
from tui.cli.exit_status import ExitStatus
from tui.errors import NewsdeckError
from tui.state.json_lines import export_lines, import_lines
from tui.state.store import Store
from tui.state.times import millis
from tui.text.sanitize import clean_line, clean_path
from tui.text.wording import counted

_READY_SECONDS = 10.0
_FLUSH_SECONDS = 30.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    parser.add_argument("action", choices=tuple(_ACTIONS), metavar="export|import", help="write all marks; merge marks")
    parser.add_argument("file", metavar="FILE", nargs="?", default="-", help="the file; - for standard output or input")


def run(context: Context) -> int:
    """Write all marks, or merge those of an earlier export; merging twice changes nothing."""
    store = context.open_store(lambda notice: context.output.note(clean_line(notice.said)), lambda keys: None)
    try:
        if not store.wait_ready(_READY_SECONDS):
            raise NewsdeckError("The marks cannot be read: the database does not answer.")
        _ACTIONS[context.options.action](context, store)
        if not store.flush(_FLUSH_SECONDS):
            raise NewsdeckError(f"{counted(store.pending, 'action')} could not be written.")
    finally:
        store.close()
    return ExitStatus.DONE


def _export(context: Context, store: Store) -> None:
    lines = export_lines(store.contents(), millis(context.environment.clock()))
    name = context.options.file
    if name == "-":
        for line in lines:
            context.output.line(line)
        return
    try:
        with open(name, "w", encoding="utf-8", opener=_only_for_me) as file:
            file.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise NewsdeckError(f"{clean_path(name)} cannot be written: {error.strerror}.") from error
    context.output.note(f"wrote {counted(len(store.contents().marks), 'mark')} to {clean_path(name)}.")


def _import(context: Context, store: Store) -> None:
    now = millis(context.environment.clock())
    read = import_lines(_lines(context), store.contents().folders, now)
    done = store.merge(read.contents)
    for skipped in read.skipped:
        context.output.note(f"line {skipped.line}: {clean_line(skipped.reason)}")
    context.output.note(f"{counted(len(done.marks), 'mark')} changed, {counted(len(read.skipped), 'line')} left out.")


def _lines(context: Context) -> Iterator[str]:
    name = context.options.file
    if name == "-":
        yield from context.environment.stdin
        return
    try:
        with Path(name).open(encoding="utf-8", errors="replace") as file:
            yield from file
    except OSError as error:
        raise NewsdeckError(f"{clean_path(name)} cannot be read: {error.strerror}.") from error


def _only_for_me(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


_ACTIONS: dict[str, Callable[[Context, Store], None]] = {"export": _export, "import": _import}
