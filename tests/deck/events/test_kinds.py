"""What a headline says of itself: the kind of happening, that it tells of several, or that it is a part of a series."""

import pytest

from tui.deck.events.kinds import happenings_in, is_digest, part_of
from tui.deck.events.terms import terms_of


@pytest.mark.parametrize(
    ("headline", "kinds"),
    [
        ("Acme buys a rival", {"purchase"}),
        ("Acquisition of a rival by Acme", {"purchase"}),
        ("Acme outage: services restored", {"outage"}),
        ("Judge halts Acme lawsuit", {"court"}),
        ("Acme sails on", set()),
    ],
)
def test_headlines_tell_the_kind_of_happening(headline: str, kinds: set[str]) -> None:
    assert happenings_in(terms_of(headline)) == kinds


@pytest.mark.parametrize(
    "title",
    [
        "Storage round-up: Acme, Quillon and more",
        "This week in harbours",
        "Five days in Porto: weekly news",
        "10 things we learnt in Lisbon",
        "Harbour news (2021-03-02)",
        "Podcast: the Acme affair",
    ],
)
def test_digests_say_that_they_are_several_pieces_of_news(title: str) -> None:
    assert is_digest(title)


@pytest.mark.parametrize(
    "title",
    ["Acme opens a harbour", "Quillon tops ten million users", "Brief outage at Acme", "Things get worse for Acme"],
)
def test_plain_news_is_no_digest(title: str) -> None:
    assert not is_digest(title)


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Sail to Porto, part 2", "2"),
        ("Sail to Porto (Episode #14)", "14"),
        ("Day 3: the harbour opens", "3"),
        ("Acme opens 12 harbours in part", ""),
        ("The party of 4", ""),
    ],
)
def test_parts_of_a_series_tell_their_number(title: str, part: str) -> None:
    assert part_of(title) == part
