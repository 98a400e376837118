"""The line to type a part of a topic's name into, while the topics pane shows what holds it."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from tui.ui.toolkit_field import SteadyField


class FindField(SteadyField):
    """The line itself, with the keys that stay in it."""

    BINDINGS = [
        Binding("up", "screen.do('step_find', 'up')", "previous", show=False),
        Binding("down", "screen.do('step_find', 'down')", "next", show=False),
    ]


class FindBar(Vertical):
    """The letters that a topic, outlet, kind or month is found by."""

    class Changed(Message):
        """Other letters are looked for."""

        def __init__(self, needle: str) -> None:
            super().__init__()
            self.needle = needle

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.field = FindField(placeholder="a part of a topic, outlet, kind or month", compact=True, max_length=200)
        """The line to type into."""

    def compose(self) -> ComposeResult:
        """The field."""
        yield self.field

    def on_input_changed(self, message: Input.Changed) -> None:
        """Report what is looked for."""
        message.stop()
        self.post_message(self.Changed(message.value))
