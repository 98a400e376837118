"""A cache whose checksums are right and whose content is not is damaged, and nothing worse."""

import random
from array import array
from collections.abc import Mapping
from datetime import UTC
from types import MappingProxyType

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deck.stored.blocks import Blocks, analysed
from tests.deck.stored.scribbled import found_by, read_all, scribbled
from tests.deck.test_deck import deck_of
from tests.stories import story
from tui.clock import utc_now
from tui.deck.stored.snapshot import open_snapshot, snapshot_blocks
from tui.deck.view import Lister, View
from tui.errors import DamagedCacheError
from tui.model import Coverage, Outlet

TITLES = ("A robot learns to walk in Paris", "In Paris a robot learns to walk", "Cloud prices fall", "Chips", "Robots")
RELATED = (
    Coverage(title="Robot that learns to walk shown in Paris", url="https://example.org/b"),
    Coverage(title="Clouds", url="https://example.com/2", outlet=Outlet("CNN", "cnn.com")),
)
STORIES = [
    story(
        id=f"ai/{n}.md",
        when=None if n == 4 else f"2020-0{2 - n // 3}-2{n} 10:00",
        title=title,
        url=f"https://example.com/{n}",
        outlet="CNN" if n % 2 else "Reuters",
        topics=("ai", "cloud")[: n % 3],
        excerpt=f"{title}, they say.",
        related=RELATED[: n % 3],
        removed=n == 3,
    )
    for n, title in enumerate(TITLES)
]
WHOLE, EVENTS = analysed(deck_of(*STORIES))
BLOCKS = MappingProxyType(snapshot_blocks(WHOLE.deck, WHOLE.index, EVENTS))


@settings(deadline=None, max_examples=120)
@given(st.integers(0, 2**32))
def test_content_of_no_sense_is_damage(seed: int) -> None:
    assert read_all(scribbled(BLOCKS, random.Random(seed)))


@pytest.mark.parametrize("number", [5, 6, 2**31, 2**32 - 1])
@pytest.mark.parametrize("table", ["ids", "stems", "urls", "outlets"])
def test_a_table_that_tells_of_stories_beyond_the_deck_is_damaged(table: str, number: int) -> None:
    name = f"deck.{table}.values"
    values = array("I", [number] * (len(BLOCKS[name]) // 4)).tobytes()
    assert values
    snapshot = open_snapshot(Blocks({**BLOCKS, name: values}))
    assert snapshot is not None
    deck = snapshot.analysis.deck
    assert deck.lookup is not None
    assert not snapshot.damage.found
    assert all(0 <= doc < 5 for doc in found_by(deck.lookup, deck.story(0)))
    assert snapshot.damage.found


@pytest.mark.parametrize("number", [-1, 5, 2**40])
def test_removed_stories_beyond_the_deck_are_damage(number: int) -> None:
    head = msgspec.msgpack.decode(BLOCKS["deck"])
    head["removed"] = [number]
    assert open_snapshot(Blocks({**BLOCKS, "deck": msgspec.msgpack.encode(head)})) is None


NOBODY = array("I", [2**32 - 1]).tobytes()
NEVER = array("d", [1e300]).tobytes()


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("events.numbers", NOBODY),
        ("events.ahead", NOBODY),
        *(("deck.times.seconds", array("d", [at]).tobytes()) for at in (1e300, -1e300, float("inf"), 2.6e11)),
    ],
)
def test_what_the_first_screen_needs_is_looked_through_before_it_is_used(name: str, first: bytes) -> None:
    assert len(BLOCKS[name]) > len(first)
    assert open_snapshot(Blocks({**BLOCKS, name: first + BLOCKS[name][len(first) :]})) is None
    assert open_snapshot(Blocks({**BLOCKS, name: BLOCKS[name] + BLOCKS[name]})) is None or name == "events.ahead"


def sets(*bits: int) -> bytes:
    return msgspec.msgpack.encode({number: each.to_bytes(40, "little") for number, each in enumerate(bits)})


@pytest.mark.parametrize(
    ("name", "block", "query"),
    [
        ("search.story.title.joined", sets(0), "rob"),
        ("search.traits", sets(*[1 << 300] * 6), "has:link"),
        ("search.topic.dense", sets(1 << 5), "topic:ai"),
        ("search.story.outlet.dense", msgspec.msgpack.encode({99: b"\1"}), "outlet:cnn"),
        ("search.coverage.stories", NOBODY * 2, "in:coverage learns"),
        ("search.story.heat", array("d", [1.0] * 6).tobytes(), "heat:>0"),
        ("search.story.time.seconds", NEVER * 5, "since:2020"),
        ("search.id", msgspec.msgpack.encode(["ai/0.md"] * 6), "id:ai"),
        ("search.story.url", msgspec.msgpack.encode(["https://example.org"] * 4), "url:example"),
        ("search.excerpt.stream", b"123", '"they say"'),
        ("events.columns.outlets", array("d", [9.0] * 9).tobytes(), "outlets:>1"),
        ("events.columns.states", sets(0, 1 << 9, 0), "is:exclusive"),
        ("events.columns.states", sets(0), "is:exclusive"),
    ],
)
def test_a_search_in_what_makes_no_sense_is_damage_that_is_reported(name: str, block: bytes, query: str) -> None:
    snapshot = open_snapshot(Blocks({**BLOCKS, name: block}))
    assert snapshot is not None
    assert not snapshot.damage.found, "nothing of it was looked at"
    with pytest.raises(DamagedCacheError):
        Lister(utc_now, UTC).list(snapshot.analysis, View(query))
    assert snapshot.damage.found


@pytest.fixture(scope="module")
def many() -> Mapping[str, bytes]:
    """The blocks of so many stories that names and words of one alone are listed and not sets."""
    names = [f"rare{n}" for n in range(300)]
    related = [Coverage(title=f"seldom{n}", url=f"https://example.org/{n}") for n in range(300)]
    stories = [
        story(id=f"{name}.md", title=name, excerpt=name, outlet=name, topics=(name,), related=(item,))
        for name, item in zip(names, related, strict=True)
    ]
    whole, events = analysed(deck_of(*stories))
    return snapshot_blocks(whole.deck, whole.index, events)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("search.story.title.rows", "title:rare7"),
        ("search.story.title.ends", "title:rare7"),
        ("search.story.outlet.rows", "outlet:rare7"),
        ("search.topic.rows", "topic:rare7"),
        ("search.excerpt.rows", "rare7"),
        ("search.coverage.ends", "in:coverage seldom7"),
        ("search.coverage.item.title.rows", "in:coverage seldom7"),
    ],
)
def test_rows_beyond_the_deck_are_damage(many: Mapping[str, bytes], name: str, query: str) -> None:
    intact = open_snapshot(Blocks(many))
    assert intact is not None
    assert len(Lister(utc_now, UTC).list(intact.analysis, View(query)).docs)
    snapshot = open_snapshot(Blocks({**many, name: NOBODY * (len(many[name]) // 4)}))
    assert snapshot is not None
    with pytest.raises(DamagedCacheError):
        Lister(utc_now, UTC).list(snapshot.analysis, View(query))
    assert snapshot.damage.found


@pytest.mark.parametrize("size", [0, 4, 6, 2**62])
def test_an_index_of_another_deck_is_damage(size: int) -> None:
    head = msgspec.msgpack.decode(BLOCKS["search"])
    snapshot = open_snapshot(Blocks({**BLOCKS, "search": msgspec.msgpack.encode({**head, "size": size})}))
    assert snapshot is not None
    with pytest.raises(DamagedCacheError):
        snapshot.analysis.load()
    assert snapshot.damage.found


@pytest.mark.parametrize(
    ("pieces", "originals"), [([], []), ([99], []), ([-99], []), ([0, 1], [0]), ([0], [7]), ([2**40], [])]
)
def test_an_event_of_pieces_that_do_not_exist_is_unknown(pieces: list[int], originals: list[int]) -> None:
    record = msgspec.msgpack.encode([pieces, originals])
    count = len(BLOCKS["events.leads"]) // 4
    ends = array("Q", range(0, len(record) * (count + 1), len(record)))
    blocks = {**BLOCKS, "events": record * count, "events.ends": ends.tobytes()}
    snapshot = open_snapshot(Blocks(blocks))
    assert snapshot is not None
    assert snapshot.analysis.event("ai/0.md") is None
    assert snapshot.damage.found


@pytest.mark.parametrize("name", ["keys", "ends", "ranks", "hours", "told", "named", "plain"])
@pytest.mark.parametrize("block", [b"", b"123", b"\xff" * 8])
def test_terms_of_no_sense_leave_the_reason_unsaid(name: str, block: bytes) -> None:
    snapshot = open_snapshot(Blocks({**BLOCKS, f"events.terms.{name}": block}))
    assert snapshot is not None
    events = snapshot.analysis.events
    assert events is not None
    assert events.why(STORIES[1], RELATED[0])
    assert events.why(STORIES[2], RELATED[1])
