"""The Textual application: style sheets, themes and the deck screen."""

import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.command import Provider
from textual.theme import Theme

from tui.config.settings import Settings
from tui.config.themes import DEFAULT_THEME, ThemeData, load_theme, theme_names
from tui.resources import styles_dir
from tui.session import Session
from tui.ui.palette.actions import ActionCommands
from tui.ui.palette.screen import Palette
from tui.ui.screens.deck import DeckScreen
from tui.ui.terminal import guard_terminal
from tui.ui.widgets.pane import ASCII_CLASS

SWITCH_SECONDS = 0.0005
"""After how long a busy worker lets the event loop go on."""
SHEETS = ("base", "deck", "panes", "bars", "dialogs", "palette")


class NewsdeckApp(App[None]):
    """Shows one session."""

    TITLE = "newsdeck"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[type[Provider]]] = {ActionCommands}  # type: ignore[assignment]
    BINDINGS = []

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__(css_path=[_sheet(name) for name in SHEETS])
        self.session = session
        self.settings = settings
        for name in theme_names():
            self.register_theme(to_theme(load_theme(name)))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours the style sheets name, for themes (such as Textual's own first one) that do not set them."""
        return load_theme(DEFAULT_THEME).variables

    def on_mount(self) -> None:
        """Put on the theme and show the deck."""
        self.theme = self.settings.theme
        self.set_class(self.settings.ascii, ASCII_CLASS)
        self.push_screen(DeckScreen(self.session))

    def action_command_palette(self) -> None:
        """Open the palette, once."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    @property
    def crash(self) -> Exception | None:
        """The exception that ended the reader, if one did."""
        return self._exception

    def _fatal_error(self) -> None:
        """End without the toolkit's own report, which tells what all variables held."""
        self._close_messages_no_wait()


def to_theme(data: ThemeData) -> Theme:
    """A theme as Textual wants it."""
    return Theme(name=data.name, dark=data.dark, ansi=data.ansi, variables=data.variables, **data.colors)  # type: ignore[arg-type]


def run_reader(session: Session, settings: Settings) -> int:
    """Show the reader until it is left; the exit status. Raises what ended it, once the terminal is restored."""
    app = NewsdeckApp(session, settings)
    # While a worker computes, a key must not wait five milliseconds for each of the loop's many short waits.
    sys.setswitchinterval(SWITCH_SECONDS)
    with guard_terminal():
        app.run(mouse=settings.mouse)
    if app.crash is not None:
        raise app.crash
    return app.return_code or 0


def _sheet(name: str) -> Path:
    return styles_dir() / f"{name}.tcss"
