"""The deck keeps stories in order, finds them and counts them."""

import pytest

from tests.stories import coverage, story
from tui.deck.deck import Deck, DeckBuilder, coverage_count
from tui.model import Outlet, Story, Topic


def deck_of(*stories: Story, topics: tuple[Topic, ...] = ()) -> Deck:
    builder = DeckBuilder(topics)
    builder.add(stories)
    return builder.deck()


def ids(deck: Deck) -> list[str]:
    return [entry.id for entry in deck.stories]


def test_newest_story_comes_first_and_undated_ones_last() -> None:
    deck = deck_of(story("undated.md", None), story("old.md", "2019-01-01 10:00"), story("new.md", "2021-01-01 10:00"))
    assert ids(deck) == ["new.md", "old.md", "undated.md"]


def test_stories_of_the_same_moment_keep_one_order_however_they_arrive() -> None:
    one, two = story("a.md"), story("b.md")
    assert ids(deck_of(one, two)) == ids(deck_of(two, one))


def test_a_story_is_found_by_id_and_by_any_form_of_its_url() -> None:
    deck = deck_of(story("a.md", url="https://www.example.org/news/?utm_source=feed"))
    assert deck.find("a.md") is not None
    assert deck.find("b.md") is None
    assert deck.find_url("http://www.example.org/news") is not None
    assert deck.find_url("https://www.example.org/other") is None
    assert deck.find_url("") is None


def test_of_two_cards_with_one_url_the_newest_is_found() -> None:
    url = "https://example.org/same"
    deck = deck_of(story("old.md", "2019-01-01 10:00", url=url), story("new.md", "2021-01-01 10:00", url=url))
    found = deck.find_url(url)
    assert found is not None
    assert found.id == "new.md"


def test_repeats_and_the_story_itself_count_as_no_coverage() -> None:
    own = "https://example.org/lead"
    deck = deck_of(
        story(
            "lead.md",
            url=own,
            related=(
                coverage(own, "2020-02-26 10:00"),
                coverage("https://cnet.com/a?utm_medium=rss", "2020-02-26 10:00"),
                coverage("https://cnet.com/a", "2020-02-26 10:00"),
            ),
        )
    )
    lead = deck.story(0)
    assert coverage_count(lead) == 1


def test_the_same_piece_under_many_stories_is_kept_once() -> None:
    deck = deck_of(
        story("a.md", related=(coverage("https://cnet.com/a", "2020-02-26 10:00"),)),
        story("b.md", related=(coverage("https://cnet.com/a", "2020-02-26 10:00"),)),
    )
    assert deck.stories[0].related[0] is deck.stories[1].related[0]


def test_pieces_with_one_url_but_other_texts_stay_apart() -> None:
    deck = deck_of(
        story("a.md", related=(coverage("https://cnet.com/a", title="One"),)),
        story("b.md", related=(coverage("https://cnet.com/a", title="Two"),)),
    )
    assert {entry.related[0].title for entry in deck.stories} == {"One", "Two"}


def test_counts_leave_out_removed_stories_and_follow_changes() -> None:
    builder = DeckBuilder()
    builder.add(
        [
            story("a.md", outlet="CNET", kind="video"),
            story("b.md", outlet="CNET"),
            story("c.md", outlet="ZDNet", removed=True),
        ]
    )
    deck = builder.deck()
    assert [(entry.name, entry.count) for entry in deck.outlets] == [("CNET", 2)]
    assert {entry.name: entry.count for entry in deck.kinds} == {"video": 1, "article": 1}
    assert deck.shown_count == 2
    builder.remove(["a.md", "unknown.md"])
    builder.add([story("b.md", outlet="ZDNet")])
    after = builder.deck()
    assert [(entry.name, entry.count) for entry in after.outlets] == [("ZDNet", 1)]
    assert len(deck) == 3, "a deck never changes"


def test_an_outlet_without_a_name_gets_it_from_the_folder() -> None:
    builder = DeckBuilder((), {"example.org": Outlet("Example News", "example.org")})
    builder.add([story("a.md", outlet="")])
    assert builder.deck().story(0).outlet.name == "Example News"


@pytest.mark.parametrize("order", [("AI", "ai", "ai"), ("ai", "AI", "ai")])
def test_the_most_used_spelling_of_a_topic_is_shown(order: tuple[str, ...]) -> None:
    deck = deck_of(*(story(f"{n}.md", topics=(name,)) for n, name in enumerate(order)))
    assert [(node.name, node.count) for node in deck.topic_nodes] == [("ai", 3)]


def test_the_topics_of_a_story_come_with_the_rarest_first_each_once() -> None:
    told = story("a.md", topics=("Cloud", "AI", "cloud", "Vision"))
    deck = deck_of(told, story("b.md", topics=("Cloud",)), story("c.md", topics=("cloud", "AI")), story("d.md"))
    assert [(topic.name, topic.count) for topic in deck.topics_of(told)] == [("Vision", 1), ("AI", 2), ("Cloud", 3)]
    assert deck.topics_of(story("d.md")) == ()
