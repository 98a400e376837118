"""The Textual application: style sheets, themes and the deck screen."""

import asyncio
import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from textual import events
from textual.binding import Binding
from textual.errors import NoWidget
from textual.filter import LineFilter
from textual.reactive import Initialize, Reactive
from textual.screen import Screen
from textual.theme import Theme

from tui.config.hints import KeyPlace
from tui.config.settings import Settings
from tui.config.themes import DEFAULT_THEME, ThemeData, load_theme, theme_names
from tui.session import Session
from tui.text.wording import counted
from tui.ui.deck.screen import DeckScreen
from tui.ui.key_gate import KeyGate
from tui.ui.messages import JobFailed, SessionChosen
from tui.ui.sheets import first_sheets, read_later_sheets
from tui.ui.split_keys import WINDOW_SECONDS, SplitKeys
from tui.ui.terminal import TerminalKind, guard_terminal, has_job_control, terminal_kind
from tui.ui.toolkit import QuietApp, SteadyDriver
from tui.ui.widgets.inks import ASCII_CLASS, INK_CLASSES, LINKS_CLASS, AsciiFilter
from tui.ui.widgets.pane import Pane
from tui.ui.workers import Jobs
from tui.work import search_new_garbage

SWITCH_SECONDS = 0.0005
"""After how long a busy worker lets the event loop go on."""
_ASCII_FILTER = AsciiFilter()


def _chosen_theme(app: "NewsdeckApp") -> str:
    return app.settings.theme


class NewsdeckApp(QuietApp):
    """Shows one session, on a terminal of some kind: one that can do everything but links, unless it is told."""

    TITLE = "newsdeck"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = [
        Binding("ctrl+c,super+c", "copy_or_help", "copy", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "suspend", show=False, priority=True),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = set(INK_CLASSES)

    # Known from the first moment on: a theme that is put on later has all style sheets parsed and applied once more.
    theme: Reactive[str] = Reactive(Initialize(_chosen_theme))

    def __init__(self, session: Session, settings: Settings, terminal: TerminalKind | None = None) -> None:
        self.session = session
        self.settings = settings
        self.terminal = terminal or TerminalKind()
        self._themes: dict[str, Theme] = {}
        self._split_keys = SplitKeys()
        self._gate = KeyGate(self._press)
        self._is_ready = False
        self._jobs = Jobs(lambda error: self.screen_stack[0].post_message(JobFailed(error)))
        super().__init__(driver_class=SteadyDriver, css_path=first_sheets())
        self.set_class(settings.ascii, ASCII_CLASS)
        self.set_class(self.terminal.links, LINKS_CLASS)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters that painted lines pass; with `--ascii` the last one leaves plain ASCII of what is drawn with."""
        filters = super().get_line_filters()
        return [*filters, _ASCII_FILTER] if self.settings.ascii else filters

    def get_theme(self, theme_name: str) -> Theme | None:
        """The theme with this name, read when it is first asked for; None if there is none."""
        theme = self._themes.get(theme_name)
        if theme is None:
            if theme_name not in theme_names():
                return super().get_theme(theme_name)
            theme = self._themes[theme_name] = to_theme(load_theme(theme_name, self.terminal.colours))
        return theme

    @property
    def available_themes(self) -> dict[str, Theme]:
        """All themes by name."""
        ours = {name: self.get_theme(name) for name in theme_names()}
        return {**super().available_themes, **{name: theme for name, theme in ours.items() if theme is not None}}

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours the style sheets name, for themes (such as Textual's own first one) that do not set them."""
        return load_theme(DEFAULT_THEME, self.terminal.colours).variables

    def get_default_screen(self) -> Screen[None]:
        """The deck: there is nothing below it."""
        return self._deck_screen()

    def _deck_screen(self) -> DeckScreen:
        """A deck on the session; what follows from the size is set before it is first laid out."""
        screen = DeckScreen(self.session)
        columns, lines = self.size
        for points, cells in ((screen.HORIZONTAL_BREAKPOINTS, columns), (screen.VERTICAL_BREAKPOINTS, lines)):
            screen.add_class(max(point for point in points if point[0] <= cells)[1], update=False)
        return screen

    async def on_session_chosen(self, message: SessionChosen) -> None:
        """Show other folders in place of those that were open."""
        before, self.session = self.session, message.session
        await self.show_instead(self._deck_screen())
        await asyncio.to_thread(before.close)

    async def on_event(self, event: events.Event) -> None:
        """Deliver an event, unless it is a key that only spells the rest of a key sequence torn apart on its way."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            if await self._is_delivered(event) and not self._gate.keeps(event):
                await self._press(event)
            return
        await super().on_event(event)
        if isinstance(event, events.MouseDown):
            self._hold(event)

    def clear_selection(self) -> None:
        """Select nothing any more; the toolkit's fields ask for this whenever their cursor moves.

        A field that is only being made, or filled by something else than keys, takes nothing away that is selected.
        """
        if not self.gives_keys_back():
            super().clear_selection()

    async def _press(self, key: events.Key) -> None:
        """Deliver a key; that for a step back first takes away what is selected with the mouse."""
        if key.key == "escape" and self.screen.selections:
            self.screen.clear_selection()
        else:
            await super().on_event(key)

    def _hold(self, event: events.MouseDown) -> None:
        """Let a pane have all that the mouse does until the button is let go, however fast that is."""
        with suppress(NoWidget):
            widget, _region = self.get_widget_at(event.screen_x, event.screen_y)
            if isinstance(widget, Pane):
                widget.capture_mouse()

    def gives_keys_back(self) -> bool:
        """Whether no field has the focus."""
        return self.focused is None or isinstance(self.focused, Pane)

    def does_keys_at_once(self) -> bool:
        """Whether a pane has the focus, and all have learnt how large they are."""
        return self._is_ready and isinstance(self.focused, Pane)

    async def _is_delivered(self, key: events.Key) -> bool:
        keys = self._split_keys
        had_held = keys.holds
        if keys.swallows(key.key, key.character, time.monotonic()):
            if keys.holds:
                self.set_timer(WINDOW_SECONDS, self._deliver_held)
            return False
        if had_held:  # it was the reader's own, and came before this key
            await super().on_event(events.Key("O", "O"))
        return True

    async def _deliver_held(self) -> None:
        """Nothing followed the `O` after an ESC: it was the reader's own."""
        if self._split_keys.let_go():
            await super().on_event(events.Key("O", "O"))

    def on_ready(self) -> None:
        """From here on garbage is looked for, but not among what the start has made."""
        self._is_ready = True
        search_new_garbage()

    def action_suspend_process(self) -> None:
        """Stop, and give the terminal back to the shell, if there is one that can bring the reader back."""
        if has_job_control():
            super().action_suspend_process()
        else:
            self.notify("There is no shell here to go back to.", severity="warning", markup=False)

    def action_copy_or_help(self) -> None:
        """Copy what is selected; without anything, say how to quit, which this key does in other programs."""
        # What the mouse did before the key may still be on its way to the widget.
        (self.focused or self.screen).call_later(self._copy_or_help)

    def _copy_or_help(self) -> None:
        from textual.widgets import Input  # no first screen shows one

        field = self.focused
        text = field.selected_text if isinstance(field, Input) else ""
        if text := text or self.screen.get_selected_text() or "":
            self.copy_to_clipboard(text)
            self.notify(f"Copied {counted(text.count(chr(10)) + 1, 'line')}", timeout=2, markup=False)
        else:
            self.notify("q quits · ctrl+c copies what the mouse has selected", timeout=4, markup=False)

    def copy_to_clipboard(self, text: str) -> None:
        """Put a text into the clipboard of the terminal, and of the desktop where there is a program for that."""
        super().copy_to_clipboard(text)
        self._jobs.start("copy", lambda _ticket: self._copy_out(text))

    def _copy_out(self, text: str) -> None:
        self.session.programs.copy_text(text)

    def action_command_palette(self) -> None:
        """Open the palette, once."""
        from tui.ui.palette.screen import Palette  # not needed before somebody asks for it

        if not isinstance(self.screen, Palette):
            read_later_sheets(self)
            self.push_screen(Palette(self._gate))

    def show_help(self, where: KeyPlace) -> None:
        """Show the help as seen from a place."""
        from tui.ui.dialogs.help import HelpScreen  # not needed before somebody asks for it

        read_later_sheets(self)
        self.push_screen(HelpScreen(where))


def to_theme(data: ThemeData) -> Theme:
    """A theme as Textual wants it."""
    return Theme(name=data.name, dark=data.dark, ansi=data.ansi, variables=data.variables, **data.colors)  # type: ignore[arg-type]


def run_reader(session: Session, settings: Settings) -> int:
    """Show the reader until it is left; the exit status. Raises what ended it, once the terminal is restored."""
    app = NewsdeckApp(session, settings, terminal_kind(os.environ))
    # While a worker computes, a key must not wait five milliseconds for each of the loop's many short waits.
    sys.setswitchinterval(SWITCH_SECONDS)
    with guard_terminal():
        app.run(mouse=settings.mouse)
    app.session.close()
    if app.crash is not None:
        raise app.crash
    return app.return_code or 0
