"""How messages travel between processes: frames of a length and msgpack, each coverage only once."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
from msgspec import structs

from tui.cards.protocol import BatchRead, Changes, EventsFound, Failure, Message, ReadingFile, SnapshotWritten
from tui.model import Coverage, Story

MAX_FRAME: Final = 1024 * 1024 * 1024
"""Bytes of a frame that are believed; a longer one means that the stream is broken."""

_LENGTH_BYTES: Final = 4
_REMEMBERED: Final = 100_000


class _Stories(msgspec.Struct, array_like=True, frozen=True):
    """Stories on their way, without their coverage.

    `coverage` continues the list that earlier frames began, or begins it anew; `related` has, for each story, the
    numbers of its coverage in that list.
    """

    coverage: list[Coverage]
    stories: list[Story]
    related: list[list[int]]
    anew: bool


class _Frame(msgspec.Struct, array_like=True, frozen=True):
    """A message on its way; one of the fields is set, and the stories of a batch or of changes are beside it."""

    stories: _Stories | None = None
    loaded: BatchRead | None = None
    changes: Changes | None = None
    snapshot: SnapshotWritten | None = None
    reading: ReadingFile | None = None
    failure: Failure | None = None
    events: EventsFound | None = None


class Sender:
    """Turns messages into bytes, remembering which coverage the other side has."""

    def __init__(self) -> None:
        self._encoder = msgspec.msgpack.Encoder()
        # By identity: hashing some eighty entries for each card would cost more than reading it.
        self._sent: dict[int, tuple[int, Coverage]] = {}

    def frame(self, message: Message) -> bytes:
        """The bytes of a message."""
        payload = self._encoder.encode(self._packed(message))
        return len(payload).to_bytes(_LENGTH_BYTES, "little") + payload

    def _packed(self, message: Message) -> _Frame:
        match message:
            case BatchRead():
                batch = structs.replace(message.batch, stories=())
                return _Frame(self._stories(message.batch.stories), loaded=structs.replace(message, batch=batch))
            case Changes():
                return _Frame(self._stories(message.stories), changes=structs.replace(message, stories=()))
            case SnapshotWritten():
                # What comes now has little to do with what was sent before.
                self._sent.clear()
                return _Frame(snapshot=message)
            case ReadingFile():
                return _Frame(reading=message)
            case Failure():
                return _Frame(failure=message)
            case EventsFound():
                return _Frame(events=message)

    def _stories(self, stories: Sequence[Story]) -> _Stories:
        if len(self._sent) > _REMEMBERED:
            self._sent.clear()
        anew = not self._sent
        new: list[Coverage] = []
        related = [[self._number(coverage, new) for coverage in story.related] for story in stories]
        bare = [structs.replace(story, related=()) if story.related else story for story in stories]
        return _Stories(new, bare, related, anew)

    def _number(self, coverage: Coverage, new: list[Coverage]) -> int:
        known = self._sent.get(id(coverage))
        if known is not None:
            return known[0]
        number = len(self._sent)
        self._sent[id(coverage)] = number, coverage
        new.append(coverage)
        return number


class Receiver:
    """Turns bytes, as they come, into messages with whole stories."""

    def __init__(self) -> None:
        self._decoder = msgspec.msgpack.Decoder(_Frame)
        self._known: list[Coverage] = []
        self._waiting = bytearray()

    def feed(self, data: bytes) -> Iterable[Message]:
        """The messages that are complete now. Raises ValueError if the stream makes no sense."""
        self._waiting += data
        while (length := self._length()) is not None and len(self._waiting) >= _LENGTH_BYTES + length:
            payload = bytes(memoryview(self._waiting)[_LENGTH_BYTES : _LENGTH_BYTES + length])
            del self._waiting[: _LENGTH_BYTES + length]
            yield self._whole(self._decoder.decode(payload))

    def _length(self) -> int | None:
        if len(self._waiting) < _LENGTH_BYTES:
            return None
        length = int.from_bytes(self._waiting[:_LENGTH_BYTES], "little")
        if length > MAX_FRAME:
            raise ValueError("the frame is too long")
        return length

    def _whole(self, frame: _Frame) -> Message:
        stories = tuple(self._unpacked(frame.stories)) if frame.stories else ()
        if frame.loaded is not None:
            return structs.replace(frame.loaded, batch=structs.replace(frame.loaded.batch, stories=stories))
        if frame.changes is not None:
            return structs.replace(frame.changes, stories=stories)
        if frame.snapshot is not None:
            self._known.clear()
        message = frame.snapshot or frame.reading or frame.failure or frame.events
        if message is None:
            raise ValueError("the frame is empty")
        return message

    def _unpacked(self, packed: _Stories) -> list[Story]:
        known = self._known
        if packed.anew:
            known.clear()
        known.extend(packed.coverage)
        try:
            return [
                structs.replace(story, related=tuple([known[number] for number in numbers])) if numbers else story
                for story, numbers in zip(packed.stories, packed.related, strict=True)
            ]
        except IndexError as error:
            raise ValueError("the frame is out of order") from error
