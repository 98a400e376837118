"""A stored deck whose blocks hold other bytes than were written, under checksums that are right."""

import math
import random
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import msgspec

from tests.deck.stored.blocks import Blocks
from tui.deck.analysis import Analysis
from tui.deck.changed import changed_analysis, changed_deck
from tui.deck.deck import Deck
from tui.deck.lookup import Lookup, stem_of, url_key
from tui.deck.search.sorting import SORTS, Sort
from tui.deck.stored.snapshot import open_snapshot
from tui.deck.view import Lister, Listing, View
from tui.errors import DamagedCacheError
from tui.model import Story

QUERIES = (
    "robot",
    "rob",
    '"learns to"',
    "topic:ai -outlet:cnn",
    "kind:article domain:example.org",
    "in:coverage learns",
    "coverage:>0 quality:>=10",
    "since:2020-02",
    "is:undated OR is:removed OR is:first OR is:unpublished",
    "outlets:>1 has:link",
    "url:example.org id:ai",
    "title:robot heat:<5",
)
VIEWS = (
    *map(View, QUERIES),
    *(View("", Sort(name), grouped=False) for name in SORTS),
    View("learns", expanded=frozenset({"ai/0.md"})),
)


EXTREMES = tuple(
    struct.pack("=" + kind, number)
    for kind, numbers in (
        ("I", (0, 1, 2**31, 2**32 - 1)),
        ("Q", (0, 2**31, 2**63, 2**64 - 1)),
        ("d", (math.nan, math.inf, -math.inf, -0.0, 1e300, -1e12, 1e12)),
    )
    for number in numbers
)
VALUES: tuple[object, ...] = (
    None,
    True,
    -1,
    0,
    2**31,
    2**63,
    math.nan,
    "",
    "word",
    "\ud7ff",
    b"",
    b"\xff" * 40,
    [],
    {},
    {0: b""},
    [[]],
)


def scribbled(blocks: Mapping[str, bytes], draw: random.Random) -> dict[str, bytes]:
    """The blocks with one of them cut, scribbled over, made of noise, or with a number or value of its own changed."""
    name = draw.choice(list(blocks))
    block = bytearray(blocks[name])
    match draw.randrange(5):
        case 0:
            del block[draw.randrange(len(block) + 1) :]
        case 1:
            for _ in range(draw.randint(1, 8)):
                if block:
                    block[draw.randrange(len(block))] = draw.randrange(256)
        case 2:
            number = draw.choice(EXTREMES)
            at = draw.randrange(len(block) // len(number) + 1) * len(number)
            block[at : at + draw.choice((0, len(number)))] = number
        case 3:
            with suppress(ValueError):
                block = bytearray(msgspec.msgpack.encode(altered(msgspec.msgpack.decode(block), draw)))
        case _:
            block = bytearray(draw.randbytes(draw.randrange(64)))
    return {**blocks, name: bytes(block)}


def altered(value: object, draw: random.Random) -> object:
    """The value with something in it, or all of it, in the place of which something else stands."""
    if not isinstance(value, (list, dict)) or not value or draw.random() < 0.1:
        return draw.choice(VALUES)
    keys: list[object] = list(value) if isinstance(value, dict) else list(range(len(value)))
    key: Any = draw.choice(keys)
    match draw.randrange(4):
        case 0:
            del value[key]
        case 1 if isinstance(value, list):
            value.insert(key, draw.choice(VALUES))
        case 1 if isinstance(value, dict):
            value[draw.choice((-1, 3, 2**40, "x"))] = value[key]
        case _:
            value[key] = altered(value[key], draw)
    return value


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
    """Ask for everything; whether nothing was damaged, or it was reported. Any other exception passes."""
    snapshot = open_snapshot(Blocks(blocks))
    if snapshot is None:
        return True
    for ask in questions(snapshot.analysis):
        try:
            ask()
        except DamagedCacheError:
            if not snapshot.damage.found:
                return False
    return True


def questions(analysis: Analysis) -> Iterator[Callable[[], object]]:
    """All that can be asked of an analysis, one after another."""
    deck, lister = analysis.deck, Lister(lambda: datetime(2020, 3, 1, tzinfo=UTC), UTC)
    yield lambda: list(deck.stories)
    yield lambda: [*map(deck.story, deck.removed), deck.topic_nodes, deck.outlets, deck.kinds]
    for doc in range(len(deck)):
        yield lambda doc=doc: looked_up(deck, doc)  # type: ignore[misc]
        yield lambda doc=doc: events_of(analysis, deck.story(doc))  # type: ignore[misc]
    for view in (View(), View(grouped=False)):
        yield lambda view=view: shown(lister.plain(deck, view, analysis))  # type: ignore[misc]
    for view in VIEWS:
        yield lambda view=view: shown(lister.list(analysis, view))  # type: ignore[misc]
    for key in ("topic", "outlet", "domain", "kind"):
        yield lambda key=key: lister.values(analysis, key)  # type: ignore[misc]
    yield lambda: lister.find_date(lister.list(analysis, View()), "2020-02")
    yield lambda: lister.find_date(lister.plain(deck, View(), analysis), "2020-02")
    yield lambda: shown(lister.list(after_changes(analysis), View("learns")))
    yield lambda: shown(lister.plain(after_changes(analysis).deck, View(), after_changes(analysis)))
    yield analysis.load


def after_changes(analysis: Analysis) -> Analysis:
    """What is known when one card was removed, one changed and one came."""
    came = [Story(id="ai/1.md", title="A robot learns to sing"), Story(id="ai/9.md", title="New")]
    return changed_analysis(analysis, changed_deck(analysis.deck, came, {"ai/2.md"}))


def looked_up(deck: Deck, doc: int) -> Iterable[Story]:
    """The stories that are found by what a story is known by."""
    assert deck.lookup is not None
    return [deck.story(found) for found in found_by(deck.lookup, deck.story(doc))]


def events_of(analysis: Analysis, story: Story) -> object:
    """What is known of the event of a story and of all that is related to it."""
    events = analysis.events
    assert events is not None
    return [
        analysis.event(story.id),
        *((events.relation(story, item), events.story_of(item), events.why(story, item)) for item in story.related),
    ]


def shown(listing: Listing) -> object:
    """What is shown of a listing: each row, each story that matches, each count."""
    stories = [listing.deck.story(doc) for doc in (*listing.docs, *listing.matching)]
    return stories, bytes(listing.depths), listing.facets, [listing.row_of(story.id) for story in stories[:3]]
