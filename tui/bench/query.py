"""How long a keystroke in the search field takes, measured; and larger decks to measure it on, made from a real one."""

import random
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from time import perf_counter

import msgspec

from tui.deck.query.parse import parse
from tui.deck.search.find import Search
from tui.deck.search.index import SearchIndex, build_index
from tui.deck.topics import TopicTree
from tui.model import Coverage, Story

QUERIES = (
    "microsoft",
    "azure security",
    "kubernetes",
    "data breach",
    "artificial intelligence",
    "cloud computing",
    '"machine learning"',
    "microsoft teams -video",
    "outlet:zdnet cloud",
    "topic:security is:unread",
    "sql OR database",
    "windows (update OR patch)",
    "face-matching",
    "quality:>50 google",
    "since:2020-01 until:2020-06 health",
    "in:coverage outlet:techcrunch",
    "has:coverage power apps",
    "title:announces",
    "kind:video",
    'on:2020-05 "open source"',
)
"""Twenty queries a reader might type."""


@dataclass(frozen=True, slots=True)
class QueryTimes:
    """Milliseconds a keystroke (parse, match, order, all facet counts) took, and for the index to be made.

    `memory` is in bytes, what the index holds beyond the stories; None where it was not measured.
    """

    stories: int
    keystrokes: int
    median: float
    p95: float
    longest: float
    longest_query: str
    build_seconds: float
    memory: int | None


def bench_queries(
    stories: Sequence[Story],
    topics: TopicTree,
    queries: Sequence[str] = QUERIES,
    *,
    measure_memory: bool = False,
    timer: Callable[[], float] = perf_counter,
) -> QueryTimes:
    """Type `queries` letter by letter over an index of `stories` (in deck order) and time every letter.

    Orders and months are made before the clock starts, as a reader makes them by opening the deck; nothing that a
    letter needs has been asked before. With `measure_memory` the index is made a second time, slowly.
    """
    began = timer()
    index = build_index(stories, topics)
    build_seconds = timer() - began
    if index is None:  # no stop was asked for
        raise ValueError("the index was not made")
    times = sorted(_keystrokes(index, queries, timer))
    longest, text = times[-1]
    return QueryTimes(
        stories=len(stories),
        keystrokes=len(times),
        median=median(time for time, _text in times),
        p95=times[int(len(times) * 0.95)][0],
        longest=longest,
        longest_query=text,
        build_seconds=build_seconds,
        memory=_memory(stories, topics) if measure_memory else None,
    )


def _keystrokes(index: SearchIndex, queries: Sequence[str], timer: Callable[[], float]) -> Iterator[tuple[float, str]]:
    search = Search(index)
    search.find(parse("").expr)
    for query in queries:
        for length in range(1, len(query) + 1):
            text = query[:length]
            began = timer()
            search.find(parse(text).expr)
            yield (timer() - began) * 1000, text


def _memory(stories: Sequence[Story], topics: TopicTree) -> int:
    tracemalloc.start()
    try:
        index = build_index(stories, topics)
        return tracemalloc.get_traced_memory()[0] if index else 0
    finally:
        tracemalloc.stop()


def varied(stories: Sequence[Story], count: int, seed: int = 1) -> list[Story]:
    """`count` stories in deck order, made from copies of `stories` whose words, times and coverage vary.

    Every copy of the whole deck has coverage items of its own, and a fiftieth of all words is new to it, so that
    vocabulary and items grow with the deck. The same arguments give the same stories.
    """
    chance = random.Random(seed)  # noqa: S311  # nothing depends on it being unguessable
    made: list[Story] = []
    words = [word for story in stories for word in story.title.split()] or ["story"]
    for copy in range(count // max(len(stories), 1) + 1 if stories else 0):
        items: dict[Coverage, Coverage] = {}
        for story in stories[: count - len(made)]:
            made.append(_copied(story, copy, words, items, chance))
    return sorted(made, key=lambda story: -(story.published_at.timestamp() if story.published_at else float("-inf")))


def _copied(story: Story, copy: int, words: list[str], items: dict[Coverage, Coverage], chance: random.Random) -> Story:
    def vary(text: str) -> str:
        return " ".join(_word(word, copy, words, chance) for word in text.split(" "))

    def item(piece: Coverage) -> Coverage:
        if piece not in items:
            url = f"{piece.url}?{copy}" if piece.url else ""
            items[piece] = msgspec.structs.replace(piece, title=vary(piece.title), url=url)
        return items[piece]

    shift = timedelta(minutes=chance.randrange(60 * 24 * 60))
    return msgspec.structs.replace(
        story,
        id=f"{copy}/{story.id}",
        title=vary(story.title),
        excerpt=vary(story.excerpt),
        url=f"{story.url}?{copy}" if story.url else "",
        published_at=story.published_at and story.published_at - shift,
        related=tuple(map(item, story.related)),
    )


def _word(word: str, copy: int, words: list[str], chance: random.Random) -> str:
    fate = chance.random()
    if fate < 0.15:
        return chance.choice(words)
    return f"{word}{copy:x}" if fate < 0.17 else word
