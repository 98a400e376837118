"""Topics, outlets, kinds and times to narrow the list by, with their counts under the query in force."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from textual.app import App, ComposeResult

from tests.stories import story
from tests.ui.reader import text_of
from tui.deck.analysis import index_deck
from tui.deck.deck import Deck, DeckBuilder
from tui.deck.view import Lister, Listing, View
from tui.model import Topic
from tui.ui.widgets.facet_pane import Facet, FacetPane
from tui.ui.widgets.facet_text import entry_line
from tui.ui.widgets.facets import FacetEntry
from tui.ui.widgets.lines import Line, cell_width

TREE = (Topic("AI"), Topic("Computer Vision", "AI"), Topic("Databases"))


class FacetApp(App[None]):
    def compose(self) -> ComposeResult:
        yield FacetPane(id="topics")


def deck_of(*topics: Sequence[str], outlet: str = "ZDNet") -> Deck:
    builder = DeckBuilder(TREE)
    builder.add(story(f"{n}.md", topics=tuple(names), outlet=outlet) for n, names in enumerate(topics))
    return builder.deck()


def listing_of(deck: Deck, query: str = "") -> Listing:
    analysis = index_deck(deck)
    assert analysis is not None
    return Lister(lambda: datetime(2020, 3, 1, tzinfo=UTC), UTC).list(analysis, View(query))


@asynccontextmanager
async def show(listing: Listing, width: int = 30) -> AsyncIterator[FacetPane]:
    app = FacetApp()
    async with app.run_test(size=(width, 24)):
        pane = app.query_one(FacetPane)
        pane.show(listing)
        yield pane


async def test_facets_stand_in_groups_with_their_counts_at_the_right() -> None:
    async with show(listing_of(deck_of(["AI"], ["Computer Vision"], ["Databases"]))) as pane:
        lines = [line.rstrip() for line in text_of(pane).splitlines()]
        assert lines[:6] == [
            "▌● All stories             3",
            "",
            "── Topics ───────────────────",
            "   AI                      2",
            "     Computer Vision       1",
            "   Databases               1",
        ]
        assert "── When ─────────────────────" in lines
        assert "   ZDNet                   3" in lines
        assert "   article                 3" in lines


async def test_counts_follow_the_query_and_picks_are_marked() -> None:
    deck = deck_of(["AI", "Databases"], ["Computer Vision"], ["Databases"])
    async with show(listing_of(deck, 'topic:"computer vision"')) as pane:
        shown = text_of(pane)
        assert " ●   Computer Vision       1" in shown
        assert "▌● All stories" not in shown
    async with show(listing_of(deck, "-topic:databases")) as pane:
        assert " ✗ Databases" in text_of(pane)


async def test_the_cursor_keeps_to_its_facet_as_stories_load() -> None:
    async with show(listing_of(deck_of(["Databases"]))) as pane:
        pane.go_to(1)
        pane.show(listing_of(deck_of(["AI"], ["AI"], ["Databases"])))
        assert pane.chosen == Facet("topic", "Databases")


async def test_the_cursor_goes_to_the_top_when_its_facet_is_gone() -> None:
    async with show(listing_of(deck_of(["AI"], ["Databases"]))) as pane:
        pane.go_to(2)
        pane.show(listing_of(deck_of(["AI"])))
        assert pane.chosen == Facet()


async def test_the_pane_can_be_searched() -> None:
    async with show(listing_of(deck_of(["AI"], ["Databases"], ["Café"]))) as pane:
        pane.search("cafe")
        assert pane.chosen == Facet("topic", "Café")
        assert "Databases" not in text_of(pane)
        pane.search("nowhere")
        assert "Nothing holds “nowhere”." in text_of(pane)
        pane.search("")
        assert "Databases" in text_of(pane)


async def test_long_names_make_room_for_their_counts() -> None:
    async with show(listing_of(deck_of(["AI"], outlet="An outlet of a name that never ends")), width=20) as pane:
        lines = text_of(pane).splitlines()
        assert all(cell_width(line) <= 20 for line in lines)
        assert any(line.rstrip().endswith("… 1") for line in lines)


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (30, " ● All stories    1,229/2,230 "),
        (27, " ● All stories 1,229/2,230 "),
        (26, " ● All stories      2,230 "),
        (19, " ● All stor… 2,230 "),
    ],
)
def test_where_there_is_no_room_for_all_that_is_unread_it_is_left_to_the_title(width: int, line: str) -> None:
    entry = FacetEntry(Facet("", ""), "All stories", 2230, unread=1229)
    shown = entry_line(entry, 0, width, None, in_force=True)
    assert "".join(text for text, _style in shown.spans) == line
    topic = entry_line(
        FacetEntry(Facet("topic", "AI"), "All stories", 2230, unread=1229), 0, width, None, in_force=True
    )
    assert "".join(text for text, _style in topic.spans).endswith(" 1,229/2,230 ")


async def test_names_of_topics_are_only_text() -> None:
    names = ("C#", "[/foo]", "$var", "[@click=app.quit]x[/]")
    async with show(listing_of(deck_of(names)), width=40) as pane:
        assert all(name in text_of(pane) for name in names)


async def test_of_thousands_of_outlets_only_those_in_sight_are_laid_out() -> None:
    class RecordingPane(FacetPane):
        laid_out = 0

        def _line(self, entry: FacetEntry, number: int, width: int) -> Line:
            self.laid_out += 1
            return super()._line(entry, number, width)

    class OutletApp(App[None]):
        def compose(self) -> ComposeResult:
            yield RecordingPane(id="topics")

    builder = DeckBuilder()
    builder.add(story(f"{n}.md", outlet=f"Outlet {n:04}") for n in range(3000))
    app = OutletApp()
    async with app.run_test(size=(30, 24)) as pilot:
        pane = app.query_one(RecordingPane)
        pane.show(Listing(builder.deck()))
        await pilot.pause()
        assert pane.laid_out <= pane.size.height
        pane.go("bottom")
        assert "article" in text_of(pane).splitlines()[-1]
        assert "Outlet 2999" in text_of(pane)
        assert pane.laid_out <= 3 * pane.size.height


async def test_outlets_stand_by_what_they_have_under_the_query_and_by_name_where_that_is_the_same() -> None:
    builder = DeckBuilder()
    outlets = ("ZDNet", "ZDNet", "CNET", "Ars Technica")
    builder.add(
        story(f"{n}.md", outlet=outlet, topics=("AI",) if outlet == "CNET" else ()) for n, outlet in enumerate(outlets)
    )
    deck = builder.deck()
    for query, expected in (("", ["ZDNet", "Ars", "CNET"]), ("topic:ai", ["CNET", "ZDNet", "Ars"])):
        async with show(listing_of(deck, query)) as pane:
            lines = text_of(pane).splitlines()
            begin = next(number for number, line in enumerate(lines) if "Outlets" in line)
            assert [line.split()[0] for line in lines[begin + 1 : begin + 4]] == expected


async def test_an_outlet_stays_chosen_when_its_place_changes() -> None:
    builder = DeckBuilder()
    builder.add(
        story(f"{n}.md", outlet=outlet, topics=("AI",) if outlet == "CNET" else ())
        for n, outlet in enumerate(("ZDNet", "ZDNet", "CNET"))
    )
    deck = builder.deck()
    async with show(listing_of(deck)) as pane:
        while pane.chosen != Facet("outlet", "CNET"):
            pane.go_to((pane.cursor or 0) + 1)
        pane.show(listing_of(deck, "topic:ai"))
        assert pane.chosen == Facet("outlet", "CNET")
