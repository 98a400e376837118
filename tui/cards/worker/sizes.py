"""How much is read at once: the files of a batch, and the processes that read on this machine."""

import os
import sys
from typing import Final

FIRST_BATCH: Final = 256
"""Files in the first batch: more than any screen shows."""
LATER_BATCH: Final = 256
"""Files in each later batch: so few that whoever unpacks them keeps nobody waiting."""
WORTH_HELP: Final = 512
"""Files behind the first that are read in several processes: fewer are read before the others have begun."""
SOON_IN_ORDER: Final = 20_000
"""Files that are put in order so soon that several processes may read the first of them, too."""
MOST_HELPERS: Final = 4
"""Processes that read at once."""
PATIENCE: Final = 0.25
"""Seconds for which the first file of a batch waits for others at most, for these may be slow to read."""


def helpers_for_cores() -> int:
    """How many processes should read at once on this machine; 0 where there is but one core, and on macOS.

    Of more than two cores one is left to the process that shows the stories.
    """
    if sys.platform == "darwin":  # its libraries may have threads of their own, and crash in a process that was forked
        return 0
    return min(max(cores() - 1, 2), MOST_HELPERS) if cores() > 1 else 0


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
