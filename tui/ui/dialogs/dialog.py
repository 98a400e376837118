"""The frame of everything that opens over the deck: a titled box with a text that scrolls."""

from collections.abc import Sequence
from typing import ClassVar, Protocol, TypeVar, runtime_checkable

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from tui.config.hints import KeyPlace
from tui.ui.bindings import HELP_ANYWHERE, bindings
from tui.ui.toolkit import forget_painted, leave_notices_to_what_is_on_top
from tui.ui.widgets.bars import HintBar
from tui.ui.widgets.document_pane import DocumentPane
from tui.ui.widgets.lines import Line, cell_width
from tui.ui.widgets.pane import MOVES

Result = TypeVar("Result")

_KEYS = (*MOVES, "open", "escape", "quit", "help")
_FRAME_CELLS = 5
"""Cells of a box that hold no text: border, padding and the scrollbar."""
_FRAME_LINES = 2
_AROUND = 3
"""Lines of the screen that a box leaves free: one above, one below, and the line of keys."""


class TextPane(DocumentPane):
    """The text of the dialog around it."""

    def layout_lines(self, width: int) -> Sequence[Line]:
        """What the dialog around it says."""
        for node in self.ancestors:
            if isinstance(node, Dialog):
                return node.lines(width)
        return ()


@runtime_checkable
class GivesHelp(Protocol):
    """An app that has a help: it is a dialog itself, so that no dialog can know it."""

    def show_help(self, where: KeyPlace) -> None:
        """Show the help as seen from a place."""
        ...


class OneAnswer(ModalScreen[Result]):
    """Something over the deck that gives one result, however often the key for it is pressed before it has closed.

    `WHERE` says which keys the line at the bottom shows.
    """

    WHERE: ClassVar[KeyPlace] = "line"
    BINDINGS = [HELP_ANYWHERE]

    def action_help(self) -> None:
        """The help as seen from here."""
        if isinstance(self.app, GivesHelp):
            self.app.show_help(self.WHERE)

    def on_screen_suspend(self) -> None:
        """Something opens over it."""
        leave_notices_to_what_is_on_top(self)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close with a result; a second time nothing happens, where the toolkit would close what lies below."""
        if not self.is_active:
            nothing: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call]
            return nothing
        for widget in self.walk_children(Widget):
            forget_painted(widget)
        return super().dismiss(result)

    def on_key(self, event: events.Key) -> None:
        """Type into the field what was pressed before it had the keys, which would be lost.

        It goes no further: what lies below might have the keys by the time it came there.
        """
        field = next(iter(self.query(Input)), None)
        if field is None or not field.display or self.focused not in (None, field):
            return  # what the field was given itself does not come here
        if event.key == "enter":
            event.stop()
            self.call_later(field.action_submit)
        elif event.is_printable and event.character:
            event.stop()
            field.insert_text_at_cursor(event.character)


class Dialog(OneAnswer[Result]):
    """A box over the deck, as large as what `lines` says stands in it. `q`, `esc` and backspace close it."""

    BINDINGS = [*bindings(_KEYS), ("backspace", "do('escape')", "close")]
    TITLE = ""
    WHERE: ClassVar[KeyPlace] = "text"
    MOST_CELLS = 110
    """The most that a box is wide."""
    LEAST_CELLS = 0
    """The least, where the screen has them."""

    def compose(self) -> ComposeResult:
        """The box with its text, and the line of keys."""
        with Vertical(id="box"):
            yield TextPane(id="text")
        yield HintBar(self.WHERE, id="hints")

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
        self.take_keys()
        self.fit()

    def take_keys(self) -> None:
        """Put the keys on the text."""
        self.set_focus(self.pane)

    def on_resize(self) -> None:
        """Keep within the screen."""
        self.fit()

    def fit(self) -> None:
        """Make the box as large as its text, as far as the screen goes."""
        columns, rows = self.app.size
        most = max(min(self.MOST_CELLS, columns * 23 // 25), 1)
        lines = self.lines(max(most - _FRAME_CELLS, 1))
        widest = max((sum(cell_width(text) for text, _ink in line.spans) for line in lines), default=0) + 1
        width = min(max(widest + _FRAME_CELLS, cell_width(self.heading) + 4 + _FRAME_CELLS, self.LEAST_CELLS), most)
        box = self.query_one("#box")
        box.styles.width = width
        height = len(self.lines(max(width - _FRAME_CELLS, 1))) + _FRAME_LINES + self.extra_lines
        box.styles.height = max(min(height, rows - _AROUND), min(rows, _FRAME_LINES + 1))

    @property
    def extra_lines(self) -> int:
        """Lines of the box that stand above the text."""
        return 0

    def action_do(self, command: str) -> None:
        """Do what a key of the deck screen means here."""
        if command in MOVES:
            self.pane.go(command)
        elif command == "open":
            self.choose()
        elif command == "help":
            self.action_help()
        else:
            self.give_up()

    def choose(self) -> None:
        """Choose what the cursor is on; closes a dialog that only shows something."""
        self.dismiss()

    def give_up(self) -> None:
        """Close without an answer."""
        self.dismiss()
