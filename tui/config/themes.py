"""The themes as data: one JSON file each under `styles/themes`."""

from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from tui.errors import ConfigError
from tui.resources import styles_dir

DEFAULT_THEME = "midnight"


Colours = Literal["all", "256", "16"]
"""How many colours a terminal has."""
COLOURS: Final[tuple[Colours, ...]] = ("all", "256", "16")


class ThemeData(NamedTuple):
    """A theme: its `name`, one line about it, whether it is `dark`, and its colours by their role.

    `ansi` says that they are the names of the terminal's own sixteen colours.
    """

    name: str
    about: str
    dark: bool
    ansi: bool
    colors: dict[str, str]
    variables: dict[str, str]


@cache
def theme_names() -> tuple[str, ...]:
    """The names of all themes, the default first."""
    found = sorted(file.stem for file in _themes_dir().glob("*.json"))
    return tuple(sorted(found, key=lambda name: name != DEFAULT_THEME))


@cache
def load_theme(name: str, colours: Colours = "all") -> ThemeData:
    """Read the theme called `name` as it is for a terminal of so many colours. Raises ConfigError if there is none."""
    if name not in theme_names():
        raise ConfigError(f"There is no theme {name!r}; the themes are {', '.join(theme_names())}.")
    import msgspec  # only for who draws, and at hand there, where what reads TOML would be loaded for this alone

    data = msgspec.json.decode((_themes_dir() / f"{name}.json").read_bytes())
    colors, variables, fewer = data["colors"], data["variables"], data.get(colours, {})
    return ThemeData(
        name=name,
        about=data["about"],
        dark=data["dark"],
        ansi=data.get("ansi", False) or (colours == "16" and bool(fewer)),
        colors={role: fewer.get(role, value) for role, value in colors.items()},
        variables=variables | {role: value for role, value in fewer.items() if role not in colors},
    )


def _themes_dir() -> Path:
    return styles_dir() / "themes"
