"""What a worker is given when it is started. Loads next to nothing, for both sides need it first."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tui.cards.format.rules import USUAL_RULES, ReadingRules


class WorkerStart(NamedTuple):
    """What a worker is to follow, and how: `root` is a folder or a card file.

    `cache` is the cache file of that folder; with the `token` of the one that is shown the start is warm. `indexer` is
    the command of a process that writes it anew when a SnapshotRequest comes on its standard input, and prints its
    token on a line; without one, or without `cache`, no snapshots are made. With `leaves_nothing` the folder of the
    cache file is removed once whoever started the worker has ended. `rules` say how the files are read.
    """

    root: Path
    cache: Path | None = None
    token: str = ""
    indexer: tuple[str, ...] = ()
    leaves_nothing: bool = False
    rules: ReadingRules = USUAL_RULES


class Plan(NamedTuple):
    """What one worker does of a start.

    Of a cold load it reports what comes behind the path `last`; if `careful`, each file before it is read, and what
    came of it before the next. Files with an id in `left_out` are not read. `terminal` is the `TerminalState` to bring
    back should whoever started the worker die without a word; empty for none.
    """

    start: WorkerStart
    last: bytes = b""
    careful: bool = False
    left_out: tuple[str, ...] = ()
    terminal: str = ""

    def arguments(self) -> list[str]:
        """The plan as arguments of a command."""
        root, cache, token, indexer, leaves_nothing, rules = self.start
        manners = ["careful" if self.careful else "", "leaves nothing" if leaves_nothing else ""]
        texts = [str(root), str(cache or ""), token, os.fsdecode(self.last), *manners]
        return [*texts, rules.text, self.terminal, str(len(self.left_out)), *self.left_out, *indexer]

    @staticmethod
    def of_arguments(arguments: Sequence[str]) -> "Plan":
        """The plan that these arguments stand for. Raises ValueError."""
        root, cache, token, last, careful, leaves_nothing, rules, terminal, count, *rest = arguments
        left_out, indexer = tuple(rest[: int(count)]), tuple(rest[int(count) :])
        file = Path(cache) if cache else None
        start = WorkerStart(Path(root), file, token, indexer, bool(leaves_nothing), ReadingRules.of_text(rules))
        return Plan(start, os.fsencode(last), bool(careful), left_out, terminal)
