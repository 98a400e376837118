"""Runs in a process of its own what `newsdeck bench` measures without a terminal; prints one line of JSON.

Arguments are the name of the probe, then paths. Moments are those of `time.monotonic`, which all processes share.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

FIRST_STORIES: Final = 256
"""The stories that are to be there soon."""

_MAXRSS_UNIT: Final = 1 if sys.platform == "darwin" else 1024


def probe_load(paths: Sequence[str]) -> Mapping[str, float]:
    """Load a folder as the reader does: when the `first` stories were there, the `stories`, the worker's `memory`."""
    from tui.cards.process import start_worker

    root = Path(paths[0])
    worker = start_worker(root)  # before anything else, as in the reader
    from tui.cards.loader import FolderLoader

    first = 0.0
    stories = problems = 0
    for batch in FolderLoader(root, worker).batches():
        stories += len(batch.stories)
        problems += len(batch.problems)
        if not first and (stories >= FIRST_STORIES or batch.done == batch.total):
            first = time.monotonic()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _MAXRSS_UNIT
    return {"first": first, "stories": stories, "problems": problems, "memory": memory}


def probe_session(paths: Sequence[str]) -> Mapping[str, float]:
    """Open a folder as the reader does: seconds until all stories were there (`ready`), until nothing came (`valid`).

    Both are counted without the start of the interpreter and the loading of modules.
    """
    from tui.config.settings import Settings
    from tui.programs import Programs
    from tui.session import Session

    told: list[tuple[float, int]] = []
    session = Session(Path(paths[0]), Settings(), Programs(os.environ))
    began = time.monotonic()
    session.prefetch()
    session.load(lambda deck, *_more: told.append((time.monotonic() - began, len(deck))))
    session.close()
    stories = told[-1][1]
    return {"ready": min(moment for moment, count in told if count == stories), "valid": told[-1][0]}


def probe_naive(paths: Sequence[str]) -> Mapping[str, float]:
    """The floor of a cold load: `frontmatter.load` for each file; `seconds` without the start, and `files` refused."""
    import frontmatter

    began = time.monotonic()
    refused = 0
    for path in paths:
        try:
            frontmatter.load(path)
        except Exception:
            refused += 1
    return {"seconds": time.monotonic() - began, "refused": refused}


_PROBES: Final[Mapping[str, Callable[[Sequence[str]], Mapping[str, float]]]] = {
    "load": probe_load,
    "session": probe_session,
    "naive": probe_naive,
}


if __name__ == "__main__":
    print(json.dumps(_PROBES[sys.argv[1]](sys.argv[2:])))  # noqa: T201  read by the process that started this one
