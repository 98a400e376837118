"""What a worker tells, one message after the other, while it reads and then watches a folder."""

import msgspec

from tui.cards.batches import Batch
from tui.cards.changes import Changes, Snapshot
from tui.model import Problem


class Loaded(msgspec.Struct, frozen=True):
    """A batch of a cold load.

    `last` is the path of the last file that was read, empty before the first one; `final` says that it was the very
    last. Of the batch `not_cards` counts those since the message before.
    """

    batch: Batch
    last: bytes
    final: bool = False


class Reading(msgspec.Struct, frozen=True):
    """The file with this id is read next, so that it is known what a worker died of; none, if `id` is empty."""

    id: str


class Failure(msgspec.Struct, frozen=True):
    """The folder cannot be read at all; nothing comes after this."""

    message: str


Message = Loaded | Reading | Failure | Changes | Snapshot


def died_of(id: str) -> Problem:
    """The problem of a file that ends whatever process reads it."""
    message = "Reading this file ended the process that reads cards; it is left out. Check it or remove it."
    return Problem(file=id, rule="worker-died", message=message)
