"""The command palette's screen."""

from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.command import CommandList, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import ModalScreen

from tui.config.actions import ACTIONS, ActionSpec, key_signs
from tui.ui.toolkit import SteadyPalette


class ActionCommands(Provider):
    """Finds actions by label and help."""

    async def discover(self) -> Hits:
        """Every action, in the order of the registry."""
        for spec in ACTIONS:
            if spec.palette:
                yield DiscoveryHit(_prompt(spec), partial(self._run, spec), text=spec.label, help=spec.help)

    async def search(self, query: str) -> Hits:
        """The actions whose label or help match what is typed."""
        matcher = self.matcher(query)
        for spec in ACTIONS:
            if not spec.palette:
                continue
            score = max(matcher.match(spec.label), matcher.match(spec.help) * 0.8)
            if score > 0:
                yield Hit(score, _prompt(spec), partial(self._run, spec), text=spec.label, help=spec.help)

    async def _run(self, spec: ActionSpec) -> None:
        app = self.app
        while isinstance(app.screen, ModalScreen):
            await app.pop_screen()
        await app.screen.run_action(f"do('{spec.id}')")


def _prompt(spec: ActionSpec) -> Content:
    keys = key_signs(spec)
    name = spec.label[:1].upper() + spec.label[1:]
    return Content.assemble(name, (f"   {keys}", "dim")) if keys else Content(name)


PAGE = 8
"""Commands that a page key steps over."""


class Palette(SteadyPalette):
    """The palette with page keys that stay within its list, whose own end the program while the list is filled."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", f"step({-PAGE})", "page up", show=False),
        Binding("pagedown", f"step({PAGE})", "page down", show=False),
    ]

    def action_step(self, step: int) -> None:
        """Move the highlight by commands, within the list."""
        commands = self.query_one(CommandList)
        if commands.option_count and commands.highlighted is not None:
            commands.highlighted = min(max(commands.highlighted + step, 0), commands.option_count - 1)
