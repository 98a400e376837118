"""The command palette's screen."""

from typing import ClassVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import CommandList, CommandPalette
from textual.worker import Worker

PAGE = 8
"""Commands that a page key steps over."""


class Palette(CommandPalette):
    """The toolkit's palette, made to withstand quick fingers.

    The toolkit's own ends the program when a page key comes while its list is being filled, when another key comes
    just before it closes, and closes what lies below it when enter comes twice.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", f"step({-PAGE})", "page up", show=False),
        Binding("pagedown", f"step({PAGE})", "page down", show=False),
    ]

    def action_step(self, step: int) -> None:
        """Move the highlight by commands, within the list."""
        commands = self.query_one(CommandList)
        if commands.option_count and commands.highlighted is not None:
            commands.highlighted = min(max(commands.highlighted + step, 0), commands.option_count - 1)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, once."""
        return super().dismiss(result) if self.is_active else AwaitComplete.nothing()  # type: ignore[no-untyped-call]

    def _gather_commands(self, search_value: str) -> Worker[None] | None:  # type: ignore[override]
        return super()._gather_commands(search_value) if self.is_active else None
