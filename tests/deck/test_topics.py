"""Topics are a tree with one spelling each; counts go up to the broader ones."""

from hypothesis import given
from hypothesis import strategies as st

from tests.deck.test_deck import deck_of
from tests.stories import story
from tui.deck.topics import TopicTree, topic_key
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


NAMES = st.sampled_from(["AI", "ai", "Ai", "Cloud", "Vision", "VISION", "Data"])
DECLARED = st.lists(st.builds(Topic, NAMES, st.sampled_from(["", "AI", "cloud", "Vision", "Nowhere"])), max_size=5)


@given(DECLARED, st.dictionaries(NAMES, st.integers(1, 3)))
def test_every_spelling_leads_to_one_name(topics: list[Topic], spellings: dict[str, int]) -> None:
    tree = TopicTree(topics, spellings)
    declared = {topic_key(topic.name): topic.name for topic in reversed(topics)}
    for name in {*spellings, *(topic.name for topic in topics)}:
        shown = tree.name(name)
        assert topic_key(shown) == topic_key(name)
        assert tree.name(shown) == tree.name(name.upper()) == shown
        if topic_key(name) in declared:
            assert shown == declared[topic_key(name)]
        else:
            uses = {each: count for each, count in spellings.items() if topic_key(each) == topic_key(name)}
            assert spellings[shown] == max(uses.values())
    assert tree.name("Unheard of") == "Unheard of"


@given(DECLARED, st.dictionaries(NAMES, st.integers(1, 9)))
def test_the_tree_shows_each_topic_with_stories_once_below_its_parent_and_the_fullest_first(
    topics: list[Topic], spellings: dict[str, int]
) -> None:
    tree = TopicTree(topics, spellings)
    counts = {topic_key(tree.name(name)): count for name, count in spellings.items()}
    for name in spellings:
        for key in tree.lineage(name):  # a broader topic has the stories of those below it
            counts[key] = max(counts.get(key, 0), counts[topic_key(name)])
    nodes = tree.nodes(counts)
    assert sorted(topic_key(node.name) for node in nodes) == sorted(counts)
    path: list[str] = []
    for node in nodes:
        key = topic_key(node.name)
        path[node.depth :] = [key]
        assert node.count == counts[key]
        assert tuple(reversed(path)) == tree.lineage(node.name)
    for place, node in enumerate(nodes):
        later = nodes[place + 1 :]
        end = next((at for at, other in enumerate(later) if other.depth < node.depth), len(later))
        siblings = [other for other in later[:end] if other.depth == node.depth]
        assert all(other.count <= node.count for other in siblings)


def test_a_topic_nobody_knows_is_its_own_only_lineage() -> None:
    assert TopicTree(TREE).lineage("Space Travel") == ("space travel",)
    assert TopicTree(TREE).lineage("STORAGE") == ("storage", "azure", "cloud")
