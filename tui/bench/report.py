"""What `newsdeck bench` found, as values that become a table or JSON: figures beside their floors and their goals."""

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from statistics import median
from typing import Final, Literal, NamedTuple

import msgspec

import tui
from tui.bench.lab import terminal_size
from tui.bench.reader import REST_SECONDS
from tui.bench.rounds import Cards, Samples

_MEBI: Final = 1024 * 1024
_LARGE: Final = 100_000
_MANY: Final = 1000

Unit = Literal["s", "bytes"]
Kind = Literal["speed", "ratio", "value"]


class Goal(msgspec.Struct, frozen=True):
    """What a figure is to reach: `kind` says what `limit` is.

    As a "speed" the floor takes at least so many times the value, as a "ratio" the value is at most so many times
    the floor, as a "value" it is at most this, in the unit of the figure. Folders of fewer cards than `from_cards`
    are not held to it, for on them it says nothing.
    """

    kind: Kind
    limit: float
    from_cards: int = 1


class Figure(msgspec.Struct, frozen=True):
    """One measurement: the median of `samples` values, or their 95th percentile where `percentile` is 95.

    `floor` names what it is compared with, `floor_value` is the same statistic of that; `ratio` is value to floor.
    `met` says whether the goal was met; all that is not known is None.
    """

    id: str
    what: str
    unit: Unit
    percentile: int
    value: float
    samples: int
    floor: str | None
    floor_value: float | None
    ratio: float | None
    goal: Goal | None
    met: bool | None


class Report(msgspec.Struct, frozen=True):
    """All figures of one run, with the versions and the machine they are of, and the folder: its cards and bytes.

    `made` says that its cards were made from those of another folder, `related` is the number of related entries of
    the story that was looked at. `missing` names figures that could not be measured.
    """

    newsdeck: str
    python: str
    textual: str
    system: str
    machine: str
    processors: int
    terminal: str
    cards: int
    bytes: int
    made: bool
    related: int
    rounds: int
    figures: list[Figure]
    missing: list[str]


class _Spec(NamedTuple):
    what: str
    values: str
    floor: str = ""
    floor_values: str = ""
    goal: Goal | None = None
    unit: Unit = "s"
    percentile: int = 50


_NAIVE: Final = "frontmatter.load of each file"
_STAT: Final = "scandir and stat"
_STAT_PROCESS: Final = "scandir and stat, whole process"
_EMPTY: Final = "empty Textual app"
_WARM_READY: Final = Goal("ratio", 0.2, _LARGE)
_WARM_VALID: Final = Goal("ratio", 1.4, _LARGE)
_PLAIN: Final = "story without coverage"
_GROWTH: Final = Goal("ratio", 1, 500)
_STORY: Final = Goal("value", 0.025)
_KEY: Final = Goal("value", 0.008)
_KEY_95: Final = Goal("value", 0.020)
_CALM: Final = Goal("value", 200 * _MEBI)
_REST: Final = Goal("value", REST_SECONDS / 1000)

_SPECS: Final[dict[str, _Spec]] = {
    "cold": _Spec("cold load, whole process", "load", _NAIVE, "naive", Goal("speed", 45, _MANY)),
    "cold-read": _Spec("cold load, whole process", "load", "reading all bytes", "read", Goal("ratio", 14, _MANY)),
    "cold-different": _Spec(
        "cold load, no entry comes twice", "different", _NAIVE, "naive different", Goal("speed", 8, _MANY)
    ),
    "cold-others": _Spec(
        "cold load, 20,000 cards of other tools", "others", _NAIVE, "naive others", Goal("speed", 2.5)
    ),
    "first": _Spec(
        "first 256 stories, whole process", "first", "empty Textual app painted", "empty app", Goal("ratio", 1)
    ),
    "cold-start": _Spec("start to first story on screen, cold", "cold paint", _EMPTY, "empty app", Goal("ratio", 1.5)),
    "listed": _Spec("start to whole folder on screen, cold", "listed", _EMPTY, "empty app", Goal("value", 22, _LARGE)),
    "grouped": _Spec("start to events on screen, cold", "grouped", _EMPTY, "empty app"),
    "cached": _Spec("start to search, events and cache", "cached", goal=Goal("value", 45, _LARGE)),
    "ready": _Spec("warm: list ready, whole process", "ready process", _STAT_PROCESS, "stat process", _WARM_READY),
    "ready-alone": _Spec("warm: list ready, without imports", "ready", _STAT, "stat"),
    "valid": _Spec("warm: all validated, whole process", "valid process", _STAT_PROCESS, "stat process", _WARM_VALID),
    "valid-alone": _Spec("warm: all validated, without its start", "valid", _STAT, "stat"),
    "warm-start": _Spec("start to list on screen, warm", "warm paint", _EMPTY, "empty app", Goal("ratio", 1.2)),
    "memory": _Spec("memory, warm", "memory", _EMPTY, "empty app memory", Goal("value", 100 * _MEBI), "bytes"),
    "memory-cold": _Spec(
        "memory after a cold load", "cold memory", _EMPTY, "empty app memory", Goal("value", 200 * _MEBI), "bytes"
    ),
    "memory-calm": _Spec("the same, all processes together", "cold memory of all", goal=_CALM, unit="bytes"),
    "memory-worker": _Spec(
        "memory of the worker, most", "worker memory", goal=Goal("value", 250 * _MEBI), unit="bytes"
    ),
    "memory-indexer": _Spec(
        "memory of the indexer, most", "indexer memory", goal=Goal("value", 600 * _MEBI), unit="bytes"
    ),
    "rest": _Spec(f"processor time in {REST_SECONDS:.0f} s at rest, all processes", "at rest", goal=_REST),
    "j": _Spec("j at rest, median", "keys", _EMPTY, "empty app keys", _KEY),
    "j-95": _Spec("j at rest, p95", "keys", _EMPTY, "empty app keys", _KEY_95, percentile=95),
    "j-loading": _Spec("j while loading, median", "keys while loading", _EMPTY, "empty app keys", _KEY),
    "j-loading-95": _Spec(
        "j while loading, p95", "keys while loading", _EMPTY, "empty app keys", _KEY_95, percentile=95
    ),
    "j-indexing": _Spec("j while indexing, median", "keys while indexing", _EMPTY, "empty app keys", _KEY),
    "j-indexing-95": _Spec(
        "j while indexing, p95", "keys while indexing", _EMPTY, "empty app keys", _KEY_95, percentile=95
    ),
    "j-comparing": _Spec("j while validating, median", "keys while comparing", _EMPTY, "empty app keys", _KEY),
    "j-comparing-95": _Spec(
        "j while validating, p95", "keys while comparing", _EMPTY, "empty app keys", _KEY_95, percentile=95
    ),
    "events": _Spec("processor time to find the events", "events"),
    "events-grown": _Spec(
        "the same of eight times the cards", "events of larger", "n log n of that", "events by n log n", _GROWTH
    ),
    "events-denser": _Spec(
        "the same of eight times the cards of these days",
        "events of denser",
        "n log n of that",
        "events by n log n",
        _GROWTH,
    ),
    "story": _Spec("processor time to a new story's paint", "story", _PLAIN, "plain story", _STORY),
    "unfolded": _Spec("processor time to all its related rows", "all related", _PLAIN, "plain story", _STORY),
}


def report(cards: Cards, samples: Samples, rounds: int, *, made: bool) -> Report:
    """What the samples of these cards say."""
    found = {name: _figure(name, spec, samples, len(cards.sizes)) for name, spec in _SPECS.items()}
    return Report(
        newsdeck=tui.__version__,
        python=platform.python_version(),
        textual=version("textual"),
        system=platform.system(),
        machine=platform.machine(),
        processors=os.cpu_count() or 1,
        terminal=terminal_size(),
        cards=len(cards.sizes),
        bytes=cards.bytes,
        made=made,
        related=cards.related,
        rounds=rounds,
        figures=[figure for figure in found.values() if figure is not None],
        missing=[name for name, figure in found.items() if figure is None],
    )


def _figure(name: str, spec: _Spec, samples: Samples, cards: int) -> Figure | None:
    values, floors = samples.of(spec.values), samples.of(spec.floor_values)
    if not values:
        return None
    value = _statistic(values, spec.percentile)
    floor = _statistic(floors, spec.percentile) if floors else None
    goal = spec.goal
    return Figure(
        id=name,
        what=spec.what,
        unit=spec.unit,
        percentile=spec.percentile,
        value=value,
        samples=len(values),
        floor=spec.floor or None,
        floor_value=floor,
        ratio=value / floor if floor else None,
        goal=goal,
        met=_is_met(goal, value, floor) if goal is not None and cards >= goal.from_cards else None,
    )


def _is_met(goal: Goal, value: float, floor: float | None) -> bool | None:
    if goal.kind == "value":
        return value <= goal.limit
    if not floor:
        return None
    return floor >= goal.limit * value if goal.kind == "speed" else value <= goal.limit * floor


def _statistic(values: Sequence[float], percentile: int) -> float:
    return median(values) if percentile == 50 else sorted(values)[min(len(values) - 1, len(values) * percentile // 100)]
