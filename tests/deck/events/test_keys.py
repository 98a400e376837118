"""One page is one piece, whoever lists it and however its link is written; without a link what is said of it counts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.deck.events.event_stories import at, coverage, story
from tui.deck.events.keys import item_key, piece_key
from tui.model import Coverage, Outlet

PAGE = "https://www.example.org/news/a"
SAME_PAGE = (
    "http://www.example.org/news/a",
    "https://www.example.org/news/a/",
    "https://WWW.Example.org/news/a?utm_source=feed&utm_medium=rss",
    "https://www.example.org/news/a#comments",
)
OTHER_PAGES = ("https://www.example.org/news/b", "https://example.net/news/a", "https://www.example.org/news/a?id=2")


@pytest.mark.parametrize("url", SAME_PAGE)
def test_a_card_and_what_another_lists_are_one_piece_where_they_lead_to_one_page(url: str) -> None:
    assert piece_key(story("a", "Title", url=PAGE)) == item_key(Coverage("Another title", url)) != ""


@pytest.mark.parametrize("url", OTHER_PAGES)
def test_another_page_is_another_piece(url: str) -> None:
    assert piece_key(story("a", "Title", url=PAGE)) != item_key(Coverage("Title", url))


def test_cards_without_a_link_are_told_apart_by_their_files() -> None:
    one, other = (story(name, "The same title", url="") for name in ("a", "b"))
    assert piece_key(one) != piece_key(other)
    assert piece_key(one) == piece_key(story("a", "Told anew", 5, url=""))


BARE = Coverage("The Title", "", Outlet("Herald", "herald.example"), at(0), True)


@pytest.mark.parametrize(
    "same",
    [
        Coverage("the TITLE", "", Outlet("Herald", "herald.example"), at(0), True),
        Coverage("The Title", "", Outlet("The Herald", "herald.example"), at(3), True),
        Coverage("The Title", "", Outlet("Herald", "Herald.example"), at(0).replace(hour=0), False),
    ],
    ids=["other letters", "another hour and name of the outlet", "the day alone"],
)
def test_pieces_without_a_link_are_one_where_outlet_day_and_title_are(same: Coverage) -> None:
    assert item_key(same) == item_key(BARE)


@pytest.mark.parametrize(
    "other",
    [
        Coverage("Another Title", "", Outlet("Herald", "herald.example"), at(0), True),
        Coverage("The Title", "", Outlet("Herald", "other.example"), at(0), True),
        Coverage("The Title", "", Outlet("Herald", "herald.example"), at(0) + timedelta(days=1), True),
        Coverage("The Title", "", Outlet("Herald", "herald.example")),
    ],
    ids=["title", "outlet", "day", "no day"],
)
def test_pieces_without_a_link_differ_by_outlet_day_or_title(other: Coverage) -> None:
    assert item_key(other) != item_key(BARE)


TEXTS = st.text("ab /:#", max_size=6)


@given(TEXTS, TEXTS, st.one_of(st.none(), st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1))))
def test_a_piece_without_a_link_is_never_taken_for_a_page_or_a_card(
    title: str, outlet: str, moment: datetime | None
) -> None:
    item = Coverage(title, "", Outlet(outlet), moment and moment.replace(tzinfo=UTC))
    assert item_key(item) not in (piece_key(story(title, title, url="")), piece_key(story("a", title, url=PAGE)), "")


@given(st.sampled_from(["", "javascript:alert(1)", "not a link", "https://", "http://[bad"]))
def test_a_link_that_leads_nowhere_is_no_key(url: str) -> None:
    one, other = story("a", "One", url=url), story("b", "Two", url=url)
    assert piece_key(one) != piece_key(other)
    assert item_key(Coverage("One", url)) != item_key(Coverage("Two", url))
    assert item_key(coverage(one)) != piece_key(other)
