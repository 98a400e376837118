"""A deck that is gathered as bytes is the one that its stories make as values, however they come."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.deck.decks import IDS, LATE, OUTLETS, STEMS, TOPICS, URLS, cards
from tests.stories import coverage, story
from tui.cache.kept import KeptBytes
from tui.cards.worker.wire import Packer, as_bytes
from tui.deck.counts import Declared
from tui.deck.deck import Deck, DeckBuilder
from tui.deck.stored.gathered import DeckGatherer
from tui.deck.view import Lister, View
from tui.model import Outlet, Story
from tui.session.gathering import add_packed

NAMED = Declared(TOPICS, {"example.org": "The Example", "cnn.example": "Cable News"})


class Senders:
    """Several processes that read cards, each with what it has packed before."""

    def __init__(self, gatherer: DeckGatherer) -> None:
        self._gatherer = gatherer
        self._packers = {source: Packer(source) for source in range(3)}

    def send(self, stories: list[Story], source: int = 0) -> None:
        add_packed(self._gatherer, as_bytes(self._packers[source].packed(stories)))


def built(batches: list[tuple[int, list[Story]]], declared: Declared) -> Deck:
    builder = DeckBuilder(declared=declared)
    for _, stories in batches:
        builder.add(stories)
    return builder.deck()


def says_the_same(one: Deck, other: Deck) -> None:
    assert list(one.stories) == list(other.stories) == [one.story(doc) for doc in range(len(one))]
    assert list(one.stories[1:-1]) == list(other.stories[1:-1])
    assert [each.id for each in one.heads()] == [each.id for each in other.stories]
    assert [structs.replace(each, related=()) for each in other.heads()] == list(one.heads())
    assert one.counts == other.counts
    assert one.topic_nodes == other.topic_nodes
    assert list(one.removed) == list(other.removed)
    assert list(one.all_times.seconds[: one.all_times.dated]) == list(other.all_times.seconds[: other.all_times.dated])
    assert (one.all_times.dated, one.all_times.exact) == (other.all_times.dated, other.all_times.exact)
    assert [one.doc(each) for each in (*IDS, "")] == [other.doc(each) for each in (*IDS, "")]
    assert [one.find_url(each) for each in URLS] == [other.find_url(each) for each in URLS]
    assert [one.urls_of(each) for each in OUTLETS] == [other.urls_of(each) for each in OUTLETS]
    stems = [list(deck.found_by.docs_of_stem(stem)) for deck in (one, other) for stem in STEMS]
    assert stems[: len(STEMS)] == stems[len(STEMS) :]


BATCHES = st.lists(st.tuples(st.integers(0, 2), st.lists(cards(), max_size=4)), max_size=5)


@settings(deadline=None, max_examples=100)
@given(BATCHES, st.sampled_from((Declared(TOPICS), NAMED)), st.sampled_from((0, 200, 10_000)))
def test_it_says_what_a_deck_of_values_says_while_and_after_it_is_gathered(
    tmp_path_factory: pytest.TempPathFactory, batches: list[tuple[int, list[Story]]], declared: Declared, in_memory: int
) -> None:
    gatherer = DeckGatherer(KeptBytes(tmp_path_factory.mktemp("kept"), in_memory), Declared(TOPICS))
    senders = Senders(gatherer)
    for number, (source, stories) in enumerate(batches, 1):
        senders.send(stories, source)
        says_the_same(gatherer.deck(), built(batches[:number], Declared(TOPICS)))
    says_the_same(gatherer.deck(declared), built(batches, declared))
    assert set(gatherer.ids) == {each.id for _, stories in batches for each in stories}


def gathered(*stories: Story, kept: KeptBytes | None = None) -> tuple[DeckGatherer, Deck]:
    gatherer = DeckGatherer(kept or KeptBytes(None), Declared())
    Senders(gatherer).send(list(stories))
    return gatherer, gatherer.deck()


def test_a_deck_stays_as_it_was_when_more_is_gathered() -> None:
    gatherer, before = gathered(story("b.md", "2020-01-02 10:00"))
    Senders(gatherer).send([story("a.md", "2020-01-03 10:00"), story("c.md", "2020-01-01 10:00")])
    after = gatherer.deck()
    assert [each.id for each in before.stories] == ["b.md"]
    assert (before.doc("a.md"), before.doc("b.md"), before.doc("c.md")) == (None, 0, None)
    assert [after.doc(name) for name in ("a.md", "b.md", "c.md")] == [0, 1, 2]


def test_it_is_listed_as_a_deck_of_values_is() -> None:
    stories = [story(f"{name}.md", f"2020-01-0{day} 10:00", removed=day == 2) for day, name in enumerate("abcd", 1)]
    _, deck = gathered(*stories)
    lister = Lister(lambda: LATE)
    listed = lister.plain(deck, View())
    assert [deck.story(doc).id for doc in listed.docs] == ["d.md", "c.md", "a.md"]


def test_outlets_get_the_names_that_are_declared_last() -> None:
    nameless = structs.replace(story("a.md"), outlet=Outlet("", "cnn.example"))
    gatherer, before = gathered(nameless)
    after = gatherer.deck(NAMED)
    assert (before.story(0).outlet.name, after.story(0).outlet.name) == ("", "Cable News")
    assert [outlet.name for outlet in after.outlets] == ["Cable News"]


def test_equal_pieces_are_one_object_where_all_stories_are_gone_through() -> None:
    piece = coverage("https://cnet.com/a", "2020-02-26 10:00")
    gatherer = DeckGatherer(KeptBytes(None), Declared())
    senders = Senders(gatherer)
    senders.send([story("a.md", related=(piece,))], 1)
    senders.send([story("b.md", related=(structs.replace(piece),))], 2)
    one, other = gatherer.deck().stories
    assert one.related[0] is other.related[0]


def test_a_single_item_of_a_story_is_found() -> None:
    first, second = coverage("https://cnet.com/a"), coverage("https://cnet.com/b")
    _, deck = gathered(story("a.md", related=(first, second)), story("b.md", related=(second,)))
    stories = deck.stories
    assert [stories.item_of(0, 1), stories.item_of(1, 0)] == [second, second]  # type: ignore[attr-defined]
    with pytest.raises(IndexError):
        stories.item_of(1, 1)  # type: ignore[attr-defined]


def test_what_lists_coverage_that_never_came_is_refused() -> None:
    packer, gatherer = Packer(1), DeckGatherer(KeptBytes(None), Declared())
    packer.packed([story("a.md", related=(coverage("https://cnet.com/a"), coverage("https://cnet.com/b")))])
    packed = as_bytes(packer.packed([story("b.md", related=(coverage("https://cnet.com/c"),))]))
    with pytest.raises(ValueError, match="never sent"):
        add_packed(gatherer, structs.replace(packed, anew=True))


def test_of_what_cannot_be_read_any_more_a_stand_in_is_shown_and_it_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gatherer, deck = gathered(story("a.md"), kept=KeptBytes(tmp_path, in_memory=0))
    monkeypatch.setattr(os, "pread", lambda file, size, place: b"")
    assert "being read again" in deck.story(0).title
    assert gatherer.damage.found
