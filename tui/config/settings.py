"""The settings of newsdeck and how they are read: flag, then environment, then `config.toml`, then default."""

import difflib
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import NamedTuple

from tui.clock import named_zone
from tui.config.themes import DEFAULT_THEME, theme_names
from tui.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reader may choose.

    `content` is the folder opened when none is named, or None for the demo. `theme` names a theme of
    `styles/themes`. `browser` is a command line that is given the URL as its last argument, empty for `$BROWSER` or
    the platform's own. `ascii` draws with plain ASCII only. `mouse` listens to the mouse.
    `read_after` is how many seconds the cursor rests on a story before it counts as read, 0 for never.
    `open_advances` goes to the next unread story after opening one in the browser. `zone` is the name of the time zone
    that times without one are local to, empty for UTC. `plain` reads text files without a head, too. `folders` are
    folders by the names that stand for them on the command line.
    """

    content: Path | None = None
    theme: str = DEFAULT_THEME
    browser: str = ""
    ascii: bool = False
    mouse: bool = True
    read_after: float = 3.0
    open_advances: bool = False
    zone: str = ""
    plain: bool = False
    folders: Mapping[str, Path] = field(default_factory=dict)


class SettingSpec(NamedTuple):
    """One setting: its `key` in the file and, in capitals after NEWSDECK_, in the environment, and its `help`."""

    key: str
    help: str
    read: Callable[[object, Path], object]


def _text(value: object, _base: Path) -> str:
    if not isinstance(value, str):
        raise ConfigError("must be a text in quotes")
    return value


def _folder(value: object, base: Path) -> Path:
    text = _text(value, base)
    if not text or "\0" in text:
        raise ConfigError("must be the path of a folder")
    return base / Path(text).expanduser()


def _folders(value: object, base: Path) -> Mapping[str, Path]:
    if isinstance(value, str):
        pairs = (pair.partition("=") for pair in value.split(os.pathsep) if pair.strip())
        value = {name.strip(): path.strip() for name, _, path in pairs}
    if not isinstance(value, dict):
        raise ConfigError('must be a table of names and paths, such as work = "~/notes"')
    for name in value:
        if not _FOLDER_NAME.fullmatch(name):
            raise ConfigError(f"has the name {name!r}: letters, digits, hyphens, dots and underscores make one")
    try:
        return {name: _folder(path, base) for name, path in value.items()}
    except ConfigError as error:
        raise ConfigError(f"{error}, for each name") from error


def _theme(value: object, base: Path) -> str:
    name = _text(value, base)
    if name not in theme_names():
        raise ConfigError(f"must be one of {', '.join(theme_names())}{_nearest(name, theme_names())}")
    return name


def _switch(value: object, _base: Path) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.casefold() in _SWITCH_WORDS:
        return _SWITCH_WORDS[value.casefold()]
    raise ConfigError("must be true or false")


def _zone(value: object, base: Path) -> str:
    name = _text(value, base).strip()
    try:
        named_zone(name or "UTC")
    except ValueError as error:
        raise ConfigError("must be the name of a time zone, such as Europe/Berlin") from error
    return name


def _seconds(value: object, _base: Path) -> float:
    try:
        seconds = float(value) if isinstance(value, (int, float, str)) and not isinstance(value, bool) else -1.0
    except (ValueError, OverflowError):
        seconds = -1.0
    if not 0 <= seconds <= 3600:
        raise ConfigError("must be a number of seconds from 0 to 3600")
    return seconds


_FOLDER_NAME = re.compile(r"\w[\w.-]{0,63}")
_SWITCH_WORDS = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}

SETTINGS: tuple[SettingSpec, ...] = (
    SettingSpec("content", "The folder that opens when none is named; relative to this file.", _folder),
    SettingSpec("theme", "The colours: one of the names `newsdeck themes` lists.", _theme),
    SettingSpec("browser", "The command that opens a link; the URL is put last, or where a lone %s stands.", _text),
    SettingSpec("ascii", "Draw with plain ASCII only.", _switch),
    SettingSpec("read_after", "Seconds on a story until it counts as read; 0 for never.", _seconds),
    SettingSpec("open_advances", "Go to the next unread story after opening one.", _switch),
    SettingSpec("folders", "Folders by name, each to be opened by it: a table of names and paths.", _folders),
    SettingSpec("zone", "The time zone of times that name none, such as Europe/Berlin; else UTC.", _zone),
    SettingSpec("plain", "Read text files without any head, too.", _switch),
    SettingSpec("mouse", "Listen to the mouse.", _switch),
)


def load_settings(file: Path, environ: Mapping[str, str], *, required: bool = False) -> Settings:
    """Read the settings from `file`, then let `NEWSDECK_*` of `environ` win.

    A missing file means defaults, unless it is `required` (named on the command line). Raises ConfigError with the
    file or variable, the key, and the nearest valid key.
    """
    settings = _apply(Settings(), _read_file(file, required=required), str(file), file.parent)
    names = {f"NEWSDECK_{spec.key.upper()}": spec.key for spec in SETTINGS}
    for name, key in names.items():
        if environ.get(name):
            settings = _apply(settings, {key: environ[name]}, name, Path.cwd())
    return settings


def _read_file(file: Path, *, required: bool) -> dict[str, object]:
    try:
        data = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        if required:
            raise ConfigError(f"{file}: there is no such file.") from None
        return {}
    except (OSError, ValueError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}.") from error
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: is not UTF-8 text.") from error
    except RecursionError as error:
        raise ConfigError(f"{file}: is nested too deeply.") from error
    except ValueError as error:  # a TOMLDecodeError, or a number of more digits than Python reads
        raise ConfigError(f"{file}: {str(error).partition(';')[0]}.") from error


def _apply(settings: Settings, values: Mapping[str, object], source: str, base: Path) -> Settings:
    specs = {spec.key: spec for spec in SETTINGS}
    for key, value in values.items():
        spec = specs.get(key)
        if spec is None:
            known = [each.name for each in fields(Settings)]
            raise ConfigError(f"{source}: unknown setting {key!r}{_nearest(key, known)}.")
        try:
            settings = replace(settings, **{key: spec.read(value, base)})  # type: ignore[arg-type]
        except ConfigError as error:
            raise ConfigError(f"{source}: {key} {error}.") from error
    return settings


def _nearest(word: str, known: list[str] | tuple[str, ...]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; the settings are {', '.join(known)}"
