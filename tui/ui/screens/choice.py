"""A list to choose one thing from."""

from collections.abc import Sequence
from dataclasses import dataclass

from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.lines import Line, cell_width, cut
from tui.ui.widgets.pane import Pane


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its `value`, a `label`, and a `note` beside it; `current` marks the one in force."""

    value: str
    label: str
    note: str = ""
    current: bool = False


class ChoiceScreen(Dialog[str | None]):
    """Shows choices; the result is the value of the one chosen, or None."""

    HINT = "j k move · enter chooses · esc closes"

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._title = title
        self._choices = choices

    @property
    def heading(self) -> str:
        """What is chosen."""
        return self._title

    def on_mount(self) -> None:
        """Start at the choice in force."""
        self.pane.relayout()
        current = next((place for place, choice in enumerate(self._choices) if choice.current), 0)
        self.pane.go_to(current)

    def lines(self, width: int) -> Sequence[Line]:
        """A line for each choice."""
        column = min(max((cell_width(choice.label) for choice in self._choices), default=0) + 3, width // 2)
        return [self._line(place, choice, column, width) for place, choice in enumerate(self._choices)]

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """Chosen by mouse."""
        self.action_open()

    def action_open(self) -> None:
        """Take what the cursor is on."""
        cursor = self.pane.cursor
        self.dismiss(self._choices[cursor].value if cursor is not None else None)

    def action_escape(self) -> None:
        """Nothing."""
        self.dismiss(None)

    @staticmethod
    def _line(place: int, choice: Choice, column: int, width: int) -> Line:
        label = cut(choice.label, column - 1)
        sign = " ● " if choice.current else "   "
        blank = " " * (column - cell_width(label))
        return Line(
            ((sign, "accent"), (label, "head"), (blank, ""), (cut(choice.note, width - column - 4), "dim")), place
        )
