"""A cache whose checksums are right and whose content is not is damaged, and nothing worse."""

import random
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deck.stored.blocks import analysed
from tests.deck.stored.scribbled import read_all, scribbled
from tests.deck.test_deck import deck_of
from tests.stories import story
from tui.deck.stored.snapshot import snapshot_blocks
from tui.model import Coverage

RELATED = (Coverage(title="The same elsewhere", url="https://example.org/b"),)
WHOLE, EVENTS = analysed(deck_of(*(story(id=f"ai/{n}", outlet="CNN", related=RELATED) for n in range(5))))
BLOCKS = MappingProxyType(snapshot_blocks(WHOLE.deck, WHOLE.index, EVENTS))


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 2**32))
def test_content_of_no_sense_is_damage(seed: int) -> None:
    assert read_all(scribbled(BLOCKS, random.Random(seed)))
