"""`newsdeck bench --query`: what a keystroke of a search costs."""

import dataclasses

from tui.cli.context import Context
from tui.cli.layout import Column
from tui.deck.deck import Deck
from tui.deck.search.bench import QueryTimes, bench_queries, varied

_MEGA = 1024 * 1024


def bench_query(context: Context, deck: Deck, stories: int | None) -> None:
    """Type queries letter by letter over the deck, and over `stories` stories made from it, if that was asked for."""
    results = [bench_queries(deck.stories, deck.topics, measure_memory=True)]
    if stories is not None:
        context.output.note(f"making {stories:,} stories")
        results.append(bench_queries(varied(deck.stories, stories), deck.topics))
    if context.options.json:
        context.output.json([dataclasses.asdict(result) for result in results])
        return
    columns = tuple(Column(name, right=True) for name in _COLUMNS)
    context.output.table(columns, [_cells(result) for result in results])


_COLUMNS = ("STORIES", "KEYSTROKES", "MEDIAN MS", "P95 MS", "LONGEST MS", "INDEX S", "INDEX MIB")


def _cells(result: QueryTimes) -> tuple[str, ...]:
    memory = "" if result.memory is None else f"{result.memory / _MEGA:.1f}"
    times = (f"{value:.2f}" for value in (result.median, result.p95, result.longest, result.build_seconds))
    return (f"{result.stories:,}", f"{result.keystrokes:,}", *times, memory)
