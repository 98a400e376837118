"""Signals that end the reader, at rest and while it starts: the terminal whole, the status told, no child left."""

import random
import signal
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.force import Found, Watch
from tests.hostile.shell import ShellReader, reader_of_shell
from tests.journeys.folders import Cards

DEFAULT = 100
SHORT = 4
CLOCK = time.monotonic
CHILDREN_SECONDS = 0.3
_LONGEST_START = 0.6
_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)


def run(rounds: int, watch: Watch) -> Found:
    """What was left behind; a round is the seed of a signal and of the moment it comes at."""
    faults: list[str] = []
    for seed in range(rounds):
        with TemporaryDirectory() as home:
            faults += _ended(seed, Path(home), watch)
    return Found(f"{rounds} ends", faults)


def _ended(seed: int, home: Path, watch: Watch) -> list[str]:
    chance = random.Random(seed)
    number = _SIGNALS[seed % len(_SIGNALS)]
    moment = chance.choice(("at rest", "while it starts", "at its first bytes"))
    name = f"seed {seed}: {number.name} {moment}"
    with reader_of_shell(Cards(home / "cards").root, home) as reader:
        _wait(reader, moment, chance)
        gone = reader.end(number)
        if gone is None:
            return [f"{name}: it does not end"]
        watch.note("all processes gone", gone, CHILDREN_SECONDS, name)
        return [f"{name}: {fault}" for fault in reader.faults(128 + number)]


def _wait(reader: ShellReader, moment: str, chance: random.Random) -> None:
    if moment == "at rest":
        reader.terminal.wait_for("1 of 12")
        reader.terminal.rest()
    elif moment == "while it starts":
        reader.terminal.rest(chance.uniform(0, _LONGEST_START))
    else:
        reader.terminal.wait_for("\x1b[?1049h")
