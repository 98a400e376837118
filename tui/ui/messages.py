"""Messages that background work sends to the deck screen."""

from collections.abc import Callable

from textual.message import Message

from tui.deck.analysis import Analysis
from tui.deck.search.facets import UnreadCounts
from tui.deck.view import Listing
from tui.model import Card, Story
from tui.session import FolderState, Session
from tui.state.values import Done, LastPosition, Notice
from tui.text.blocks import Body


class FolderPublished(Message):
    """What is known of the folder now."""

    def __init__(self, state: FolderState) -> None:
        super().__init__()
        self.state = state

    def can_replace(self, message: Message) -> bool:
        """A newer state stands in for one that has not been handled yet, unless that one brings news of its own."""
        return isinstance(message, FolderPublished) and not (message.state.arrived or message.state.answers)


class LoadFailed(Message):
    """The folder cannot be read; `reason` is a sentence for the reader."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class Analysed(Message):
    """The search index of a deck, and perhaps its events."""

    def __init__(self, analysis: Analysis) -> None:
        super().__init__()
        self.analysis = analysis


class Listed(Message):
    """The rows that a view makes of a deck, and how much of them is unread where that was counted.

    `counted_after` is how often the marks had been said to change when it was.
    """

    def __init__(self, listing: Listing, unread: UnreadCounts | None = None, counted_after: int = 0) -> None:
        super().__init__()
        self.listing = listing
        self.unread = unread
        self.counted_after = counted_after


class CardRead(Message):
    """The rest of a card: its body as blocks."""

    def __init__(self, story: Story, card: Card, body: Body) -> None:
        super().__init__()
        self.story = story
        self.card = card
        self.body = body


class Launched(Message):
    """A link was given to `program`, as one of `count`; or it was not, for the reason in `error`."""

    def __init__(self, url: str, *, program: str = "", count: int = 1, error: str = "") -> None:
        super().__init__()
        self.url = url
        self.program = program
        self.count = count
        self.error = error


class FieldsRead(Message):
    """A whole card for the inspector; None where its file cannot be read any more."""

    def __init__(self, card: Card | None) -> None:
        super().__init__()
        self.card = card


class Rested(Message):
    """The cursor has been on a story, and the story shown, for so long that it counts as read."""

    def __init__(self, story: Story) -> None:
        super().__init__()
        self.story = story


class JobFailed(Message):
    """A background job ended by an exception."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class ThenDo(Message):
    """What a background job has found is to be used on the event loop."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self.act = act


class SessionChosen(Message):
    """Other folders were chosen, and are to be shown in place of those that are open."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session


class Marked(Message):
    """Many stories were marked in one step."""

    def __init__(self, done: Done) -> None:
        super().__init__()
        self.done = done


class UnreadFound(Message):
    """The row of `listing` with the unread story that was looked for; `place` is None if there is none."""

    def __init__(self, listing: Listing, place: int | None) -> None:
        super().__init__()
        self.listing = listing
        self.place = place


class StoreNotice(Message):
    """The store of marks has something to report to the reader."""

    def __init__(self, notice: Notice) -> None:
        super().__init__()
        self.notice = notice


class StoreChanged(Message):
    """Marks changed that no action of this reader changed: they were loaded, or another reader set them."""

    def can_replace(self, message: Message) -> bool:
        """One of several is enough."""
        return isinstance(message, StoreChanged)


class Entered(Message):
    """The store knows which folder this is; `place` is where the reader was in it, if they were."""

    def __init__(self, place: LastPosition | None) -> None:
        super().__init__()
        self.place = place


class BorderPulled(Message):
    """A border of the pane with the id `pane` is pulled to a column of the screen: its left (-1) or right (1) one."""

    def __init__(self, pane: str, side: int, column: int) -> None:
        super().__init__()
        self.pane = pane
        self.side = side
        self.column = column
