"""The menu of saved views."""

from collections.abc import Callable, Sequence

from textual.binding import Binding

from tui.ui.dialogs.questions import Choice, ChoiceScreen


class ViewsScreen(ChoiceScreen):
    """Shows saved views to choose from; `forget` gets the value of one that is to be forgotten, or kept after all."""

    WHERE = "views"
    BINDINGS = [Binding("x,delete", "forget", "forget", show=False)]

    def __init__(self, choices: Sequence[Choice], forget: Callable[[str], None]) -> None:
        super().__init__("Views", choices)
        self._forget = forget

    def action_forget(self) -> None:
        """Forget the view under the cursor, or keep it after all."""
        if self.chosen is not None:
            self._forget(self.chosen.value)
