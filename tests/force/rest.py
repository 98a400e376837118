"""The processor that the reader and its worker take while nothing happens; one round is a second."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.force import Found, Watch
from tests.hostile.left import descendants
from tests.hostile.shell import reader_of_shell
from tests.journeys.folders import Cards

DEFAULT = 60
SHORT = None
"""The test command does not wait for time to pass."""
MOST = 0.003
_SETTLED = 5.0


def run(rounds: int, _watch: Watch) -> Found:
    """Whether it is more than it may be."""
    with TemporaryDirectory() as home, reader_of_shell(Cards(Path(home) / "cards").root, Path(home)) as reader:
        reader.terminal.wait_for("1 of 12")
        reader.terminal.rest(_SETTLED)
        processes = {reader.process} | descendants(reader.process)
        before, began = _seconds(processes), time.monotonic()
        written = len(reader.terminal.output)
        reader.terminal.read_for(rounds)
        share = (_seconds(processes) - before) / (time.monotonic() - began)
        written = len(reader.terminal.output) - written
    faults = [f"{share:.2%} of a processor"] if share > MOST else []
    faults += [f"{written} bytes were written"] if written else []
    return Found(f"{share:.3%} of a processor for {len(processes)} processes", faults)


def _seconds(processes: set[int]) -> float:
    """The processor time of processes so far, all their threads together, as the scheduler counts it."""
    tasks = (task for process in processes for task in Path(f"/proc/{process}/task").iterdir())
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
