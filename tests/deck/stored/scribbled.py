"""A stored deck whose blocks hold other bytes than were written, under checksums that are right."""

import random
from collections.abc import Mapping

from tests.deck.stored.blocks import Blocks
from tui.deck.lookup import Lookup, stem_of, url_key
from tui.deck.stored.snapshot import open_snapshot
from tui.errors import DamagedCacheError
from tui.model import Story

READ_IN_PLACE = ("deck.ids", "deck.stems", "deck.urls", "deck.outlets", "deck.stories", "deck.coverage")


def scribbled(blocks: Mapping[str, bytes], draw: random.Random) -> dict[str, bytes]:
    """The blocks with one of those that are read in place cut, scribbled over, or made of noise."""
    name = draw.choice([name for name in blocks if name.startswith(READ_IN_PLACE)])
    block = bytearray(blocks[name])
    match draw.randrange(3):
        case 0:
            del block[draw.randrange(len(block) + 1) :]
        case 1:
            for _ in range(draw.randint(1, 8)):
                if block:
                    block[draw.randrange(len(block))] = draw.randrange(256)
        case _:
            block = bytearray(draw.randbytes(draw.randrange(64)))
    return {**blocks, name: bytes(block)}


def found_by(lookup: Lookup, story: Story) -> list[int]:
    """Every number that the tables give for what a story is known by."""
    found = lookup.doc(story.id)
    return [
        *([] if found is None else [found]),
        *lookup.docs_of_url(url_key(story)),
        *lookup.docs_of_stem(stem_of(story.id)),
        *lookup.docs_of_outlet(story.outlet.name),
    ]


def read_all(blocks: Mapping[str, bytes]) -> bool:
    """Ask for everything; whether what is damaged was told or nothing was. Any other exception passes."""
    snapshot = open_snapshot(Blocks(blocks))
    if snapshot is None:
        return True
    deck = snapshot.analysis.deck
    assert deck.lookup is not None
    try:
        for doc in range(len(deck)):
            for found in found_by(deck.lookup, deck.story(doc)):
                deck.story(found)
        for found in deck.lookup.removed_docs():
            deck.story(found)
        list(deck.stories)
    except DamagedCacheError:
        return snapshot.damage.found
    return True
