"""Runs in a process of its own what `newsdeck bench` measures without a terminal; prints one line of JSON.

Arguments are the name of the probe, then paths. Moments are those of `time.monotonic`, which all processes share.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

FIRST_STORIES: Final = 256
"""The stories that are to be there soon."""

_MAXRSS_UNIT: Final = 1 if sys.platform == "darwin" else 1024
_ROWS: Final = 40


def probe_load(paths: Sequence[str]) -> Mapping[str, float]:
    """Load a folder that no cache knows, as the reader does.

    Reports the moment when the `first` stories were there and that when all were (`done`); the `stories`, the
    `problems`, and the `memory` in bytes that the worker had at most.
    """
    from tui.cards.worker.process import WorkerStart, start_worker

    start = WorkerStart(Path(paths[0]))
    worker = start_worker(start)  # before anything else, as in the reader
    from tui.cards.worker.feed import Batch, CardFeed

    first = 0.0
    stories = problems = 0
    with CardFeed(start, worker) as feed:
        for batch in feed.news(lambda: False):
            assert isinstance(batch, Batch), "nothing else comes until all cards were read"
            stories += batch.count
            problems += len(batch.problems)
            if not first and (stories >= FIRST_STORIES or batch.done == batch.total):
                first = time.monotonic()
            if batch.done == batch.total:
                break
        done = time.monotonic()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _MAXRSS_UNIT
    return {"first": first, "done": done, "stories": stories, "problems": problems, "memory": memory}


def probe_warm(paths: Sequence[str]) -> Mapping[str, float]:
    """Open a folder with its cache file, as the reader does: `paths` are both.

    Reports the moments when the list could be shown (`ready`) and when every file was compared (`valid`), and the
    seconds of both without the start of this interpreter; in `ready_seconds` there is no loading of modules, either,
    while the worker, which compares, starts and loads its own within `valid_seconds`. Raises UnusableCacheError if
    the cache cannot be used.
    """
    from tui.cache.file import read_cache
    from tui.cards.worker.process import WorkerStart, start_worker

    root, file = Path(paths[0]), Path(paths[1])
    began = time.monotonic()
    cache = read_cache(file, root)
    start = WorkerStart(root, file, cache.token)
    worker = start_worker(start)
    loading = time.monotonic()
    from tui.clock import utc_now
    from tui.deck.stored.snapshot import open_snapshot
    from tui.deck.view import Lister, View

    loaded = time.monotonic() - loading
    snapshot = open_snapshot(cache)
    assert snapshot is not None, "the cache has just been written"
    analysis = snapshot.analysis
    listing = Lister(utc_now).plain(analysis.deck, View(), analysis)
    for doc in listing.docs[:_ROWS]:
        analysis.event(analysis.deck.story(doc).id)
    ready = time.monotonic()
    from tui.cards.worker.feed import CardFeed, Changes

    with CardFeed(start, worker) as feed:
        news = feed.news(lambda: False)
        while not (isinstance(told := next(news), Changes) and told.validated):
            pass
        valid = time.monotonic()
    return {"ready": ready, "valid": valid, "ready_seconds": ready - began - loaded, "valid_seconds": valid - began}


def probe_stat(paths: Sequence[str]) -> Mapping[str, float]:
    """The floor of a warm start: list all folders, ask for the facts of each file.

    Reports the `seconds` that this took, and the moment when it was `done`.
    """
    from tui.bench.floors import scan_and_stat

    seconds = scan_and_stat(Path(paths[0]))
    return {"seconds": seconds, "done": time.monotonic()}


def probe_naive(paths: Sequence[str]) -> Mapping[str, float]:
    """The floor of a cold load: `frontmatter.load` for each file.

    Reports the `seconds` that these took, the moment when it was `done`, and how many files were `refused`.
    """
    import frontmatter

    began = time.monotonic()
    refused = 0
    for path in paths:
        try:
            frontmatter.load(path)
        except Exception:
            refused += 1
    done = time.monotonic()
    return {"seconds": done - began, "done": done, "refused": refused}


def probe_events(paths: Sequence[str]) -> Mapping[str, float]:
    """Find the events of a folder: the processor's `seconds` without reading it, and the moment when it was `done`."""
    from tui.cards.worker.batches import load
    from tui.deck.events.build import build_events

    stories = [story for batch in load(Path(paths[0])) for story in batch.stories]
    began = time.process_time()
    events = build_events(stories)
    seconds = time.process_time() - began
    assert events is not None, "nothing stops it"
    return {"seconds": seconds, "done": time.monotonic()}


_PROBES: Final[Mapping[str, Callable[[Sequence[str]], Mapping[str, float]]]] = {
    "load": probe_load,
    "warm": probe_warm,
    "stat": probe_stat,
    "naive": probe_naive,
    "events": probe_events,
}


if __name__ == "__main__":
    print(json.dumps(_PROBES[sys.argv[1]](sys.argv[2:])))  # noqa: T201  read by the process that started this one
