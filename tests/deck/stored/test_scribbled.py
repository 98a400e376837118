"""A cache whose checksums are right and whose content is not is damaged, and nothing worse."""

import random
from array import array
from types import MappingProxyType

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deck.stored.blocks import Blocks, analysed
from tests.deck.stored.scribbled import found_by, read_all, scribbled
from tests.deck.test_deck import deck_of
from tests.stories import story
from tui.deck.stored.snapshot import open_snapshot, snapshot_blocks
from tui.model import Coverage

RELATED = (Coverage(title="The same elsewhere", url="https://example.org/b"),)
STORIES = [story(id=f"ai/{n}.md", url=f"https://example.com/{n}", outlet="CNN", related=RELATED) for n in range(5)]
WHOLE, EVENTS = analysed(deck_of(*STORIES))
BLOCKS = MappingProxyType(snapshot_blocks(WHOLE.deck, WHOLE.index, EVENTS))


@settings(deadline=None, max_examples=150)
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
