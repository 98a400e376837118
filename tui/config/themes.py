"""The themes as data: one TOML file each under `styles/themes`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tui.errors import ConfigError
from tui.resources import styles_dir

DEFAULT_THEME = "midnight"


class ThemeData(NamedTuple):
    """A theme: its `name`, one line about it, whether it is `dark`, and its colours by their role.

    `ansi` asks for the terminal's own sixteen colours.
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
    found = sorted(file.stem for file in _themes_dir().glob("*.toml"))
    return tuple(sorted(found, key=lambda name: name != DEFAULT_THEME))


def load_theme(name: str) -> ThemeData:
    """Read the theme called `name`. Raises ConfigError if there is none."""
    if name not in theme_names():
        raise ConfigError(f"There is no theme {name!r}; the themes are {', '.join(theme_names())}.")
    with (_themes_dir() / f"{name}.toml").open("rb") as file:
        data = tomllib.load(file)
    return ThemeData(
        name=name,
        about=data["about"],
        dark=data["dark"],
        ansi=data.get("ansi", False),
        colors=data["colors"],
        variables=data.get("variables", {}),
    )


def _themes_dir() -> Path:
    return styles_dir() / "themes"
