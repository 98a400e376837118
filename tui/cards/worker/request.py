"""What the process that writes the cache file is sent on its standard input: in parts, each as soon as it is known.

It comes in frames: the order, the stories that were loaded, the mark behind the last of them, the remainder without its
stories, these, and the mark behind the last of these.
"""

import select
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from threading import Event
from typing import IO, Final

import msgspec
from msgspec import structs

from tui.cards.protocol import Batch, BatchRead, Changes, StoryBytes
from tui.cards.worker.wire import Frames, PackedBatch, PackedStories, Receiver, Sender, framed
from tui.model import Problem, Story

_STORIES_A_FRAME: Final = 1024
_READ_BYTES: Final = 1024 * 1024
_NO_FILES: Final = Batch((), (), 0, 0, 0)
_LOADED: Final = BatchRead(_NO_FILES, b"")
_ALL_LOADED: Final = BatchRead(_NO_FILES, b"", final=True)
_ALL_CHANGED: Final = Changes(0)


class Order(msgspec.Struct, frozen=True):
    """That a cache file is to be at `path` for the folder `root`, both as absolute paths.

    It is made of the one with the token `base` and of what changed since; without that, of the stories that are loaded.
    `rules` is the text of those by which the files are read.
    """

    root: str
    path: str
    base: str = ""
    rules: str = ""


class Remainder(msgspec.Struct, frozen=True):
    """What else a cache file shall hold, which is known once every file was compared.

    `stories` are whole, and new or changed since the file that is built on, or since they were loaded; `removed` are
    ids of those that are gone since. `files` is the block of the file table, to be stored as it is; `problems` and
    `not_cards` (files without front matter) are for `encode_problems`.
    """

    files: bytes
    problems: tuple[Problem, ...] = ()
    not_cards: int = 0
    stories: Sequence[Story] = ()
    removed: Sequence[str] = ()


class Awaited:
    """What else a cache file shall hold, which those who need it may have to wait for."""

    def __init__(self, known: Remainder | None = None) -> None:
        self._known = known
        self._is_over = Event()
        if known is not None:
            self._is_over.set()

    @property
    def is_known(self) -> bool:
        """Whether nobody has to wait any more."""
        return self._known is not None

    def give(self, known: Remainder) -> None:
        """Let those who wait have it."""
        self._known = known
        self._is_over.set()

    def give_up(self) -> None:
        """Let nobody wait any more."""
        self._is_over.set()

    def wait(self) -> Remainder:
        """It, once it is known. Raises InterruptedError once it is given up."""
        self._is_over.wait()
        if self._known is None:
            raise InterruptedError("nothing more comes")
        return self._known


class SnapshotRequest(msgspec.Struct, frozen=True):
    """An order, the stories that were `loaded`, and what else belongs into the file.

    Both may have to be waited for while the request is written: `loaded` gives each part when it is there, or raises
    OSError where nothing more comes.
    """

    order: Order
    loaded: Iterable[PackedStories]
    rest: Awaited


def write_request(stream: IO[bytes], request: SnapshotRequest) -> None:
    """Write a request to a stream, each part of it at once; each different coverage travels once. Raises OSError."""
    sender = Sender()
    _tell(stream, framed(msgspec.msgpack.encode(request.order)))
    for packed in request.loaded:
        _tell(stream, sender.frame(PackedBatch(packed, _LOADED)))
    _tell(stream, sender.frame(_ALL_LOADED))
    rest = request.rest.wait()
    stream.write(framed(msgspec.msgpack.encode(structs.replace(rest, stories=()))))
    stories = iter(rest.stories)
    serial = 0
    while some := tuple(islice(stories, _STORIES_A_FRAME)):
        serial += 1
        stream.write(sender.frame(Changes(serial, some)))
    _tell(stream, sender.frame(_ALL_CHANGED))


def _tell(stream: IO[bytes], data: bytes) -> None:
    stream.write(data)
    stream.flush()


class ReceivedRequest:
    """What `write_request` writes to a stream, read as it comes: `order` is there at once.

    Everything raises ValueError if the stream ends early or makes no sense.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._payloads = _payloads(stream)
        self.order = msgspec.msgpack.decode(next(self._payloads), type=Order)

    def loaded(self) -> Iterator[StoryBytes]:
        """The stories that were loaded, in parts; to be gone through before `rest`."""
        receiver = Receiver(leaves_packed=True)
        for message in map(receiver.take, self._payloads):
            if not isinstance(message, BatchRead):
                raise ValueError("the request is out of order")
            if message.final:
                return
            if message.batch.packed is None:
                raise ValueError("the request has stories that are not packed")
            yield message.batch.packed

    def has_more(self) -> bool:
        """Whether more of it is there already, or nobody can say."""
        with suppress(OSError, ValueError):
            return bool(select.select([self._stream], [], [], 0)[0])
        return True

    def rest(self) -> Remainder:
        """What else belongs into the file; equal coverage is one object."""
        rest = msgspec.msgpack.decode(next(self._payloads), type=Remainder)
        stories: list[Story] = []
        receiver = Receiver()
        for message in map(receiver.take, self._payloads):
            if not isinstance(message, Changes):
                raise ValueError("the request is out of order")
            if not message.serial:
                break
            stories += message.stories
        return structs.replace(rest, stories=stories)


def _payloads(stream: IO[bytes]) -> Iterator[memoryview]:
    """What the frames of a stream hold. Raises ValueError when it ends."""
    frames = Frames()
    while data := stream.read1(_READ_BYTES):  # type: ignore[attr-defined]
        yield from frames.feed(data)
    raise ValueError("the request ends early")
