"""Runs the process that writes the cache file."""

import os
import subprocess  # noqa: TID251  it runs this package, not a program of the reader's
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread
from typing import Final

from tui.cards.worker.request import SnapshotRequest, write_request

_NICE: Final = 10
_TOKEN_BYTES: Final = 256
_END_SECONDS: Final = 2.0


class IndexerProcess:
    """One run of `command`, which takes `request` on its standard input and prints the token of what it wrote.

    Raises OSError if it cannot be started.
    """

    def __init__(self, command: Sequence[str], request: SnapshotRequest) -> None:
        self._process = subprocess.Popen(  # noqa: S603  no shell, and the command is our own
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICE)
        self._token: str | None = None
        self._thread = Thread(target=self._run, args=(request,), daemon=True)
        self._thread.start()

    def token(self) -> str | None:
        """The token; empty if the process failed, None while it runs."""
        return self._token

    def kill(self) -> None:
        """End the process, and see it gone if that does not take long; from any thread."""
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)

    def _run(self, request: SnapshotRequest) -> None:
        token = ""
        try:
            token = self._talk(request)
        finally:
            if self._process.wait():
                token = ""
            self._token = token

    def _talk(self, request: SnapshotRequest) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._process.stdout as answer:
            with suppress(OSError), self._process.stdin as stream:
                write_request(stream, request)
            return answer.read(_TOKEN_BYTES).partition(b"\n")[0].decode("ascii", "replace").strip()
