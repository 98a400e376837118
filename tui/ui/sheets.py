"""The style sheets: those of the first screen, and those of all that comes after it, which are read behind it."""

from pathlib import Path, PurePath
from typing import Any, Final

from textual.app import App

from tui.resources import styles_dir

_FIRST: Final = ("base", "inks", "deck", "panes", "bars")
_LATER: Final = ("typing", "dialogs", "palette")


def first_sheets() -> list[str | PurePath]:
    """The files that the first screen needs."""
    return [_sheet(name) for name in _FIRST]


def read_later_sheets(app: App[Any]) -> None:
    """Have all style sheets from now on, for what is made after this; more than once if need be."""
    unread = [_sheet(name) for name in _LATER if not app.stylesheet.has_source(str(_sheet(name)))]
    if unread:
        app.stylesheet.read_all(unread)
        app.stylesheet.parse()  # only what is new: what was read before is remembered


def _sheet(name: str) -> Path:
    return styles_dir() / f"{name}.tcss"
