"""A question that is answered by typing a line."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.ui.screens.dialog import OneAnswer


class AskScreen(OneAnswer[str | None]):
    """Asks for a line; the result is what was typed, without blanks at its ends, or None if it was given up."""

    BINDINGS = [("escape", "give_up", "close")]

    def __init__(self, title: str, hint: str, text: str = "") -> None:
        super().__init__()
        self._title = title
        self._hint = hint
        self._text = text

    def compose(self) -> ComposeResult:
        """A field and a line of hints."""
        with Vertical(id="box"):
            yield Input(self._text, id="answer", compact=True, max_length=1000)
            yield Static(self._hint, id="hint", markup=False)

    def on_mount(self) -> None:
        """Name the box."""
        self.query_one("#box").border_title = self._title

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter answers; nothing typed means given up."""
        self.dismiss(message.value.strip() or None)

    def action_give_up(self) -> None:
        """No answer."""
        self.dismiss(None)
