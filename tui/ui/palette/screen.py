"""The palette: a field for some letters of an action, above the actions that they may mean."""

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.config.actions import ACTIONS, ActionSpec, key_signs
from tui.ui.dialogs.dialog import OneAnswer
from tui.ui.key_gate import KeyGate
from tui.ui.palette.ranking import ranked
from tui.ui.toolkit_field import SteadyField
from tui.ui.widgets.document_pane import DocumentPane
from tui.ui.widgets.lines import BLANK, Line, Span, cell_width, cut, left, right, rule, styled
from tui.ui.widgets.pane import Pane

_OFFERED = tuple(spec for spec in ACTIONS if spec.palette)
_LABEL_CELLS = max(cell_width(spec.label) for spec in _OFFERED) + 2
_LEAST_HELP = 16
_FRAME_ROWS = 5
"""Rows of the box that are not the list: its border, the field, the hint and the room above that."""


class Palette(OneAnswer[None]):
    """Choose an action by its name, its key or what it does.

    What is pressed behind the key that chooses, however soon, is meant for what the action opens: `keys` keeps it.
    """

    BINDINGS = [
        Binding("escape", "dismiss", "close", show=False),
        Binding("enter", "choose", "do it", priority=True, show=False),
        Binding("down,ctrl+n,tab", "step(1)", "next", priority=True, show=False),
        Binding("up,ctrl+p,shift+tab", "step(-1)", "previous", priority=True, show=False),
        Binding("pagedown", "page(1)", "page down", priority=True, show=False),
        Binding("pageup", "page(-1)", "page up", priority=True, show=False),
    ]
    HINT = "enter does it · ↑ ↓ choose · esc closes"

    def __init__(self, keys: KeyGate) -> None:
        super().__init__()
        self._keys = keys
        self._is_choosing = False

    def compose(self) -> ComposeResult:
        """The field, the actions and a line of hints."""
        with Vertical(id="box"):
            yield SteadyField(placeholder="what it is called, or its key", id="answer", compact=True, max_length=200)
            yield ActionPane(id="text")
            yield Static(self.HINT, id="hint", markup=False)

    @property
    def actions(self) -> "ActionPane":
        """The list of actions."""
        return self.query_one(ActionPane)

    def on_mount(self) -> None:
        """Name the box and let the reader type."""
        self.query_one("#box").border_title = "Actions"
        self.query_one(Input).focus()
        self._narrow("")

    def on_unmount(self) -> None:
        """Let keys through again where it was closed before the choice was done."""
        if self._is_choosing:
            self.app.call_later(self._keys.open)

    def on_resize(self, _event: events.Resize) -> None:
        """Stay within the terminal."""
        self._fit()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Show the actions that may be meant."""
        self._narrow(message.value)

    def _narrow(self, typed: str) -> None:
        self.actions.narrow(typed)
        self._fit()

    def _fit(self) -> None:
        """Make the box as high as what is in it; the field stays where it is."""
        room = max(self.size.height - 2, _FRAME_ROWS + 1)
        self.query_one("#box").styles.height = min(len(self.actions.text.lines) + _FRAME_ROWS, room)

    def action_choose(self) -> None:
        """Do what the cursor is on, once the field has all letters that came before."""
        self._is_choosing = True
        self._keys.close()
        self.call_later(lambda: self.query_one(Input).call_later(self.query_one(Input).action_submit))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter does what the cursor is on."""
        self._run()

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """Chosen by mouse."""
        self._run()

    def action_step(self, by: int) -> None:
        """Move the cursor by actions, within the list."""
        self.actions.step(by)

    def action_page(self, by: int) -> None:
        """Move the cursor by as many actions as are in sight."""
        self.actions.step(by * max(self.actions.size.height - 1, 1))

    def _run(self) -> None:
        self._is_choosing = False
        spec = self.actions.chosen if self.is_active else None
        if spec is not None:
            self.dismiss()
        self.app.call_later(self._do, spec)

    async def _do(self, spec: ActionSpec | None) -> None:
        app = self.app
        try:
            if spec is not None:
                while isinstance(app.screen, ModalScreen):
                    await app.pop_screen()
                await app.screen.run_action(f"do('{spec.id}')")
        finally:
            await self._keys.open()


class ActionPane(DocumentPane):
    """The actions that may be meant, the best first; without letters all of them, by what they are about."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.can_focus = False
        self._typed = ""
        self._found: list[ActionSpec] = []

    @property
    def chosen(self) -> ActionSpec | None:
        """The action under the cursor, or None."""
        cursor = self.cursor
        return self._found[cursor] if cursor is not None and cursor < len(self._found) else None

    def narrow(self, typed: str) -> None:
        """Show what is meant by the letters typed, with the cursor on the best."""
        self._typed, self._found = typed.strip(), ranked(_OFFERED, typed)
        self.cursor = 0 if self._found else None
        self.text.top = 0
        self.relayout(keep_place=bool(self._found))

    def step(self, by: int) -> None:
        """Put the cursor some actions further down or up, on the last or first at most."""
        goal = min(max((self.cursor or 0) + by, 0), len(self._found) - 1)
        self.change(lambda: self.text.go_to(goal) if goal > 0 else self.text.move_to_end(last=False))

    def layout_lines(self, width: int) -> Sequence[Line]:
        """A line for each action; without letters under the headings of their groups."""
        if not self._found:
            return [BLANK, *styled(["No action is called so."], "dim", " ")]
        lines: list[Line] = []
        key_cells = max(cell_width(key_signs(spec)) for spec in self._found) + 2
        for number, spec in enumerate(self._found):
            if not self._typed and (number == 0 or spec.group != self._found[number - 1].group):
                lines += [*([BLANK] if number else []), rule(spec.group)]
            lines.append(_line(number, spec, width, key_cells))
        return lines


def _line(number: int, spec: ActionSpec, width: int, key_cells: int) -> Line:
    """An action in a line: its name, what it does where there is room, its keys in `key_cells` at the right."""
    keys = right(key_signs(spec), min(key_cells, width // 3))
    room = width - 3 - cell_width(keys)
    spans: list[Span] = [("  ", ""), (left(spec.label, min(_LABEL_CELLS, room)), "head")]
    if room >= _LABEL_CELLS + _LEAST_HELP:
        spans.append((left(cut(spec.help, room - _LABEL_CELLS), room - _LABEL_CELLS), "dim"))
    else:
        spans.append((" " * (room - _LABEL_CELLS), ""))
    return Line((*spans, (keys, "strong-accent")), number)
