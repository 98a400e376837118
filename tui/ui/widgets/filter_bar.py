"""The field to filter with."""

from textual.message import Message
from textual.widgets import Input


class FilterBar(Input):
    """A line to type words into; what is typed takes effect at once."""

    class Edited(Message):
        """The text changed."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, placeholder="words to look for", select_on_focus=False, compact=True, max_length=500)

    def watch_value(self, value: str) -> None:
        """Tell what is typed, within the handling of the key itself."""
        self.post_message(self.Edited(value))
