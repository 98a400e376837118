"""Topics are a tree with one spelling each; counts go up to the broader ones."""

from hypothesis import given
from hypothesis import strategies as st

from tests.deck.test_deck import deck_of
from tests.stories import story
from tui.deck.topics import TopicTree
from tui.model import Topic

TREE = (Topic("Cloud"), Topic("Azure", "Cloud"), Topic("Storage", "Azure"), Topic("AI"))


def test_a_story_counts_once_for_each_broader_topic() -> None:
    deck = deck_of(
        story("a.md", topics=("Storage", "Azure")), story("b.md", topics=("azure",)), story("c.md", topics=("AI",)),
        topics=TREE,
    )  # fmt: skip
    assert [(node.depth, node.name, node.count) for node in deck.topic_nodes] == [
        (0, "Cloud", 2), (1, "Azure", 2), (2, "Storage", 1), (0, "AI", 1),
    ]  # fmt: skip


def test_a_declared_spelling_wins_and_topics_without_stories_are_left_out() -> None:
    deck = deck_of(story("a.md", topics=("CLOUD",)), story("b.md", topics=("CLOUD",)), topics=TREE)
    assert [node.name for node in deck.topic_nodes] == ["Cloud"]


def test_topics_nobody_declared_come_as_roots_by_their_number() -> None:
    deck = deck_of(*(story(f"{n}.md", topics=("Space",)) for n in range(3)), story("x.md", topics=("Art",)))
    assert [(node.depth, node.name, node.count) for node in deck.topic_nodes] == [(0, "Space", 3), (0, "Art", 1)]


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from(["", *"abcdex"]))))
def test_rings_and_unknown_parents_never_lose_a_topic(pairs: list[tuple[str, str]]) -> None:
    tree = TopicTree(Topic(name, parent) for name, parent in pairs)
    names = {name for name, _parent in pairs}
    assert {node.name for node in tree.nodes(dict.fromkeys(names, 1))} == names
