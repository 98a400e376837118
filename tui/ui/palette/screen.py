"""The command palette's screen."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.command import CommandList, CommandPalette

PAGE = 8
"""Commands that a page key steps over."""


class Palette(CommandPalette):
    """The toolkit's palette with other page keys: its own end the program while the list is being filled."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", f"step({-PAGE})", "page up", show=False),
        Binding("pagedown", f"step({PAGE})", "page down", show=False),
    ]

    def action_step(self, step: int) -> None:
        """Move the highlight by commands, within the list."""
        commands = self.query_one(CommandList)
        if commands.option_count and commands.highlighted is not None:
            commands.highlighted = min(max(commands.highlighted + step, 0), commands.option_count - 1)
