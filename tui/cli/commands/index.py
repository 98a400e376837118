"""`newsdeck index`: the caches that let folders open at once, and whether they can be used; removing them."""

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

from tui.cache.file import cache_path, read_cache
from tui.cache.folder import Kept, kept_files, look_at, remove_file, remove_left_overs
from tui.cli.context import Context
from tui.cli.exit_status import ExitStatus
from tui.cli.layout import Column
from tui.errors import DamagedCacheError, NewsdeckError, UnusableCacheError
from tui.paths import cache_dir
from tui.session.joined import joined_with
from tui.session.roots import named_paths, rules_of
from tui.state.times import iso, moment
from tui.text.sanitize import clean_path
from tui.text.wording import counted, short_time

Record = dict[str, object]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what this command takes."""
    parser.add_argument(
        "action",
        choices=tuple(_ACTIONS),
        metavar="status|clear",
        help="print where the cache is and whether it can be used; remove it: it is made again when it is needed",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        default=[],
        help="folders of cards, which need not exist any more, or their names in the configuration; "
        "else the configured folder, else the demo cards",
    )
    which.add_argument("--all", action="store_true", help="the caches of all folders")
    parser.add_argument("--json", action="store_true", help="print the status as JSON")


def run(context: Context) -> int:
    """Do what the action says."""
    _ACTIONS[context.options.action](context)
    return ExitStatus.DONE


def _status(context: Context) -> None:
    if context.options.all:
        _tell_all(context, [(kept, _refusal(kept.path, None)) for kept in kept_files(cache_dir())])
        return
    found = [_looked_at(context, root) for root in _roots(context)]
    if context.options.json:
        records = [_record(kept, refusal, os.fsencode(os.path.realpath(root))) for root, kept, refusal in found]
        context.output.json(records if len(records) > 1 else records[0])
        return
    for number, (root, kept, refusal) in enumerate(found):
        if number:
            context.output.line()
        _write_status(context, root, kept, refusal)


def _looked_at(context: Context, root: Path) -> tuple[Path, Kept, str]:
    path = _path(context, root)
    return root, look_at(path) or Kept(path, 0, 0.0, None), _refusal(path, root)


def _write_status(context: Context, root: Path, kept: Kept, refusal: str) -> None:
    rows = [("cards", _shown(os.path.realpath(root))), ("file", _shown(kept.path)), ("state", _state(refusal))]
    if kept.header is not None:
        rows += [("version", kept.header.version), ("written", _written(context, kept))]
    rows += [("bytes", f"{kept.size:,}")] if kept.size else []
    context.output.table((Column("CACHE"), Column("", flexible=True)), rows)
    if kept.header is not None:
        context.output.line()
        blocks = [(f"{place.length:,}", name) for name, place in kept.header.places.items()]
        context.output.table((Column("BYTES", right=True), Column("BLOCK", flexible=True)), blocks)


def _tell_all(context: Context, found: list[tuple[Kept, str]]) -> None:
    if context.options.json:
        context.output.json([_record(kept, refusal, _cards(kept)) for kept, refusal in found])
        return
    columns = (
        Column("BYTES", right=True),
        Column("WRITTEN"),
        Column("STATE"),
        Column("CARDS", flexible=True),
        Column("FILE", optional=True),
    )
    rows = [
        (f"{kept.size:,}", _written(context, kept), _state(refusal), clean_path(_cards(kept)), kept.path.name)
        for kept, refusal in found
    ]
    context.output.table(columns, rows)
    total = sum(kept.size for kept, _refusal in found)
    context.output.note(f"{counted(len(found), 'cache')} in {_shown(cache_dir())}, {counted(total, 'byte')} in all.")


def _clear(context: Context) -> None:
    if context.options.all:
        found = kept_files(cache_dir())
        remove_left_overs(cache_dir(), time.time())
    else:
        roots = _roots(context)
        looked_at = (look_at(_path(context, root)) for root in roots)
        found = [kept for kept in looked_at if kept is not None]
        found += joined_with(cache_dir(), [os.path.realpath(root) for root in roots])
    for kept in found:
        try:
            remove_file(kept.path)
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else type(error).__name__
            raise NewsdeckError(f"{_shown(kept.path)} cannot be removed: {reason}.") from error
        context.output.note(f"removed {_shown(kept.path)}, {counted(kept.size, 'byte')}.")
    if not found:
        context.output.note("there is no cache to remove.")


def _roots(context: Context) -> list[Path]:
    """The folders that were meant, whether they exist or not."""
    return [path for path, _name in named_paths(context.options.paths, context.settings)]


def _path(context: Context, root: Path) -> Path:
    """The cache file of a folder as it is read by the settings."""
    return cache_path(cache_dir(), root, rules_of(context.settings, root).text)


def _refusal(path: Path, root: Path | None) -> str:
    """Why the cache cannot be used; empty if it can, for every page of it was looked at."""
    try:
        with read_cache(path, root) as cache:
            for name in cache.names():
                cache.block(name)
    except UnusableCacheError as error:
        return str(error)
    except DamagedCacheError:
        return "it is damaged"
    return ""


def _record(kept: Kept, refusal: str, cards: bytes) -> Record:
    header = kept.header
    return {
        "cards": clean_path(cards),
        "file": _shown(kept.path),
        "usable": not refusal,
        "reason": refusal or None,
        "bytes": kept.size,
        "version": None if header is None else header.version,
        "written": None if header is None else iso(header.written_at),
        "blocks": {} if header is None else {name: place.length for name, place in header.places.items()},
    }


def _state(refusal: str) -> str:
    return f"not used: {refusal}" if refusal else "can be used"


def _written(context: Context, kept: Kept) -> str:
    at = None if kept.header is None else moment(kept.header.written_at)
    return short_time(at, True, context.environment.zone)


def _cards(kept: Kept) -> bytes:
    return b"" if kept.header is None else kept.header.root


def _shown(path: str | Path) -> str:
    return clean_path(str(path))


_ACTIONS: dict[str, Callable[[Context], None]] = {"status": _status, "clear": _clear}
