"""A list to choose one thing from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.config.hints import KeyPlace
from tui.ui.bindings import bindings
from tui.ui.dialogs.dialog import Dialog, OneAnswer, TextPane
from tui.ui.toolkit_field import SteadyField
from tui.ui.widgets.bars import HintBar
from tui.ui.widgets.lines import BLANK, Line, cell_width, cut, styled, wrap
from tui.ui.widgets.pane import Pane


class Verdict(NamedTuple):
    """What is said of a line while it is typed, and whether it can be the answer."""

    said: str
    fits: bool = True


class AskScreen(OneAnswer[str | None]):
    """Asks for a line; the result is what was typed, without blanks at its ends, or None if it was given up.

    The `hint` stands below the line, or what `judge` says of it once there is something.
    """

    BINDINGS = [("escape", "give_up", "close")]

    def __init__(self, title: str, hint: str, text: str = "", judge: Callable[[str], Verdict] | None = None) -> None:
        super().__init__()
        self._title = title
        self._hint = hint
        self._text = text
        self._judge = judge

    def compose(self) -> ComposeResult:
        """A field and a line of hints."""
        with Vertical(id="box"):
            yield SteadyField(self._text, id="answer", compact=True, max_length=1000)
            yield Static(self._hint, id="hint", markup=False)
        yield HintBar(self.WHERE, id="hints")

    def on_mount(self) -> None:
        """Name the box."""
        self.query_one("#box").border_title = self._title

    def on_input_changed(self, message: Input.Changed) -> None:
        """Say what there is to say of what is typed."""
        verdict = self._verdict(message.value)
        hint = self.query_one("#hint", Static)
        hint.update(self._hint if verdict is None else verdict.said)
        hint.set_class(verdict is not None and not verdict.fits, "-bad")

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter answers, unless that is no answer; nothing typed means given up."""
        verdict = self._verdict(message.value)
        if verdict is None or verdict.fits:
            self.dismiss(message.value.strip() or None)

    def _verdict(self, typed: str) -> Verdict | None:
        return self._judge(typed.strip()) if self._judge is not None and typed.strip() else None

    def action_give_up(self) -> None:
        """No answer."""
        self.dismiss(None)


class ConfirmScreen(Dialog[bool]):
    """Shows reasons and asks; the result is whether the reader agreed."""

    TITLE = "Open?"
    BINDINGS = [
        *bindings(("down", "up", "help")),
        ("y,enter", "agree", "yes"),
        ("n,escape,q,backspace", "do('escape')", "no"),
    ]
    WHERE = "question"
    MOST_CELLS = 76

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__()
        self._reasons = reasons

    def lines(self, width: int) -> Sequence[Line]:
        """The reasons, a paragraph each."""
        lines = []
        for reason in self._reasons:
            lines += [*styled(wrap(reason, width - 2), "head", " "), BLANK]
        return lines[:-1]

    def action_agree(self) -> None:
        """Yes."""
        self.dismiss(True)

    def give_up(self) -> None:
        """No."""
        self.dismiss(False)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: its `value`, a `label`, and a `note` beside it.

    `current` marks the one in force, `gone` one that is about to be no choice any more.
    """

    value: str
    label: str
    note: str = ""
    current: bool = False
    gone: bool = False


class ChoiceScreen(Dialog[str | None]):
    """Shows choices; the result is the value of the one chosen, or None."""

    WHERE: ClassVar[KeyPlace] = "choice"
    MOST_CELLS = 84

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
        labels = max((cell_width(choice.label) for choice in self._choices), default=0)
        notes = max((cell_width(choice.note) for choice in self._choices), default=0)
        column = min(labels + 3, max(width // 2, width - notes - 4))
        return [self._line(place, choice, column, width) for place, choice in enumerate(self._choices)]

    def renew(self, choices: Sequence[Choice]) -> None:
        """Show the same choices with other notes, if they can still be seen."""
        self._choices = choices
        for pane in self.query(TextPane):  # none before it is opened, and none after it was closed
            pane.relayout()
            self.fit()

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """Chosen by mouse."""
        self.choose()

    @property
    def chosen(self) -> Choice | None:
        """What the cursor is on, or None."""
        cursor = self.pane.cursor
        return self._choices[cursor] if cursor is not None else None

    def choose(self) -> None:
        """The choice is what the cursor is on."""
        chosen = self.chosen
        self.dismiss(chosen.value if chosen is not None else None)

    def give_up(self) -> None:
        """Nothing."""
        self.dismiss(None)

    @staticmethod
    def _line(place: int, choice: Choice, column: int, width: int) -> Line:
        label = cut(choice.label, column - 1)
        sign = " ● " if choice.current else "   "
        blank = " " * (column - cell_width(label))
        ink = "strike" if choice.gone else "head"
        return Line(((sign, "accent"), (label, ink), (blank, ""), (cut(choice.note, width - column - 4), "dim")), place)
