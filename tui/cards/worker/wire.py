"""How messages travel between processes: frames of a length and msgpack, each coverage only once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any, Final, Generic, TypeVar

import msgspec
from msgspec import structs

from tui.cache.tables import page_mark
from tui.cards.protocol import (
    BatchRead,
    Changes,
    EventsFound,
    Failure,
    Message,
    ReadingFile,
    SnapshotWritten,
    StoryBytes,
)  # fmt: skip
from tui.model import Coverage, Story
from tui.text.urls import canonical_url

# A longer frame means that the stream is broken.
_MAX_FRAME: Final = 1024 * 1024 * 1024
_LENGTH_BYTES: Final = 4
REMEMBERED: Final = 50_000
"""Coverage that is remembered by whoever sends or takes it; then all is forgotten."""
_SHARED: Final = 4 * REMEMBERED
# Hardly two stories have the same link, and to keep what came of each takes longer than to work it out.
_canonical: Final = canonical_url.__wrapped__


def framed(payload: bytes) -> bytes:
    """A frame: how long it is, and what it holds."""
    return head_of(len(payload)) + payload


def head_of(length: int) -> bytes:
    """What stands before so many bytes in a frame."""
    return length.to_bytes(_LENGTH_BYTES, "little")


def read_frame(stream: IO[bytes]) -> bytes:
    """What the next frame of a stream holds, or the part of it before the stream ends. Raises ValueError."""
    return stream.read(_length(stream.read(_LENGTH_BYTES)))


class Frames:
    """Takes bytes as they come, and gives what the frames in them hold."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def feed(self, data: bytes) -> Iterator[memoryview]:
        """What is complete now. Raises ValueError if the stream makes no sense."""
        if self._waiting:
            self._waiting += data
            if len(self._waiting) < _LENGTH_BYTES or len(self._waiting) < self._end_of_frame(self._waiting):
                return
            data, self._waiting = bytes(self._waiting), bytearray()
        # Mostly whole frames come, of which nothing is copied.
        rest = memoryview(data)
        while len(rest) >= _LENGTH_BYTES and len(rest) >= (end := self._end_of_frame(rest)):
            yield rest[_LENGTH_BYTES:end]
            rest = rest[end:]
        self._waiting += rest

    def _end_of_frame(self, data: bytearray | memoryview) -> int:
        return _LENGTH_BYTES + _length(data[:_LENGTH_BYTES])


def _length(data: bytes | bytearray | memoryview) -> int:
    length = int.from_bytes(data, "little")
    if length > _MAX_FRAME:
        raise ValueError("the frame is too long")
    return length


class _Stories(msgspec.Struct, array_like=True, frozen=True):
    """The stories of a `StoryBytes` as values, still without their coverage."""

    coverage: list[Coverage]
    stories: list[Story]
    related: list[list[int]]
    anew: bool
    source: int
    pages: bytes = b""


PackedStories = msgspec.Raw
"""Stories as a `Packer` packed them: they can be sent on, and be kept, without being made stories again."""


class PackedBatch(msgspec.Struct, frozen=True):
    """A `BatchRead` whose batch has its stories, packed, beside it."""

    stories: PackedStories
    read: BatchRead


Sent = Message | PackedBatch
"""What a `Sender` sends; `Receiver` makes `Message` of it."""


_S = TypeVar("_S", "_Stories", StoryBytes)


class _Frame(msgspec.Struct, Generic[_S], array_like=True, frozen=True):
    """A message on its way; one of the fields is set, and the stories of a batch or of changes are beside it.

    They are values or, for who leaves them packed, bytes.
    """

    stories: _S | None = None
    loaded: BatchRead | None = None
    changes: Changes | None = None
    snapshot: SnapshotWritten | None = None
    reading: ReadingFile | None = None
    failure: Failure | None = None
    events: EventsFound | None = None


class _PackedFrame(msgspec.Struct, array_like=True, frozen=True):
    """A frame whose stories were packed before."""

    stories: PackedStories
    loaded: BatchRead


def pages_of(stories: Sequence[Story]) -> bytes:
    """The `page_mark` of each story."""
    return b"".join([page_mark(_canonical(story.url) if story.url else "") for story in stories])


class Packer:
    """Packs stories one after the other, remembering which coverage the other side has.

    Each packer of one stream has a number of its own, its `source`.
    """

    def __init__(self, source: int) -> None:
        self._source = source
        self._encoder = msgspec.msgpack.Encoder()
        # By identity: hashing some eighty entries for each card would cost more than reading it.
        self._sent: dict[int, tuple[int, Coverage]] = {}

    def packed(self, stories: Sequence[Story]) -> PackedStories:
        """The stories, to be sent after all that were packed before."""
        return PackedStories(self._encoder.encode(structs.replace(self.bare(stories), pages=pages_of(stories))))

    def bare(self, stories: Sequence[Story]) -> _Stories:
        """The same as a value."""
        if len(self._sent) > REMEMBERED:
            self._sent.clear()
        anew = not self._sent
        new: list[Coverage] = []
        related = [[self._number(coverage, new) for coverage in story.related] for story in stories]
        bare = [structs.replace(story, related=()) if story.related else story for story in stories]
        return _Stories(new, bare, related, anew, self._source)

    def forget(self) -> None:
        """Begin anew: what comes now has little to do with what was packed before."""
        self._sent.clear()

    def _number(self, coverage: Coverage, new: list[Coverage]) -> int:
        known = self._sent.get(id(coverage))
        if known is not None:
            return known[0]
        number = len(self._sent)
        self._sent[id(coverage)] = number, coverage
        new.append(coverage)
        return number


class Sender:
    """Turns messages into bytes; its stories are of the source 0, those that come packed of others."""

    def __init__(self) -> None:
        self._encoder = msgspec.msgpack.Encoder()
        self._packer = Packer(0)

    def frame(self, message: Sent) -> bytes:
        """The bytes of a message."""
        return framed(self._encoder.encode(self._packed(message)))

    def _packed(self, message: Sent) -> _Frame[_Stories] | _PackedFrame:
        match message:
            case PackedBatch():
                return _PackedFrame(message.stories, message.read)
            case BatchRead():
                batch = structs.replace(message.batch, stories=())
                return _Frame(self._stories(message.batch.stories), loaded=structs.replace(message, batch=batch))
            case Changes():
                return _Frame(self._stories(message.stories), changes=structs.replace(message, stories=()))
            case SnapshotWritten():
                self._packer.forget()
                return _Frame(snapshot=message)
            case ReadingFile():
                return _Frame(reading=message)
            case Failure():
                return _Frame(failure=message)
            case EventsFound():
                return _Frame(events=message)

    def _stories(self, stories: Sequence[Story]) -> _Stories | None:
        return self._packer.bare(stories) if stories else None


class Receiver:
    """Turns bytes, as they come, into messages with whole stories, or with packed batches if it `leaves_packed`."""

    def __init__(self, *, leaves_packed: bool = False) -> None:
        values, packed = msgspec.msgpack.Decoder(_Frame[_Stories]), msgspec.msgpack.Decoder(_Frame[StoryBytes])
        self._decode: Callable[[bytes | memoryview], _Frame[_Stories] | _Frame[StoryBytes]] = (
            packed.decode if leaves_packed else values.decode
        )
        self._unpacker = Unpacker()
        self._frames = Frames()

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages that are complete now. Raises ValueError if the stream makes no sense."""
        return map(self.take, self._frames.feed(data))

    def take(self, payload: bytes | memoryview) -> Message:
        """The message that one frame holds. Raises ValueError if it makes no sense."""
        return self._message(self._decode(payload))

    def _message(self, frame: _Frame[_Stories] | _Frame[StoryBytes]) -> Message:
        if frame.loaded is not None:
            # What is of source 0 later changes may list again, which are whole.
            if isinstance(frame.stories, StoryBytes) and frame.stories.source:
                return structs.replace(frame.loaded, batch=structs.replace(frame.loaded.batch, packed=frame.stories))
            return structs.replace(frame.loaded, batch=structs.replace(frame.loaded.batch, stories=self._whole(frame)))
        if frame.changes is not None:
            return structs.replace(frame.changes, stories=self._whole(frame))
        if frame.snapshot is not None:
            self._unpacker = Unpacker()
        message = frame.snapshot or frame.reading or frame.failure or frame.events
        if message is None:
            raise ValueError("the frame is empty")
        return message

    def _whole(self, frame: _Frame[_Stories] | _Frame[StoryBytes]) -> tuple[Story, ...]:
        return tuple(self._unpacker.stories(frame.stories)) if frame.stories is not None else ()


class Unpacker:
    """Makes whole stories of all that one or several packers packed, which is to be given in their order."""

    def __init__(self) -> None:
        self._known: defaultdict[int, list[Coverage]] = defaultdict(list)
        self._same: dict[Coverage, Coverage] = {}
        self._parts: dict[object, Any] = {}

    def stories(self, packed: _Stories | StoryBytes) -> list[Story]:
        """The next stories. Raises ValueError if they make no sense."""
        if isinstance(packed, StoryBytes):
            packed = _Stories(
                [_decode_coverage(item) for item in packed.coverage],
                [_decode_story(story) for story in packed.stories],
                packed.related,
                packed.anew,
                packed.source,
            )
        known = self._known[packed.source]
        if packed.anew:
            known.clear()
        known += packed.coverage if len(self._known) < 2 else self._shared(packed.coverage)
        try:
            return [
                self._whole_story(story, tuple([known[number] for number in numbers]))
                for story, numbers in zip(packed.stories, packed.related, strict=True)
            ]
        except IndexError as error:
            raise ValueError("the frame is out of order") from error

    def _whole_story(self, story: Story, related: tuple[Coverage, ...]) -> Story:
        """The story with its coverage; what many stories have, such as an outlet, is one object for all of them."""
        part = self._parts.setdefault
        if len(self._parts) > REMEMBERED:
            self._parts.clear()
        return structs.replace(
            story,
            outlet=part(story.outlet, story.outlet),
            kind=part(story.kind, story.kind),
            topics=part(story.topics, story.topics),
            related=related,
        )

    def _shared(self, coverage: Iterable[Coverage]) -> list[Coverage]:
        """What another source may have sent before, as that very object."""
        if not self._same:
            self._same = {item: item for known in self._known.values() for item in known}
        elif len(self._same) > _SHARED:
            self._same.clear()
        return [self._same.setdefault(item, item) for item in coverage]


_decode_coverage: Final = msgspec.msgpack.Decoder(Coverage).decode
_decode_story: Final = msgspec.msgpack.Decoder(Story).decode


def as_bytes(packed: PackedStories) -> StoryBytes:
    """The stories that a `Packer` packed, each by itself. Raises ValueError."""
    return msgspec.msgpack.decode(packed, type=StoryBytes)


def each_value(packed: StoryBytes) -> Iterator[Story | Coverage]:
    """The stories, without their coverage, and the coverage that comes with them. Raises ValueError."""
    yield from map(_decode_story, packed.stories)
    yield from map(_decode_coverage, packed.coverage)


def received(sent: Iterable[Sent | None], *, leaves_packed: bool = False) -> Iterator[Message]:
    """What a `Receiver` makes of these messages where it is in the same process; None is nothing."""
    sender, receiver = Sender(), Receiver(leaves_packed=leaves_packed)
    for message in sent:
        if message is not None:
            yield from receiver.feed(sender.frame(message))
