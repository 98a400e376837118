"""What the process that writes the cache file is sent on its standard input."""

from collections.abc import Iterator
from itertools import islice
from typing import IO, Final

import msgspec
from msgspec import structs

from tui.cards.protocol import Changes, Message
from tui.cards.worker.wire import Receiver, Sender
from tui.model import Problem, Story

_STORIES_A_FRAME: Final = 1024
_READ_BYTES: Final = 1024 * 1024
_LENGTH_BYTES: Final = 8


class SnapshotRequest(msgspec.Struct, frozen=True):
    """What the cache file at `path` shall hold for the folder `root`, both as absolute paths.

    `stories` are whole, and new or changed since the snapshot with the token `base`; `removed` are ids of its stories
    that are gone. Without a `base` they are all there are. `files` is the block of the file table, to be stored as it
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


def write_request(stream: IO[bytes], request: SnapshotRequest) -> None:
    """Write a request to a stream and flush it; each different coverage travels once. Raises OSError."""
    head = msgspec.msgpack.encode(structs.replace(request, stories=[]))
    stream.write(len(head).to_bytes(_LENGTH_BYTES, "little"))
    stream.write(head)
    sender = Sender()
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
    length = int.from_bytes(stream.read(_LENGTH_BYTES), "little")
    head = msgspec.msgpack.decode(stream.read(length), type=SnapshotRequest)
    stories: list[Story] = []
    for message in _messages(stream):
        if not isinstance(message, Changes):
            raise ValueError("the request is out of order")
        if not message.serial:
            return structs.replace(head, stories=stories)
        stories += message.stories
    raise ValueError("the request ends early")


def _messages(stream: IO[bytes]) -> Iterator[Message]:
    receiver = Receiver()
    while data := stream.read(_READ_BYTES):
        yield from receiver.feed(data)
