"""What the keys of the deck screen do: its controllers, and their commands by the ids of their actions."""

from tui.state.values import LastPosition
from tui.ui.deck.entering import go_back
from tui.ui.deck.filtering import FilteringController
from tui.ui.deck.links import LinksController
from tui.ui.deck.listing import ListingController
from tui.ui.deck.marking import MarkingController
from tui.ui.deck.moving import MovingController
from tui.ui.deck.opening import OpeningController
from tui.ui.deck.port import Commands, DeckPort, joined
from tui.ui.deck.reading import ReadingController


class Controls:
    """The controllers that the first screen does without, beside `listing` and `reading`, which it shows.

    `commands` has theirs, those of `reading`, and the screen's `own`.
    """

    def __init__(self, port: DeckPort, listing: ListingController, reading: ReadingController, own: Commands) -> None:
        self._port = port
        self._listing = listing
        self.filtering = FilteringController(port, listing)
        self.marking = MarkingController(port, listing)
        self.links = LinksController(port, reading, self.filtering, self.marking)
        moving, opening = MovingController(port, reading), OpeningController(port)
        controllers = (moving, reading, self.filtering, self.marking, self.links, opening)
        self.commands = joined(own, *(controller.commands for controller in controllers))

    def go_back(self, place: LastPosition | None) -> None:
        """Go back to where the reader was in the folder, if that is known."""
        go_back(self._port, place, self._listing, self.filtering)
