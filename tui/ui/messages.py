"""Messages that background work sends to the deck screen."""

from array import array

from textual.message import Message

from tui.deck.deck import Deck
from tui.deck.view import View
from tui.model import Card, Problem, Story
from tui.text.blocks import Body


class DeckLoaded(Message):
    """A newer deck: part of the folder while `loading`, else all of it. Only the newest matters."""

    def __init__(self, deck: Deck, problems: tuple[Problem, ...], done: int, files: int, *, loading: bool) -> None:
        super().__init__()
        self.deck = deck
        self.problems = problems
        self.done = done
        self.files = files
        self.loading = loading

    def can_replace(self, message: Message) -> bool:
        """A newer deck stands in for one that has not been handled yet."""
        return isinstance(message, DeckLoaded)


class LoadFailed(Message):
    """The folder cannot be read; `reason` is a sentence for the reader."""

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason


class CardRead(Message):
    """The rest of a card: its body as blocks, and the stories it lists."""

    def __init__(self, story: Story, card: Card, body: Body) -> None:
        super().__init__()
        self.story = story
        self.card = card
        self.body = body


class Picked(Message):
    """What a view shows of a deck: positions in it, in the order to show."""

    def __init__(self, deck: Deck, view: View, docs: "array[int]") -> None:
        super().__init__()
        self.deck = deck
        self.view = view
        self.docs = docs


class Launched(Message):
    """A link was given to `program`, as one of `count`; or it was not, for the reason in `error`."""

    def __init__(self, url: str, *, program: str = "", count: int = 1, error: str = "") -> None:
        super().__init__()
        self.url = url
        self.program = program
        self.count = count
        self.error = error


class FieldsRead(Message):
    """All fields of a card for the inspector; empty where the file cannot be read any more."""

    def __init__(self, fields: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.fields = fields


class JobFailed(Message):
    """A background job ended by an exception."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error
