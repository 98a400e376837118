"""How much is unread of what is listed, and of each topic, outlet, kind and month of it: by sets, as one by one."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.deck.test_deck import deck_of
from tests.deck.test_view import analysed
from tests.stories import story
from tui.clock import utc_now
from tui.deck.analysis import Analysis
from tui.deck.changed import changed_analysis, changed_deck
from tui.deck.columns import MarkedDocs, bits_of
from tui.deck.search.facets import UnreadCounts
from tui.deck.topics import topic_key
from tui.deck.view import Lister, Listing, View

Key = TypeVar("Key")

STORIES = [
    story(
        f"{number:02}.md",
        f"2021-0{1 + number % 3}-1{number % 9} 10:00",
        outlet=("One", "Two", "Three")[number % 3],
        topics=(("AI",), ("AI", "Vision"), ())[number % 3],
        kind=("article", "video")[number % 2],
        removed=number == 5,
    )
    for number in range(14)
]
BASE = analysed(deck_of(*STORIES[:10]))
CHANGED = changed_analysis(BASE, changed_deck(BASE.deck, STORIES[9:], [STORIES[0].id, STORIES[3].id]))
DOCS = st.sets(st.integers(0, 9))


def count(listing: Listing, read: set[int], muted: set[int], lister: Lister) -> UnreadCounts:
    size = len(listing.deck)
    return lister.unread(listing, MarkedDocs(bits_of(read, size), muted=bits_of(muted, size)), load=True)


@pytest.mark.parametrize("analysis", [BASE, CHANGED], ids=["deck", "changed deck"])
@given(st.data())
def test_sets_count_what_counting_one_by_one_gives(analysis: Analysis, data: st.DataObject) -> None:
    deck, lister = analysis.deck, Lister(utc_now, UTC)
    docs = st.sets(st.integers(0, len(deck) - 1))
    read, muted = data.draw(docs), data.draw(docs)
    query = data.draw(st.sampled_from(["", "kind:video", "topic:AI", "outlet:One OR outlet:Two", "nothing"]))
    marks = MarkedDocs(muted=bits_of(muted, len(deck)))
    listing = lister.list(analysis, View(query), marks) if query else lister.plain(deck, View(), analysis, marks.muted)
    counts = count(listing, read, muted, lister)
    left = [deck.story(doc) for doc in listing.matching if doc not in read]
    assert counts.listed == len(left)
    everything = {doc for doc, one in enumerate(deck.stories) if not one.removed and doc not in muted | read}
    assert counts.total == len(everything)
    assert {doc for doc in range(len(deck)) if counts.flags[doc]} == everything
    assert counts.facets is not None
    assert_same(counts.facets.outlets, Counter(one.outlet.name for one in left if one.outlet.name))
    assert_same(counts.facets.kinds, Counter(one.kind for one in left))
    assert_same(counts.facets.topics, Counter(topic_key(topic) for one in left for topic in one.topics))
    months = Counter(one.published_at.date().replace(day=1) for one in left if one.published_at)
    assert_same({month.first_day: month.count for month in counts.facets.months}, months)


def assert_same(counts: Mapping[Key, int], expected: "Counter[Key]") -> None:
    assert {name: number for name, number in counts.items() if number} == dict(expected)


def test_facets_wait_for_the_index_unless_there_is_nothing_to_count() -> None:
    deck = changed_deck(BASE.deck, ())  # which knows its times without an index
    analysis = Analysis(deck, lambda: (BASE.index, None), BASE.events, BASE.grouping)
    lister = Lister(utc_now, UTC)
    listing = lister.plain(deck, View(), analysis)
    assert lister.unread(listing, MarkedDocs()).facets is listing.facets
    some = MarkedDocs(read=1 << listing.matching[0])
    assert lister.unread(listing, some).facets is None
    assert not analysis.is_loaded
    assert lister.unread(listing, some, load=True).facets is not None
