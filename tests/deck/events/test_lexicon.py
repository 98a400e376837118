"""What words are worth does not depend on what else lies in the folder."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.deck.events.event_stories import story, together
from tui.deck.events.build import build_events
from tui.deck.events.lexicon import Lexicon
from tui.deck.events.pieces import gather
from tui.deck.events.telling import count_terms
from tui.model import Story

TOWNS = ("Lisbon", "Porto", "Braga", "Evora", "Faro", "Aveiro", "Leiria", "Tomar", "Lagos", "Viseu", "Beja", "Guarda")
DOINGS = (
    ("Fire destroys the {} harbour", "Harbour of {} lost to fire", "Fire at {} harbour put out"),
    ("Quillon buys {} ferries for $28bn", "{} ferries go to Quillon for $28bn", "Quillon to own ferries of {}"),
    ("Outage at Zephyrion keeps {} offline", "{} offline in a Zephyrion outage", "Zephyrion outage in {} is over"),
    ("Mayor of {} resigns over tram accounts", "Tram accounts cost {} its mayor", "{} mayor quits in tram affair"),
)
UNRELATED = tuple(f"word{number}" for number in range(900))


def lexicon_of(stories: list[Story]) -> Lexicon:
    return Lexicon(count_terms(gather(stories, {}).pieces))


def town_news() -> list[Story]:
    """Four dozen happenings, each in a town of its own and told by two or three outlets."""
    return [
        story(f"{town}{kind}{outlet}", headline.format(town), place * 30 + kind * 7 + outlet)
        for place, town in enumerate(TOWNS)
        for kind, headlines in enumerate(DOINGS)
        for outlet, headline in enumerate(headlines)
    ]


def unrelated(count: int, seed: int, earlier: float, borrowed: tuple[str, ...] = ()) -> list[Story]:
    """Cards of other words, spread over the days of the town news, or over those some hours `earlier`.

    Every third card has one of the words that are `borrowed` from the town news.
    """
    chance = random.Random(seed)
    cards = []
    for number in range(count):
        words = chance.choices(UNRELATED, k=8)
        if borrowed and number % 3 == 0:
            words[chance.randrange(8)] = chance.choice(borrowed)
        cards.append(story(f"other{number}", " ".join(words), chance.random() * 360 - earlier))
    return cards


@settings(deadline=None, max_examples=4)
@given(
    seed=st.integers(0, 1000),
    earlier=st.sampled_from([0.0, 400.0, 20_000.0]),
    borrowed=st.sampled_from(
        [(), TOWNS, ("harbour", "fire", "ferries", "outage", "mayor", "tram", "offline", "$28bn")]
    ),
)
def test_unrelated_cards_older_or_of_the_same_days_change_hardly_any_answer(
    seed: int, earlier: float, borrowed: tuple[str, ...]
) -> None:
    news = town_news()
    alone = together(build_events(news), news)

    among = together(build_events([*news, *unrelated(1500, seed, earlier, borrowed)]), news)

    assert len(alone) > 80
    assert len(alone ^ among) < 0.02 * len(alone | among)


def test_a_word_is_as_rare_in_a_small_folder_as_in_a_large_one() -> None:
    news = town_news()

    small, large = lexicon_of(news), lexicon_of([*news, *unrelated(500, 1, 0)])

    assert [small.weights[word] for word in ("lisbon", "zephyrion", "tram")] == [
        large.weights[word] for word in ("lisbon", "zephyrion", "tram")
    ]


def test_everyday_words_are_common_even_where_few_cards_have_them() -> None:
    lexicon = lexicon_of([story("alpha", "Company announces Zephyrion service today")])

    assert max(lexicon.weights[word] for word in ("company", "announc", "servic", "today")) < 0.6
    assert lexicon.weights["zephyrion"] > 0.9


@pytest.mark.parametrize("days", [0, 30])
def test_one_big_story_leaves_its_words_rarer_than_many_small_ones(days: int) -> None:
    spread = lexicon_of([story(f"s{number}", "Zephyrion sails", number * 24 * 5) for number in range(40)])

    big = lexicon_of([story(f"s{number}", "Zephyrion sails", days * 24 + number / 10) for number in range(40)])

    assert big.weights["zephyrion"] > spread.weights["zephyrion"] + 0.1


def test_cards_without_a_date_count_one_by_one() -> None:
    undated = lexicon_of([story(f"s{number}", "Zephyrion sails", None) for number in range(40)])
    spread = lexicon_of([story(f"s{number}", "Zephyrion sails", number * 24 * 5) for number in range(40)])

    assert undated.weights["zephyrion"] == spread.weights["zephyrion"]


def test_what_a_folder_holds_from_other_years_does_not_make_a_word_less_the_talk_of_its_days() -> None:
    week = [story(f"w{number}", "Zephyrion outage", number * 10) for number in range(6)]
    earlier = [story(f"e{number}", "Zephyrion outage", -9000 - number * 10) for number in range(60)]

    alone, among = lexicon_of(week), lexicon_of([*week, *earlier])

    piece = gather(week, {}).pieces[0]
    assert alone.burst("zephyrion", piece) == among.burst("zephyrion", piece) == 1.0
