import json
import random

import pytest

from tests.deck.events.event_stories import listing, story
from tui.bench.events import evaluate
from tui.bench.fit import fit
from tui.bench.labels import Label, read_labels
from tui.bench.measures import Score
from tui.errors import NewsdeckError
from tui.model import Story

TOWNS = ("Lisbon", "Porto", "Braga", "Evora", "Faro", "Aveiro", "Leiria", "Tomar", "Lagos", "Viseu", "Beja", "Guarda")


def deck_with_labels() -> tuple[list[Story], list[Label]]:
    """A dozen fires, each told twice, and each card listing the next fire too."""
    told = [story(f"{town}one", f"Fire destroys the harbour of {town}", day * 100) for day, town in enumerate(TOWNS)]
    again = [story(f"{town}two", f"Harbour of {town} lost in a fire", day * 100 + 3) for day, town in enumerate(TOWNS)]
    cards, labels = [], []
    for day, card in enumerate(told):
        after = told[(day + 1) % len(told)]
        cards.append(listing(card, again[day], after))
        labels.append(Label(f"same{day}", card.id, again[day].url, True))
        labels.append(Label(f"other{day}", card.id, after.url, False))
    return cards, labels


def test_pairs_are_measured_and_pairs_the_folder_lacks_are_named() -> None:
    cards, labels = deck_with_labels()
    labels += [
        Label("nocard", "nowhere.md", "https://a.example", True),
        Label("noitem", cards[0].id, "https://a.example", True),
    ]

    measured = evaluate(cards, labels)

    assert measured is not None
    assert (measured.pairs, measured.same, measured.unknown) == (24, 12, ("nocard", "noitem"))
    assert (measured.on_all.precision, measured.on_all.recall) == (1.0, 1.0)
    assert (measured.wrong, measured.judge_on_all) == ((), Score(12, 0, 0))


def test_what_went_wrong_is_told_with_both_headlines_and_the_reason() -> None:
    cards, labels = deck_with_labels()
    labels[0] = Label("wrong", labels[0].card, labels[0].related_url, False)

    measured = evaluate(cards, labels)

    assert measured is not None
    (wrong,) = measured.wrong
    assert (wrong.label_id, wrong.said_same) == ("wrong", True)
    assert (wrong.story_title, wrong.item_title) == (
        "Fire destroys the harbour of Lisbon",
        "Harbour of Lisbon lost in a fire",
    )
    assert "Lisbon" in wrong.reason
    assert measured.on_all == Score(11, 1, 0)


def test_pairs_with_a_headline_in_common_are_left_out_together() -> None:
    cards, labels = deck_with_labels()

    linked = evaluate(cards, labels)
    apart = evaluate(cards, [label for label in labels if label.same_event])

    assert linked is not None
    assert apart is not None
    assert (linked.families, linked.folds) == (1, 1)
    assert apart.families == 12


def test_measuring_ends_when_told_to_stop() -> None:
    cards, labels = deck_with_labels()

    assert evaluate(cards, labels, should_stop=lambda: True) is None


def test_nothing_found_and_nothing_to_find_count_as_zero() -> None:
    assert (Score(0, 0, 0).precision, Score(0, 0, 0).recall) == (0.0, 0.0)
    assert (Score(3, 1, 2).precision, Score(3, 1, 2).recall) == (0.75, 0.6)


@pytest.mark.parametrize("data", [b"", b"[]]", b'{"id": 1}', b'[{"id": "a"}]', b'[{"id": 1, "card": 2}]'])
def test_labels_that_cannot_be_read_are_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(NewsdeckError, match=r"^The labels cannot be read: "):
        read_labels(data)


def test_labels_are_read_from_json() -> None:
    row = {"id": "a", "card": "x/y.md", "related_url": "https://a.example", "same_event": True, "note": "more"}

    assert read_labels(json.dumps([row]).encode()) == (Label("a", "x/y.md", "https://a.example", True),)


def test_a_fit_finds_which_figures_matter_and_which_way() -> None:
    chance = random.Random(7)
    rows = [(chance.random() * 100, chance.random(), 1.0) for _ in range(400)]
    same = [row[0] - 80 * row[1] > 10 for row in rows]

    model = fit(rows, same)

    assert model.coefficients[0] > 0 > model.coefficients[1]
    assert model.coefficients[2] == 0
    assert sum((model.probability(row) > 0.5) is answer for row, answer in zip(rows, same, strict=True)) > 380
