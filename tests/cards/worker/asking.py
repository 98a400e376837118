"""What the process that writes the cache file is told in the end."""

import io
from typing import NamedTuple

from tui.cards.protocol import ChangeSet
from tui.cards.worker.request import Order, ReceivedRequest, Remainder, SnapshotRequest, write_request
from tui.cards.worker.wire import Unpacker
from tui.model import Story


class Told(NamedTuple):
    """What a writer was told in the end."""

    order: Order
    loaded: list[Story]
    rest: Remainder

    @property
    def stories(self) -> list[Story]:
        """All that were loaded, and what changed since."""
        together = ChangeSet({story.id: story for story in self.loaded})
        together.add(self.rest.stories, self.rest.removed)
        return list(together.stories.values())


def sent(request: SnapshotRequest) -> bytes:
    """The bytes of a request."""
    stream = io.BytesIO()
    write_request(stream, request)
    return stream.getvalue()


def received(data: bytes) -> Told:
    """What these bytes ask for."""
    request = ReceivedRequest(io.BytesIO(data))
    unpacker = Unpacker()
    loaded = [story for packed in request.loaded() for story in unpacker.stories(packed)]
    return Told(request.order, loaded, request.rest())
