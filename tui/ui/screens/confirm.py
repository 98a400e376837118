"""A question before something that cannot be taken back."""

from collections.abc import Sequence

from tui.ui.bindings import bindings
from tui.ui.screens.dialog import Dialog
from tui.ui.widgets.lines import BLANK, Line, styled, wrap


class ConfirmScreen(Dialog[bool]):
    """Shows reasons and asks; the result is whether the reader agreed."""

    TITLE = "Open?"
    BINDINGS = [
        *bindings(("down", "up")),
        ("y,enter", "agree", "yes"),
        ("n,escape,q,backspace", "escape", "no"),
    ]
    HINT = "y or enter: open · n or esc: leave it"

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

    def action_escape(self) -> None:
        """No."""
        self.dismiss(False)
