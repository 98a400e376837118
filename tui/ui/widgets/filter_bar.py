"""The field to filter with."""

from textual import events
from textual.message import Message
from textual.widgets import Input


class FilterBar(Input):
    """A line to type words into; what is typed takes effect at once.

    Enter keeps the filter and gives the keys back to the list; escape clears it.
    """

    class Edited(Message):
        """The text changed."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Left(Message):
        """The reader is done with the field; `cleared` if the filter was given up."""

        def __init__(self, *, cleared: bool) -> None:
            super().__init__()
            self.cleared = cleared

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, placeholder="words to look for", select_on_focus=False, compact=True, max_length=500)

    def watch_value(self, value: str) -> None:
        """Tell what is typed, within the handling of the key itself."""
        self.post_message(self.Edited(value))

    def on_key(self, event: events.Key) -> None:
        """Enter, down and escape leave the field."""
        if event.key in ("enter", "down", "escape"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Left(cleared=event.key == "escape"))
