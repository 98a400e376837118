"""What the controllers of the deck screen may ask of it, and nothing else of it."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from textual.message import Message
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.timer import Timer

from tui.session import Session
from tui.ui.deck.panes import Panes
from tui.ui.deck.state import DeckState, Intent
from tui.ui.workers import Jobs

Command = Callable[..., object]
"""What a key does; the parameters are those of the binding."""
Commands = Mapping[str, Command]
"""Commands by the ids of their actions."""
Answer = TypeVar("Answer")
MARK_JOB = "mark"
"""The job that marks many stories; nothing cancels it."""
FINISH_SECONDS = 10.0
"""How long to wait for it at most."""


def joined(*tables: Commands) -> Commands:
    """The commands of all tables; AssertionError where two of them claim the same id."""
    commands: dict[str, Command] = {}
    for table in tables:
        assert commands.keys().isdisjoint(table), commands.keys() & table.keys()
        commands.update(table)
    return commands


class DeckPort(Protocol):
    """The deck screen as its controllers see it."""

    @property
    def state(self) -> DeckState:
        """What is shown now."""
        ...

    @property
    def session(self) -> Session:
        """The folder that is read."""
        ...

    @property
    def panes(self) -> Panes:
        """The widgets."""
        ...

    @property
    def jobs(self) -> Jobs:
        """What runs off the event loop."""
        ...

    def apply(self, intent: Intent) -> None:
        """Make the state the one after `intent`; what is painted is up to the caller."""
        ...

    def say(
        self, text: str, *, title: str = "", severity: SeverityLevel = "information", seconds: float | None = 4
    ) -> None:
        """Show a text in passing, for some seconds (None for as long as is usual)."""
        ...

    def ask(self, dialog: Screen[Answer], answer: Callable[[Answer | None], None] | None = None) -> None:
        """Open a dialog; `answer` gets its result."""
        ...

    def post_message(self, message: Message) -> bool:
        """Send a message to the screen, from any thread."""
        ...

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer:
        """Call back once, after some seconds."""
        ...

    def hand_over(self) -> AbstractContextManager[None]:
        """While this lasts the terminal belongs to another program. Raises SuspendNotSupported where it cannot."""
        ...

    def copy_to_clipboard(self, text: str) -> None:
        """Put a text into the clipboard."""
        ...
