"""Gathering the stories of a folder while its cards are read; no folder with a cache file needs it."""

import time
from pathlib import Path

from tui.cache.kept import KeptBytes
from tui.cache.source import Damage
from tui.cards.protocol import Batch, StoryBytes
from tui.cards.worker.wire import Packer, as_bytes
from tui.deck.counts import Declared
from tui.deck.deck import Deck
from tui.deck.stored.gathered import DeckGatherer
from tui.model import Problem
from tui.state.folders import telling_ids

PUBLISH_SECONDS = 0.25
"""How long it takes at least until the next deck is made while cards are read; at first, for then ever longer."""
PUBLISH_SECONDS_MOST = 2.0
"""And at most, but for decks that take long to make."""
TELL_SECONDS = 0.25
"""How often, at most, it is reported meanwhile how far the reading is."""
_SLOWER = 1.5
_PUBLISH_SHARE = 0.1


def add_packed(gatherer: DeckGatherer, packed: StoryBytes) -> None:
    """Have a gatherer take in stories that were packed. Raises ValueError if they make no sense."""
    gatherer.add(
        packed.stories,
        packed.related,
        packed.coverage,
        pages=packed.pages,
        source=packed.source,
        anew=packed.anew,
    )


class Gathering:
    """Gathers batches of stories and says when it is time to show them.

    Their bytes wait in a file in `folder`, in memory without it. `declared` is what is known so far of topics and
    outlets.
    """

    def __init__(self, declared: Declared, folder: Path | None) -> None:
        self.problems: list[Problem] = []
        self.not_cards = 0
        self._gatherer = DeckGatherer(KeptBytes(folder), declared)
        self._due = self._told = 0.0
        self._pause = PUBLISH_SECONDS

    @property
    def damage(self) -> Damage:
        """Whether something that was gathered cannot be read any more."""
        return self._gatherer.damage

    def take(self, batch: Batch) -> None:
        """Take a batch in. Raises DamagedCacheError if it makes no sense."""
        self.damage.checked(lambda: self._add(batch))
        self.problems += batch.problems
        self.not_cards += batch.not_cards

    def _add(self, batch: Batch) -> None:
        packed = as_bytes(Packer(0).packed(batch.stories)) if batch.packed is None else batch.packed
        add_packed(self._gatherer, packed)

    def is_due(self) -> bool:
        """Whether what was gathered should be shown: at once at first, then now and then."""
        return time.monotonic() >= self._due

    def deck(self, declared: Declared | None = None) -> Deck:
        """The deck of all that was gathered, by what is `declared` if that is other than it was."""
        began = time.monotonic()
        deck = self._gatherer.deck(declared)
        took = time.monotonic() - began
        # What is made for the eye must not take time from the reading.
        self._due = began + max(self._pause, took / _PUBLISH_SHARE)
        self._pause = min(self._pause * _SLOWER, PUBLISH_SECONDS_MOST)
        return deck

    def telling_ids(self) -> tuple[str, ...]:
        """The ids by which the store of marks knows a folder with these stories."""
        return tuple(telling_ids(self._gatherer.ids))

    def is_to_be_told(self) -> bool:
        """Whether it is time to report how far the reading is; then that counts as done."""
        now = time.monotonic()
        if now - self._told < TELL_SECONDS:
            return False
        self._told = now
        return True
