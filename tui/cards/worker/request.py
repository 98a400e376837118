"""What the process that writes the cache file is sent on its standard input."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Final

import msgspec
from msgspec import structs

from tui.cards.protocol import Batch, BatchRead, Changes, ChangeSet, Message
from tui.cards.worker.wire import PackedBatch, PackedStories, Receiver, Sender, framed, read_frame
from tui.model import Problem, Story

_STORIES_A_FRAME: Final = 1024
_READ_BYTES: Final = 1024 * 1024
_LOADED: Final = BatchRead(Batch((), (), 0, 0, 0), b"")


class SnapshotRequest(msgspec.Struct, frozen=True):
    """What the cache file at `path` shall hold for the folder `root`, both as absolute paths.

    `stories` are whole, and new or changed since the snapshot with the token `base`; `removed` are ids of its stories
    that are gone. Without a `base` there are those alone, and those that were `loaded` before; whoever is sent the
    request has all of them as `stories`. `files` is the block of the file table, to be stored as it
    is; `problems` and `not_cards` (files without front matter) are for `encode_problems`. `rules` is the text of those
    by which the files are read.
    """

    root: str
    path: str
    base: str
    files: bytes
    problems: tuple[Problem, ...]
    not_cards: int
    stories: list[Story]
    removed: list[str]
    rules: str = ""
    loaded: Iterable[PackedStories] = ()


def write_request(stream: IO[bytes], request: SnapshotRequest) -> None:
    """Write a request to a stream and flush it; each different coverage travels once. Raises OSError."""
    stream.write(framed(msgspec.msgpack.encode(structs.replace(request, stories=[], loaded=()))))
    sender = Sender()
    for packed in request.loaded:
        stream.write(sender.frame(PackedBatch(packed, _LOADED)))
    rest = iter(request.stories)
    serial = 0
    while stories := tuple(islice(rest, _STORIES_A_FRAME)):
        serial += 1
        stream.write(sender.frame(Changes(serial, stories)))
    stream.write(sender.frame(Changes(0)))
    stream.flush()


def read_request(stream: IO[bytes]) -> SnapshotRequest:
    """Read the request that `write_request` wrote, and nothing behind it; equal coverage is one object.

    Raises ValueError if the stream ends early or makes no sense.
    """
    head = msgspec.msgpack.decode(read_frame(stream), type=SnapshotRequest)
    loaded: list[Story] = []
    stories: list[Story] = []
    for message in _messages(stream):
        if isinstance(message, BatchRead):
            loaded += message.batch.stories
        elif not isinstance(message, Changes):
            raise ValueError("the request is out of order")
        elif message.serial:
            stories += message.stories
        else:
            return structs.replace(head, stories=_together(loaded, stories, head.removed), loaded=())
    raise ValueError("the request ends early")


def _together(loaded: list[Story], stories: list[Story], removed: list[str]) -> list[Story]:
    """What was loaded, and what changed since."""
    if not loaded or not (stories or removed):
        return loaded or stories
    together = ChangeSet({story.id: story for story in loaded})
    together.add(stories, removed)
    return list(together.stories.values())


def _messages(stream: IO[bytes]) -> Iterator[Message]:
    receiver = Receiver()
    while data := stream.read(_READ_BYTES):
        yield from receiver.feed(data)
