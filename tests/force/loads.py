"""Signal 9 to the worker, one of its helpers or the indexer at random moments of a first opening: all is there after.

Whoever listens is told every card, each as it is, and the cache file is written all the same.
"""

import os
import random
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cards.sync.following import Follower
from tests.cards.sync.watching import fresh
from tests.force import Found, Watch
from tui.cards.worker.process import start_worker
from tui.model import Problem, Story

DEFAULT = 100
SHORT = 2
_CARDS = 4000
_LONGEST = 1.2
_SECONDS = 60.0
_BROKEN = 17
_FATE_OF_OTHERS = 0.7


def run(rounds: int, _watch: Watch) -> Found:
    """What was lost; a round is the seed of the moment and of the process that is killed."""
    faults: list[str] = []
    killed = dict.fromkeys(("worker", "others"), 0)
    with TemporaryDirectory() as home:
        root = Path(home) / "cards"
        _write_cards(root)
        expected = fresh(root)
        for seed in range(rounds):
            caches = Path(home) / f"caches-{seed}"
            caches.mkdir(mode=0o700)
            faults += [
                f"seed {seed}: {fault}" for fault in _opened(root, caches, random.Random(seed), killed, expected)
            ]
    return Found(f"{rounds} openings, {killed['worker']} workers and {killed['others']} others killed", faults)


def _write_cards(root: Path) -> None:
    root.mkdir()
    for number in range(_CARDS):
        related = "".join(f"  - title: Piece {(number + other) % 900}, which is long enough\n" for other in range(40))
        text = f"---\ntitle: Card {number}\nrelated:\n{related}---\nA body.\n"
        if number % _BROKEN == 0:
            text = "---\ntitle: [half a\n"
        (root / f"2026-01-{1 + number % 28:02}-{number:04}.md").write_text(text)


def _opened(
    root: Path,
    caches: Path,
    chance: random.Random,
    killed: dict[str, int],
    expected: tuple[dict[str, Story], frozenset[Problem], int],
) -> list[str]:
    with Follower(root, caches, worker=start_worker) as reader:
        thread = threading.Thread(target=_kill, args=(reader, chance, killed))
        thread.start()
        try:
            reader.until(lambda reader: reader.is_whole and any(told.token for told in reader.snapshots), _SECONDS)
        except AssertionError as error:
            return [f"it did not go on: {str(error)[:200]}"]
        finally:
            thread.join()
        stories, problems, _ = expected
        faults = [f"{id} is missing" for id in stories.keys() - reader.stories.keys()]
        faults += [f"{id} differs" for id, story in reader.stories.items() if stories.get(id) != story]
        return faults + [f"not told: {problem}" for problem in problems - set(reader.problems)]


def _kill(reader: Follower, chance: random.Random, killed: dict[str, int]) -> None:
    """Kill one process, at random, of those that are at work for the reader at a random moment."""
    time.sleep(chance.uniform(0.1, _LONGEST))
    worker = reader.feed._worker
    if worker is None:
        return
    leader = worker._process.pid
    others = _others(leader)
    with suppress(OSError):
        victim = chance.choice(others) if others and chance.random() < _FATE_OF_OTHERS else leader
        os.kill(victim, signal.SIGKILL)
        killed["worker" if victim == leader else "others"] += 1


def _others(leader: int) -> list[int]:
    """The processes that a worker has started, which are of its group."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError):
            told = Path(f"/proc/{name}/stat").read_text()
            if int(told.rpartition(")")[2].split()[2]) == leader and int(name) != leader:
                found.append(int(name))
    return found
