"""Which stories are new, under whatever name they come."""

from collections.abc import Iterator

from tui.cards.protocol import Changes
from tui.deck.deck import Deck
from tui.model import Story

_MOST_GONE = 100_000
"""Stories that are remembered after they went, so that they are not new if they come again under another name."""


class Newcomers:
    """Tells stories that are new from those that came again under another name."""

    def __init__(self) -> None:
        self._gone: set[int] = set()

    def ids(self, deck: Deck, changes: Changes) -> Iterator[str]:
        """The stories in the changes of a deck that were not there before, under whatever name."""
        gone = {_content(story) for story in map(deck.find, changes.removed) if story is not None}
        # A folder that is moved may be reported in parts: first what was removed, then, bit by bit, what came.
        self._gone = self._gone | gone if len(self._gone) + len(gone) <= _MOST_GONE else gone
        for story in changes.stories:
            if deck.doc(story.id) is None:
                content = _content(story)
                if content not in self._gone:
                    yield story.id
                self._gone.discard(content)


def _content(story: Story) -> int:
    """By what a story is known again under another id."""
    return hash((story.title, story.url, story.published_at, story.body_bytes))
