"""Kill a reader with signal 9 at random moments, again and again, and look what is lost.

`python -m tests.state.kill_nine --runs 200` prints one line; the exit status is 1 if an acknowledged mark was
lost or a database was damaged. An action is acknowledged once `flush` said that it is on disk.
"""

import argparse
import multiprocessing
import random
import sqlite3
import sys
import time
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from tui.state.sqlite import SqliteStore
from tui.state.store import Store

KEYS = [f"https://example.org/{number}" for number in range(400)]
PATIENCE = 30.0

Known = dict[str, tuple[bool, bool, str]]
"""For each key: read, starred, note."""


class Told(msgspec.Struct, frozen=True):
    """What the victim says: before an action the state of the keys that it may touch, and after it once more."""

    acknowledged: bool
    known: Known


class Report(msgspec.Struct):
    """What came of some runs."""

    runs: int = 0
    acknowledged: int = 0
    lost: int = 0
    corrupt: int = 0


def main(arguments: list[str]) -> int:
    """Run as a script."""
    parser = argparse.ArgumentParser(description="Kill a reader with signal 9 and look what is lost.")
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args(arguments)
    with TemporaryDirectory() as directory:
        report = kill_often(Path(directory) / "state" / "state.db", asked.runs, asked.seed)
    print(
        f"{report.runs} kills, {report.acknowledged} acknowledged actions: "
        f"{report.lost} marks lost, {report.corrupt} databases corrupt"
    )
    return 1 if report.lost or report.corrupt else 0


def kill_often(path: Path, runs: int, seed: int) -> Report:
    """Let `runs` readers work on the database at `path`, one after the other, and kill each."""
    chance = random.Random(seed)
    report, known = Report(), dict.fromkeys(KEYS, (False, False, ""))
    for _ in range(runs):
        told = _run_and_kill(path, chance)
        report.runs += 1
        _judge(path, told, known, report)
    return report


def _run_and_kill(path: Path, chance: random.Random) -> list[Told]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    victim = context.Process(target=read_for_ever, args=(path, chance.random(), theirs), daemon=True)
    victim.start()
    theirs.close()
    try:
        # One in four dies while it starts: when it makes, checks or loads the database.
        if chance.random() < 0.75:
            ours.poll(PATIENCE)
            time.sleep(chance.uniform(0, 0.15))
        else:
            time.sleep(chance.uniform(0.1, 0.5))
    finally:
        victim.kill()
        victim.join()
    return list(_all_told(ours))


def _all_told(connection: Connection) -> list[Told]:
    told: list[Told] = []
    while True:
        try:
            told.append(msgspec.json.decode(connection.recv_bytes(), type=Told))
        except (EOFError, OSError, msgspec.DecodeError):
            return told


def _judge(path: Path, told: list[Told], known: Known, report: Report) -> None:
    for each in told:
        if each.acknowledged:
            known.update(each.known)
            report.acknowledged += 1
    in_doubt = set(told[-1].known) if told and not told[-1].acknowledged else set()
    store = SqliteStore(path, lambda notice: None, lambda keys: None).start()
    assert store.wait_ready(PATIENCE)
    found = _known(store, KEYS)
    store.close(PATIENCE)
    report.lost += sum(found[key] != known[key] for key in KEYS if key not in in_doubt)
    report.corrupt += len(list(path.parent.glob("*.corrupt-*"))) + (not is_sound(path))
    known.update(found)


def is_sound(path: Path) -> bool:
    """Whether a database is whole."""
    with closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def _known(store: Store, keys: list[str]) -> Known:
    marks = store.marks
    return {key: (marks.is_read(key), marks.is_starred(key), marks.note(key)) for key in keys}


def read_for_ever(path: Path, seed: float, connection: Connection) -> None:
    """The victim: one action after the other, each told before and after."""
    chance = random.Random(seed)
    store = SqliteStore(path, lambda notice: None, lambda keys: None).start()
    store.wait_ready(PATIENCE)
    while True:
        steps = store.contents().steps
        undo = bool(steps) and chance.random() < 0.25
        keys = [change.key for change in steps[-1].marks] if undo else chance.sample(KEYS, chance.choice((1, 1, 60)))
        connection.send_bytes(msgspec.json.encode(Told(False, _known(store, keys))))
        if undo:
            store.undo()
        else:
            _act(store, keys, chance)
        if store.flush(PATIENCE):
            connection.send_bytes(msgspec.json.encode(Told(True, _known(store, keys))))


def _act(store: Store, keys: list[str], chance: random.Random) -> None:
    kind, on = chance.randrange(3), chance.random() < 0.6
    if kind == 0:
        store.mark_read(keys, on, coverage={key: [f"{key}/{chance.randrange(50)}"] for key in keys})
    elif kind == 1:
        store.star(keys, on)
    else:
        store.write_note(keys[0], f"note {chance.random()}" if on else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
