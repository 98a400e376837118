"""Saved views: queries with an order and a grouping under a name, in a file that people edit by hand.

```toml
[views."Security this week"]
query = "topic:security since:7d"
sort = "newest"
reverse = false
grouped = true
```

Only `query` is needed. What a query or a sort means is not known here.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

import msgspec

from tui.config.kinds import Switch, Text, called
from tui.errors import ConfigError
from tui.private_files import replace_file
from tui.text.sanitize import clean_line

_QUERY_LIMIT = 1_000
_NAME_LIMIT = 80


class SavedView(NamedTuple):
    """A view as it was saved; `sort` is the name of an order, or empty for the reader's usual one."""

    name: str
    query: str
    sort: str = ""
    reverse: bool = False
    grouped: bool = True


class _ViewTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A view as its table in the file has it."""

    query: Text
    sort: Text = ""
    reverse: Switch = False
    grouped: Switch = True


_KINDS = get_type_hints(_ViewTable, include_extras=True)


def read_views(path: Path) -> tuple[SavedView, ...]:
    """The views of the file, in its order; none if there is no file.

    Raises ConfigError, naming file, view and key, if the file cannot be read or holds what is no view.
    """
    return tuple(_view(path, name, table) for name, table in _tables(path, _text(path)).items())


def save_view(path: Path, view: SavedView) -> None:
    """Put `view` into the file, in place of one of the same name; comments and other views stay as they are.

    The file is replaced as a whole or not at all. Raises ConfigError if the file cannot be understood or written.
    """
    import tomlkit  # only needed here, and a reader seldom saves

    text = _text(path)
    _tables(path, text)
    document = tomlkit.parse(text)
    views = document.setdefault("views", tomlkit.table(is_super_table=True))
    table = views.get(view.name)
    if table is None:
        table = views[view.name] = tomlkit.table()
    for key in _KINDS:
        table[key] = getattr(view, key)
    _replace(path, tomlkit.dumps(document))


def remove_view(path: Path, name: str) -> None:
    """Take the view out of the file; nothing happens if it is not there. Raises ConfigError as `save_view` does."""
    import tomlkit

    text = _text(path)
    if name in _tables(path, text):
        document = tomlkit.parse(text)
        del document["views"][name]
        _replace(path, tomlkit.dumps(document))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}") from error


def _tables(path: Path, text: str) -> Mapping[str, Any]:
    try:
        tables = tomllib.loads(text).get("views", {})
    except RecursionError as error:
        raise ConfigError(f"{path}: is nested too deeply") from error
    except ValueError as error:  # a TOMLDecodeError, or a number of more digits than Python reads
        raise ConfigError(f"{path}: {clean_line(str(error).partition(';')[0])}") from error
    if not isinstance(tables, dict):
        raise ConfigError(f'{path}: views must be tables, such as [views."My view"]')
    return tables


def _view(path: Path, name: str, table: object) -> SavedView:
    try:
        found = msgspec.convert(table, _ViewTable)
    except msgspec.ValidationError as error:
        raise ConfigError(f'{path}: view "{clean_line(name, _NAME_LIMIT)}"{_refusal(table, str(error))}') from error
    return SavedView(
        clean_line(name, _NAME_LIMIT),
        clean_line(found.query, _QUERY_LIMIT),
        clean_line(found.sort),
        found.reverse,
        found.grouped,
    )


def _refusal(table: object, message: str) -> str:
    """Why a table is no view, in our words; the `message` of msgspec ends in the key, as in "... - at `$.sort`"."""
    if not isinstance(table, dict):
        return " must be a table with a query"
    for key in table:
        if key not in _KINDS:
            return f" has no key {clean_line(key)}; it takes {', '.join(_KINDS)}"
    key = message.rpartition("$.")[2].rstrip("`")
    return f": {key} must be {called(_KINDS[key])}" if key in _KINDS else " needs a query"


def _replace(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The file may be a link to one that is kept elsewhere, with other configuration.
        replace_file(path.resolve(), text, lasting=True)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error
