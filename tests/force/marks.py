"""The store of marks in processes killed by signal 9 at random moments: what was acknowledged is on disk."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.force import Found, Watch
from tests.state.kill_nine import kill_often

DEFAULT = 200
SHORT = 2


def run(rounds: int, _watch: Watch) -> Found:
    """What was lost or damaged by so many kills."""
    with TemporaryDirectory() as folder:
        report = kill_often(Path(folder) / "state" / "state.db", rounds, seed=0)
    faults = [f"{report.lost} of {report.acknowledged} acknowledged marks lost"] if report.lost else []
    faults += [f"{report.corrupt} databases corrupt"] if report.corrupt else []
    return Found(f"{report.acknowledged} acknowledged marks, {report.lost} lost, {report.corrupt} corrupt", faults)
