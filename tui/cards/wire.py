"""How stories travel from the worker process: frames of a length and msgpack, each coverage only once."""

from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec import structs

from tui.cards.batches import Batch
from tui.model import Coverage, Problem, Story

MAX_FRAME: Final = 256 * 1024 * 1024
"""Bytes of a frame that are believed; a longer one means that the stream is broken."""

_LENGTH_BYTES: Final = 4
_REMEMBERED: Final = 100_000


class Frame(msgspec.Struct, array_like=True, frozen=True):
    """A batch on its way.

    `coverage` continues the list that earlier frames began; `related` has, for each of the `stories` (which travel
    without), the numbers of its coverage in that list. `last` is the path of the last file that was read, empty
    before the first one; `not_cards` counts those of this frame. `failure` says why the folder cannot be read at all,
    and `final` marks the last frame.
    """

    coverage: list[Coverage]
    stories: list[Story]
    related: list[list[int]]
    problems: list[Problem]
    done: int
    total: int
    not_cards: int
    last: bytes = b""
    failure: str = ""
    final: bool = False


class Sender:
    """Turns batches into bytes, remembering which coverage the other side has."""

    def __init__(self) -> None:
        self._encoder = msgspec.msgpack.Encoder()
        # By identity: hashing some eighty entries for each card would cost more than reading it.
        self._sent: dict[int, tuple[int, Coverage]] = {}
        self._next = 0
        self._not_cards = 0

    def frame(self, batch: Batch, last: bytes, *, final: bool) -> bytes:
        """A batch whose last file is `last`."""
        if len(self._sent) > _REMEMBERED:
            self._sent.clear()
        new: list[Coverage] = []
        related = [[self._number(coverage, new) for coverage in story.related] for story in batch.stories]
        frame = Frame(
            coverage=new,
            stories=[structs.replace(story, related=()) if story.related else story for story in batch.stories],
            related=related,
            problems=list(batch.problems),
            done=batch.done,
            total=batch.total,
            not_cards=batch.not_cards - self._not_cards,
            last=last,
            final=final,
        )
        self._not_cards = batch.not_cards
        return self._framed(frame)

    def failure(self, message: str) -> bytes:
        """The one frame of a folder that cannot be read."""
        return self._framed(Frame([], [], [], [], 0, 0, 0, failure=message, final=True))

    def _number(self, coverage: Coverage, new: list[Coverage]) -> int:
        known = self._sent.get(id(coverage))
        if known is not None:
            return known[0]
        number = self._next
        self._next += 1
        self._sent[id(coverage)] = number, coverage
        new.append(coverage)
        return number

    def _framed(self, frame: Frame) -> bytes:
        payload = self._encoder.encode(frame)
        return len(payload).to_bytes(_LENGTH_BYTES, "little") + payload


class Receiver:
    """Turns bytes, as they come, into frames with whole stories."""

    def __init__(self) -> None:
        self._decoder = msgspec.msgpack.Decoder(Frame)
        self._known: list[Coverage] = []
        self._waiting = bytearray()

    def feed(self, data: bytes) -> Iterable[Frame]:
        """The frames that are complete now. Raises ValueError if the stream makes no sense."""
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

    def _whole(self, frame: Frame) -> Frame:
        known = self._known
        known.extend(frame.coverage)
        stories = [
            structs.replace(story, related=tuple([known[number] for number in numbers])) if numbers else story
            for story, numbers in zip(frame.stories, frame.related, strict=True)
        ]
        return structs.replace(frame, stories=stories, coverage=[], related=[])
