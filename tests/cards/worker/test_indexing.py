"""What the process that writes the cache file prints comes back, and nonsense does no harm."""

import io
import sys
import time
from pathlib import Path

import pytest

from tui.cards.worker.indexing import IndexerProcess, read_events, write_events
from tui.cards.worker.request import Awaited, Order, Remainder, SnapshotRequest

PATIENCE = 30.0
REQUEST = SnapshotRequest(Order("/cards", "/shelf/x.deck"), (), Awaited(Remainder(b"")))
TOLD = """
import sys
from tui.cards.worker.indexing import write_events
from tui.cards.worker.request import ReceivedRequest
request = ReceivedRequest(sys.stdin.buffer)
list(request.loaded())
write_events(sys.stdout.buffer, {blocks})
request.rest()
sys.stdout.write("token\\n")
"""

PRIORITIES = """
import os, sys
from tui.cards.worker.indexing import write_events
from tui.cards.worker.request import ReceivedRequest
def priority():
    return b"%d" % os.getpriority(os.PRIO_PROCESS, 0)
request = ReceivedRequest(sys.stdin.buffer)
first = priority()
list(request.loaded())
request.rest()
write_events(sys.stdout.buffer, dict(first=first, last=priority()))
"""


def wait_for_token(process: IndexerProcess) -> str | None:
    deadline = time.monotonic() + PATIENCE
    while (token := process.token()) is None and time.monotonic() < deadline:
        pass
    return token


def written(blocks: dict[str, bytes]) -> io.BytesIO:
    stream = io.BytesIO()
    write_events(stream, blocks)
    stream.write(b"token\n")
    stream.seek(0)
    return stream


@pytest.mark.parametrize("blocks", [{"one": b"\0\1", "two": b""}, {}])
def test_events_are_read_as_they_were_written_and_nothing_behind_them(blocks: dict[str, bytes]) -> None:
    stream = written(blocks)
    assert read_events(stream) == (blocks or None)
    assert stream.read() == b"token\n"


@pytest.mark.parametrize(
    "data", [b"", b"\5", b"\5\0\0\0\0\0\0\0\xc1", b"\xff" * 16, b"token\n", b"\3\0\0\0\0\0\0\0\x93\1\2"]
)
def test_what_makes_no_sense_tells_no_events(data: bytes) -> None:
    assert read_events(io.BytesIO(data)) is None


@pytest.mark.parametrize("blocks", [{"one": b"\0\1"}, {}])
def test_a_process_tells_its_events_once_and_then_its_token(tmp_path: Path, blocks: dict[str, bytes]) -> None:
    script = tmp_path / "indexer.py"
    script.write_text(TOLD.format(blocks=blocks))
    process = IndexerProcess([sys.executable, str(script)], REQUEST)
    assert wait_for_token(process) == "token"
    assert [process.events(), process.events()] == [blocks or None, None]


def test_it_gives_way_to_those_who_read_from_its_first_story_on(tmp_path: Path) -> None:
    script = tmp_path / "indexer.py"
    script.write_text(PRIORITIES)
    process = IndexerProcess([sys.executable, str(script)], REQUEST)
    wait_for_token(process)
    told = process.events()
    assert told is not None
    assert (int(told["first"]), int(told["last"])) == (10, 10)
