"""What a headline says of itself: the kind of happening, that it tells of several, or that it is a part of a series."""

import pytest

from tui.deck.events.kinds import happenings_in, is_digest, is_market_report, part_of
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
        "Dow Jones News: Quillon Sails to Porto; Acme Stock Rises",
        "Stock market today: Acme falls as Quillon sails",
    ],
)
def test_digests_say_that_they_are_several_pieces_of_news(title: str) -> None:
    assert is_digest(title)


@pytest.mark.parametrize(
    "title",
    [
        "Acme opens a harbour",
        "Acme stock jumps on harbour news",
        "Quillon tops ten million users",
        "Brief outage at Acme",
        "Things get worse for Acme",
    ],
)
def test_plain_news_is_no_digest(title: str) -> None:
    assert not is_digest(title)


@pytest.mark.parametrize(
    "title",
    [
        "Global Harbour Crane Market Size, Share and Trends 2021 to 2027",
        "Harbour Crane Market Outlook | Key Players Acme, Quillon",
        "Research Report with Forecasts - Harbour Crane Market 2020-2024",
        "Harbour cranes market by type - forecast to 2026",
    ],
)
def test_market_reports_say_so(title: str) -> None:
    assert is_market_report(title)


@pytest.mark.parametrize(
    "title",
    ["Acme takes market share from Quillon", "Acme brings its cranes to market", "Quillon reports a record quarter"],
)
def test_news_of_markets_is_no_market_report(title: str) -> None:
    assert not is_market_report(title)


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
