"""Measures the reader at its terminal: first paint, keys, memory, and what a story with much coverage costs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from tui.bench.cards import mark_urls
from tui.bench.floors import PRESSED, READY
from tui.bench.lab import Lab
from tui.bench.terminal import COLUMNS, PATIENCE, Terminal, plain

REST_SECONDS: Final = 5.0
"""Seconds for which a reader is left at rest."""

_INDEXER: Final = "tui.session.indexer"
_DOWN: Final = b"j"
_FIRST: Final = b"g"
_EVERY_STORY: Final = b"v"
_ALL_RELATED: Final = b"a"
_QUIT: Final = b"q"
_QUIT_APP: Final = b"\x11"
# The list draws this beside the story under its cursor, and draws it anew with each move.
_ROW: Final = "▌".encode()
_NAME: Final = b" newsdeck "
_LOADING: Final = re.compile(r"looking for cards|[\d,]+ of [\d,]+ files")
# The line below the panes ends with a key for help and the place in the list.
_PLACE: Final = re.compile(r"\? help +([\d,]+) of ([\d,]+)")
_LINE_BYTES: Final = 4096
_RECENT_BYTES: Final = 131072
_BETWEEN_KEYS: Final = 0.06
_QUIET: Final = 0.1
_WINDOW: Final = 0.3
_BUSY: Final = 0.1
# A reader moves over to its new cache file and gives memory back some seconds after all is calm.
_LAST_OF_START: Final = 8.0
_MOST_KEYS: Final = 200
_STORY_SECONDS: Final = 0.25
_PLAIN_CARD: Final = b"""\
---
title: "A story without coverage, number %d"
publishedDateTime: 1970-01-%02dT00:00:01Z
webUrl: "https://example.org/%d"
type: article
---
"""
_MOST_TURNS: Final = 28


@dataclass
class ColdSitting:
    """A sitting at a reader that knew nothing of its folder: seconds since its start, seconds for each key, bytes.

    `listed` is when the whole folder was listed, `grouped` when its list was one of events, `cached` when its cache
    file was there; both None if that never was. `memory` is what the reader has at rest, `memory_of_all` what all
    processes have together then, and `indexer_memory` the most that the indexer had; None where the system does not
    say. `at_rest` are the seconds of processor time that all of them use in `REST_SECONDS` when nothing happens.
    """

    listed: float = 0.0
    grouped: float | None = None
    cached: float | None = None
    while_loading: list[float] = field(default_factory=list)
    while_indexing: list[float] = field(default_factory=list)
    memory: int | None = None
    memory_of_all: int | None = None
    indexer_memory: int | None = None
    at_rest: float | None = None


@dataclass
class Sitting:
    """A short sitting: seconds from the start to the first paint, seconds for each key, bytes of memory at rest.

    `while_comparing` are keys while every file is compared with the cache, `at_rest` those after that.
    """

    painted: float = 0.0
    while_comparing: list[float] = field(default_factory=list)
    at_rest: list[float] = field(default_factory=list)
    memory: int | None = None


class StoryCosts(NamedTuple):
    """Seconds of processor time that the whole reader used; empty where the system does not say.

    `painted` is for going to a story that was not seen before, the move in the list included, `unfolded` for showing
    all its related rows, `plain` for going to a story without any.
    """

    painted: list[float]
    unfolded: list[float]
    plain: list[float]


def first_paint(lab: Lab, root: Path) -> float:
    """Seconds from the start of the reader on a folder that no cache knows until a story is on the screen."""
    with lab.reader(root) as terminal:
        seconds = terminal.wait_for(_ROW, 0) - terminal.started
        terminal.end_with(_QUIT)
    return seconds


def sit_cold(lab: Lab, root: Path, cache: Path, patience: float) -> ColdSitting:
    """Press `j` while the folder loads and while its cache is made in the folder `cache`, then leave.

    `patience` is how many seconds to wait for the cache file at most.
    """
    sitting = ColdSitting()
    file = lab.cache_file(cache, root)
    with lab.reader(root, cache) as terminal:
        terminal.wait_for(_ROW, 0)
        while _is_loading(terminal):
            if len(sitting.while_loading) < _MOST_KEYS:
                sitting.while_loading.extend(_move_down(terminal))
            terminal.read_for(_BETWEEN_KEYS)
        sitting.listed = terminal.now - terminal.started
        _sit_while_indexing(terminal, sitting, file, patience)
        _settle(terminal)
        sitting.at_rest = _processor_at_rest(terminal)
        # A moment after the cache file is there memory is still being given back.
        sitting.memory, sitting.memory_of_all = terminal.memory(), terminal.memory_of_all()
        terminal.end_with(_QUIT)
    return sitting


def _sit_while_indexing(terminal: Terminal, sitting: ColdSitting, file: Path, patience: float) -> None:
    """Press `j` until the cache file is there, which is waited for so many seconds at most."""
    stories = _rows(terminal)
    while not file.is_file() and terminal.now - terminal.started < sitting.listed + patience:
        if len(sitting.while_indexing) < _MOST_KEYS:
            sitting.while_indexing.extend(_move_down(terminal))
        _read_until_grouped(terminal, sitting, stories)
        sitting.indexer_memory = max(
            filter(None, (sitting.indexer_memory, terminal.most_memory_of(_INDEXER))), default=None
        )
    if file.is_file():
        sitting.cached = terminal.now - terminal.started
        sitting.grouped = sitting.grouped or sitting.cached


def _read_until_grouped(terminal: Terminal, sitting: ColdSitting, stories: int) -> None:
    """Read for a window of time; take down the moment in which the list has fewer rows than there are stories."""
    deadline, came = terminal.now + _WINDOW, True
    while (left := deadline - terminal.now) > 0:
        if came and sitting.grouped is None and _rows(terminal) < stories:
            sitting.grouped = terminal.now - terminal.started
        came = terminal.read(left)


def _rows(terminal: Terminal) -> int:
    """How many rows the list has, by the line below it."""
    places = _PLACE.findall(plain(bytes(terminal.output[-_RECENT_BYTES:])))
    return int(places[-1][1].replace(",", "")) if places else 0


def _processor_at_rest(terminal: Terminal) -> float | None:
    """The seconds of processor time that all processes use in `REST_SECONDS`, but for those that end meanwhile."""
    terminal.read_for(_LAST_OF_START)
    before = terminal.seconds_of_all()
    terminal.read_for(REST_SECONDS)
    after = terminal.seconds_of_all()
    return sum(seconds - before.get(process, 0) for process, seconds in after.items()) if after else None


def sit_warm(lab: Lab, root: Path, cache: Path, keys: int, comparing: float) -> Sitting:
    """Sit at the reader on a folder that is known in the folder `cache`; press `j` so many times at rest.

    All files will have been compared after `comparing` seconds.
    """
    sitting = Sitting()
    with lab.reader(root, cache) as terminal:
        sitting.painted = terminal.wait_for(_ROW, 0) - terminal.started
        while terminal.now - terminal.started < comparing:
            terminal.read_for(_BETWEEN_KEYS)
            sitting.while_comparing.extend(_move_down(terminal))
        _settle(terminal)
        sitting.memory = terminal.memory()
        for _ in range(keys):
            terminal.rest(_QUIET)
            sitting.at_rest.extend(_move_down(terminal))
        terminal.end_with(_QUIT)
    return sitting


def sit_at_empty_app(lab: Lab, keys: int) -> Sitting:
    """The same at the empty app: the floor of a start, of a key, and of memory."""
    sitting = Sitting()
    with lab.empty_app() as terminal:
        sitting.painted = terminal.wait_for(READY, 0) - terminal.started
        _settle(terminal)
        sitting.memory = terminal.memory()
        for number in range(1, keys + 1):
            terminal.rest(_QUIET)
            sitting.at_rest.append(terminal.press(_DOWN, PRESSED + str(number).encode()))
        terminal.end_with(_QUIT_APP)
    return sitting


def story_costs(lab: Lab, card: bytes, turns: int) -> StoryCosts:
    """What `turns` stories like that of `card`, and as many without coverage, cost; at most 28 of each."""
    root, turns = lab.folder("story"), min(turns, _MOST_TURNS)
    for number in range(turns + 1):
        (root / f"2020-02-26-card-{number}.md").write_bytes(mark_urls(card, number))
    for number in range(1, turns + 1):
        (root / f"1970-01-{number:02}-plain.md").write_bytes(_PLAIN_CARD % (number, number, number))
    costs = StoryCosts([], [], [])
    with lab.reader(root) as terminal:
        terminal.wait_for(_ROW, 0)
        _settle(terminal)
        terminal.press(_EVERY_STORY, _ROW)
        terminal.press(_FIRST, _ROW)
        terminal.rest(_STORY_SECONDS)
        for _ in range(turns):
            costs.painted.extend(_cost(terminal, _DOWN))
            costs.unfolded.extend(_cost(terminal, _ALL_RELATED))
        for _ in range(turns):
            costs.plain.extend(_cost(terminal, _DOWN))
        terminal.end_with(_QUIT)
    return costs


def _cost(terminal: Terminal, key: bytes) -> Iterator[float]:
    """The seconds of processor time that a key costs, with all that follows from it."""
    before = terminal.processor_seconds()
    terminal.send(key)
    terminal.read_for(_STORY_SECONDS)
    after = terminal.processor_seconds()
    if before is not None and after is not None:
        yield after - before


def _move_down(terminal: Terminal) -> Iterator[float]:
    """The seconds that going one story down takes, if there are two stories at least."""
    places = _PLACE.findall(plain(bytes(terminal.output[-_RECENT_BYTES:])))
    if not places or places[-1][1] == "1":
        return
    if places[-1][0] == places[-1][1]:
        terminal.press(_FIRST, _ROW)
        terminal.rest(_QUIET)
    yield terminal.press(_DOWN, _ROW)


def _is_loading(terminal: Terminal) -> bool:
    """Whether the line above the panes says so."""
    begin = terminal.output.rfind(_NAME)
    line = plain(bytes(terminal.output[begin : begin + _LINE_BYTES]))[:COLUMNS]
    return begin < 0 or _LOADING.search(line) is not None


def _settle(terminal: Terminal) -> None:
    """Wait until the program does nothing of itself, but not for ever."""
    deadline = terminal.now + PATIENCE
    while _is_busy(terminal) and terminal.now < deadline:
        pass


def _is_busy(terminal: Terminal) -> bool:
    """Whether the program works on, though nothing is asked of it; looks for a third of a second."""
    before = terminal.processor_seconds()
    begin = len(terminal.output)
    terminal.read_for(_WINDOW)
    after = terminal.processor_seconds()
    if before is None or after is None:
        return len(terminal.output) > begin
    return after - before > _BUSY * _WINDOW
