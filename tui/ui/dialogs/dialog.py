"""The frame of everything that opens over the deck: a titled box with a text that scrolls."""

from collections.abc import Sequence
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.ui.bindings import bindings
from tui.ui.toolkit import forget_painted
from tui.ui.widgets.document_pane import DocumentPane
from tui.ui.widgets.lines import Line
from tui.ui.widgets.pane import MOVES

Result = TypeVar("Result")

_KEYS = (*MOVES, "open", "escape", "quit")


class TextPane(DocumentPane):
    """The text of the dialog around it."""

    def layout_lines(self, width: int) -> Sequence[Line]:
        """What the dialog around it says."""
        for node in self.ancestors:
            if isinstance(node, Dialog):
                return node.lines(width)
        return ()


class OneAnswer(ModalScreen[Result]):
    """Something over the deck that gives one result, however often the key for it is pressed before it has closed."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close with a result; a second time nothing happens, where the toolkit would close what lies below."""
        if not self.is_active:
            nothing: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call]
            return nothing
        for widget in self.walk_children(Widget):
            forget_painted(widget)
        return super().dismiss(result)

    def on_key(self, event: events.Key) -> None:
        """Type into the field what was pressed before it had the keys, which would be lost."""
        field = next(iter(self.query(Input)), None)
        if field is None or self.focused is field:
            return
        if event.key == "enter":
            self.call_later(field.action_submit)
        elif event.is_printable and event.character:
            field.insert_text_at_cursor(event.character)


class Dialog(OneAnswer[Result]):
    """A box over the deck; `lines` says what stands in it. `q`, `esc` and backspace close it."""

    BINDINGS = [*bindings(_KEYS), ("backspace", "do('escape')", "close")]
    TITLE = ""
    HINT = "esc closes"

    def compose(self) -> ComposeResult:
        """The box: a text and a line of hints."""
        with Vertical(id="box"):
            yield TextPane(id="text")
            yield Static(self.HINT, id="hint", markup=False)

    @property
    def pane(self) -> TextPane:
        """The text."""
        return self.query_one(TextPane)

    @property
    def heading(self) -> str:
        """What stands in the border of the box."""
        return self.TITLE or ""

    def lines(self, width: int) -> Sequence[Line]:
        """The text at a width in cells."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Name the box and put the keys on its text."""
        self.query_one("#box").border_title = self.heading
        self.pane.focus()

    def action_do(self, command: str) -> None:
        """Do what a key of the deck screen means here."""
        if command in MOVES:
            self.pane.go(command)
        elif command == "open":
            self.choose()
        else:
            self.give_up()

    def choose(self) -> None:
        """Choose what the cursor is on; closes a dialog that only shows something."""
        self.dismiss()

    def give_up(self) -> None:
        """Close without an answer."""
        self.dismiss()
