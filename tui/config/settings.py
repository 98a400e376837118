"""The settings of newsdeck and how they are read: flag, then environment, then `config.toml`, then default."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from tui.clock import named_zone
from tui.config.themes import DEFAULT_THEME, theme_names
from tui.errors import ConfigError
from tui.text.patterns import late

Density = Literal["auto", "compact", "roomy"]
"""How much room a row of the list takes: one line, or headline and facts in full, or as the height has it."""


class NamedFolder(NamedTuple):
    """A folder of the configuration: where it lies, and the zone of its times that name none, empty for the usual."""

    path: Path
    zone: str = ""


class Settings(NamedTuple):
    """What the reader may choose.

    `content` is the folder opened when none is named, or None for the demo. `theme` names a theme of
    `styles/themes`. `browser` is a command line that is given the URL as its last argument, empty for `$BROWSER` or
    the platform's own. `density` is how much room a row of the list takes. `ascii` draws with
    plain ASCII only. `mouse` listens to the mouse.
    `read_after` is how many seconds the cursor rests on a story before it counts as read, 0 for never.
    `open_advances` goes to the next unread story after opening one in the browser. `zone` is the name of the time zone
    that times without one are local to, empty for UTC. `plain` reads text files without a head, too. `folders` are
    folders by the names that stand for them on the command line.
    """

    content: Path | None = None
    theme: str = DEFAULT_THEME
    browser: str = ""
    density: Density = "auto"
    ascii: bool = False
    mouse: bool = True
    read_after: float = 3.0
    open_advances: bool = False
    zone: str = ""
    plain: bool = False
    folders: Mapping[str, NamedFolder] = MappingProxyType({})


def _as_it_is(value: Any, _base: Path) -> Any:
    return value


def _folder(text: str, base: Path) -> Path:
    from tui.config.kinds import FolderPath, converted  # a command that reads no settings loads none of it

    path = Path(converted(text, FolderPath))
    try:
        return base / path.expanduser()
    except RuntimeError as error:
        raise ConfigError("must be the path of a folder; nobody here has the home that its tilde stands for") from error


def _folders(entries: Mapping[str, object], base: Path) -> Mapping[str, NamedFolder]:
    found: dict[str, NamedFolder] = {}
    for name, entry in entries.items():
        if not _FOLDER_NAME().fullmatch(name):
            raise ConfigError(f"has the name {name!r}: letters, digits, hyphens, dots and underscores make one")
        try:
            found[name] = _named_folder(entry, base)
        except ConfigError as error:
            raise ConfigError(f"{error}, for each name; see {name}") from error
    return found


def _named_folder(entry: object, base: Path) -> NamedFolder:
    from tui.config.kinds import FolderEntry, converted

    known = converted(entry, FolderEntry)
    if isinstance(known, str):
        return NamedFolder(_folder(known, base))
    return NamedFolder(_folder(known.path, base), _zone(known.zone, base))


def _theme(name: str, _base: Path) -> str:
    if name not in theme_names():
        raise ConfigError(f"must be one of {', '.join(theme_names())}{_nearest(name, theme_names())}")
    return name


def _zone(text: str, _base: Path) -> str:
    name = text.strip()
    try:
        named_zone(name or "UTC")
    except ValueError as error:
        raise ConfigError("must be the name of a time zone, such as Europe/Berlin") from error
    return name


_FOLDER_NAME = late(r"\w[\w.-]{0,63}")


class SettingSpec(NamedTuple):
    """One setting: its `key` in the file and, in capitals after NEWSDECK_, in the environment, and its `help`.

    Its kind is in `kinds.SETTINGS`; `finish` makes of such a value, and of the folder that paths begin in, the setting.
    """

    key: str
    help: str
    finish: Callable[[Any, Path], object] = _as_it_is


SETTINGS: tuple[SettingSpec, ...] = (
    SettingSpec("content", "The folder that opens when none is named; relative to this file.", _folder),
    SettingSpec("theme", "The colours: one of the names `newsdeck themes` lists.", _theme),
    SettingSpec("browser", "The command that opens a link; the URL is put last, or where a lone %s stands."),
    SettingSpec("density", "How much room a row takes: auto, compact (a line) or roomy; `Z` changes it."),
    SettingSpec("ascii", "Draw with plain ASCII only."),
    SettingSpec("read_after", "Seconds on a story until it counts as read; 0 for never."),
    SettingSpec("open_advances", "Go to the next unread story after opening one."),
    SettingSpec("folders", "Folders by name, each to be opened by it: paths, or tables of path and zone.", _folders),
    SettingSpec("zone", "The time zone of times that name none, such as Europe/Berlin; else UTC.", _zone),
    SettingSpec("plain", "Read text files without any head, too."),
    SettingSpec("mouse", "Listen to the mouse."),
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
    import tomllib  # not needed without a file

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: is not UTF-8 text.") from error
    except RecursionError as error:
        raise ConfigError(f"{file}: is nested too deeply.") from error
    except ValueError as error:  # a TOMLDecodeError, or a number of more digits than Python reads
        raise ConfigError(f"{file}: {str(error).partition(';')[0]}.") from error


def _apply(settings: Settings, values: Mapping[str, object], source: str, base: Path) -> Settings:
    if not values:
        return settings
    from tui.config import kinds

    specs = {spec.key: spec for spec in SETTINGS}
    for key, value in values.items():
        spec = specs.get(key)
        if spec is None:
            raise ConfigError(f"{source}: unknown setting {key!r}{_nearest(key, Settings._fields)}.")
        try:
            found = spec.finish(kinds.setting(key, value), base)
        except ConfigError as error:
            raise ConfigError(f"{source}: {key} {error}.") from error
        settings = settings._replace(**{key: found})  # type: ignore[arg-type]  # its kind is that of the field
    return settings


def _nearest(word: str, known: list[str] | tuple[str, ...]) -> str:
    import difflib  # slow to load, and only for what is misspelt

    close = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; the settings are {', '.join(known)}"
