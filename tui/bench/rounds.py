"""Measures the loading of a folder beside what it costs at least, in rounds, so that both see the same machine."""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from math import log
from pathlib import Path
from typing import Final, NamedTuple

from tui.bench.cards import DAYS_APART, make_cards, make_different_cards, related_entries
from tui.bench.floors import read_all, sample
from tui.bench.lab import Lab, Probed
from tui.bench.other_cards import make_other_cards
from tui.bench.reader import first_paint, sit_at_empty_app, sit_cold, sit_warm, story_costs
from tui.cards.folder.scan import scan
from tui.errors import FolderError
from tui.text.sanitize import clean_path

Narrate = Callable[[str], None]
"""Takes a sentence about what happens now."""

_DIFFERENT_CARDS: Final = 1240
_OTHER_CARDS: Final = 20_000
_RICH_FILES: Final = 20
_LEAST_ROUNDS: Final = 3
_MOST_SECONDS: Final = 420.0
_TIMES_LARGER: Final = 8
_MOST_TO_MULTIPLY: Final = 2500
_PATIENCE: Final = 20.0
_PATIENCE_FOR_A_CARD: Final = 0.01
_KEYS_FOR_A_ROUND: Final = 12
_TURNS_FOR_A_ROUND: Final = 3
_MOST_TO_OPEN_AGAIN: Final = 20_000


class Effort(NamedTuple):
    """How often to measure: `rounds` in all, and how many presses of a key and `turns` of what is soon over in each.

    `stories` are looked at once all rounds are over.
    """

    rounds: int
    keys: int
    turns: int
    stories: int

    @classmethod
    def of(cls, rounds: int) -> "Effort":
        """What goes with so many rounds."""
        return cls(rounds, _KEYS_FOR_A_ROUND, _TURNS_FOR_A_ROUND, 2 * rounds + 2)


class Cards(NamedTuple):
    """The folder that is measured: `sizes` are the paths of all cards with their bytes.

    `richest` is the content of the card with the most related entries, or nearly so, and `related` their number.
    """

    root: Path
    sizes: Sequence[tuple[bytes, int]]
    richest: bytes
    related: int

    @property
    def bytes(self) -> int:
        """The bytes of all cards."""
        return sum(size for _path, size in self.sizes)

    @classmethod
    def of(cls, root: Path) -> "Cards":
        """Look at a folder, or one card file. Raises FolderError if it cannot be read or has no cards."""
        found = scan(root)
        sizes = [(entry.path, os.stat(entry.path).st_size) for entry in found.entries]
        if not sizes:
            raise FolderError(f"{clean_path(str(root))}: there are no cards in here to measure.")
        largest = sorted(sizes, key=lambda file: file[1], reverse=True)[:_RICH_FILES]
        richest = max((Path(os.fsdecode(path)).read_bytes() for path, _size in largest), key=related_entries)
        return cls(root.absolute(), sizes, richest, related_entries(richest))


class Samples:
    """What was measured, by name: seconds or bytes. What could not be measured has no values."""

    def __init__(self) -> None:
        self._values: defaultdict[str, list[float]] = defaultdict(list)

    def add(self, name: str, *values: float | None) -> None:
        """Keep these values, those that are known."""
        self._values[name].extend(value for value in values if value is not None)

    def of(self, name: str) -> Sequence[float]:
        """All values of this name, in the order of their measurement."""
        return self._values.get(name, ())


def measure(lab: Lab, cards: Cards, effort: Effort, narrate: Narrate) -> tuple[Samples, int]:
    """Measure everything on these cards: what was found, and how many rounds there were.

    Fewer rounds than wished, but three at least, are made where they take very long. Raises ProgramError if
    something that is measured does not go on, and FolderError if the disk has no room.
    """
    measuring = _Measuring(lab, cards, effort)
    narrate("starting the reader for the first time, and making its cache")
    first_paint(lab, cards.root)  # what starts for the first time may have to be compiled
    measuring.sit_cold()
    began = time.monotonic()
    rounds = 0
    while rounds < effort.rounds and (rounds < _LEAST_ROUNDS or time.monotonic() - began < _MOST_SECONDS):
        narrate(f"round {rounds + 1} of {effort.rounds}")
        if rounds and len(cards.sizes) <= _MOST_TO_OPEN_AGAIN:
            measuring.sit_cold()
        measuring.round(rounds)
        rounds += 1
    narrate("finding the events")
    measuring.find_events()
    narrate(f"looking at a story with {cards.related:,} related entries")
    costs = story_costs(lab, cards.richest, effort.stories)
    measuring.samples.add("story", *costs.painted)
    measuring.samples.add("all related", *costs.unfolded)
    measuring.samples.add("plain story", *costs.plain)
    return measuring.samples, rounds


class _Measuring:
    """Takes samples of everything, one kind after the other."""

    def __init__(self, lab: Lab, cards: Cards, effort: Effort) -> None:
        self.samples = Samples()
        self._lab = lab
        self._cards = cards
        self._effort = effort
        self._different = lab.folder("different")
        make_different_cards(cards.root, self._different, _DIFFERENT_CARDS)
        self._different_sizes = _sizes_of(self._different)
        self._others = lab.folder("others")
        make_other_cards(self._others, _OTHER_CARDS)
        self._other_sizes = _sizes_of(self._others)

    def sit_cold(self) -> None:
        """One sitting at a reader that knows nothing; afterwards there is a cache file."""
        self._cache = self._lab.folder("cache")
        patience = _PATIENCE + _PATIENCE_FOR_A_CARD * len(self._cards.sizes)
        sitting = sit_cold(self._lab, self._cards.root, self._cache, patience)
        self.samples.add("listed", sitting.listed)
        self.samples.add("cached", sitting.cached)
        self.samples.add("keys while loading", *sitting.while_loading)
        self.samples.add("keys while indexing", *sitting.while_indexing)
        self.samples.add("grouped", sitting.grouped)
        self.samples.add("cold memory", sitting.memory)
        self.samples.add("cold memory of all", sitting.memory_of_all)
        self.samples.add("indexer memory", sitting.indexer_memory)
        self.samples.add("at rest", sitting.at_rest)

    def round(self, number: int) -> None:
        """One of everything that is compared with something, and what is soon over some times in turns."""
        self._stat()
        comparing = self._warm()
        self._naive("naive", self._cards.sizes, number)
        self._naive("naive different", self._different_sizes, number)
        self._naive("naive others", self._other_sizes, number)
        for _ in range(self._effort.turns):
            self._loads()
        sitting = sit_at_empty_app(self._lab, self._effort.keys)
        self.samples.add("empty app keys", *sitting.at_rest)
        self.samples.add("empty app memory", sitting.memory)
        if comparing is not None:
            sitting = sit_warm(self._lab, self._cards.root, self._cache, self._effort.keys, comparing)
            self.samples.add("keys", *sitting.at_rest)
            self.samples.add("memory", sitting.memory)
        for _ in range(self._effort.turns):
            self._starts(comparing)

    def _loads(self) -> None:
        """Read each folder once, as a program that ends then."""
        self._load(self._cards.root)
        self.samples.add("read", read_all([path for path, _size in self._cards.sizes]))
        for name, folder in (("different", self._different), ("others", self._others)):
            probed = self._lab.probe("load", [folder])
            self.samples.add(name, probed.told["done"] - probed.started)

    def _starts(self, comparing: float | None) -> None:
        """Start the empty app, the reader on a folder that it knows, and on one that it does not."""
        self.samples.add("empty app", sit_at_empty_app(self._lab, 0).painted)
        if comparing is not None:
            sitting = sit_warm(self._lab, self._cards.root, self._cache, 0, comparing)
            self.samples.add("warm paint", sitting.painted)
            self.samples.add("keys while comparing", *sitting.while_comparing)
        self.samples.add("cold paint", first_paint(self._lab, self._cards.root))

    def find_events(self) -> None:
        """Find the events of the folder, and of two made from it that are several times as large, if it is not huge.

        One of them tells eight times as much of the same days.
        """
        root, count = self._cards.root, len(self._cards.sizes)
        seconds = self._lab.probe("events", [root]).told["seconds"]
        self.samples.add("events", seconds)
        if count > _MOST_TO_MULTIPLY:
            return
        for name, days_apart in (("larger", DAYS_APART), ("denser", 0)):
            folder = self._lab.folder(name)
            make_cards(root, folder, _TIMES_LARGER * count, days_apart=days_apart)
            self.samples.add(f"events of {name}", self._lab.probe("events", [folder]).told["seconds"])
        self.samples.add("events by n log n", seconds * _n_log_n(_TIMES_LARGER * count) / _n_log_n(count))

    def _stat(self) -> None:
        probed = self._lab.probe("stat", [self._cards.root])
        self.samples.add("stat", probed.told["seconds"])
        self.samples.add("stat process", probed.told["done"] - probed.started)

    def _warm(self) -> float | None:
        """Open the folder with its cache, if there is one; seconds after which all files surely were compared."""
        file = self._lab.cache_file(self._cache, self._cards.root)
        if not file.is_file():
            return None
        probed = self._lab.probe("warm", [self._cards.root, file])
        self.samples.add("ready", probed.told["ready_seconds"])
        self.samples.add("valid", probed.told["valid_seconds"])
        self.samples.add("ready process", probed.told["ready"] - probed.started)
        self.samples.add("valid process", probed.told["valid"] - probed.started)
        return 2 * (probed.told["valid"] - probed.started)

    def _naive(self, name: str, sizes: Sequence[tuple[bytes, int]], number: int) -> None:
        paths, times = sample(sizes, number)
        probed = self._lab.probe("naive", paths)
        self.samples.add(name, _start(probed) + times * probed.told["seconds"])

    def _load(self, root: Path) -> None:
        probed = self._lab.probe("load", [root])
        self.samples.add("load", probed.told["done"] - probed.started)
        self.samples.add("first", probed.told["first"] - probed.started)
        self.samples.add("worker memory", probed.told["memory"])


def _n_log_n(count: float) -> float:
    return count * log(count + 1)


def _sizes_of(root: Path) -> list[tuple[bytes, int]]:
    return [(entry.path, os.stat(entry.path).st_size) for entry in scan(root).entries]


def _start(probed: Probed) -> float:
    """Seconds from the start of a process until its probe began."""
    return probed.told["done"] - probed.started - probed.told["seconds"]
