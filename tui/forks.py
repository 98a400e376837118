"""Processes that are forked from this one, and what one of them may take off another's hands.

Whoever forks a process sees to it that no other thread in there holds what the new one needs: it would stay locked.
"""

import fcntl
import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from struct import Struct
from typing import Final, Generic, TypeVar

import msgspec

from tui.work import ShouldStop, never

_STANDARD: Final = range(3)
_MOST_DESCRIPTORS: Final = 4096
_READ_BYTES: Final = 1024 * 1024
_HEAD: Final = Struct("=Q")
_LESS: Final = 9
"""How far the priority of a process that works aside lies below that of whoever waits for it least."""

Done = TypeVar("Done")


def pipe(undo: ExitStack) -> tuple[int, int]:
    """The ends of a new pipe, to read and to write, which `undo` closes. Raises OSError."""
    ends = os.pipe()
    for descriptor in ends:
        undo.callback(os.close, descriptor)
    return ends


def fork(*kept: int) -> int:
    """Fork a process that goes on with `kept` descriptors: its number here, 0 there. Raises OSError."""
    if min(kept) <= _STANDARD[-1]:
        raise OSError("the standard streams are closed, so that their numbers are taken")
    return os.fork()


def leave_all_else(*kept: int) -> None:
    """Hold on to nothing that others wait to be closed, and to no signal handler of whoever forked this process."""
    for number in (signal.SIGALRM, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in _STANDARD:
        os.dup2(nowhere, standard)
    begin = len(_STANDARD)
    for descriptor in (*sorted(kept), _MOST_DESCRIPTORS):
        os.closerange(begin, descriptor)
        begin = descriptor + 1


def widen(pipe: int) -> None:
    """Let whoever writes into a pipe go on while nobody reads from it, where the system knows how."""
    with suppress(OSError, AttributeError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _READ_BYTES)


def write_all(descriptor: int, *parts: bytes) -> None:
    """Write these one after the other, to the end. Raises OSError."""
    rest = [memoryview(part) for part in parts]
    while rest:
        written = os.writev(descriptor, rest)
        while rest and written >= len(rest[0]):
            written -= len(rest.pop(0))
        if rest:
            rest[0] = rest[0][written:]


def end_process(process: int) -> None:
    """End a process that was forked from this one, whatever it is doing, and see it gone."""
    with suppress(OSError):
        os.kill(process, signal.SIGKILL)
    with suppress(OSError):
        os.waitpid(process, 0)


class Shared(Generic[Done]):
    """Work in numbered parts that this process and one that is forked from it do at once.

    `do` does a part and gives what came of it, a `kind` that msgpack can carry, or None once it is told to stop.
    """

    def __init__(self, do: Callable[[int, ShouldStop], Done | None], kind: type[Done]) -> None:
        self._do = do
        self._decode = msgspec.msgpack.Decoder(kind).decode

    def done(
        self, count: int, should_stop: ShouldStop = never, *, alone: bool = False
    ) -> Generator[tuple[int, Done], None, None]:
        """The number of each of `count` parts and what came of it, in any order; no more once `should_stop` says so.

        Here they are done from the first on, there from the last, until both meet, so that neither ever waits. Where
        the other cannot be forked, or dies, or `alone`, all that is missing is done here.
        """
        with ExitStack() as undo:
            helper = None if alone else self._helper(count, undo)
            place = 0
            while place < count and not should_stop():
                done = self._do(place, should_stop)
                if done is None:
                    return
                yield place, done
                place += 1
                for packed in helper.news(count - place) if helper else ():
                    count -= 1
                    yield count, self._decode(packed)

    def _helper(self, count: int, undo: ExitStack) -> "_OtherProcess | None":
        with suppress(OSError):
            helper = _OtherProcess(self._do, count)
            undo.callback(helper.end)
            return helper
        return None


class _OtherProcess:
    """A process that does parts of what is shared, from the last on. Raises OSError if it cannot be started."""

    def __init__(self, do: Callable[[int, ShouldStop], object], count: int) -> None:
        parent = os.getpid()
        with ExitStack() as undo:
            self._results, results = pipe(undo)
            widen(results)
            self._process = fork(results)
            undo.pop_all()
        if not self._process:
            _help(results, parent, do, count)
        os.close(results)
        os.set_blocking(self._results, False)
        self._data = bytearray()

    def news(self, most: int) -> Iterator[bytes]:
        """What came of the next parts that are done by now, of so many at most."""
        with suppress(BlockingIOError):
            while data := os.read(self._results, _READ_BYTES):
                self._data += data
        while most and (end := self._end_of_next()) <= len(self._data):
            yield bytes(self._data[_HEAD.size : end])
            del self._data[:end]
            most -= 1

    def _end_of_next(self) -> int:
        head = self._data[: _HEAD.size]
        return _HEAD.size + (_HEAD.unpack(head)[0] if len(head) == _HEAD.size else 0)

    def end(self) -> None:
        """End it, whatever it is doing."""
        os.close(self._results)
        end_process(self._process)


def _help(results: int, parent: int, do: Callable[[int, ShouldStop], object], count: int) -> None:
    """What a helper does until nobody needs it any more. Never returns: nothing of its parent's is its own."""
    status = 1
    try:
        leave_all_else(results)
        encode = msgspec.msgpack.Encoder().encode
        for place in reversed(range(count)):
            done = do(place, lambda: os.getppid() != parent)
            if done is None:
                break
            packed = encode(done)
            write_all(results, _HEAD.pack(len(packed)), packed)
        status = 0
    finally:
        os._exit(status)


Work = Callable[[bytes, ShouldStop], Iterable[bytes]]
"""What a process does with its message, asking now and then whether to stop: the answers that it gives."""


class Aside:
    """A process that is forked from this one to do some `work` of its own, with descriptors that are `kept`.

    It gives way to everybody else. Raises OSError if it cannot be started.
    """

    def __init__(self, work: Work, *kept: int) -> None:
        parent = os.getpid()
        with ExitStack() as undo:
            message, self._message = pipe(undo)
            self._answers, answers = pipe(undo)
            self._process = fork(message, answers, *kept)
            undo.pop_all()
        if not self._process:
            _work_aside(work, parent, message, answers, kept)
        os.close(message)
        os.close(answers)
        self._ended = False

    def send(self, message: bytes) -> None:
        """Have it begin with a message, of which there is one. Raises OSError if it is not there any more."""
        write_all(self._message, _HEAD.pack(len(message)), message)

    def answer(self) -> bytes:
        """Its next answer, which is waited for. Raises OSError if none comes."""
        return _read_framed(self._answers)

    def end(self) -> None:
        """End it, whatever it is doing."""
        if not self._ended:
            self._ended = True
            os.close(self._message)
            os.close(self._answers)
            end_process(self._process)


def _work_aside(work: Work, parent: int, message: int, answers: int, kept: Sequence[int]) -> None:
    """What such a process does until nobody needs it any more. Never returns."""
    status = 1
    try:
        leave_all_else(message, answers, *kept)
        with suppress(OSError):
            os.nice(_LESS)
        for answer in work(_read_framed(message), lambda: os.getppid() != parent):
            write_all(answers, _HEAD.pack(len(answer)), answer)
        status = 0
    finally:
        os._exit(status)


def _read_framed(descriptor: int) -> bytes:
    return _read(descriptor, _HEAD.unpack(_read(descriptor, _HEAD.size))[0])


def _read(descriptor: int, count: int) -> bytes:
    """So many bytes. Raises OSError if they do not come."""
    data = bytearray()
    while len(data) < count:
        more = os.read(descriptor, min(count - len(data), _READ_BYTES))
        if not more:
            raise OSError("the other process has ended")
        data += more
    return bytes(data)
