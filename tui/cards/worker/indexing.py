"""Runs the process that writes the cache file."""

import os
import subprocess  # noqa: TID251  it runs this package, not a program of the reader's
from collections.abc import Mapping, Sequence
from contextlib import suppress
from threading import Thread
from typing import IO, Final

import msgspec

from tui.cards.worker.request import SnapshotRequest, write_request
from tui.cards.worker.wire import framed, read_frame

_NICE: Final = 10
_TOKEN_BYTES: Final = 256
_END_SECONDS: Final = 2.0


class IndexerProcess:
    """One run of `command`, which takes `request` on its standard input and prints the token of what it wrote.

    Before that it prints, in the way of `write_events`, the events of what was loaded. A request whose parts have to be
    waited for is waited for in a thread. Raises OSError if the process cannot be started.

    It gives way to everybody else from its start, also while it is sent stories: those who read them come first.
    """

    def __init__(self, command: Sequence[str], request: SnapshotRequest) -> None:
        self._process = subprocess.Popen(  # noqa: S603  no shell, and the command is our own
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICE)
        self._token: str | None = None
        self._events: dict[str, bytes] | None = None
        # It tells the events while it is still told more.
        for thread in (Thread(target=self._send, args=(request,), daemon=True), Thread(target=self._run, daemon=True)):
            thread.start()

    def token(self) -> str | None:
        """The token; empty if the process failed, None while it runs."""
        return self._token

    def events(self) -> dict[str, bytes] | None:
        """The events as blocks, told once; None before they are found, and where nobody needs to be told."""
        events, self._events = self._events, None
        return events

    def was_killed(self) -> bool:
        """Whether it was ended by a signal."""
        return (self._process.returncode or 0) < 0

    def kill(self) -> None:
        """End the process, and see it gone if that does not take long; from any thread."""
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)

    def _run(self) -> None:
        token = ""
        try:
            token = self._listen()
        finally:
            if self._process.wait():
                token = ""
            self._token = token

    def _send(self, request: SnapshotRequest) -> None:
        assert self._process.stdin is not None
        with suppress(OSError), self._process.stdin as stream:
            write_request(stream, request)

    def _listen(self) -> str:
        assert self._process.stdout is not None
        with self._process.stdout as answer:
            self._events = read_events(answer)
            return answer.read(_TOKEN_BYTES).partition(b"\n")[0].decode("ascii", "replace").strip()


def write_events(stream: IO[bytes], blocks: Mapping[str, bytes]) -> None:
    """Write events to a stream and flush it; without any blocks nobody is told of them. Raises OSError."""
    stream.write(framed(msgspec.msgpack.encode(dict(blocks)) if blocks else b""))
    stream.flush()


def read_events(stream: IO[bytes]) -> dict[str, bytes] | None:
    """What `write_events` wrote, and nothing behind it; None without blocks, and if it ends early or makes no sense."""
    try:
        data = read_frame(stream)
        return msgspec.msgpack.decode(data, type=dict[str, bytes]) if data else None
    except ValueError:
        return None
