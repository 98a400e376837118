"""All keys, signs and words of the search, those of where the reader is first, and what holds some letters."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from tui.config.actions import LETTER_ACTIONS
from tui.config.hints import KeyPlace
from tui.ui.bindings import bindings
from tui.ui.dialogs.dialog import Dialog, TextPane
from tui.ui.dialogs.help_text import help_lines, help_sections
from tui.ui.toolkit_field import SteadyField
from tui.ui.widgets.bars import HintBar
from tui.ui.widgets.lines import Line


class HelpScreen(Dialog[None]):
    """The help as seen from a place; `/` and some letters narrow it. `needle` is the field for them."""

    TITLE = "Help"
    WHERE = "help"
    MOST_CELLS = 170
    BINDINGS = [*bindings(("filter", "palette")), Binding("enter", "do('open')", "close", show=False)]

    def __init__(self, where: KeyPlace) -> None:
        super().__init__()
        self._where = where
        self.needle = SteadyField(
            id="needle", placeholder="a key, or a part of what it does", compact=True, max_length=100
        )
        self.needle.display = False

    def compose(self) -> ComposeResult:
        """The box: a field, which shows once it is asked for, and the text."""
        with Vertical(id="box"):
            yield self.needle
            yield TextPane(id="text")
        yield HintBar(self.WHERE, id="hints")

    @property
    def extra_lines(self) -> int:
        """The field."""
        return int(self.needle.display)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key means anything now: where letters are typed, signs are letters too."""
        if action == "do" and self.needle.has_focus:
            return parameters[0] not in LETTER_ACTIONS
        return super().check_action(action, parameters)

    def action_help(self) -> None:
        """This is it already: the key for it closes it."""
        self.dismiss()

    def lines(self, width: int) -> Sequence[Line]:
        """The sections that hold what is looked for."""
        return help_lines(help_sections(self._where, self.needle.value.strip()), width)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Show what holds the letters."""
        self.pane.relayout(keep_place=False)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Read what was found."""
        self._read()

    def take_keys(self) -> None:
        """Put the keys on the text, or on the field where that is shown."""
        if not self.needle.display:
            super().take_keys()
            return
        self.set_focus(self.needle)
        self.query_one("#hints", HintBar).where = "find"

    def _read(self) -> None:
        self.query_one("#hints", HintBar).where = self.WHERE
        self.set_focus(self.pane)

    def action_do(self, command: str) -> None:
        """As in every dialog; `/` asks for letters, and esc takes them back first."""
        if command == "filter":
            self.needle.display = True
            if self.is_mounted:  # else as soon as it is
                self.take_keys()
        elif command == "palette":
            self.app.action_command_palette()
        elif command == "escape" and self.needle.display:
            self.needle.value = ""
            self.needle.display = False
            self._read()
        else:
            super().action_do(command)
