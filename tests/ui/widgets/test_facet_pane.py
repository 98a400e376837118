"""Topics, outlets and kinds to narrow the list to, with their counts."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult

from tests.stories import story
from tests.ui.reader import text_of
from tui.deck.deck import Deck, DeckBuilder
from tui.deck.view import Facet
from tui.model import Topic
from tui.ui.widgets.facet_pane import FacetPane
from tui.ui.widgets.lines import cell_width

TREE = (Topic("AI"), Topic("Computer Vision", "AI"), Topic("Databases"))


class FacetApp(App[None]):
    def compose(self) -> ComposeResult:
        yield FacetPane(id="topics")


def deck_of(*topics: Sequence[str], outlet: str = "ZDNet") -> Deck:
    builder = DeckBuilder(TREE)
    builder.add(story(f"{n}.md", topics=tuple(names), outlet=outlet) for n, names in enumerate(topics))
    return builder.deck()


@asynccontextmanager
async def show(deck: Deck, current: Facet | None = None, width: int = 30) -> AsyncIterator[FacetPane]:
    app = FacetApp()
    async with app.run_test(size=(width, 24)):
        pane = app.query_one(FacetPane)
        pane.show(deck, current)
        yield pane


async def test_facets_stand_in_groups_with_their_counts_at_the_right() -> None:
    async with show(deck_of(["AI"], ["Computer Vision"], ["Databases"])) as pane:
        assert [line.rstrip() for line in text_of(pane).splitlines()[:11]] == [
            " ● All stories             3",
            "",
            "── Topics ───────────────────",
            "   AI                      2",
            "     Computer Vision       1",
            "   Databases               1",
            "",
            "── Outlets ──────────────────",
            "   ZDNet                   3",
            "",
            "── Kinds ────────────────────",
        ]


async def test_the_one_in_force_is_marked_and_where_one_begins() -> None:
    vision = Facet("topic", "Computer Vision")
    async with show(deck_of(["AI"], ["Computer Vision"]), vision) as pane:
        assert "●   Computer Vision" in text_of(pane)
        pane.put_cursor_on_current()
        assert pane.chosen == vision
        pane.move(-1)
        assert pane.chosen == Facet("topic", "AI")
        pane.move_to_end(last=False)
        assert pane.chosen is None
        assert pane.is_marked(0)


async def test_the_cursor_keeps_to_its_facet_as_stories_load() -> None:
    async with show(deck_of(["Databases"])) as pane:
        pane.go_to(1)
        assert pane.chosen == Facet("topic", "Databases")
        pane.show(deck_of(["AI"], ["AI"], ["Databases"]), None)
        assert pane.chosen == Facet("topic", "Databases")


async def test_the_cursor_goes_back_to_what_is_in_force_when_its_facet_is_gone() -> None:
    async with show(deck_of(["AI"], ["Databases"])) as pane:
        pane.go_to(2)
        pane.show(deck_of(["AI"]), None)
        assert pane.chosen is None


async def test_long_names_make_room_for_their_counts() -> None:
    async with show(deck_of(["AI"], outlet="An outlet of a name that never ends"), width=20) as pane:
        lines = text_of(pane).splitlines()
        assert all(cell_width(line) <= 20 for line in lines)
        assert any(line.rstrip().endswith("… 1") for line in lines)


async def test_names_of_topics_are_only_text() -> None:
    async with show(deck_of(["C#", "[/foo]", "$var", "[@click=app.quit]x[/]"])) as pane:
        for name in ("C#", "[/foo]", "$var", "[@click=app.quit]x[/]"):
            assert name in text_of(pane)
