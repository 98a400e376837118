"""What the keys of the deck screen do: its controllers, and their commands by the ids of their actions."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from tui.state.values import LastPosition
from tui.ui.deck.entering import go_back
from tui.ui.deck.listing import ListingController
from tui.ui.deck.moving import MovingController
from tui.ui.deck.port import Command, Commands, DeckPort, joined
from tui.ui.deck.reading import ReadingController
from tui.ui.workers import Ticket

if TYPE_CHECKING:  # each is loaded for the first key that needs it, or behind the first screen
    from tui.ui.deck.filtering import FilteringController
    from tui.ui.deck.links import LinksController
    from tui.ui.deck.marking import MarkingController
    from tui.ui.deck.opening import OpeningController

_AFTER_SECONDS = 0.5
"""How long loading what keys need waits for each of the jobs that the first screen needs more."""


class Controls:
    """The controllers that the first screen does without, beside `listing` and `reading`, which it shows.

    `commands` has theirs, those of `reading`, and the screen's `own`. A key that moves needs none of the others.
    """

    def __init__(self, port: DeckPort, listing: ListingController, reading: ReadingController, own: Commands) -> None:
        self._port = port
        self._listing = listing
        self._reading = reading
        moving = MovingController(port, reading)
        self.commands: Commands = _CommandsInTurn(
            lambda: moving.commands,
            lambda: reading.commands,
            lambda: own,
            lambda: self.marking.commands,
            lambda: self.filtering.commands,
            lambda: self.links.commands,
            lambda: self._opening.commands,
        )

    @cached_property
    def filtering(self) -> "FilteringController":
        """What chooses the view."""
        from tui.ui.deck.filtering import FilteringController

        return FilteringController(self._port, self._listing)

    @cached_property
    def marking(self) -> "MarkingController":
        """What marks stories."""
        from tui.ui.deck.marking import MarkingController

        return MarkingController(self._port, self._listing)

    @cached_property
    def links(self) -> "LinksController":
        """What opens and copies."""
        from tui.ui.deck.links import LinksController

        return LinksController(self._port, self._reading, self.filtering, self.marking)

    @cached_property
    def _opening(self) -> "OpeningController":
        from tui.ui.deck.opening import OpeningController

        return OpeningController(self._port)

    def load(self, ticket: Ticket) -> None:
        """Load what other keys than those that move need, before they come; for a job.

        Threads that load at once would hold up the event loop each: first comes what has to do with the first screen.
        """
        for job in ("card", "enter"):
            self._port.jobs.finish(job, _AFTER_SECONDS)
        import tui.deck.search.find  # a query is answered by it
        import tui.ui.deck.links
        import tui.ui.deck.opening  # noqa: F401

        self._port.panes.prepare_typing(ticket)

    def go_back(self, place: LastPosition | None) -> None:
        """Go back to where the reader was in the folder, if that is known."""
        go_back(self._port, place, self._listing, lambda view: self.filtering.use_view(view))


class _CommandsInTurn(Mapping[str, Command]):
    """The commands of several tables, each made when the ones before it do not have what is looked for."""

    def __init__(self, *tables: Callable[[], Commands]) -> None:
        self._tables = tables

    def __getitem__(self, id: str) -> Command:
        for table in self._tables:
            if (command := table().get(id)) is not None:
                return command
        raise KeyError(id)

    def __iter__(self) -> Iterator[str]:
        return iter(joined(*(table() for table in self._tables)))

    def __len__(self) -> int:
        return sum(1 for _id in self)
