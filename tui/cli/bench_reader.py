"""Measures the reader at its terminal: first paint, keys, memory, and what a story with much coverage costs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tui.cli.bench_floors import PRESSED, READY
from tui.cli.bench_lab import Lab
from tui.cli.bench_terminal import COLUMNS, Terminal, plain

KEYS: Final = 60
"""Presses of a key that are measured at rest."""

_DOWN: Final = b"j"
_UP: Final = b"k"
_FIRST: Final = b"g"
_QUIT: Final = b"q"
_QUIT_APP: Final = b"\x11"
# The list draws this beside the story under its cursor, and draws it anew with each move.
_ROW: Final = "▌".encode()
_NAME: Final = b" newsdeck "
_LOADING: Final = re.compile(r"looking for cards|[\d,]+ of [\d,]+ files")
_PLACE: Final = re.compile(r"([\d,]+) of ([\d,]+)(?![\d,]| files)")
_RECENT_BYTES: Final = 32768
_BETWEEN_KEYS: Final = 0.06
_QUIET: Final = 0.1
_WINDOW: Final = 0.3
_BUSY: Final = 0.1
_MOST_KEYS: Final = 200
_STORY_SECONDS: Final = 0.25
_STORY_TURNS: Final = 12
_OLD_CARD: Final = """\
---
title: "A story without coverage"
publishedDateTime: 1970-01-02T00:00:01Z
type: article
---
"""


@dataclass
class Sitting:
    """What one sitting at the reader gave: seconds since its start, seconds for each key, bytes.

    `listed` is when the whole folder was listed, `settled` when all that is worked out behind the list was done.
    """

    listed: float = 0.0
    settled: float = 0.0
    while_loading: list[float] = field(default_factory=list)
    while_indexing: list[float] = field(default_factory=list)
    at_rest: list[float] = field(default_factory=list)
    memory: tuple[int, int] | None = None


def first_paint(lab: Lab, root: Path, cache: Path | None = None) -> float:
    """Seconds from the start of the reader until a story is on the screen."""
    with lab.reader(root, cache) as terminal:
        seconds = terminal.wait_for(_ROW, 0) - terminal.started
        terminal.end_with(_QUIT)
    return seconds


def sit(lab: Lab, root: Path, cache: Path | None = None) -> Sitting:
    """Press `j` while the folder loads, while the reader works on, and then at rest; leave by its own key."""
    sitting = Sitting()
    with lab.reader(root, cache) as terminal:
        terminal.wait_for(_ROW, 0)
        while _is_loading(terminal) and len(sitting.while_loading) < _MOST_KEYS:
            sitting.while_loading.extend(_move_down(terminal))
            terminal.read_for(_BETWEEN_KEYS)
        while _is_loading(terminal):
            terminal.read_for(_BETWEEN_KEYS)
        sitting.listed = terminal.now - terminal.started
        while _is_busy(terminal) and len(sitting.while_indexing) < _MOST_KEYS:
            sitting.while_indexing.extend(_move_down(terminal))
            terminal.read_for(_WINDOW)
        sitting.settled = terminal.now - terminal.started - _WINDOW
        for _ in range(KEYS):
            terminal.rest(_QUIET)
            sitting.at_rest.extend(_move_down(terminal))
        terminal.rest(_QUIET)
        sitting.memory = terminal.memory()
        terminal.end_with(_QUIT)
    return sitting


def empty_app(lab: Lab, keys: int) -> tuple[float, list[float], int | None]:
    """The floors: seconds to the first paint of the empty app, for each key, and its bytes of memory."""
    with lab.empty_app() as terminal:
        seconds = terminal.wait_for(READY, 0) - terminal.started
        times = []
        for number in range(1, keys + 1):
            terminal.rest(_QUIET)
            times.append(terminal.press(_DOWN, PRESSED + str(number).encode()))
        memory = terminal.memory()
        terminal.end_with(_QUIT_APP)
    return seconds, times, memory[0] if memory is not None else None


def story_costs(lab: Lab, card: bytes) -> tuple[list[float], list[float]]:
    """Seconds of processor time to go to a story and paint it: to that of `card`, and to one without coverage.

    Both are what the whole reader used, the move in the list included. Empty where the system does not tell.
    """
    root = lab.folder("story")
    (root / "2020-02-26-card.md").write_bytes(card)
    (root / "1970-01-02-old.md").write_text(_OLD_CARD, encoding="utf-8")
    costs: dict[bytes, list[float]] = {_UP: [], _DOWN: []}
    with lab.reader(root) as terminal:
        terminal.wait_for(_ROW, 0)
        while _is_busy(terminal):
            pass
        for _ in range(_STORY_TURNS):
            for key in (_DOWN, _UP):
                before = terminal.processor_seconds()
                terminal.press(key, _ROW)
                terminal.read_for(_STORY_SECONDS)
                after = terminal.processor_seconds()
                if before is not None and after is not None:
                    costs[key].append(after - before)
        terminal.end_with(_QUIT)
    return costs[_UP][1:], costs[_DOWN][1:]  # the first look at a story lays it out, which later ones need not


def _move_down(terminal: Terminal) -> Iterator[float]:
    """The seconds that going one story down takes, if there are two stories at least."""
    place = _PLACE.findall(plain(bytes(terminal.output[-_RECENT_BYTES:])))
    if not place or place[-1][1] == "1":
        return
    if place[-1][0] == place[-1][1]:
        terminal.press(_FIRST, _ROW)
        terminal.rest(_QUIET)
    yield terminal.press(_DOWN, _ROW)


def _is_loading(terminal: Terminal) -> bool:
    """Whether the line above the panes says so."""
    begin = terminal.output.rfind(_NAME)
    line = plain(bytes(terminal.output[begin : begin + _RECENT_BYTES]))[:COLUMNS]
    return begin < 0 or _LOADING.search(line) is not None


def _is_busy(terminal: Terminal) -> bool:
    """Whether the reader works on, though nothing is asked of it; looks for a third of a second."""
    before = terminal.processor_seconds()
    begin = len(terminal.output)
    terminal.read_for(_WINDOW)
    after = terminal.processor_seconds()
    if before is None or after is None:
        return len(terminal.output) > begin
    return after - before > _BUSY * _WINDOW
