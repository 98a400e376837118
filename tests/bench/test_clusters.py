"""Measuring the split where the event of each story is known, checked by hand on small examples."""

import pytest

from tests.bench.test_events import TOWNS
from tests.deck.events.event_stories import story
from tui.bench.clusters import evaluate_clusters
from tui.bench.labels import Label, read_labels
from tui.bench.measures import Score, compare, compare_some
from tui.bench.training import LabelledDeck, families_of, learn, rows_of
from tui.model import Story


def named(groups: str) -> dict[int, str]:
    """The event of each piece, a letter a piece; a dot stands for a piece without."""
    return {piece: letter for piece, letter in enumerate(groups) if letter != "."}


@pytest.mark.parametrize(
    ("events", "groups", "every", "joined", "pairs", "exact"),
    [
        ("aabc", "xx..", (1, 1), (1, 1), Score(1, 0, 0), 1),
        ("aabb", "xxxx", (0.5, 1), (0.5, 1), Score(2, 4, 0), 0),
        ("aabb", "....", (1, 0.5), (0, 0.5), Score(0, 0, 2), 0),
        ("aaab", "xx.x", (2 / 3 * 2 / 4 + 1 / 4 + 1 / 3 / 4, (2 / 3 * 2 + 1 / 3 + 1) / 4), None, Score(1, 2, 2), 0),
        ("ab", "..", (1, 1), (0, 0), Score(0, 0, 0), 0),
    ],
)
def test_splits_are_measured(
    events: str,
    groups: str,
    every: tuple[float, float],
    joined: tuple[float, float] | None,
    pairs: Score,
    exact: int,
) -> None:
    score = compare(named(events), named(groups))

    assert score.every == pytest.approx(every)
    assert joined is None or score.joined == pytest.approx(joined)
    assert (score.pairs, score.exact) == (pairs, exact)


def test_pieces_that_nobody_labelled_do_not_count() -> None:
    assert compare(named("aa.b"), named("xxxx")) == compare(named("aab"), named("xxx"))


def test_each_event_is_measured_by_the_split_that_has_to_answer_for_it() -> None:
    events = named("aabb")
    good, bad = named("xxyy"), named("x.y.")

    score = compare_some(events, [([0, 1], good), ([2, 3], bad)])

    assert (score.exact, score.told_often, score.pairs) == (1, 2, Score(1, 0, 1))
    assert score.joined == pytest.approx((1, 0.75))


def fires() -> tuple[list[Story], dict[str, str]]:
    """A fire in each town, told twice, and the event of each story."""
    cards = [
        story(f"{town}{place}", headline.format(town), day * 100 + place)
        for day, town in enumerate(TOWNS)
        for place, headline in enumerate(("Fire destroys the harbour of {}", "Harbour of {} lost in a fire"))
    ]
    return cards, {card.id: card.id[:-4] for card in cards}


def test_a_folder_is_measured_as_the_reader_sees_it_with_what_is_wrong() -> None:
    cards, clusters = fires()
    clusters["Lisbon1.md"] = "another"
    clusters["Porto0.md"] = clusters["Porto1.md"] = "Braga"

    found = evaluate_clusters(cards, {**clusters, "nowhere.md": "a"})

    assert found is not None
    assert found.unknown == ("nowhere.md",)
    assert (found.on_all.stories, found.on_all.events, found.on_all.exact) == (24, 12, 9)
    (mixed,) = found.mixed
    assert {id for part in mixed.parts for id, _ in part} == {"Lisbon0.md", "Lisbon1.md"}
    (split,) = found.split
    assert [len(part) for part in split.parts] == [2, 2]
    assert split.parts[0][0][1] == "Fire destroys the harbour of Braga"


def test_measuring_clusters_ends_when_told_to_stop() -> None:
    assert evaluate_clusters(*fires(), should_stop=lambda: True) is None


def test_labels_name_events_in_one_object_or_one_a_line() -> None:
    lines = b'{"id": "a.md", "cluster": "x"}\n{"id": "b.md", "cluster": null}\n{"id": "c.md", "story": 7, "more": 1}\n'

    assert read_labels(b'{\n "a.md": "x",\n "c.md": "7"\n}\n') == {"a.md": "x", "c.md": "7"}
    assert read_labels(lines) == {"a.md": "x", "c.md": "7"}


def test_what_shares_an_event_or_a_headline_is_learnt_from_and_measured_together() -> None:
    cards, clusters = fires()
    label = Label("pair", cards[0].id, cards[3].url, same_event=False)
    decks = [LabelledDeck("events", cards, clusters), LabelledDeck("pairs", cards, (label,))]

    families = families_of(decks)

    assert families["event Lisbon"] == families["event Porto"]  # the judged pair has a headline of each
    assert families["event Lisbon"] != families["event Faro"]


def test_what_is_learnt_tells_the_folder_apart_that_it_was_learnt_from() -> None:
    cards, clusters = fires()
    again = [
        story(f"{card.id[:-3]}x", card.title.replace("Harbour", "Theatre").replace("harbour", "theatre"), 40 * day)
        for day, card in enumerate(cards)
    ]
    deck = LabelledDeck("", [*cards, *again], {**clusters, **{card.id: f"theatre {card.id[:-5]}" for card in again}})
    rows = rows_of(deck, families_of([deck]))

    model = learn(rows)

    assert {row.same for row in rows} == {True, False}
    right = sum((model.probability(row.figures) > 0.5) is row.same for row in rows)
    assert right > 0.9 * len(rows)
