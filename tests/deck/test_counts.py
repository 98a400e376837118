"""The numbers beside topics, outlets and kinds stay right while stories come and go."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deck.decks import TOPICS, TREE, cards, folders
from tests.stories import coverage, story
from tui.deck.counts import Counts, Declared, Tally, ranked
from tui.deck.deck import DeckBuilder
from tui.deck.topics import topic_key
from tui.model import Outlet, Story


def counted(stories: list[Story]) -> Counts:
    tally = Tally()
    for each in stories:
        tally.count(each, 1)
    return tally.counts()


@settings(max_examples=50)
@given(folders(), st.data())
def test_counting_out_what_was_counted_in_leaves_no_trace(stories: list[Story], data: st.DataObject) -> None:
    gone = data.draw(st.lists(st.sampled_from(stories), unique_by=lambda each: each.id)) if stories else []
    tally = Tally(counted(stories))
    for each in gone:
        tally.count(each, -1)
    left = counted([each for each in stories if each not in gone])
    assert tally.counts() == left
    assert 0 not in [*left.outlets.values(), *left.kinds.values(), *left.spellings.values()]


@settings(max_examples=50)
@given(folders())
def test_a_broader_topic_has_at_least_the_stories_of_each_below_it(stories: list[Story]) -> None:
    counts = counted(stories).topics(TREE)
    shown = [each for each in stories if not each.removed]
    keys = Counter(key for each in shown for key in {key for topic in each.topics for key in TREE.lineage(topic)})
    assert counts == keys
    assert counts.get("ai", 0) >= counts.get("vision", 0)


@settings(max_examples=50)
@given(st.lists(st.lists(cards(), max_size=4), max_size=4), st.sets(st.sampled_from("abcde")))
def test_a_deck_that_grew_counts_like_one_built_at_once(batches: list[list[Story]], names: set[str]) -> None:
    grown = DeckBuilder(TOPICS)
    left: dict[str, Story] = {}
    for batch in batches:
        grown.add(batch)
        left |= {each.id: each for each in batch}
        grown.deck()
    gone = {f"news/{name}.md" for name in names}
    grown.remove(gone)
    at_once = DeckBuilder(TOPICS)
    at_once.add(each for each in left.values() if each.id not in gone)
    one, other = grown.deck(), at_once.deck()
    assert list(one.stories) == list(other.stories)
    assert one.counts == other.counts
    assert (one.topic_nodes, one.outlets, one.kinds) == (other.topic_nodes, other.outlets, other.kinds)


@given(st.dictionaries(st.text("abAB", min_size=1, max_size=3), st.integers(1, 4)))
def test_the_fullest_stands_first_and_those_with_as_many_by_name(counts: dict[str, int]) -> None:
    entries = ranked(counts)
    assert {each.name: each.count for each in entries} == counts
    assert [each.count for each in entries] == sorted(counts.values(), reverse=True)
    for number in set(counts.values()):
        names = [topic_key(each.name) for each in entries if each.count == number]
        assert names == sorted(names)


def test_what_has_no_outlet_or_kind_is_counted_as_a_story_only() -> None:
    counts = counted([Story("a.md", "A title")])
    assert (counts.shown, counts.outlets, counts.kinds) == (1, {}, {})


def test_an_outlet_without_a_name_is_counted_by_its_domain_or_by_the_host_of_the_link() -> None:
    counts = counted(
        [
            Story("a.md", "A", outlet=Outlet("", "WWW.Wire.example")),
            Story("b.md", "B", url="https://www.wire.example/b?x=1"),
            Story("c.md", "C", url="https://wire.example", outlet=Outlet("The Wire", "wire.example")),
        ]
    )
    assert counts.outlets == {"wire.example": 2, "The Wire": 1}


def test_stories_that_list_what_others_published_are_counted() -> None:
    told = story("a.md", related=(coverage("https://cnet.com/a"),))
    assert counted([told, story("b.md")]).covered == 1
    assert counted([story("b.md")]).covered == 0


def test_a_declared_name_stands_in_only_where_a_card_gives_the_domain_alone() -> None:
    declared = Declared.of((), {"cnn.example": Outlet("CNN", "cnn.example")})
    bare, named = Outlet("", "cnn.example"), Outlet("CNN Money", "cnn.example")
    told = [
        declared.named(Story("a.md", "T", outlet=outlet)).outlet for outlet in (bare, named, Outlet("", "x.example"))
    ]
    assert told == [Outlet("CNN", "cnn.example"), named, Outlet("", "x.example")]
