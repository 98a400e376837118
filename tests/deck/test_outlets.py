"""Who a story is said to be by, in folders that tell outlets and in folders of posts that do not."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.deck.decks import folders
from tests.stories import story
from tui.deck.deck import Deck, DeckBuilder
from tui.deck.outlets import folder_of
from tui.model import Outlet, Story


def post(id: str, *authors: str, outlet: str = "", url: str = "") -> Story:
    return msgspec.structs.replace(story(id), url=url, outlet=Outlet(outlet, authors=authors))


def deck_of(*stories: Story) -> Deck:
    builder = DeckBuilder()
    builder.add(stories)
    return builder.deck()


def said(*stories: Story) -> dict[str, str]:
    deck = deck_of(*stories)
    return {each.id: deck.bylines.by(each) for each in stories}


def test_among_stories_with_outlets_one_without_is_said_to_have_none() -> None:
    told = [post(f"a/{number}.md", outlet="Pier Post") for number in range(3)]
    assert said(*told, post("b/x.md"))["b/x.md"] == "unknown outlet"


@pytest.mark.parametrize(
    ("outlet", "url", "name"),
    [
        (Outlet("Wire", "wire.example", authors=("A. Writer",)), "", "Wire"),
        (Outlet(authors=("A. Writer",)), "https://www.example.org/a", "example.org"),
        (Outlet(domain="WWW.Example.net"), "", "example.net"),
        (Outlet(authors=("A. Writer", "B. Writer", "C. Writer")), "", "A. Writer, B. Writer"),
    ],
)
def test_whoever_tells_something_of_its_source_is_called_by_that(outlet: Outlet, url: str, name: str) -> None:
    one = msgspec.structs.replace(post("notes/one.md"), outlet=outlet, url=url)
    assert said(one, post("notes/two.md"), post("pages/three.md"))["notes/one.md"] == name


def test_the_page_of_a_site_lies_in_it_and_hides_no_folder_of_the_others() -> None:
    assert said(
        post("site/_index.md"), post("site/notes/tide.md"), post("site/links/pier.md"), post("site/links/_index.fr.md")
    ) == {
        "site/_index.md": "",
        "site/notes/tide.md": "notes",
        "site/links/pier.md": "links",
        "site/links/_index.fr.md": "",
    }


def test_in_a_folder_of_posts_the_folder_below_what_they_share_stands_for_the_outlet() -> None:
    assert said(
        post("site/notes/2026/05/tide.md"),
        post("site/links/2025-11/pier.md"),
        post("site/welcome.md"),
        post("site/_drafts/mooring/index.md"),
        post("site/links/by/A. Writer.md", "A. Writer"),
    ) == {
        "site/notes/2026/05/tide.md": "notes",
        "site/links/2025-11/pier.md": "links",
        "site/welcome.md": "",
        "site/_drafts/mooring/index.md": "drafts",
        "site/links/by/A. Writer.md": "A. Writer",
    }


@pytest.mark.parametrize(
    "ids",
    [
        ("tide.md", "pier.md"),
        ("_posts/2026/tide.md", "_posts/2025/pier.md"),
        ("content/en/tide/index.md", "content/en/pier/_index.fr.md"),
        ("a/b/c/tide.md",),
    ],
)
def test_a_folder_that_all_lie_in_is_not_said_of_each(ids: tuple[str, ...]) -> None:
    assert set(said(*map(post, ids)).values()) == {""}


def test_a_folder_is_said_of_a_story_though_most_of_the_others_have_no_byline() -> None:
    deck = deck_of(post("a/x.md", outlet="Pier Post"), *(post(f"b/{number}.md") for number in range(9)), post("c/y.md"))
    assert [deck.bylines.by(each) for each in (post("b/1.md"), post("c/y.md"))] == ["b", "c"]
    assert not deck.bylines.names_outlets


def test_what_is_removed_does_not_count() -> None:
    gone = msgspec.structs.replace(post("other/gone.md"), removed=True)
    assert said(post("notes/one.md"), gone)["notes/one.md"] == ""


@given(folders())
def test_every_story_is_by_somebody_where_outlets_are_named_and_counting_never_fails(stories: list[Story]) -> None:
    deck = deck_of(*stories)
    for each in deck.stories:
        name = deck.bylines.by(each)
        assert name or not deck.bylines.names_outlets


@given(st.text(alphabet="a/1_. -é\x00indexmd", max_size=30))
def test_any_path_has_some_folder(path: str) -> None:
    assert not any(part.isdigit() for part in folder_of(path).split("/"))


@pytest.mark.parametrize(
    ("stories", "row"),
    [
        ([post("a.md", "A. Writer"), post("b.md", "A. Writer")], ""),
        ([post("a.md", "A. Writer"), post("b.md", "B. Author")], "A. Writer"),
        ([post("a.md", "A. Writer"), post("c/b.md")], "A. Writer"),
        ([post("a.md", "A. Writer")], "A. Writer"),
        ([post("a.md", "A. Writer", outlet="Pier Post"), post("b.md", "A. Writer", outlet="Pier Post")], "Pier Post"),
    ],
)
def test_an_author_of_all_stories_stands_with_each_story_but_not_in_each_row(stories: list[Story], row: str) -> None:
    deck = deck_of(*stories)
    assert deck.bylines.in_row(stories[0]) == row
    assert deck.bylines.by(stories[0]) == (stories[0].outlet.name or "A. Writer")


def test_who_all_stories_are_by_is_told_in_rows_again_when_another_author_comes() -> None:
    first, second, third = post("a.md", "A. Writer"), post("b.md", "A. Writer"), post("c.md", "B. Author")
    assert deck_of(first, second).bylines.sole == "A. Writer"
    assert deck_of(first, second, third).bylines.sole == ""
