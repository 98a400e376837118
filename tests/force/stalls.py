"""Cards that are as much work as cards may be, read with keys, queries and other sizes: keys never wait long.

Stalls are counted in the processor time of this process between two turns of the event loop, all threads together, so
that a busy machine makes none.
"""

import asyncio
import gc
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.force import Found, Watch
from tests.hostile.heavy_cards import write_heavy_cards
from tests.ui.reader import Reader, open_reader
from tui.ui.app import SWITCH_SECONDS
from tui.work import search_new_garbage

DEFAULT = 60
SHORT = 3
SLOW = 0.1
_TURN = 0.005
_DEEDS = ("j", "a", "C", "d", "C", "l G h", "i G q", "c G h")
_SIZES = ((80, 24), (200, 60), (130, 40))
_QUERIES = ("word", "vol har", "in:coverage day", "-(a OR b) x")


def run(rounds: int, watch: Watch) -> Found:
    """Where keys had to wait; a round is a card."""
    with TemporaryDirectory() as home:
        kinds = write_heavy_cards(Path(home) / "cards")
        faults = asyncio.run(_read(Path(home) / "cards", min(rounds, len(kinds)), watch))
    return Found(f"{min(rounds, len(kinds))} cards", faults)


async def _read(folder: Path, cards: int, watch: Watch) -> list[str]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        async with open_reader(folder) as reader:
            for number in range(cards):
                await _read_one(reader, number, watch)
            for query in _QUERIES:
                async with _watched(watch, f"query {query}"):
                    await reader.press("/")
                    await reader.type(query)
                    await reader.press("enter", "j", "escape", "escape")
            return [] if reader.app.crash is None else [f"it ended: {reader.app.crash!r}"]
    finally:
        sys.setswitchinterval(before)


async def _read_one(reader: Reader, number: int, watch: Watch) -> None:
    for deed in _DEEDS:
        async with _watched(watch, f"card {number}, keys {deed}"):
            await reader.press(*deed.split())
    for columns, lines in _SIZES:
        async with _watched(watch, f"card {number}, {columns}x{lines}"):
            await reader.resize(columns, lines)
    # What the tests keep of every message would be searched for garbage.
    reader.messages.clear()
    gc.collect()
    search_new_garbage()


@asynccontextmanager
async def _watched(watch: Watch, name: str) -> AsyncIterator[None]:
    longest = 0.0

    async def look() -> None:
        nonlocal longest
        last = time.process_time()
        while True:
            await asyncio.sleep(_TURN)
            now = time.process_time()
            longest = max(longest, now - last)
            last = now

    looking = asyncio.create_task(look())
    try:
        yield
    finally:
        looking.cancel()
        watch.note("longest stall", longest, SLOW, name)
