"""Signals that nothing can take, and such as mean nothing: the terminal whole after the first, the reader goes on."""

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
FATAL = ("ABRT", "SEGV", "BUS", "FPE", "ILL", "KILL", "SYS", "TRAP")
MEANINGLESS = ("USR1", "USR2", "ALRM", "VTALRM", "PROF", "PWR", "IO", "STKFLT", "URG", "WINCH", "CHLD", "CONT")
ALL_SECONDS = 0.3


def run(rounds: int, watch: Watch) -> Found:
    """What was left behind or ended; a round is the seed of a signal and of the moment it comes at."""
    faults: list[str] = []
    for seed in range(rounds):
        with TemporaryDirectory() as home:
            faults += _taken(seed, Path(home), watch)
    return Found(f"{rounds} signals", faults)


def _taken(seed: int, home: Path, watch: Watch) -> list[str]:
    chance = random.Random(seed)
    is_fatal = seed % 2 == 0
    number = signal.Signals[f"SIG{chance.choice(FATAL if is_fatal else MEANINGLESS)}"]
    name = f"seed {seed}: {number.name}"
    with reader_of_shell(Cards(home / "cards").root, home) as reader:
        reader.terminal.wait_for("1 of 12")
        if chance.random() < 0.5:
            reader.terminal.rest()
        faults = _died(reader, number, watch, name) if is_fatal else _goes_on(reader, number)
        return [f"{name}: {fault}" for fault in faults]


def _died(reader: ShellReader, number: signal.Signals, watch: Watch, name: str) -> list[str]:
    gone = reader.end(number)
    if gone is None:
        return ["it does not end"]
    watch.note("all processes gone", gone, ALL_SECONDS, name)
    return reader.faults(128 + number)


def _goes_on(reader: ShellReader, number: signal.Signals) -> list[str]:
    reader.signal(number)
    reader.terminal.press("j")
    try:
        reader.terminal.wait_for("2 of 12")
        reader.terminal.press("q")
        return reader.faults(0)
    except AssertionError:
        return ["it hears no key any more"]
