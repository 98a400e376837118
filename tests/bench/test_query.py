"""The figures of the bench are of what it says."""

from itertools import count

from tests.deck.search.reference import TREE
from tests.deck.search.test_find import story
from tui.bench.query import QUERIES, bench_queries, varied
from tui.deck.query.parse import parse
from tui.model import Coverage

DECK = [story(number, f"Azure cloud number {number}", related=(Coverage("Azure"),)) for number in range(10)]


def test_every_letter_of_every_query_is_timed() -> None:
    ticks = count()
    times = bench_queries(DECK, TREE, ("az", "cloud"), timer=lambda: float(next(ticks)))
    assert (times.stories, times.keystrokes) == (10, 7)
    assert (times.median, times.p95, times.longest, times.build_seconds) == (1000, 1000, 1000, 1)
    assert times.memory is None


def test_memory_is_measured_when_asked() -> None:
    assert bench_queries(DECK, TREE, ("a",), measure_memory=True).memory


def test_the_usual_queries_are_twenty_and_free_of_errors() -> None:
    assert len(QUERIES) == 20
    assert [parse(query).errors for query in QUERIES] == [()] * 20


def test_a_deck_is_multiplied_in_deck_order_and_always_the_same() -> None:
    made = varied(DECK, 35)
    assert made == varied(DECK, 35)
    assert len({each.id for each in made}) == 35
    times = [each.published_at.timestamp() for each in made if each.published_at]
    assert times == sorted(times, reverse=True)
    assert len({each.related[0].title for each in varied(DECK, 300)}) > 1


def test_nothing_makes_nothing() -> None:
    assert varied([], 100) == []
